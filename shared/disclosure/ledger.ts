import type { Cell } from '#shared/artifacts/table.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId, PolicyId, Role } from '#shared/kernel/ids.ts'
import type { Aggregate } from './cube.ts'

/**
 * The owner's private memory of a disclosure: whose records stand behind each cell that was shown. It lives in the vault, is
 * handed in with the next revision, and never leaves. Entities are keyed tags and contributions 32-bit fingerprints, so the
 * ledger holds no value of the table, only the means to notice that something about an entity has changed.
 */
export interface DisclosureLedger {
  readonly format: 'mithaq.ledger.v1'
  readonly dataset: DatasetId
  readonly policy: PolicyId
  readonly policyVersion: number
  readonly revision: number
  /** Who can hold the slices side by side: ledgers are compared only where recipients and roles overlap. */
  readonly recipients: readonly string[]
  readonly roles: readonly Role[]
  readonly k: number
  /** `column transform` of each group column. */
  readonly groups: readonly string[]
  /** The column of each additive measure; `#` for the count of records. */
  readonly measures: readonly string[]
  readonly cells: readonly {
    readonly group: readonly Cell[]
    readonly state: CellState
  }[]
  /** Published totals: the groups that each keeps, and the group values of the rows that were shown. */
  readonly totals: readonly { readonly over: readonly number[]; readonly shown: readonly (readonly Cell[])[] }[]
  /** 8 bytes per entity. */
  readonly tags: Uint8Array
  /** Uint32 per cell + 1: where its members begin. */
  readonly starts: Uint8Array
  /** Uint32 per member: position in `tags`, or `NOBODY` for records without an entity. */
  readonly members: Uint8Array
  /** Uint32 per member and measure. */
  readonly prints: Uint8Array
}
export type CellState = 'shown' | 'below-k' | 'complementary'

export const NOBODY = 0xffff_ffff
const TAG = 8

/** Words that name a group column in a ledger: the same column under another transform is another group. */
export const groupWords = (column: string, transform: string): string => `${column} ${transform}`

/** `entities`: the source value of each interned entity id. `measureAt`: positions of the additive measures in the tallies. */
export function writeLedger(
  crypto: Crypto,
  secret: SymmetricKey,
  head: Omit<DisclosureLedger, 'format' | 'tags' | 'starts' | 'members' | 'prints'>,
  aggregate: Aggregate,
  entities: readonly Cell[],
  measureAt: readonly number[],
): DisclosureLedger {
  // Not per dataset: a re-import has a new id, and its entities must still be recognised.
  const key = crypto.derive(secret, 'mithaq.disclosure.ledger.v1')
  const tags = new Uint8Array(entities.length * TAG)
  entities.forEach((entity, at) => {
    const tag = crypto.derive(key, 'mithaq.disclosure.entity.v1', utf8(`${typeof entity}:${entity}`))
    tags.set(tag.subarray(0, TAG), at * TAG)
  })

  const { cells, members: from } = aggregate
  const width = measureAt.length
  const room = from.entity.length + cells.filter((cell) => cell.nobody > 0).length
  const starts = new Uint32Array(cells.length + 1)
  const members = new Uint32Array(room)
  const prints = new Uint32Array(room * width)
  let at = 0
  cells.forEach((cell, position) => {
    starts[position] = at
    const nobody = Uint32Array.from(measureAt, (measure) => cell.prints[measure]!)
    for (let member = from.starts[position]!; member < from.starts[position + 1]!; member++, at++) {
      members[at] = from.entity[member]!
      for (let offset = 0; offset < width; offset++) {
        const print = from.prints[measureAt[offset]!]![member]!
        prints[at * width + offset] = print
        nobody[offset]! -= print
      }
    }
    if (cell.nobody > 0) {
      members[at] = NOBODY
      prints.set(nobody, at * width)
      at++
    }
  })
  starts[cells.length] = at
  return {
    format: 'mithaq.ledger.v1',
    ...head,
    tags,
    starts: bytesOf(starts),
    members: bytesOf(members),
    prints: bytesOf(prints),
  }
}

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
/** A copy, because bytes from a store may begin anywhere and words must be aligned. */
const wordsOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer)

/** An entity's tag → fingerprint per measure. */
export type Contributions = ReadonlyMap<string, readonly number[]>
export const NOBODY_TAG = ''

/** One number that a holder of the slice can read, at some grouping. */
export interface Readable {
  readonly cells: readonly number[]
  /** Per measure, of all values behind it: equal prints mean an equal number. */
  readonly prints: readonly number[]
}

export interface LedgerReader {
  readonly ledger: DisclosureLedger
  /**
   * What can be read at a grouping: for every combination of values of the groups at `positions` that was shown as a total, or
   * whose cells were all shown so that they can be added up.
   */
  readableAt(positions: readonly number[]): ReadonlyMap<string, Readable>
  contributionsTo(cells: readonly number[]): Contributions
}

export function readLedger(ledger: DisclosureLedger): LedgerReader {
  const starts = wordsOf(ledger.starts)
  const members = wordsOf(ledger.members)
  const prints = wordsOf(ledger.prints)
  const width = ledger.measures.length
  const nameOf = (member: number): string =>
    member === NOBODY ? NOBODY_TAG : String.fromCharCode(...ledger.tags.subarray(member * TAG, member * TAG + TAG))
  const add = (into: number[], member: number): void => {
    for (let at = 0; at < width; at++) into[at] = (into[at]! + prints[member * width + at]!) >>> 0
  }
  const zero = (): number[] => new Array<number>(width).fill(0)

  return {
    ledger,
    contributionsTo(cells) {
      const contributions = new Map<string, number[]>()
      for (const cell of cells) {
        for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
          const tag = nameOf(members[at]!)
          let known = contributions.get(tag)
          if (known === undefined) contributions.set(tag, (known = zero()))
          add(known, at)
        }
      }
      return contributions
    },
    readableAt(positions) {
      const all = new Map<string, { cells: number[]; prints: number[]; complete: boolean }>()
      ledger.cells.forEach(({ group, state }, cell) => {
        const key = keyOf(positions.map((position) => group[position] ?? null))
        let known = all.get(key)
        if (known === undefined) all.set(key, (known = { cells: [], prints: zero(), complete: true }))
        known.cells.push(cell)
        known.complete &&= state === 'shown'
        for (let at = starts[cell]!; at < starts[cell + 1]!; at++) add(known.prints, at)
      })
      const shownTotals = new Set<string>()
      for (const { over, shown } of ledger.totals) {
        if (over.length !== positions.length || !positions.every((position) => over.includes(position))) continue
        for (const group of shown) shownTotals.add(keyOf(positions.map((position) => group[position] ?? null)))
      }
      return new Map([...all].filter(([key, { complete }]) => complete || shownTotals.has(key)))
    },
  }
}

/** One string per combination of values; the type is part of it. */
export const keyOf = (group: readonly Cell[]): string => JSON.stringify(group)
