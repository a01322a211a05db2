import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Crypto, Hash } from '#shared/kernel/crypto.ts'
import type { ArtifactId, EntryHash, FeedId, SectionName } from '#shared/kernel/ids.ts'
import { ChannelIndex, type FeedLine } from './channel-index.ts'
import { SectionClocks } from './section-clocks.ts'
import { sectionKey, type CheckedUpdate, type NestedRange } from './update.ts'

const crypto = await createCrypto()
const joint = sectionKey('00'.repeat(16) as ArtifactId, 'joint' as SectionName)
const hash = (line: FeedLine, seq: number): EntryHash => `${line.number}-${seq}` as EntryHash
const until = (endClock: number, nested: readonly NestedRange[] = []): CheckedUpdate =>
  ({ client: 0, endClock, nested, bytes: new Uint8Array(0) }) as unknown as CheckedUpdate

/** Judges the line's next entry, which names the last entries of `seen`. Returns its seq. */
function next(index: ChannelIndex, line: FeedLine, ...seen: FeedLine[]): number {
  const seq = line.admitted.length + 1
  line.hashes.push(hash(line, seq))
  const heads = seen.map((other) => ({
    feed: other.id,
    seq: other.admitted.length,
    hash: hash(other, other.admitted.length),
  }))
  line.lamports.push(index.draw(line, seq, heads))
  line.admitted.push(true)
  return seq
}

function lines(): readonly [ChannelIndex, FeedLine, FeedLine, FeedLine] {
  const index = new ChannelIndex()
  const line = (digit: string): FeedLine => index.lineOrNew(digit.repeat(96) as FeedId)
  return [index, line('a'), line('b'), line('c')]
}

describe('section clocks', () => {
  it('[SYN-32] are those of the ancestry, at every entry, through what others had seen', () => {
    const [index, a, b, c] = lines()
    const clocks = new SectionClocks(crypto, index)
    const own = clocks.own(a, joint, 0).client
    for (let count = 1; count <= 5; count++) clocks.advance(a, next(index, a), joint, 0, until(count * 10))
    const atFive = next(index, b, a)
    for (let count = 6; count <= 8; count++) clocks.advance(a, next(index, a), joint, 0, until(count * 10))
    const atEight = next(index, b, a)
    const throughB = next(index, c, b)
    const blind = next(index, c)
    const clockOf = (line: FeedLine, seq: number): number => {
      const context = clocks.contextOf(line, seq, joint, 0)
      return context.ok ? context.value.clockOf(own) : -1
    }
    expect(clockOf(b, atFive)).toBe(50)
    expect(clockOf(b, atEight)).toBe(80)
    expect(clockOf(c, throughB)).toBe(80)
    expect(clockOf(c, blind)).toBe(80)
    for (let seq = 1; seq <= 8; seq++) {
      expect(clockOf(a, seq)).toBe((seq - 1) * 10)
      const context = clocks.contextOf(a, seq, joint, 0)
      expect(context.ok && context.value.nextClock).toBe((seq - 1) * 10)
    }
    expect(clocks.own(a, joint, 0).nextClock).toBe(80)
    expect(clocks.own(a, joint, 1)).toMatchObject({ nextClock: 0 })
  })

  it('[SYN-25] nesting is remembered by clock', () => {
    const [index, a, b] = lines()
    const clocks = new SectionClocks(crypto, index)
    const own = clocks.own(a, joint, 0).client
    const ranges = [{ clock: 2, length: 3, depth: 1 }, { clock: 7, length: 1, depth: 2 }] as const // prettier-ignore
    clocks.advance(a, next(index, a), joint, 0, until(10, ranges))
    const context = clocks.contextOf(b, next(index, b, a), joint, 0)
    const depths = Array.from({ length: 10 }, (_, clock) => (context.ok ? context.value.depthOf(own, clock) : -1))
    expect(depths).toEqual([0, 0, 1, 1, 1, 0, 0, 2, 0, 0])
  })

  it('[SYN-33] a client id that belongs to another replica is refused', () => {
    const [index, a, b] = lines()
    const colliding: Crypto = { ...crypto, hash: () => new Uint8Array(32) as Hash }
    const clocks = new SectionClocks(colliding, index)
    expect(clocks.contextOf(a, next(index, a), joint, 0).ok).toBe(true)
    expect(clocks.contextOf(b, next(index, b), joint, 0)).toEqual({ ok: false, refusal: 'client-taken' })
  })
})

describe('the index of a channel', () => {
  it('[SYN-34] the heads for the next own entry are what it has not seen, and no more', () => {
    const [index, a, b, c] = lines()
    next(index, a)
    next(index, b, a)
    expect(index.tips(c.id).map(({ feed }) => feed)).toEqual([b.id])
    next(index, c, b)
    expect(index.tips(c.id)).toEqual([])
    expect(index.tips(a.id).map(({ feed }) => feed)).toEqual([c.id])
    next(index, a)
    expect(index.tips(b.id).map(({ feed }) => feed)).toEqual([a.id, c.id])
    expect(index.missingHead([{ feed: a.id, seq: 2, hash: hash(a, 2) }])).toBeUndefined()
    expect(index.missingHead([{ feed: a.id, seq: 3, hash: hash(a, 3) }])).toMatchObject({ seq: 3 })
    expect(index.missingHead([{ feed: a.id, seq: 2, hash: hash(b, 2) }])).toMatchObject({ seq: 2 })
    expect(index.ancestryOf(c, 1).includes({ feed: a.id, seq: 1 })).toBe(true)
    expect(index.ancestryOf(c, 1).includes({ feed: a.id, seq: 2 })).toBe(false)
  })
})
