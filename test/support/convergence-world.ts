import { writeConvergence, type ClauseValues, type ConvergenceContent } from '#shared/artifacts/convergence-content.ts'
import type { ConvergenceEvent, Exchange } from '#shared/artifacts/convergence-event.ts'
import { convergenceState, type ConvergenceState } from '#shared/decisions/convergence.ts'
import { nextOffer, standingOffers, type Offer } from '#shared/decisions/convergence-offers.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyOf, FactWorld, keyOf, sha256, type How, type MadeFact, type Who } from './fact-world.ts'

export const TOPIC = 'c7'.repeat(16) as ArtifactId
export const AGREEMENT = 'aa'.repeat(16) as ArtifactId
export const PLAN = 'bb'.repeat(16) as ArtifactId
export const HOUR = 3_600_000
/** Offers count until then, and what stands can be settled until `SETTLE_BY`. */
export const ANSWER_BY = 100 * HOUR
export const SETTLE_BY = 150 * HOUR

export type Said = MadeFact<ConvergenceEvent>

/** Company a buys from company b: price and volume, in six rounds at most. */
export const topicText = (change: Partial<ConvergenceContent> = {}): ConvergenceContent => ({
  format: 'mithaq.negotiation.v1', artifact: TOPIC, workspace: 'customer-seller',
  topic: { title: { en: 'Cartons', ar: 'كراتين' }, question: { en: 'At what price?', ar: 'بأي سعر؟' }, benefits: { en: '', ar: '' }, urgency: 'normal', affected: [] },
  clauses: [
    { id: 'c1', label: { en: 'Price', ar: 'السعر' }, unit: 'halalas', choices: [], term: 'prices.price' },
    { id: 'c2', label: { en: 'Volume', ar: 'الكمية' }, unit: 'number', choices: [], term: null },
  ],
  policy: { format: 'PartnershipDecisionPolicy.v1', kind: 'negotiated-convergence', offerRoles: ['account-lead', 'ceo'], signRoles: ['ceo'], rounds: 6, mediationDays: 7 },
  parties: [
    { company: companyOf('a'), name: { en: 'a', ar: 'أ' }, side: 'buyer' },
    { company: companyOf('b'), name: { en: 'b', ar: 'ب' }, side: 'seller' },
  ],
  agreement: 'ContractTerms.v1', answerBy: ANSWER_BY as Instant, settleBy: SETTLE_BY as Instant, ...change,
}) // prettier-ignore

export const priced = (price: number, volume = 1000): ClauseValues => ({ c1: price, c2: volume })

/** A negotiation's log as two companies write it, honest and not. */
export class ConvergenceWorld extends FactWorld<ConvergenceEvent> {
  hash = ''

  request(who: Who, content: ConvergenceContent, at: number, how: How<ConvergenceEvent> = {}): Said {
    const text = writeConvergence(content)
    this.hash = sha256(text)
    return this.say(who, { type: 'negotiation-requested', artifact: TOPIC, hash: this.hash, text }, at, how)
  }
  /** The offer that an honest engine would make, unless `round` or `answers` say otherwise. */
  offer(
    who: Who,
    values: ClauseValues,
    at: number,
    how: How<ConvergenceEvent> & { readonly round?: number; readonly answers?: string | null; readonly tradeOffs?: readonly Exchange[] } = {},
  ): Said {
    const seen = this.seen(how.knows)
    const refused = this.state(seen).refusals
    const offers = seen.filter((one): one is Said & Offer<{ readonly who: Who }> => one.fact.type === 'offer-made' && !refused.has(one.id))
    const next = nextOffer(standingOffers(offers), companyOf(who))
    const { round = next.round, answers = next.answers, tradeOffs = [] } = how
    return this.say(who, { type: 'offer-made', artifact: TOPIC, negotiation: this.hash, round, answers, values: { ...values }, rationale: '', tradeOffs: [...tradeOffs] }, at, how)
  } // prettier-ignore
  accept(who: Who, offer: string, at: number, how: How<ConvergenceEvent> = {}): Said {
    return this.say(who, { type: 'offer-accepted', artifact: TOPIC, negotiation: this.hash, offer }, at, how)
  }
  /** Signs the outcome that follows from what `who` knows. */
  confirm(who: Who, at: number, how: How<ConvergenceEvent> & { readonly text?: string } = {}): Said {
    const outcome = this.state(this.seen(how.knows)).current?.outcome
    const text = how.text ?? outcome?.text ?? '{}'
    const offer = outcome?.offer ?? 'e'.repeat(64)
    return this.say(who, { type: 'outcome-confirmed', artifact: TOPIC, negotiation: this.hash, offer, hash: sha256(text), text }, at, how) // prettier-ignore
  }
  verify(who: Who, at: number, how: How<ConvergenceEvent> & { readonly hash?: string } = {}): Said {
    const outcome = this.state(this.seen(how.knows)).current?.outcome
    const offer = outcome?.offer ?? 'e'.repeat(64)
    return this.say(who, { type: 'outcome-verified', artifact: TOPIC, negotiation: this.hash, offer, hash: how.hash ?? outcome?.hash ?? 'e'.repeat(64) }, at, how) // prettier-ignore
  }
  witness(who: Who, at: number, how: How<ConvergenceEvent> = {}): Said {
    return this.say(who, { type: 'outcome-witnessed', artifact: TOPIC, negotiation: this.hash }, at, how)
  }
  finalise(who: Who, at: number, how: How<ConvergenceEvent> & { readonly agreement?: ArtifactId } = {}): Said {
    const hash = this.state(this.seen(how.knows)).current?.outcome?.hash ?? 'e'.repeat(64)
    return this.say(who, { type: 'outcome-finalised', artifact: TOPIC, negotiation: this.hash, hash, agreement: how.agreement ?? AGREEMENT, plan: PLAN }, at, how) // prettier-ignore
  }
  end(who: Who, at: number, how: How<ConvergenceEvent> = {}): Said {
    return this.say(who, { type: 'negotiation-ended', artifact: TOPIC, negotiation: this.hash, reason: 'no' }, at, how)
  }

  /** What is known to who was handed some facts. */
  seen(among: readonly Said[] = this.facts): readonly Said[] {
    const keys = new Set(among.flatMap(({ past, place }) => [...past, keyOf(place)]))
    return this.facts.filter(({ place }) => keys.has(keyOf(place)))
  }
  state = (facts: readonly Said[] = this.facts): ConvergenceState<{ readonly who: Who }> =>
    convergenceState(facts, TOPIC, {
      sha256,
      ownerOf: () => companyOf('a'),
      typeOf: (artifact) =>
        artifact === AGREEMENT ? 'ContractTerms.v1' : artifact === PLAN ? 'JointInitiativePlan.v1' : undefined,
    })
  refusalOf = (fact: Said): string | undefined => this.state().refusals.get(fact.id)
  get stage(): string | undefined {
    return this.state().current?.stage
  }
}

/** All that a state says, as text: equal for equal states. */
export const convergenceText = ({ current, contested, refusals }: ConvergenceState<{ readonly who: Who }>): string =>
  JSON.stringify([
    contested.map(({ id }) => id),
    [...refusals].toSorted(),
    current && [
      current.hash, current.stage, current.cause, current.crossed, current.offers.map(({ id }) => id), current.standing.map(({ id }) => id),
      current.accepted?.id, current.outcome?.text, current.confirmed?.id, current.verified?.id, current.became.map(({ id }) => id),
      current.endings.map(({ id }) => id),
    ],
  ]) // prettier-ignore
