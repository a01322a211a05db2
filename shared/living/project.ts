import type { Fields, ValuesOf } from '../artifacts/field.ts'
import type { Held, LivingRecord } from './records.ts'

/** A record as a screen or a calculation reads it. */
export interface Projected<V> {
  readonly id: string
  /** The first value of each field where several stand against each other; null where nobody wrote. */
  readonly values: V
  /** Fields with more than one value, each with its writer. */
  readonly conflicts: ReadonlyMap<string, readonly Held[]>
  readonly removal: LivingRecord['removal']
  /** Fields whose values do not fit the schema: left out and flagged, because a merged document cannot be refused. */
  readonly flags: readonly string[]
}

/** One record through its schema. Fields that this version does not know stay in `values`. */
export function projectRecord<F extends Fields>(fields: F, record: LivingRecord): Projected<ValuesOf<F>> {
  const values: Record<string, unknown> = {}
  const conflicts = new Map<string, readonly Held[]>()
  const flags: string[] = []
  for (const [name, held] of record.fields) if (!Object.hasOwn(fields, name)) values[name] = held[0]?.value ?? null
  for (const [name, { schema, control }] of Object.entries(fields)) {
    if (control === 'rich') continue
    const held = record.fields.get(name) ?? []
    const sound = held.filter(({ value }) => schema.safeParse(value).success)
    if (sound.length < held.length) flags.push(name)
    const parsed = schema.safeParse(sound[0]?.value ?? null)
    values[name] = parsed.success ? parsed.data : null
    if (sound.length > 1) conflicts.set(name, sound)
  }
  return { id: record.id, values: values as ValuesOf<F>, conflicts, removal: record.removal, flags }
}

/** The records of a set that are there, in the order of their field `order`, then of their ids. Disputed removals are there. */
export function projectSet<F extends Fields>(
  fields: F,
  records: readonly LivingRecord[],
): readonly Projected<ValuesOf<F>>[] {
  return records
    .filter(({ removal }) => removal?.state !== 'gone')
    .map((record) => ({ order: orderOf(record), projected: projectRecord(fields, record) }))
    .sort((left, right) => compare(left.order, right.order) || compare(left.projected.id, right.projected.id))
    .map(({ projected }) => projected)
}

/** Records without a place come last: `~` sorts after every index. */
const orderOf = ({ fields }: LivingRecord): string => {
  const order = fields.get('order')?.[0]?.value
  return typeof order === 'string' ? order : '~'
}
const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1)
