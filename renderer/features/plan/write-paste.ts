import type { PasteReading } from '#shared/initiatives/paste.ts'
import type { Plan } from '#shared/initiatives/plan.ts'
import type { Plain } from '#shared/living/register.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'

/** What writing a paste needs of an open document. */
export type PasteTaker = Pick<LiveDocument, 'addAll' | 'setAll'>

/**
 * Writes a reading without defects: new records in one change, then what names them. A row that names a record of the plan updates
 * it, or is added beside it, as the person chose. Empty cells change nothing. `keys` makes places in a list, as
 * `generateNKeysBetween` does.
 */
export function writePaste(
  live: PasteTaker,
  plan: Pick<Plan, 'milestones' | 'risks' | 'kpis' | 'budget'>,
  { kind, rows }: PasteReading,
  update: boolean,
  keys: (after: string | null, before: null, count: number) => readonly string[],
): { readonly added: number; readonly changed: number } {
  const isNew = ({ same }: PasteReading['rows'][number]): boolean => same === null || !update
  const fresh = rows.filter(isNew)
  const places = placesAfter(plan[kind].at(-1)?.order ?? null, fresh.length, keys)
  const made = live.addAll(
    kind,
    fresh.map(({ values }, at): Readonly<Record<string, Plain | undefined>> => ({
      ...DEFAULTS[kind],
      ...values,
      order: places[at],
    })),
  )
  const idOf = new Map(rows.map(({ row, same }) => [row, same]))
  for (const [at, { row }] of fresh.entries()) idOf.set(row, made[at] ?? null)
  let changed = 0
  for (const row of rows) {
    const id = idOf.get(row.row)
    if (id == null) continue
    const depends = row.depends?.flatMap((target) => ('id' in target ? target.id : (idOf.get(target.row) ?? [])))
    const values: Record<string, Plain> = isNew(row) ? {} : present(row.values)
    if (depends && depends.length > 0) values['depends'] = [...new Set(depends)].filter((on) => on !== id)
    if (Object.keys(values).length > 0) live.setAll(kind, id, values)
    if (!isNew(row)) changed++
  }
  return { added: fresh.length, changed }
}

/** What a new record begins with where the paste says nothing. */
const DEFAULTS: Readonly<Record<PasteReading['kind'], Readonly<Record<string, Plain>>>> = {
  milestones: {},
  risks: { status: 'open' },
  kpis: { direction: 'up' },
  budget: {},
}

const present = (values: PasteReading['rows'][number]['values']): Record<string, Plain> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

function placesAfter(
  last: string | null,
  count: number,
  keys: (after: string | null, before: null, count: number) => readonly string[],
): readonly string[] {
  try {
    return keys(last, null, count)
  } catch {
    // The last place is none, by a stranger's program: the rows come somewhere rather than not at all.
    return keys(null, null, count)
  }
}
