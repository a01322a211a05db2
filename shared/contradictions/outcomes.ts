import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { words } from '#shared/artifacts/words.ts'
import type { AgreementSource } from './agreement-source.ts'
import { finding, type Finding } from './finding.ts'
import { inTerm, type OutcomeSource } from './outcome-source.ts'
import type { Place } from './place.ts'
import type { PlanSource } from './plan-source.ts'
import { folded, same, written } from './same.ts'

/**
 * CON-5: what was negotiated and signed against the agreement that came of it. An agreement that was amended since says what all
 * have signed later.
 */
export const outcomesKept = (outcomes: readonly OutcomeSource[], agreements: readonly AgreementSource[]): readonly Finding[] =>
  outcomes.flatMap(({ values, agreements: became }) =>
    agreements
      .filter(({ doc, amended }) => !amended && became.includes(doc.artifact))
      .flatMap((agreement) => values.flatMap((value) => kept(value, agreement))),
  ) // prettier-ignore

function kept({ term, unit, place }: OutcomeSource['values'][number], agreement: AgreementSource): readonly Finding[] {
  const kind = agreementKind(agreement.doc.type)
  const [name = '', column] = term.split('.')
  const spec = column === undefined ? kind?.terms[name] : kind?.tables[name]?.columns[column]
  const value = spec && inTerm(unit, place.value, spec.unit)
  if (value === undefined) return []
  const said = column === undefined ? [agreement.terms.get(name)] : name === 'prices' ? agreement.prices.map((line) => line.place) : [] // prettier-ignore
  const [first] = said
  // Of several rows it is enough that one says it: the others may be further steps.
  return !first || said.some((one) => one && same(one.value, value))
    ? []
    : [finding('CON-5', place, first, place.label)]
}

/** CON-11: the last milestone of a plan that is due after the day by which the outcome that it carries out needs it. */
export const inTime = (outcomes: readonly OutcomeSource[], plans: readonly PlanSource[]): readonly Finding[] =>
  outcomes.flatMap(({ deadline, plans: became }) =>
    plans.flatMap(({ doc, due }) => {
      if (!deadline || !became.includes(doc.artifact)) return []
      const late = due.filter(({ value }) => written(value) > written(deadline.value)).toSorted(byDay)
      const last = late.at(-1)
      return last ? [finding('CON-11', deadline, last, last.label, late.length - 1)] : []
    }),
  )
const byDay = (left: Place, right: Place): number =>
  `${written(left.value)} ${left.anchor}` < `${written(right.value)} ${right.anchor}` ? -1 : 1

/** CON-12: a signed change that no scope in force carries, against every scope in force that it names. */
export const changesCarried = (outcomes: readonly OutcomeSource[], agreements: readonly AgreementSource[]): readonly Finding[] =>
  outcomes.flatMap(({ doc, change, agreements: became }) => {
    if (!change) return []
    const signed = agreements.filter((one) => one.standing === 'signed' && one.changes !== null && one.doc.workspace === doc.workspace)
    const carries = ({ changes }: AgreementSource): boolean =>
      changes?.codes.some((code) => folded(code) === folded(change.number)) ?? false
    if (signed.some((one) => carries(one) || became.includes(one.doc.artifact))) return []
    return signed.flatMap((one) =>
      one.changes && change.scopes.includes(one.doc.artifact)
        ? [finding('CON-12', change.place, one.changes.place, words(change.number, change.number))]
        : [],
    )
  }) // prettier-ignore

/** CON-13: a plan that carries out a signed outcome has somebody accountable in every row that somebody filled. */
export const accountableFor = (outcomes: readonly OutcomeSource[], plans: readonly PlanSource[]): readonly Finding[] =>
  outcomes.flatMap(({ hash, place, plans: became }) =>
    plans
      .filter(({ doc, decision }) => became.includes(doc.artifact) || decision === hash)
      .flatMap(({ unaccountable }) => unaccountable.map((row) => finding('CON-13', place, row, row.label))),
  )
