import type { TextClocks } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'
import type { RichNode } from '#shared/living/rich.ts'
import type { CheckUpdate, CheckedUpdate, SectionKey } from '#shared/sync/update.ts'

/** What a shared type or a plain value reads as. */
export type Value = null | boolean | number | string | Uint8Array | readonly Value[] | { readonly [key: string]: Value }

/** Reads a section. A root that nobody wrote reads as empty. */
export interface SectionReader {
  /** All keys of a root map with their values, nested types as plain values. */
  map(root: string): { readonly [key: string]: Value }
  text(root: string): string
  list(root: string): readonly Value[]
  /** Of a section of form `records`: every value of every field, with who wrote it. */
  registers(): readonly Register[]
  /** Names of the roots that hold rich text. */
  richRoots(): readonly string[]
  rich(root: string): readonly RichNode[]
  /** Whose letters a rich text holds, and up to which clock. */
  richClocks(root: string): TextClocks
}

/** Writes a section, inside one edit. Indexes are in UTF-16 units for text, elements for lists. */
export interface SectionWriter extends SectionReader {
  setKey(root: string, key: string, value: Value): void
  removeKey(root: string, key: string): void
  insertText(root: string, index: number, text: string): void
  removeText(root: string, index: number, length: number): void
  insertItems(root: string, index: number, items: readonly Value[]): void
  removeItems(root: string, index: number, length: number): void
  /** Replaces a rich text whole. */
  setRich(root: string, nodes: readonly RichNode[]): void
}

/** What a document took, as bytes for a replica of it, and the client whose edit it was. */
export type AppliedUpdate = Pick<CheckedUpdate, 'client' | 'bytes'>

/**
 * The documents behind sections. Holds nothing durable: whatever it holds can be dropped and rebuilt from the log.
 * Refusals come from `check` alone; everything else throws, because it would be a bug.
 */
export interface Documents {
  /** The update rules. Looks at the bytes and the context, never at a document. */
  readonly check: CheckUpdate
  /**
   * Applies checked updates in the order given, as one transaction. @returns what a replica of the document has to apply.
   * @throws when anything is left pending.
   */
  apply(section: SectionKey, updates: readonly CheckedUpdate[]): readonly AppliedUpdate[]
  /** Runs one local edit as `client` and returns the update to be sealed; undefined when it changed nothing. */
  edit(section: SectionKey, client: number, change: (writer: SectionWriter) => void): Uint8Array | undefined
  read(section: SectionKey): SectionReader
  /** State vector, v1 encoding: what a window's replica is synced with. */
  stateVector(section: SectionKey): Uint8Array
  /** The whole state, v1 encoding; with a state vector, only what it lacks. */
  encodeState(section: SectionKey, since?: Uint8Array): Uint8Array
  /** The texts that an update, applied already, changed or said to be read: `set/record/field` each. */
  touched(section: SectionKey, update: Uint8Array): readonly string[]
  /** A document that nobody has asked for begins with the state that `load` fetches, as `encodeState` gave it, when somebody does. */
  restore(section: SectionKey, load: () => Uint8Array): void
  /** Forgets the document, e.g. after an edit whose sealing failed. The next `apply` starts an empty one. */
  drop(section: SectionKey): void
}
