import { concat } from '#shared/kernel/bytes.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import type { Control } from '#shared/membership/types.ts'

type ForkRun = Extract<Control, { kind: 'fork-run' }>

/** The largest run that is put together from parts: as large as a run may be. */
const MOST = 8 * 1024 * 1024
/** So much of a run goes into one entry. */
const PART = 512 * 1024

/** Runs of forked feeds that others carry in entries of their own, put together from their parts. */
export class CarriedRuns {
  readonly #parts = new Map<EntryHash, Uint8Array[]>()

  /** The whole run, once; undefined while parts are missing. Parts come in order, each from one author. */
  add({ run, at, total, bytes }: ForkRun, author: string): Uint8Array | undefined {
    if (total > MOST) return undefined
    if (at === 0 && bytes.length === total) return bytes
    const key = `${author}/${run}` as EntryHash
    const parts = at === 0 ? [] : (this.#parts.get(key) ?? [])
    if (parts.reduce((sum, part) => sum + part.length, 0) !== at) return undefined
    parts.push(bytes)
    this.#parts.set(key, parts)
    if (at + bytes.length < total) return undefined
    this.#parts.delete(key)
    return concat(...parts)
  }
}

/** The entries that carry a run whose last entry has the hash `run`. */
export function carryRun(run: EntryHash, bytes: Uint8Array): readonly ForkRun[] {
  const total = bytes.length
  return Array.from({ length: Math.ceil(total / PART) }, (_, part) => ({
    kind: 'fork-run', run, at: part * PART, total, bytes: bytes.slice(part * PART, (part + 1) * PART),
  })) // prettier-ignore
}
