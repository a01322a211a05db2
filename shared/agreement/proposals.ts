import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { StatedFact } from './state.ts'

type Of<T extends ArtifactEvent['type']> = Extract<ArtifactEvent, { readonly type: T }>

/** What somebody answered to a proposal. */
export interface ProposalReply<A> {
  readonly kind: 'accepted' | 'declined' | 'withdrawn' | 'countered'
  readonly by: A
  readonly at: Instant
  /** Why it was declined. */
  readonly reason: string | null
  /** The proposal that counters it. */
  readonly counter: string | null
}
export interface Proposal<A> {
  readonly id: string
  readonly by: A
  readonly at: Instant
  readonly change: ProposedChange
  readonly rationale: string
  readonly answers: string | null
  readonly word: Of<'change-proposed'>['word']
  /** Everything that was answered, in order: people who did not know of each other may have answered apart. */
  readonly replies: readonly ProposalReply<A>[]
  readonly state: 'open' | ProposalReply<A>['kind']
}

/** What a proposal is about: a counter is about the same. */
export const subjectOf = (change: ProposedChange): string =>
  change.kind === 'term' ? `term/${change.term}` : change.kind === 'insert' ? 'insert'
    : change.kind === 'move' ? `place/${change.clause}` : `clause/${change.clause}` // prettier-ignore

/** Acceptance comes before all: the text already says what was accepted. */
const RANK = ['accepted', 'withdrawn', 'countered', 'declined'] as const

/**
 * The proposals of an agreement with their answers, oldest first: a pure function of the facts in their order. Only another company
 * than the proposer's accepts, declines or counters, only the proposer's withdraws; any other word is without effect.
 */
export function proposalsOf<A>(facts: readonly StatedFact<A>[]): readonly Proposal<A>[] {
  const found = new Map<string, { fact: Of<'change-proposed' | 'move-proposed'>; author: StatedFact<A>['author']; at: Instant; replies: ProposalReply<A>[] }>() // prettier-ignore
  const reply = (proposal: string, own: boolean, author: StatedFact<A>['author'], one: ProposalReply<A>): void => {
    const to = found.get(proposal)
    if (to && (to.author.company === author.company) === own) to.replies.push(one)
  }
  for (const { fact, author, at } of facts) {
    const said = { by: author, at, reason: null, counter: null }
    switch (fact.type) {
      case 'change-proposed':
      case 'move-proposed': {
        if (found.has(fact.proposal)) break
        found.set(fact.proposal, { fact, author, at, replies: [] })
        const answered = fact.answers === null ? undefined : found.get(fact.answers)
        if (answered && subjectOf(answered.fact.change) === subjectOf(fact.change))
          reply(answered.fact.proposal, false, author, { ...said, kind: 'countered', counter: fact.proposal })
        break
      }
      case 'proposal-accepted':
        reply(fact.proposal, false, author, { ...said, kind: 'accepted' })
        break
      case 'proposal-declined':
        reply(fact.proposal, false, author, { ...said, kind: 'declined', reason: fact.reason })
        break
      case 'proposal-withdrawn':
        reply(fact.proposal, true, author, { ...said, kind: 'withdrawn' })
        break
      default:
    }
  }
  return [...found.values()].map(({ fact, author, at, replies }) => ({
    id: fact.proposal,
    by: author,
    at,
    change: fact.change,
    rationale: fact.rationale,
    answers: fact.answers,
    word: fact.type === 'change-proposed' ? fact.word : null,
    replies,
    state: RANK.find((kind) => replies.some((one) => one.kind === kind)) ?? 'open',
  }))
}
