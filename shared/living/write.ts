import { recordsOf, removalOf, type Seen, type TextClocks } from './records.ts'
import { registerKey, REMOVED, type Plain, type Register, type RegisterWrite } from './register.ts'

/** Where a write goes, and who writes. */
export interface Place {
  readonly set: string
  readonly record: string
  readonly client: number
}

/**
 * Gives a field one value: the writer's own register takes it, and every other that the writer sees goes. What somebody
 * else writes meanwhile stays beside it. Nothing to do when the field has that value alone; undefined empties the field.
 */
export function setField(
  registers: readonly Register[],
  place: Place,
  field: string,
  value: Plain | undefined,
): readonly RegisterWrite[] {
  const held = at(registers, place, field)
  const [only] = held
  if (held.length === 1 && only && value !== undefined && JSON.stringify(only.value) === JSON.stringify(value))
    return []
  const key = keyOf(place, field)
  const others = held.map((one) => keyOf({ ...place, client: one.writer }, field)).filter((other) => other !== key)
  const own = value !== undefined || held.some((one) => one.writer === place.client) ? [{ key, value }] : []
  return [...others.map((other) => ({ key: other, value: undefined })), ...own]
}

/** Removes a record, saying what of it was seen: what was not stays visible against the removal. */
export function removeRecord(
  registers: readonly Register[],
  place: Place,
  texts: ReadonlyMap<string, TextClocks> = new Map(),
): readonly RegisterWrite[] {
  const seen: Seen[] = registers
    .filter((one) => one.set === place.set && one.record === place.record && one.field !== REMOVED)
    .map(({ field, client, clock }) => ({ field, client, until: clock + 1 }))
  for (const [field, clocks] of texts) for (const [client, until] of clocks) seen.push({ field, client, until })
  return setField(registers, place, REMOVED, removalOf(seen))
}

/** Takes every removal back that is seen. */
export const keepRecord = (registers: readonly Register[], place: Place): readonly RegisterWrite[] =>
  setField(registers, place, REMOVED, undefined)

/** All fields of a new record. Fields without a value are left out: what nobody wrote reads as null. */
export function addRecord(place: Place, values: Readonly<Record<string, Plain | undefined>>): readonly RegisterWrite[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([field, value]) => ({ key: keyOf(place, field), value }))
}

/**
 * What turns the registers into those of an earlier state, written as a new change: fields that differ get their value of
 * then, records that were not there are removed, those that were removed since are kept.
 */
export function restoreTo(
  now: readonly Register[],
  then: readonly Register[],
  client: number,
  sets: readonly string[],
): readonly RegisterWrite[] {
  return sets.flatMap((set) => {
    const before = new Map(recordsOf(then, set).map((one) => [one.id, one]))
    const present = recordsOf(now, set)
    const writes: RegisterWrite[] = []
    for (const record of present) {
      const place = { set, record: record.id, client }
      const target = before.get(record.id)
      if (target === undefined || target.removal?.state === 'gone') {
        if (record.removal?.state !== 'gone') writes.push(...removeRecord(now, place))
        continue
      }
      if (record.removal) writes.push(...keepRecord(now, place))
      for (const field of new Set([...record.fields.keys(), ...target.fields.keys()]))
        writes.push(...setField(now, place, field, target.fields.get(field)?.[0]?.value))
    }
    return writes
  })
}

interface Written {
  readonly value: Plain
  /** Whose key it is; a forged key names another than the item's client. */
  readonly writer: number
}

const at = (registers: readonly Register[], { set, record }: Place, field: string): readonly Written[] =>
  registers
    .filter((one) => one.set === set && one.record === record && one.field === field)
    .map(({ value, writer }) => ({ value, writer }))

const keyOf = ({ set, record, client }: Place, field: string): string => registerKey(set, record, field, client)
