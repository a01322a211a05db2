import { concat } from '#shared/kernel/bytes.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import type { Control } from '#shared/membership/types.ts'
import type { VerifiedEntry } from '#shared/seal/entry.ts'

type ForkRun = Extract<Control, { kind: 'fork-run' }>

/** The largest run that is put together from parts: as large as a run may be. */
const MOST = 8 * 1024 * 1024
/** So much of a run goes into one entry. */
const PART = 512 * 1024

/** More parts of one run than this are not kept: no honest carrier writes so many. */
const MOST_PARTS = 64

/** Runs of forked feeds that others carry in entries of their own, put together from their parts. */
export class CarriedRuns {
  readonly #parts = new Map<string, (ForkRun & { readonly seq: number })[]>()

  /**
   * The whole run, once; undefined while parts are missing. Parts of one author are put together in the order in which it wrote
   * them, whenever each comes to be read: they may be sealed under different keys.
   */
  add(part: ForkRun, { device, seq }: Pick<VerifiedEntry, 'device' | 'seq'>): Uint8Array | undefined {
    const { run, at, total, bytes } = part
    if (total > MOST) return undefined
    if (at === 0 && bytes.length === total) return bytes
    const key = `${device}/${run}`
    const known = [...(this.#parts.get(key) ?? []), { ...part, seq }].toSorted((one, other) => one.seq - other.seq)
    const whole = inOrder(known, total)
    if (whole) this.#parts.delete(key)
    else this.#parts.set(key, known.slice(-MOST_PARTS))
    return whole && concat(...whole)
  }
}

/** Each part that goes on where those before it end; a first one begins anew. Undefined while they are not `total` bytes. */
function inOrder(parts: readonly ForkRun[], total: number): readonly Uint8Array[] | undefined {
  let taken: Uint8Array[] = []
  let length = 0
  for (const { at, bytes } of parts) {
    if (at === 0) [taken, length] = [[], 0]
    if (at !== length) continue
    taken.push(bytes)
    length += bytes.length
    if (length >= total) return taken
  }
  return undefined
}

/** The entries that carry a run whose last entry has the hash `run`. */
export function carryRun(run: EntryHash, bytes: Uint8Array): readonly ForkRun[] {
  const total = bytes.length
  return Array.from({ length: Math.ceil(total / PART) }, (_, part) => ({
    kind: 'fork-run', run, at: part * PART, total, bytes: bytes.slice(part * PART, (part + 1) * PART),
  })) // prettier-ignore
}
