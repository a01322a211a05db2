import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { addDays, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { addCalendarMonths } from './life-dates.ts'

/** Something that a signed text obliges a company to by a day. */
export interface Obligation {
  /** `table/row`, or the name of a term that runs from the end. */
  readonly id: string
  readonly what: Words
  /** The companies that owe it: whoever has the role that the row names, or every party. */
  readonly owners: readonly CompanyId[]
  /** null: the row names no day. */
  readonly due: IsoDate | null
  /** The standing word of each owner that says that it is done. */
  readonly done: readonly ObligationWord[]
  /** It fell to the agreement that replaces this one: it had not fallen due by then, and nobody had said that it is done. */
  readonly ended: boolean
}
export interface ObligationWord {
  readonly company: CompanyId
  readonly by: Words
  readonly at: Instant
  readonly evidence: string
}

/**
 * What a text obliges to, read from its rows and terms: nobody types a second list. `until`: the agreement's last day; `replacedOn`:
 * the day on which another took its place, from when on nothing falls due here any more.
 */
export function obligationsOf(
  kind: AgreementKind,
  content: AgreementContent,
  until: IsoDate | null,
  words: readonly (ObligationWord & { readonly obligation: string; readonly said: boolean })[],
  replacedOn?: IsoDate,
): readonly Obligation[] {
  const everybody = content.parties.map(({ company }) => company)
  const holders = (role: unknown): readonly CompanyId[] =>
    content.parties.flatMap((party) => (party.role?.name === role ? [party.company] : []))
  const fromRows = Object.entries(kind.tables).flatMap(
    ([table, { duty }]): readonly Omit<Obligation, 'done' | 'ended'>[] => {
      if (!duty) return []
      return (content.tables?.[table]?.rows ?? []).map(({ id, cells }) => {
        const due = cells[duty.due]?.value
        return {
          id: `${table}/${id}`,
          what: cells[duty.what]?.text ?? { en: '', ar: '' },
          owners: holders(cells[duty.who]?.value),
          due: typeof due === 'string' ? (due as IsoDate) : null,
        }
      })
    },
  )
  const afterEnd = (kind.afterEnd ?? []).flatMap(({ term, by }): readonly Omit<Obligation, 'done' | 'ended'>[] => {
    const [spec, said] = [kind.terms[term], content.terms[term]]
    if (!spec || typeof said?.value !== 'number' || until === null) return []
    const due = spec.unit === 'months' ? addCalendarMonths(until, said.value) : addDays(until, said.value)
    return [{ id: term, what: spec.label, owners: by === 'all' ? everybody : holders(by), due }]
  })
  return [...fromRows, ...afterEnd].map((one) => {
    const done = one.owners.flatMap((company) => {
      // A company speaks about what it owes itself; its last word counts.
      const last = words.findLast((word) => word.obligation === one.id && word.company === company)
      return last?.said ? [{ company, by: last.by, at: last.at, evidence: last.evidence }] : []
    })
    const later = replacedOn !== undefined && (one.due === null || one.due >= replacedOn)
    return { ...one, done, ended: later && !isDone({ ...one, done }) }
  })
}

export const isDone = ({ owners, done }: Pick<Obligation, 'owners' | 'done'>): boolean =>
  owners.length > 0 && done.length === owners.length
