import type { DisputeContent } from '#shared/artifacts/dispute-content.ts'
import { isOf } from '#shared/decisions/facts.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { isProven, settlementHash, type DisputeFact, type Of, type Terms } from './facts.ts'
import { knewSettled } from './settlements.ts'

/** What a dispute came to, and the facts that say so: one of each party. */
export interface Outcome<A = unknown> extends Terms {
  readonly kind: 'settlement' | 'ruling' | 'award'
  /** Of a settlement or ruling the hash of its words; of an award that of its file. */
  readonly hash: string
  /** Of a ruling: which level gave it. */
  readonly level: number | null
  readonly words: readonly DisputeFact<A>[]
  /** The last of the times that its facts claim. */
  readonly at: Instant
}

export type Ruling<A = unknown> = Of<'dispute-ruled', A>
export interface Rulings<A = unknown> {
  /** Those that are proven to have been in time. */
  readonly given: readonly Ruling<A>[]
  readonly unproven: readonly Ruling<A>[]
  readonly outcome: Outcome<A> | null
  /** Every party's arbitrators have ruled, and not alike: since when the next level stands. */
  readonly differed: Instant | null
}

interface Scope<A> {
  readonly facts: readonly DisputeFact<A>[]
  readonly among: readonly DisputeFact<A>[]
  readonly hash: string
  readonly content: DisputeContent
  readonly until: ReadonlyMap<string, Instant>
  readonly sha256: (text: string) => string
}

/**
 * What the arbitrators of one level have ruled. A ruling counts once another party shows within the window that it has it, and did not
 * by then know of a settlement; what all parties have ruled alike stands, whatever one of them says apart from that.
 */
export function rulingsIn<A>(index: number, { facts, among, hash, content, until, sha256 }: Scope<A>): Rulings<A> {
  const said = facts.filter((one): one is Ruling<A> => isOf(one, 'dispute-ruled') && one.fact.level === index)
  const given = said.filter((one) => {
    const end = until.get(one.id)
    if (end === undefined) throw new Error('a ruling counts without a window')
    return isProven(one, among, content, end, (witness) => !knewSettled(witness, facts, hash, content, sha256))
  })
  const unproven = said.filter((one) => !given.includes(one))
  const byHash = Map.groupBy(given, ({ fact }) => settlementHash(sha256, hash, fact))
  const whole = [...byHash].filter(([, words]) => everyParty(words, content))
  const [only] = whole
  const last = Math.max(...given.map(({ at }) => at)) as Instant
  if (whole.length === 1 && only) {
    const [agreed, words] = only
    const [{ fact }] = words as [Ruling<A>]
    const at = Math.max(...words.map((one) => one.at)) as Instant
    return { given, unproven, differed: null, outcome: { kind: 'ruling', hash: agreed, finding: fact.finding, terms: fact.terms, level: index, words, at } } // prettier-ignore
  }
  return { given, unproven, outcome: null, differed: everyParty(given, content) ? last : null }
}

const everyParty = (words: readonly DisputeFact[], { parties }: DisputeContent): boolean =>
  parties.every(({ company }) => words.some(({ author }) => author.company === company))

/** An award stands once every party has recorded the same file with the same finding and terms. */
export function awardIn<A>(awards: readonly Of<'award-recorded', A>[], content: DisputeContent): Outcome<A> | null {
  const same = Map.groupBy(awards, ({ fact }) => JSON.stringify([fact.award, fact.finding, fact.terms]))
  const whole = [...same.values()].filter((words) => everyParty(words, content))
  const [words] = whole
  if (whole.length !== 1 || !words?.[0]) return null
  const { award, finding, terms } = words[0].fact
  return { kind: 'award', hash: award, finding, terms, level: null, words, at: Math.max(...words.map(({ at }) => at)) as Instant } // prettier-ignore
}
