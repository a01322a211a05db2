import type { Strength } from '../artifacts/standards-doc.v1.ts'
import type { Canonical } from '../kernel/canonical.ts'
import { encode } from '../kernel/canonical.ts'
import { equal as sameBytes } from '../kernel/bytes.ts'
import { longestRising } from '../kernel/longest-rising.ts'
import type { ClauseContent, StandardContent, TestContent } from './content.ts'
import { plainText } from './rich-text.ts'
import { diffText, type DiffPart } from './text-diff.ts'

export interface ClauseChange {
  readonly before: ClauseContent
  readonly after: ClauseContent
  /** Its words, in one of the languages. */
  readonly words: boolean
  /** Another kind, newly deprecated, or newly replaced. */
  readonly standing: boolean
  /** Only bold, italic, lists or tables. */
  readonly looks: boolean
}
export interface Comparison {
  readonly added: readonly ClauseContent[]
  readonly removed: readonly ClauseContent[]
  /** Clauses that stand elsewhere among those that both versions have, or at another level. */
  readonly moved: readonly { readonly before: ClauseContent; readonly after: ClauseContent }[]
  readonly changed: readonly ClauseChange[]
  readonly addedTests: readonly TestContent[]
  readonly removedTests: readonly TestContent[]
  readonly changedTests: readonly {
    readonly before: TestContent
    readonly after: TestContent
    /** Something that must pass is asked anew or differently. */
    readonly stricter: boolean
  }[]
}

/** What became of each clause and test, by their anchors: numbers may all be different. */
export function compareContents(before: StandardContent, after: StandardContent): Comparison {
  const was = new Map(before.clauses.map((clause) => [clause.id, clause]))
  const is = new Map(after.clauses.map((clause) => [clause.id, clause]))
  const kept = after.clauses.filter(({ id }) => was.has(id))
  const still = new Set(longestRising(kept.map(({ id }) => before.clauses.findIndex((clause) => clause.id === id))))
  const pairs = kept.map((clause, at) => ({
    before: was.get(clause.id) ?? clause,
    after: clause,
    still: still.has(at),
  }))
  const tested = new Map(before.tests.map((test) => [test.id, test]))
  const testedNow = new Set(after.tests.map(({ id }) => id))
  return {
    added: after.clauses.filter(({ id }) => !was.has(id)),
    removed: before.clauses.filter(({ id }) => !is.has(id)),
    moved: pairs
      .filter((pair) => !pair.still || levelOf(pair.before) !== levelOf(pair.after))
      .map((pair) => ({ before: pair.before, after: pair.after })),
    changed: pairs
      .map(({ before: old, after: now }) => changeOf(old, now))
      .filter(({ words, standing, looks }) => words || standing || looks),
    addedTests: after.tests.filter(({ id }) => !tested.has(id)),
    removedTests: before.tests.filter(({ id }) => !testedNow.has(id)),
    changedTests: after.tests.flatMap((test) => {
      const old = tested.get(test.id)
      return old === undefined || equal(old, test)
        ? []
        : [{ before: old, after: test, stricter: isStricter(old, test) }]
    }),
  }
}

/** Text differences of one changed clause, per language: heading, then text. */
export const clauseDiff = ({ before, after }: Pick<ClauseChange, 'before' | 'after'>, language: 'en' | 'ar') =>
  ({
    heading: diffText(before.heading[language], after.heading[language]),
    text: diffText(plainText(before.text[language]), plainText(after.text[language])),
  }) satisfies Record<string, readonly DiffPart[]>

function changeOf(before: ClauseContent, after: ClauseContent): ClauseChange {
  const differs = (language: 'en' | 'ar'): boolean =>
    before.heading[language] !== after.heading[language] ||
    plainText(before.text[language]) !== plainText(after.text[language])
  const words = differs('en') || differs('ar')
  return {
    before,
    after,
    words,
    standing:
      before.nature !== after.nature ||
      before.deprecatedIn !== after.deprecatedIn ||
      before.replacedBy !== after.replacedBy,
    looks: !words && !equal(before.text, after.text),
  }
}

const rank: Readonly<Record<Strength, number>> = { should: 0, must: 1 }
/** Asked more strongly, or a `must` that now asks something else: what passed may fail. */
const isStricter = (before: TestContent, after: TestContent): boolean =>
  rank[after.strength] > rank[before.strength] ||
  (after.strength === 'must' &&
    (before.method !== after.method || before.input !== after.input || before.expected !== after.expected))

const levelOf = ({ number }: ClauseContent): number => number.split('.').length
const equal = (left: unknown, right: unknown): boolean =>
  sameBytes(encode(left as Canonical), encode(right as Canonical))
