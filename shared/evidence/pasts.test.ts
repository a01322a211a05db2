import { describe, expect, it } from 'vitest'
import { pastsOf, type Linked } from './pasts.ts'

/** An entry of a feed: `after` more hashes follow it in the pack; heads are `feed/seq`. */
function entry(feed: string, seq: number, heads: readonly string[] = [], after = 0): Linked {
  const hashOf = (of: string, at: number): string => `${of}${String(at)}`
  const named = heads.map((head) => {
    const [of = '', at = ''] = head.split('/')
    return { feed: of as never, seq: Number(at), hash: hashOf(of, Number(at)) as never }
  })
  const header = { feed: feed as never, seq, previous: seq === 1 ? null : (hashOf(feed, seq - 1) as never), heads: named } // prettier-ignore
  const chain = Array.from({ length: after + 1 }, (_, at) => hashOf(feed, seq + at))
  return { header, hash: hashOf(feed, seq), chain }
}
const past = (entries: readonly Linked[], hash: string): readonly string[] =>
  [...(pastsOf(entries).get(hash) ?? [])].toSorted()

describe('what an entry of a pack had seen', () => {
  it('[EVD-12, EVD-21] follows heads and predecessors through entries in between, and ends where hashes do', () => {
    const entries = [entry('a', 1, [], 2), entry('a', 4, ['b/3']), entry('b', 2, [], 1), entry('c', 1, ['a/3'])]
    // A's chain goes to its third entry, which its fourth names; B's from its second to its third.
    expect(past(entries, 'a4')).toEqual(['a1', 'b2'])
    expect(past(entries, 'c1')).toEqual(['a1'])
    expect(past(entries, 'b2')).toEqual([])
    expect(past([entry('a', 1, [], 1), entry('a', 4)], 'a4')).toEqual([])
  })

  it('[EVD-21] is the same in whatever order the entries are given', () => {
    const entries = [entry('a', 1, [], 1), entry('a', 2, ['b/1']), entry('b', 1), entry('b', 2, ['a/2']), entry('c', 1, ['b/2'])] // prettier-ignore
    expect(past(entries.toReversed(), 'c1')).toEqual(['a1', 'a2', 'b1', 'b2'])
    expect(past(entries, 'c1')).toEqual(past(entries.toReversed(), 'c1'))
  })

  it('[EVD-6] another hash at a named place leads nowhere', () => {
    const other: Linked = { ...entry('b', 1), hash: 'x', chain: ['x'] }
    expect(past([other, entry('a', 1, ['b/1'])], 'a1')).toEqual([])
  })
})
