import type { IsoDate } from '#shared/kernel/time.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { clausesOf, fillings, unfilled, type Draft } from './draft.ts'
import { inequalities, type Inequality } from './equality.ts'
import { latePaymentCharges } from './late-payment.ts'
import { tableGates, type TableGate } from './table-gates.ts'
import { isGiven } from './tables.ts'

/** Why a draft may not be frozen for signature yet, and where. */
export type Gate =
  | TableGate
  /** Nobody is the seller, the client or whatever else the text speaks of. */
  | { readonly code: 'role-missing'; readonly role: string }
  | { readonly code: 'no-title' | 'no-language' | 'no-law' | 'no-date' | 'no-clause' | 'too-few-parties' }
  /** Contradictions that nobody has settled. */
  | { readonly code: 'conflicts'; readonly count: number }
  | { readonly code: 'term-missing'; readonly term: string }
  | { readonly code: 'party-incomplete'; readonly record: string }
  /** The party's commercial registration ran out: it is not to bind itself with it. */
  | { readonly code: 'registration-expired'; readonly record: string }
  | { readonly code: 'signatory-incomplete'; readonly record: string }
  | { readonly code: 'nobody-signs'; readonly company: CompanyId }
  | { readonly code: 'arabic-missing' | 'english-missing'; readonly clause: string; readonly number: number }
  | { readonly code: 'unfilled'; readonly clause: string; readonly number: number; readonly names: readonly string[] }
  | {
      readonly code: 'unequal'
      readonly clause: string
      readonly number: number
      readonly differences: readonly Inequality[]
    }
  | {
      readonly code: 'late-payment-charge'
      readonly clause: string
      readonly number: number
      readonly sentences: readonly string[]
    }

/** Everything that stands between a draft and its signature [TR-21, TR-28]. Empty: it may be frozen. */
export function gatesOf(kind: AgreementKind, draft: Draft, today: IsoDate): readonly Gate[] {
  const { title, prevailing, law, effectiveOn } = draft.agreement?.values ?? {}
  const gates: Gate[] = []
  if (!title?.ar.trim() || !title.en.trim()) gates.push({ code: 'no-title' })
  if (!prevailing) gates.push({ code: 'no-language' })
  if (!law) gates.push({ code: 'no-law' })
  if (!effectiveOn) gates.push({ code: 'no-date' })
  if (draft.conflicts > 0) gates.push({ code: 'conflicts', count: draft.conflicts })
  if (draft.clauses.length === 0) gates.push({ code: 'no-clause' })
  for (const [term, { optional, unit }] of Object.entries(kind.terms)) {
    const value = draft.terms[term]
    const oneSided = unit === 'words' && typeof value === 'object' && value && (!value.en.trim() || !value.ar.trim())
    if (isGiven(value) ? oneSided : !optional) gates.push({ code: 'term-missing', term })
  }
  for (const role of Object.keys(kind.roles))
    if (!draft.parties.some(({ values }) => values.role === role)) gates.push({ code: 'role-missing', role })
  const parties = draft.parties.flatMap(({ values }) => (values.name ? [{ name: values.name }] : []))
  const saudi = law === 'ksa'
  return [
    ...gates,
    ...peopleGates(draft, today),
    ...clauseGates(kind, draft, parties, saudi),
    ...tableGates(kind, draft, parties, saudi),
  ]
}

/** Whether a party's commercial registration ran out before `today`. Without a day nobody can tell: it is not asked for. */
export const registrationExpired = (
  { registrationUntil }: { readonly registrationUntil?: IsoDate | null | undefined },
  today: IsoDate,
): boolean => registrationUntil != null && registrationUntil < today

function peopleGates(draft: Draft, today: IsoDate): readonly Gate[] {
  const gates: Gate[] = []
  if (draft.parties.length < 2) gates.push({ code: 'too-few-parties' })
  for (const { id, values } of draft.parties)
    if (!values.company || !values.name?.ar.trim() || !values.name.en.trim())
      gates.push({ code: 'party-incomplete', record: id })
  for (const { id, values } of draft.parties)
    if (registrationExpired(values, today)) gates.push({ code: 'registration-expired', record: id })
  for (const { id, values } of draft.signatories)
    if (!values.company || !values.person || !values.name?.ar.trim() || !values.name.en.trim())
      gates.push({ code: 'signatory-incomplete', record: id })
  for (const { values } of draft.parties) {
    const { company } = values
    if (company && !draft.signatories.some((one) => one.values.company === company))
      gates.push({ code: 'nobody-signs', company })
  }
  return gates
}

function clauseGates(
  kind: AgreementKind,
  draft: Draft,
  parties: readonly { readonly name: Words }[],
  saudi: boolean,
): readonly Gate[] {
  const fill = fillings(kind, draft)
  return clausesOf(kind, draft).flatMap(({ id: clause, number, heading, text }, at): readonly Gate[] => {
    const place = { clause, number }
    const written = draft.clauses[at]?.values
    const gates: Gate[] = []
    if (!heading.ar || !text.ar) gates.push({ code: 'arabic-missing', ...place })
    if (!heading.en || !text.en) gates.push({ code: 'english-missing', ...place })
    const names = [...new Set([...unfilled(written?.textEn ?? '', fill), ...unfilled(written?.textAr ?? '', fill)])]
    if (names.length > 0) gates.push({ code: 'unfilled', ...place, names })
    const differences = text.en && text.ar ? inequalities(text, parties) : []
    if (differences.length > 0) gates.push({ code: 'unequal', ...place, differences })
    const sentences = saudi ? latePaymentCharges(text) : []
    if (sentences.length > 0) gates.push({ code: 'late-payment-charge', ...place, sentences })
    return gates
  })
}
