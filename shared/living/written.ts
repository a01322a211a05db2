import { recordsOf, type LivingRecord } from './records.ts'
import { readTextRoot, type Plain, type Register } from './register.ts'
import { plainText, type RichNode } from './rich.ts'

/** One field as somebody left it: what it was before, and for rich text the text itself. */
export interface WrittenField {
  readonly field: string
  readonly before: Plain
  /** Of rich text its letters. */
  readonly value: Plain
  readonly nodes: readonly RichNode[] | null
}

/** What somebody did to one record. */
export interface WrittenRecord {
  readonly set: string
  readonly record: string
  readonly removed: boolean
  readonly fields: readonly WrittenField[]
}

/** What this reads of a section. */
export interface LivingReader {
  registers(): readonly Register[]
  richRoots(): readonly string[]
  rich(root: string): readonly RichNode[]
}

/** What turns one state of a section into another, record by record; `sets` names the sets that its artifact has. */
export function writtenBetween(
  before: LivingReader,
  after: LivingReader,
  sets: readonly string[],
): readonly WrittenRecord[] {
  const found = new Map<string, { set: string; record: string; removed: boolean; fields: WrittenField[] }>()
  const at = (set: string, record: string): { removed: boolean; fields: WrittenField[] } => {
    const key = `${set}/${record}`
    const known = found.get(key)
    if (known) return known
    const made = { set, record, removed: false, fields: [] }
    found.set(key, made)
    return made
  }
  for (const set of sets) {
    const then = new Map(recordsOf(before.registers(), set).map((one) => [one.id, one]))
    for (const now of recordsOf(after.registers(), set)) {
      const was = then.get(now.id)
      if (isGone(now) && was && !isGone(was)) at(set, now.id).removed = true
      if (isGone(now)) continue
      for (const field of new Set([...(was?.fields.keys() ?? []), ...now.fields.keys()])) {
        const [old, value] = [valueOf(was, field), valueOf(now, field)]
        if (JSON.stringify(old) !== JSON.stringify(value))
          at(set, now.id).fields.push({ field, before: old, value, nodes: null })
      }
    }
  }
  for (const root of [...new Set([...before.richRoots(), ...after.richRoots()])].toSorted()) {
    const place = readTextRoot(root)
    const [old, nodes] = [before.rich(root), after.rich(root)]
    if (!place || !sets.includes(place.set) || JSON.stringify(old) === JSON.stringify(nodes)) continue
    const record = at(place.set, place.record)
    if (!record.removed)
      record.fields.push({ field: place.field, before: plainText(old), value: plainText(nodes), nodes })
  }
  return [...found.values()]
}

const isGone = ({ removal }: LivingRecord): boolean => removal?.state === 'gone'

/** Values that were written apart are listed together. */
function valueOf(record: LivingRecord | undefined, field: string): Plain {
  const held = record?.fields.get(field) ?? []
  return held.length > 1 ? held.map(({ value }) => value) : (held[0]?.value ?? null)
}
