/** What a register may hold: plain JSON, so that every engine and every window reads the same. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain }

/**
 * One value that one writer gave one field of one record. A field that several people wrote apart from each other has
 * several registers: that is what a conflict is. `client` and `clock` are the id of the Yjs item behind it, and with it
 * the way to its author.
 */
export interface Register {
  readonly set: string
  readonly record: string
  readonly field: string
  readonly value: Plain
  readonly client: number
  readonly clock: number
  /** Whose key it stands under; another than `client` only where somebody forged a key. */
  readonly writer: number
}

/** A change of the map `registers`; a value of undefined removes the key. */
export interface RegisterWrite {
  readonly key: string
  readonly value: Plain | undefined
}

/** The root map of a section of form `records`. */
export const REGISTERS = 'registers'

/** The field that says a record was removed: its value lists what the remover had seen. */
export const REMOVED = '$removed'

const NAME = /^[a-z][A-Za-z0-9]{0,31}$/
const RECORD = /^[a-z0-9]{1,32}$/
const FIELD = /^(?:[a-z][A-Za-z0-9]{0,31}|\$removed)$/
const WRITER = /^[0-9a-z]{1,11}$/

/** `set/record/field/writer`: nobody but its writer writes a key, so no two writes of a field ever replace each other unseen. */
export function registerKey(set: string, record: string, field: string, client: number): string {
  if (!NAME.test(set) || !RECORD.test(record) || !FIELD.test(field)) throw new Error('not a register')
  return `${set}/${record}/${field}/${client.toString(36)}`
}

/**
 * Reads a key of the map. Undefined for whatever is no register: a partner may write any key. The author is the item's
 * client, not the one that the key names.
 */
export function readRegister(key: string, value: Plain, client: number, clock: number): Register | undefined {
  const [set = '', record = '', field = '', writer = '', ...more] = key.split('/')
  if (more.length > 0 || !NAME.test(set) || !RECORD.test(record) || !FIELD.test(field) || !WRITER.test(writer))
    return undefined
  return { set, record, field, value, client, clock, writer: Number.parseInt(writer, 36) }
}

/** The register that says that somebody has read a text of a record that had been merged. */
export const readField = (field: string): string => `${field}Read`

/** The root fragment that holds the rich text of a field. */
export const textRoot = (set: string, record: string, field: string): string => `text/${set}/${record}/${field}`

export function readTextRoot(
  root: string,
): { readonly set: string; readonly record: string; readonly field: string } | undefined {
  const [text, set = '', record = '', field = '', ...more] = root.split('/')
  if (text !== 'text' || more.length > 0 || !NAME.test(set) || !RECORD.test(record) || !NAME.test(field))
    return undefined
  return { set, record, field }
}
