import { readDispute, type DisputeContent, type DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import { inOrder, isOf, seenBy } from '#shared/decisions/facts.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { refusalOfWord, type Until, type Word } from './judge.ts'
import type { DisputeDeps, DisputeFact, DisputeRefusal, LevelWindow, Of } from './facts.ts'
import { awardIn, rulingsIn, type Outcome, type Rulings } from './outcomes.ts'
import { settlementsIn, type Settlements } from './settlements.ts'
import { binds, leadingMediations, startOf, windowsOf } from './windows.ts'

export interface DisputeCase<A = unknown> {
  /** Names the dispute: the hash of its opening's text. */
  readonly hash: string
  readonly content: DisputeContent
  readonly opening: Of<'dispute-opened', A>
  readonly answers: readonly Of<'dispute-answered', A>[]
  /** Whether arbitration and what follows it bind the parties. */
  readonly bound: boolean
  /** When every other party had it; null: not yet, and no clock runs. */
  readonly started: Instant | null
  /** The levels that are reached in time, each with its window; empty before the start. */
  readonly levels: readonly (LevelWindow & { readonly level: DisputeLevel; readonly rulings: Rulings<A> | null })[]
  readonly recusals: readonly Of<'arbitrator-recused', A>[]
  readonly settlements: Settlements<A>
  readonly referral: Of<'dispute-referred', A> | null
  readonly awards: readonly Of<'award-recorded', A>[]
  readonly withdrawn: Of<'dispute-withdrawn', A> | null
  readonly outcome: Outcome<A> | null
}
export interface Disputes<A = unknown> {
  readonly cases: readonly DisputeCase<A>[]
  /** Facts without effect. */
  readonly refusals: ReadonlyMap<string, DisputeRefusal>
}

interface Judged<A> {
  readonly counts: Set<string>
  readonly contents: Map<string, DisputeContent>
  /** The end of the window in which a ruling was given, as its author could know it. */
  readonly until: Until
  readonly refusals: Map<string, DisputeRefusal>
  readonly deps: DisputeDeps<A>
}

/**
 * Every dispute among some facts: a pure fold. Each fact is judged once, by its own ancestry, in topological order; what words made
 * apart come to is read off the whole set. So no outcome depends on which fact came first, and none on the clock of whoever reads it:
 * where a dispute stands _now_ is `standingAt`.
 */
export function disputesOf<A>(given: readonly DisputeFact<A>[], deps: DisputeDeps<A>): Disputes<A> {
  const facts = inOrder(given)
  const judged: Judged<A> = { counts: new Set(), contents: new Map(), until: new Map(), refusals: new Map(), deps }
  for (const fact of facts) {
    const refusal = refusalOf(fact, seenBy(facts, fact), judged)
    if (refusal) judged.refusals.set(fact.id, refusal)
    else judged.counts.add(fact.id)
  }
  const found = new Map<string, DisputeRefusal>()
  const cases = casesIn(facts, judged, found)
  return { cases, refusals: new Map([...found, ...judged.refusals]) }
}

function refusalOf<A>(fact: DisputeFact<A>, before: readonly DisputeFact<A>[], judged: Judged<A>): DisputeRefusal | undefined {
  if (isOf(fact, 'dispute-witnessed')) return undefined
  if (isOf(fact, 'dispute-opened')) return openingRefusal(fact, before, judged)
  if (!isWord(fact)) return undefined
  // What is judged is what the author could know: the case among the facts in its ancestry.
  const known = casesIn(before, judged, new Map()).find((one) => one.hash === fact.fact.dispute && one.content.artifact === fact.fact.artifact) // prettier-ignore
  return known ? refusalOfWord(fact, known, judged.deps, judged.until) : 'no-such-dispute'
} // prettier-ignore

const isWord = <A>(fact: DisputeFact<A>): fact is Word<A> =>
  'dispute' in fact.fact && fact.fact.type !== 'dispute-witnessed'

function openingRefusal<A>(
  opening: Of<'dispute-opened', A>,
  before: readonly DisputeFact<A>[],
  { contents, counts, deps }: Judged<A>,
): DisputeRefusal | undefined {
  const { fact, author } = opening
  const content = contents.get(fact.hash) ?? readDispute(fact.text)
  if (content?.artifact !== fact.artifact || deps.sha256(fact.text) !== fact.hash) return 'text-unreadable'
  if (!content.parties.some(({ company }) => company === author.company)) return 'not-a-party'
  const { source } = content.path
  if (source !== null) {
    const agreed = deps.agreedPath(source, opening)
    if (!agreed || canonicalJson(agreed as unknown as Json) !== canonicalJson(content.path as unknown as Json)) return 'path-differs' // prettier-ignore
  }
  const again = before.some((one) => counts.has(one.id) && isOf(one, 'dispute-opened') && one.fact.artifact === fact.artifact) // prettier-ignore
  if (again) return 'already-opened'
  contents.set(fact.hash, content)
  return undefined
}

/** The cases among some facts that were judged before. Two opened apart in one document are two cases. */
function casesIn<A>(
  facts: readonly DisputeFact<A>[],
  judged: Judged<A>,
  refusals: Map<string, DisputeRefusal>,
): readonly DisputeCase<A>[] {
  const openings = facts.filter((one): one is Of<'dispute-opened', A> => judged.counts.has(one.id) && isOf(one, 'dispute-opened')) // prettier-ignore
  return [...Map.groupBy(openings, ({ fact }) => fact.hash)].map(([hash, [opening]]) => {
    const content = judged.contents.get(hash)
    if (!content || !opening) throw new Error('a dispute counts without a text')
    const among = facts.filter(({ fact }) => 'dispute' in fact && fact.dispute === hash && fact.artifact === content.artifact) // prettier-ignore
    return caseOf(hash, content, opening, among, judged, refusals)
  })
}

function caseOf<A>(
  hash: string,
  content: DisputeContent,
  opening: Of<'dispute-opened', A>,
  among: readonly DisputeFact<A>[],
  { counts, until, deps }: Judged<A>,
  refusals: Map<string, DisputeRefusal>,
): DisputeCase<A> {
  const facts = among.filter(({ id }) => counts.has(id))
  const of = <T extends DisputeFact['fact']['type']>(type: T) => facts.filter((one): one is Of<T, A> => isOf(one, type))
  const started = startOf(opening, among, content)
  const bound = binds(started, opening, facts, among, content)
  const settlements = settlementsIn(facts, hash, content, deps.sha256)
  const scope = { facts, among, hash, content, until, sha256: deps.sha256 }
  const levels = bound ? content.path.levels : leadingMediations(content)
  const ruled = levels.map(({ kind }, index) => (kind === 'arbitration' ? rulingsIn(index, scope) : null))
  const windows = started === null ? [] : windowsOf(started, levels, content, (at) => ruled[at]?.differed ?? null)
  for (const rulings of ruled) for (const { id } of rulings?.unproven ?? []) refusals.set(id, 'unproven')
  const answers = of('dispute-answered')
  const awards = of('award-recorded')
  const ruling = ruled.find((one) => one?.outcome)?.outcome ?? null
  const settled = settlements.stands
  if (ruling && settled) for (const { id } of settled.words) refusals.set(id, 'set-aside')
  const outcome = ruling ?? (settled && settlementOutcome(settled)) ?? awardIn(awards, content)
  const withdrawals = of('dispute-withdrawn')
  // Whoever takes it back cannot pretend that it had not been answered.
  const answered = facts.some((one) => one.author.company !== opening.author.company && !isOf(one, 'dispute-witnessed'))
  if (answered) for (const { id } of withdrawals) refusals.set(id, 'set-aside')
  return {
    hash, content, opening, answers, bound, started,
    levels: windows.map((window, at) => ({ ...window, level: levels[at] as DisputeLevel, rulings: ruled[at] ?? null })),
    recusals: of('arbitrator-recused'),
    settlements,
    referral: of('dispute-referred')[0] ?? null,
    awards,
    withdrawn: answered ? null : (withdrawals[0] ?? null),
    outcome,
  } // prettier-ignore
}

function settlementOutcome<A>({ hash, finding, terms, words }: NonNullable<Settlements<A>['stands']>): Outcome<A> {
  return { kind: 'settlement', hash, finding, terms, level: null, words, at: Math.max(...words.map(({ at }) => at)) as Instant } // prettier-ignore
}
