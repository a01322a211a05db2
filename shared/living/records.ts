import { REMOVED, type Plain, type Register } from './register.ts'

/** One of the values that a field has. */
export interface Held {
  readonly value: Plain
  readonly client: number
  readonly clock: number
}

/** Rich text of one field, as far as a removal has to know it: client → first clock after its last item in there. */
export type TextClocks = ReadonlyMap<number, number>

/** What a record holds besides registers. */
export type TextsOf = (set: string, record: string) => ReadonlyMap<string, TextClocks>

export interface LivingRecord {
  readonly id: string
  /** More than one value: written apart from each other, and nobody has chosen yet. Sorted by client, the same everywhere. */
  readonly fields: ReadonlyMap<string, readonly Held[]>
  /**
   * `gone`: removed, and all that it holds had been seen by who removed it. `disputed`: somebody changed it without knowing
   * of the removal; both stay visible until one of them is chosen.
   */
  readonly removal: {
    readonly state: 'gone' | 'disputed'
    readonly by: readonly Held[]
    readonly changed: readonly Held[]
  } | null
}

const NO_TEXTS: TextsOf = () => new Map<string, TextClocks>()

/** All records of a set, also the removed ones, sorted by id. The same registers give the same records in any order. */
export function recordsOf(
  registers: Iterable<Register>,
  set: string,
  texts: TextsOf = NO_TEXTS,
): readonly LivingRecord[] {
  const found = new Map<string, Map<string, Held[]>>()
  for (const { set: of, record, field, value, client, clock } of registers) {
    if (of !== set) continue
    const fields = listed(found, record, () => new Map<string, Held[]>())
    listed(fields, field, (): Held[] => []).push({ value, client, clock })
  }
  return [...found]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, fields]) => recordOf(id, fields, texts(set, id)))
}

function recordOf(
  id: string,
  fields: ReadonlyMap<string, readonly Held[]>,
  texts: ReadonlyMap<string, TextClocks>,
): LivingRecord {
  const sorted = new Map<string, readonly Held[]>()
  for (const field of [...fields.keys()].toSorted())
    if (field !== REMOVED) sorted.set(field, distinct(fields.get(field) ?? []))
  const by = (fields.get(REMOVED) ?? []).toSorted(byWriter)
  if (by.length === 0) return { id, fields: sorted, removal: null }
  const seen = by.flatMap(({ value }) => seenIn(value))
  const changed = [...fields]
    .filter(([field]) => field !== REMOVED)
    .flatMap(([field, held]) => held.filter((one) => !covered(seen, field, one.client, one.clock)))
  for (const [field, clocks] of texts)
    for (const [client, end] of clocks)
      if (!covered(seen, field, client, end - 1)) changed.push({ value: field, client, clock: end - 1 })
  return {
    id,
    fields: sorted,
    removal: { state: changed.length > 0 ? 'disputed' : 'gone', by, changed: changed.toSorted(byWriter) },
  }
}

/** What a removal had seen: per field and client the first clock that it had not. */
export interface Seen {
  readonly field: string
  readonly client: number
  readonly until: number
}

/** The value of a removal: `[field, client, until]` each, as far as the record reaches. */
export const removalOf = (seen: readonly Seen[]): Plain =>
  seen.map(({ field, client, until }) => [field, client, until])

function seenIn(value: Plain): readonly Seen[] {
  if (!Array.isArray(value)) return []
  return (value as readonly Plain[]).flatMap((one) => {
    if (!Array.isArray(one)) return []
    const [field, client, until] = one as readonly Plain[]
    if (typeof field !== 'string' || typeof client !== 'number' || typeof until !== 'number') return []
    return [{ field, client, until }]
  })
}

const covered = (seen: readonly Seen[], field: string, client: number, clock: number): boolean =>
  seen.some((one) => one.field === field && one.client === client && clock < one.until)

/** Two people who wrote the same did not contradict each other: of equal values the lowest writer's stays. */
function distinct(held: readonly Held[]): readonly Held[] {
  const values = new Set<string>()
  return held.toSorted(byWriter).filter(({ value }) => {
    const text = sameText(value)
    if (values.has(text)) return false
    values.add(text)
    return true
  })
}

/** JSON with sorted keys: equal for equal values. */
function sameText(value: Plain): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )
}

const byWriter = (left: Held, right: Held): number => left.client - right.client || left.clock - right.clock

function listed<K, T>(lists: Map<K, T>, key: K, make: () => T): T {
  const known = lists.get(key)
  if (known !== undefined) return known
  const made = make()
  lists.set(key, made)
  return made
}
