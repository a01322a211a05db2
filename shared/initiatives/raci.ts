import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Of, Plan } from './plan.ts'

export type Part = NonNullable<Of<'raci'>['part']>

/** What is wrong with who does what in one milestone or activity. */
export type RaciProblem = 'nobody-accountable' | 'several-accountable' | 'nobody-responsible'

export interface RaciRow {
  /** Milestone or activity. */
  readonly id: string
  readonly kind: 'milestone' | 'activity'
  readonly parts: ReadonlyMap<CompanyId, Part>
  readonly problems: readonly RaciProblem[]
}

const accountable = (part: Part): boolean => part === 'a' || part === 'ra'
const responsible = (part: Part): boolean => part === 'r' || part === 'ra'

/**
 * The record that says what `company` does in `activity`: the same on every computer, so that two people who fill one cell
 * fill one record. FNV-1a of 64 bits in base 36; what counts is what the record says, so a collision could only make a conflict.
 */
export function raciId(activity: string, company: CompanyId): string {
  let hash = 0xcbf29ce484222325n
  for (const letter of `${activity}|${company}`)
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0) ?? 0)) * 0x100000001b3n)
  return `r${hash.toString(36)}`
}

/**
 * Who does what, per milestone and own activity, with what is wrong. Exactly one company is accountable (RACI, as in the PMBOK's
 * responsibility assignment matrix); a row that nobody has filled at all is reported as well.
 */
export function raciOf({
  milestones,
  activities,
  raci,
}: Pick<Plan, 'milestones' | 'activities' | 'raci'>): readonly RaciRow[] {
  const rows = [
    ...milestones.map(({ id }) => ({ id, kind: 'milestone' as const })),
    ...activities.map(({ id }) => ({ id, kind: 'activity' as const })),
  ]
  const assigned = Map.groupBy(raci, ({ activity }) => activity)
  return rows.map(({ id, kind }) => {
    const parts = new Map<CompanyId, Part>()
    for (const { company, part } of assigned.get(id) ?? [])
      if (company !== null && part !== null) parts.set(company, part)
    return { id, kind, parts, problems: problemsOf([...parts.values()]) }
  })
}

function problemsOf(parts: readonly Part[]): readonly RaciProblem[] {
  const count = parts.filter(accountable).length
  return [
    ...(count === 0 ? (['nobody-accountable'] as const) : []),
    ...(count > 1 ? (['several-accountable'] as const) : []),
    ...(parts.some(responsible) ? [] : (['nobody-responsible'] as const)),
  ]
}
