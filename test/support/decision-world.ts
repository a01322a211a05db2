import { writeDecision, type CompanyPosition, type DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { DecisionEvent } from '#shared/artifacts/decision-event.ts'
import { statementOf } from '#shared/decisions/closing.ts'
import { USUAL_POLICY } from '#shared/decisions/draft.ts'
import { decisionState, type DecisionState } from '#shared/decisions/state.ts'
import { sealedText } from '#shared/decisions/votes.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyOf, FactWorld, keyOf, sha256, type How, type MadeFact, type Who } from './fact-world.ts'

export const ARTIFACT = 'd1'.repeat(16) as ArtifactId
export const HOUR = 3_600_000
/** When rounds of these tests close, and until when sealed positions are shown. */
export const DEADLINE = 100 * HOUR
export const REVEAL_BY = 150 * HOUR

export type Made = MadeFact<DecisionEvent>

/** The text of a round of three companies of weight 1 on two options. */
export function roundText(change: Partial<Omit<DecisionContent, 'policy'>> & { readonly policy?: Partial<DecisionContent['policy']> } = {}): DecisionContent {
  const { vision, purpose, fit, legend, sealed: _, ...usual } = USUAL_POLICY
  return {
    format: 'mithaq.decision.v1', artifact: ARTIFACT, round: 1, previous: null, workspace: 'peer',
    topic: { title: { en: 'Hub', ar: 'مركز' }, question: { en: 'Where?', ar: 'أين؟' }, benefits: { en: '', ar: '' }, urgency: 'normal', affected: [] },
    options: [
      { id: 'o1', title: { en: 'Riyadh', ar: 'الرياض' }, about: { en: '', ar: '' } },
      { id: 'o2', title: { en: 'Dammam', ar: 'الدمام' }, about: { en: '', ar: '' } },
    ],
    voters: (['a', 'b', 'c'] as const).map((who) => ({ company: companyOf(who), name: { en: who, ar: who }, weight: 1 })),
    closesAt: DEADLINE as Instant, revealBy: REVEAL_BY as Instant,
    ...change,
    policy: {
      format: 'PeerDecisionPolicy.v1', ...usual, vetoRoles: ['legal'], approvers: ['ceo'], sealed: false, quorum: 50,
      dimensions: { vision, purpose, fit, legend }, ...change.policy,
    },
  }
} // prettier-ignore

export const scored = (o1: number, o2: number, least = 6000): CompanyPosition => ({
  stance: 'vote',
  weight: 1,
  options: [['o1', o1] as const, ['o2', o2] as const].map(([option, score]) => ({
    option, score, vote: score >= least ? ('yes' as const) : ('no' as const), objection: '', uncertainty: 0, dissent: 0,
  })),
  rationale: '',
}) // prettier-ignore

/** A decision's log as several companies write it, each knowing what it was handed. */
export class DecisionWorld extends FactWorld<DecisionEvent> {
  open(who: Who, content: DecisionContent, at: number, how: How<DecisionEvent> & { readonly reason?: string } = {}): string {
    const text = writeDecision(content)
    const hash = sha256(text)
    this.say(who, { type: 'decision-opened', artifact: ARTIFACT, hash, text, reason: how.reason ?? '' }, at, how)
    return hash
  } // prettier-ignore

  give(who: Who, round: string, position: CompanyPosition, at: number, how: How<DecisionEvent> = {}): Made {
    return this.say(who, { type: 'position-given', artifact: ARTIFACT, round, position }, at, how)
  } // prettier-ignore
  seal(who: Who, round: string, position: CompanyPosition, at: number, how: How<DecisionEvent> = {}): Made {
    const commitment = sha256(sealedText(ARTIFACT, round, companyOf(who), position, sha256(who)))
    return this.say(who, { type: 'position-sealed', artifact: ARTIFACT, round, commitment }, at, how)
  } // prettier-ignore
  show(who: Who, round: string, position: CompanyPosition, at: number, how: How<DecisionEvent> = {}): Made {
    return this.say(who, { type: 'position-revealed', artifact: ARTIFACT, round, position, salt: sha256(who) }, at, how)
  } // prettier-ignore
  /** Says that all there is has arrived. */
  witness(who: Who, round: string, at: number, how: How<DecisionEvent> = {}): Made {
    return this.say(who, { type: 'position-witnessed', artifact: ARTIFACT, round }, at, how)
  }
  sign(who: Who, round: string, hash: string, at: number, how: How<DecisionEvent> = {}): Made {
    return this.say(who, { type: 'decision-signed', artifact: ARTIFACT, round, hash }, at, how)
  }
  /** Closes with the list that `who` can make of what they know. Answers the list's hash. */
  close(who: Who, round: string, at: number, how: How<DecisionEvent> & { readonly without?: Made } = {}): string {
    const { text, hash } = this.list(round, how.knows, how.without)
    this.say(who, { type: 'round-closed', artifact: ARTIFACT, round, hash, text }, at, how)
    return hash
  } // prettier-ignore

  /** The honest list among some facts, or one that leaves a fact out. */
  list(round: string, among: readonly Made[] = this.facts, without?: Made): { readonly text: string; readonly hash: string } {
    const keys = new Set(among.flatMap(({ past, place }) => [...past, keyOf(place)]))
    const facts = this.facts.filter((one) => keys.has(keyOf(one.place)) && one !== without)
    const content = decisionState(facts, ARTIFACT, DEPS).rounds.find(({ hash }) => hash === round)?.content
    if (!content) throw new Error('no such round')
    const of = <T extends Made['fact']['type']>(type: T) => facts.filter((one) => one.fact.type === type && !this.refusals(facts).has(one.id)) // prettier-ignore
    const openings = of('decision-opened').filter(({ fact }) => 'hash' in fact && fact.hash === round)
    const closings = of('round-closed').filter(({ fact }) => 'round' in fact && fact.round === round)
    return statementOf(facts, { hash: round, content }, { openings, closings: closings as never }, sha256)
  } // prettier-ignore

  refusals = (facts: readonly Made[] = this.facts) => decisionState(facts, ARTIFACT, DEPS).refusals
  state = (facts: readonly Made[] = this.facts): DecisionState<{ readonly who: Who }> =>
    decisionState(facts, ARTIFACT, DEPS)
  refusalOf = (fact: Made): string | undefined => this.refusals().get(fact.id)
}

/** A standard is called 5 all through. */
export const DEPS = {
  sha256,
  ownerOf: () => companyOf('a'),
  typeOf: (artifact: string) => (artifact.startsWith('5') ? 'StandardsDoc.v1' : undefined),
}

/** All that a state says, as text: equal for equal states. */
export const stateText = ({ rounds, current, refusals }: DecisionState<{ readonly who: Who }>): string =>
  JSON.stringify([
    current?.hash ?? null,
    [...refusals].toSorted(),
    rounds.map(({ hash, standing, now, closing, signatures, mediations, withdrawn }) => [
      hash, standing, now.text, closing?.statement.text, [...signatures.signed].map(([who, { id }]) => [who, id]), signatures.final,
      signatures.twice.map(({ company }) => company), mediations.map(({ by, until }) => [by.id, until]), withdrawn?.id,
    ]),
  ]) // prettier-ignore
