import { readDecision, type DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import {
  closingRefusal,
  standingLists,
  statementOf,
  type ClosingRefusal,
  type Known,
  type Statement,
} from './closing.ts'
import { inOrder, isOf, seenBy, type DecisionFact, type FactOf } from './facts.ts'
import { signaturesIn, type SignatureRefusal, type Signatures } from './signatures.ts'
import type { VoteRefusal } from './votes.ts'

export type OpeningRefusal =
  | 'text-unreadable'
  | 'not-a-voter'
  | 'owner-left-out'
  | 'round-exists'
  | 'round-not-over'
  | 'mediation-first'
  | 'reason-missing'
  | 'standards-need-unanimity'
export type OtherRefusal = 'no-such-round' | 'not-a-voter' | 'not-the-opener' | 'after-close' | 'nothing-to-mediate'
export type FactRefusal = OpeningRefusal | VoteRefusal | ClosingRefusal | SignatureRefusal | OtherRefusal

/**
 * `voting`: positions come in; `signing`: decided, and signatures are missing; `final`: all have signed; `no-decision`: closed
 * without one; `lists-differ`: closed apart, close again; `split`: signed on different lists; `void`: somebody signed two;
 * `contested`: two texts for one round, made apart; `overtaken`: another round is final.
 */
export type RoundStanding =
  | 'voting' | 'signing' | 'final' | 'no-decision' | 'lists-differ' | 'split' | 'void' | 'withdrawn' | 'contested' | 'overtaken' // prettier-ignore

export interface Round<A> {
  readonly hash: string
  readonly content: DecisionContent
  readonly opening: FactOf<'decision-opened', A>
  readonly standing: RoundStanding
  /** What counts now, and what would come of it. */
  readonly now: Statement<A>
  /** The list that stands; null while there is none, or several. */
  readonly closing: { readonly fact: FactOf<'round-closed', A>; readonly statement: Statement<A> } | null
  /** Every list that was made with effect. */
  readonly closings: readonly FactOf<'round-closed', A>[]
  readonly signatures: Signatures<A>
  readonly mediations: readonly { readonly by: DecisionFact<A>; readonly reason: string; readonly until: Instant }[]
  readonly withdrawn: FactOf<'decision-withdrawn', A> | null
}
export interface DecisionState<A> {
  /** In order; a contested round is there once for each of its texts. */
  readonly rounds: readonly Round<A>[]
  /** The final round, else the last; null before the first, and while the last is contested. */
  readonly current: Round<A> | null
  /** Facts without effect. */
  readonly refusals: ReadonlyMap<string, FactRefusal>
}

export interface DecisionDeps {
  readonly sha256: (text: string) => string
  /** The type of a document as the author of an opening could know it; undefined: not known. */
  readonly typeOf: (artifact: string, opening: DecisionFact) => string | undefined
  /** The company that began the document, as the author of an opening could know it; undefined: not known. */
  readonly ownerOf: (opening: DecisionFact) => CompanyId | undefined
}

interface Judged<A> {
  readonly openings: Map<string, { readonly fact: FactOf<'decision-opened', A>; readonly content: DecisionContent }>
  readonly closings: FactOf<'round-closed', A>[]
  readonly refusals: Map<string, FactRefusal>
}

const DAY = 86_400_000
const STANDARD = 'StandardsDoc.v1'
const OVER: readonly RoundStanding[] = ['no-decision', 'split', 'void', 'withdrawn', 'contested']

/**
 * The state of a decision: a pure fold over its facts. Openings and closings are judged by their own ancestry, each once and in
 * topological order; everything else is counted from the whole set. So no outcome depends on which fact came first.
 */
export function decisionState<A>(given: readonly DecisionFact<A>[], artifact: string, deps: DecisionDeps): DecisionState<A> {
  const facts = inOrder(given)
  const judged: Judged<A> = { openings: new Map(), closings: [], refusals: new Map() }
  for (const fact of facts) {
    if (isOf(fact, 'decision-opened')) judgeOpening(fact, facts, artifact, judged, deps)
    if (isOf(fact, 'round-closed')) judgeClosing(fact, facts, judged, deps)
  }
  return fold(facts, judged, deps)
} // prettier-ignore

function judgeOpening<A>(
  fact: FactOf<'decision-opened', A>,
  facts: readonly DecisionFact<A>[],
  artifact: string,
  judged: Judged<A>,
  deps: DecisionDeps,
): void {
  const content = readDecision(fact.fact.text)
  const refuse = (code: OpeningRefusal): void => void judged.refusals.set(fact.id, code)
  if (content?.artifact !== artifact || deps.sha256(fact.fact.text) !== fact.fact.hash) return refuse('text-unreadable')
  if (!content.voters.some(({ company }) => company === fact.author.company)) return refuse('not-a-voter')
  if (!content.voters.some(({ company }) => company === deps.ownerOf(fact))) return refuse('owner-left-out')
  const concerned = content.topic.affected.some((one) => one.type === STANDARD || deps.typeOf(one.artifact, fact) === STANDARD) // prettier-ignore
  if (concerned && content.policy.kind !== 'unanimity') return refuse('standards-need-unanimity')
  const before = fold(seenBy(facts, fact), judged, deps)
  const last = before.rounds.at(-1)?.content.round ?? 0
  if (content.round <= last) return refuse('round-exists')
  if (content.round !== last + 1) return refuse('round-not-over')
  if (last > 0) {
    const previous = before.rounds.find(({ hash }) => hash === content.previous)
    if (previous?.content.round !== last || !OVER.includes(previous.standing)) return refuse('round-not-over')
    if (previous.standing === 'no-decision' && previous.mediations.length === 0) return refuse('mediation-first')
    if (fact.fact.reason.trim() === '') return refuse('reason-missing')
  } else if (content.previous !== null) return refuse('round-not-over')
  judged.openings.set(fact.id, { fact, content })
}

function judgeClosing<A>(
  fact: FactOf<'round-closed', A>,
  facts: readonly DecisionFact<A>[],
  judged: Judged<A>,
  { sha256 }: DecisionDeps,
): void {
  const openings = [...judged.openings.values()].filter((one) => one.fact.fact.hash === fact.fact.round)
  const [first] = openings
  const known = { openings: openings.map((one) => one.fact), closings: closingsOf(judged.closings, fact.fact.round) }
  const refusal = first
    ? closingRefusal(fact, facts, { hash: fact.fact.round, content: first.content }, known, sha256)
    : 'no-such-round'
  if (refusal) judged.refusals.set(fact.id, refusal)
  else judged.closings.push(fact)
}

const closingsOf = <A>(closings: readonly FactOf<'round-closed', A>[], round: string) =>
  closings.filter(({ fact }) => fact.round === round)

/** The state among some facts, with openings and closings judged before. */
function fold<A>(facts: readonly DecisionFact<A>[], judged: Judged<A>, deps: DecisionDeps): DecisionState<A> {
  const ids = new Set(facts.map(({ id }) => id))
  const refusals = new Map([...judged.refusals].filter(([id]) => ids.has(id)))
  const openings = [...judged.openings.values()].filter(({ fact }) => ids.has(fact.id))
  const byHash = Map.groupBy(openings, ({ fact }) => fact.fact.hash)
  const rounds = [...byHash]
    .map(([hash, texts]) => roundOf(facts, hash, texts, openings, judged.closings.filter(({ id }) => ids.has(id)), deps, refusals))
    .toSorted((left, right) => left.content.round - right.content.round || (left.hash < right.hash ? -1 : 1)) // prettier-ignore
  const finals = rounds.filter(({ standing }) => standing === 'final')
  const standing = ({ hash, content, standing: own }: Round<A>): RoundStanding => {
    if (finals.length > 1) return own === 'final' ? 'void' : own
    if (finals[0]) return finals[0].hash === hash ? 'final' : 'overtaken'
    const rival = rounds.some((other) => other.hash !== hash && other.content.round === content.round)
    return rival ? 'contested' : own
  }
  const settled = rounds.map((round) => ({ ...round, standing: standing(round) }))
  const last = settled.at(-1)
  const final = settled.find((round) => round.standing === 'final')
  const current = final ?? (last?.standing === 'contested' ? undefined : last)
  for (const fact of facts) if (!refusals.has(fact.id) && namesNoRound(fact, byHash)) refusals.set(fact.id, 'no-such-round')
  return { rounds: settled, current: current ?? null, refusals }
} // prettier-ignore

const namesNoRound = <A>({ fact }: DecisionFact<A>, known: ReadonlyMap<string, unknown>): boolean =>
  'round' in fact && fact.type !== 'position-witnessed' && !known.has(fact.round)

function roundOf<A>(
  facts: readonly DecisionFact<A>[],
  hash: string,
  texts: readonly { readonly fact: FactOf<'decision-opened', A>; readonly content: DecisionContent }[],
  openings: readonly { readonly fact: FactOf<'decision-opened', A>; readonly content: DecisionContent }[],
  allClosings: readonly FactOf<'round-closed', A>[],
  { sha256 }: DecisionDeps,
  refusals: Map<string, FactRefusal>,
): Round<A> {
  const [{ fact: opening, content } = raise()] = texts
  const round = { hash, content }
  const known = { openings: texts.map(({ fact }) => fact), closings: closingsOf(allClosings, hash) }
  const now = statementOf(facts, round, known, sha256)
  for (const [id, code] of now.votes.refusals) refusals.set(id, code)
  const later = openings.filter((one) => one.content.round > content.round).map(({ fact }) => fact)
  const withdrawals = withdrawalsIn(facts, hash, known, refusals)
  const signatures = signaturesIn(facts, round, { closings: known.closings, over: [...later, ...withdrawals] })
  for (const [id, code] of signatures.refusals) refusals.set(id, code)
  const lists = standingLists(known.closings)
  const standing = standingOf(lists, known.closings, signatures, withdrawals.length > 0)
  const closing = known.closings.find(({ fact }) => fact.hash === (signatures.final ?? (lists.length === 1 ? lists[0] : null))) // prettier-ignore
  const statement = closing && statementOf(seenBy(facts, closing), round, {
    openings: known.openings.filter(({ place }) => closing.saw(place)),
    closings: known.closings.filter(({ place }) => closing.saw(place)),
  }, sha256) // prettier-ignore
  const over = standing === 'no-decision' || standing === 'split' || standing === 'void'
  return {
    ...round,
    opening,
    standing: standing === 'signing' && statement?.tally.outcome === 'no-decision' ? 'no-decision' : standing,
    now,
    closing: closing && statement ? { fact: closing, statement } : null,
    closings: known.closings,
    signatures,
    mediations: mediationsIn(
      facts,
      round,
      known.closings,
      over || statement?.tally.outcome === 'no-decision',
      refusals,
    ),
    withdrawn: withdrawals[0] ?? null,
  }
}

function raise(): never {
  throw new Error('a round without a text')
}

function standingOf<A>(
  lists: readonly string[],
  closings: readonly unknown[],
  { final, twice, signed }: Signatures<A>,
  withdrawn: boolean,
): RoundStanding {
  if (twice.length > 0) return 'void'
  if (final !== null) return 'final'
  if (withdrawn) return 'withdrawn'
  if (closings.length === 0) return 'voting'
  const on = new Set([...signed.values()].map(({ fact }) => fact.hash))
  if (on.size > 1 || (lists.length === 1 && [...on].some((hash) => hash !== lists[0]))) return 'split'
  return lists.length > 1 ? 'lists-differ' : 'signing'
}

/** The company that opened the round takes it back before anybody closed it. */
function withdrawalsIn<A>(
  facts: readonly DecisionFact<A>[],
  hash: string,
  known: Known<A>,
  refusals: Map<string, FactRefusal>,
): readonly FactOf<'decision-withdrawn', A>[] {
  const openers = new Set<CompanyId>(known.openings.map(({ author }) => author.company))
  return facts.filter((one): one is FactOf<'decision-withdrawn', A> => {
    if (!isOf(one, 'decision-withdrawn') || one.fact.round !== hash) return false
    const closed = known.closings.some(({ place }) => one.saw(place))
    const refusal = !openers.has(one.author.company) ? 'not-the-opener' : closed ? 'after-close' : undefined
    if (refusal) refusals.set(one.id, refusal)
    return refusal === undefined
  })
}

/** A voter calls for mediation of a round that came to nothing; its window runs from there. */
function mediationsIn<A>(
  facts: readonly DecisionFact<A>[],
  { hash, content }: { readonly hash: string; readonly content: DecisionContent },
  closings: readonly FactOf<'round-closed', A>[],
  over: boolean,
  refusals: Map<string, FactRefusal>,
): Round<A>['mediations'] {
  const voters = new Set(content.voters.map(({ company }) => company))
  return facts.flatMap((by) => {
    if (!isOf(by, 'mediation-opened') || by.fact.round !== hash) return []
    const knew = closings.some(({ place }) => by.saw(place))
    const refusal = !voters.has(by.author.company) ? 'not-a-voter' : over && knew ? undefined : 'nothing-to-mediate'
    if (refusal) refusals.set(by.id, refusal)
    if (refusal) return []
    return [{ by, reason: by.fact.reason, until: (by.at + content.policy.mediationDays * DAY) as Instant }]
  })
}
