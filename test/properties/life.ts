import fc from 'fast-check'

/** One thing that somebody does in a random life, knowing only some of what there is. */
export interface Act<K extends string> {
  readonly kind: K
  readonly who: 'a' | 'b'
  readonly device: '' | '2'
  /** How far back what the author knows ends. */
  readonly ignores: number
  readonly pick: number
  /** Hours since the act before. */
  readonly gap: number
}

/** Acts of two companies with two devices each; what stands in a list more than once happens more often. */
export const acts = <K extends string>(likely: {
  readonly kinds: readonly K[]
  readonly devices: readonly ('' | '2')[]
  readonly ignores: readonly number[]
  readonly gaps: readonly number[]
}): fc.Arbitrary<Act<K>> =>
  fc.record({
    kind: fc.constantFrom(...likely.kinds),
    who: fc.constantFrom('a' as const, 'b' as const),
    device: fc.constantFrom(...likely.devices),
    ignores: fc.constantFrom(...likely.ignores),
    pick: fc.nat(20),
    gap: fc.constantFrom(...likely.gaps),
  })

/** What `shuffled` sorts by. */
export const order = fc.infiniteStream(fc.nat(1_000_000)).map((stream) => [...stream.take(120)])

/** Facts in another order of arrival. */
export const shuffled = <F>(facts: readonly F[], keys: readonly number[]): readonly F[] =>
  facts
    .map((fact, at) => ({ fact, key: keys[at % keys.length] ?? at }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ fact }) => fact)

/** What an author knows who has not heard of the last few facts. */
export const knownBut = <F>(facts: readonly F[], ignores: number): readonly F[] =>
  facts.slice(0, Math.max(1, facts.length - ignores))
