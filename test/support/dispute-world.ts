import { writeDispute, type DisputeContent, type DisputePath } from '#shared/artifacts/dispute-content.ts'
import type { DisputeEvent, Finding } from '#shared/artifacts/dispute-event.ts'
import { settlementHash } from '#shared/disputes/facts.ts'
import { USUAL_PATH } from '#shared/disputes/path.ts'
import { standingAt, type DisputeStage } from '#shared/disputes/standing.ts'
import { disputesOf, type DisputeCase, type Disputes } from '#shared/disputes/state.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyOf, FactWorld, keyOf, sha256, type How, type MadeFact, type Who } from './fact-world.ts'

export const CASE = 'd5'.repeat(16) as ArtifactId
export const SUBJECT = { kind: 'service-change', id: '5c'.repeat(16), hash: null } as const
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** Sunday 1 November 2026, 09:00 in Riyadh. */
export const MORNING = Date.UTC(2026, 10, 1, 6)
/** Two working days of mediation end on Tuesday at 17:00, two of arbitration on Thursday at 17:00. */
export const MEDIATED = Date.UTC(2026, 10, 3, 14)
export const RULED = Date.UTC(2026, 10, 5, 14)

export type Spoken = MadeFact<DisputeEvent>
type Telling = How<DisputeEvent>

export const shortPath = (change: Partial<DisputePath> = {}): DisputePath => ({
  ...USUAL_PATH,
  levels: USUAL_PATH.levels.map((level) => ({ ...level, length: 2 })),
  ...change,
})
export const caseText = (change: Partial<DisputeContent> = {}): DisputeContent => ({
  format: 'mithaq.dispute.v1',
  artifact: CASE,
  subject: { ...SUBJECT, title: { en: 'Change 7', ar: 'التغيير 7' }, clause: '' },
  issue: 'The provider calls the change infeasible.',
  position: 'It is in scope.',
  parties: (['a', 'b'] as const).map((who) => ({ company: companyOf(who), name: { en: who, ar: who } })),
  path: shortPath(),
  ...change,
})

/** The log of disputes as companies write it, honest and not. `hash`: the dispute that was opened last. */
export class DisputeWorld extends FactWorld<DisputeEvent> {
  hash = ''
  artifact = CASE
  agreed: DisputePath | undefined

  open(who: Who, content: DisputeContent, at: number, how: Telling = {}): Spoken {
    const text = writeDispute(content)
    this.hash = sha256(text)
    this.artifact = content.artifact
    return this.say(who, { type: 'dispute-opened', artifact: content.artifact, hash: this.hash, text }, at, how)
  }
  get #about() {
    return { artifact: this.artifact, dispute: this.hash }
  }
  answer(who: Who, at: number, path: 'accepted' | 'declined' = 'accepted', how: Telling = {}): Spoken {
    return this.say(who, { type: 'dispute-answered', ...this.#about, position: 'It cannot be done.', path }, at, how)
  }
  witness(who: Who, at: number, how: Telling = {}): Spoken {
    return this.say(who, { type: 'dispute-witnessed', ...this.#about }, at, how)
  }
  propose(who: Who, terms: string, at: number, how: Telling = {}): string {
    this.say(who, { type: 'settlement-proposed', ...this.#about, finding: 'varied', terms }, at, how)
    return settlementHash(sha256, this.hash, { finding: 'varied', terms })
  }
  sign(who: Who, hash: string, at: number, how: Telling = {}): Spoken {
    return this.say(who, { type: 'settlement-signed', ...this.#about, hash }, at, how)
  }
  rule(who: Who, finding: Finding, at: number, how: Telling & { readonly level?: number; readonly terms?: string; readonly rationale?: string } = {}): Spoken {
    const { level = 1, terms = '', rationale = 'Because.' } = how
    return this.say(who, { type: 'dispute-ruled', ...this.#about, level, finding, terms, rationale }, at, how)
  } // prettier-ignore
  recuse(who: Who, at: number, how: Telling = {}): Spoken {
    return this.say(who, { type: 'arbitrator-recused', ...this.#about, reason: 'My brother works there.' }, at, how)
  }
  refer(who: Who, at: number, how: Telling = {}): Spoken {
    return this.say(who, { type: 'dispute-referred', ...this.#about, reference: 'SCCA 26-041', reason: '' }, at, how)
  }
  award(who: Who, at: number, how: Telling & { readonly award?: string } = {}): Spoken {
    return this.say(who, { type: 'award-recorded', ...this.#about, award: how.award ?? 'aa'.repeat(32), reference: 'SCCA 26-041', finding: 'upheld', terms: '' }, at, how) // prettier-ignore
  }
  withdraw(who: Who, at: number, how: Telling = {}): Spoken {
    return this.say(who, { type: 'dispute-withdrawn', ...this.#about, reason: 'Solved.' }, at, how)
  }

  /** What is known to who was handed some facts. */
  seen(among: readonly Spoken[] = this.facts): readonly Spoken[] {
    const keys = new Set(among.flatMap(({ past, place }) => [...past, keyOf(place)]))
    return this.facts.filter(({ place }) => keys.has(keyOf(place)))
  }
  state = (facts: readonly Spoken[] = this.facts): Disputes<{ readonly who: Who }> =>
    disputesOf(facts, { sha256, agreedPath: () => this.agreed })
  get case(): DisputeCase<{ readonly who: Who }> {
    const found = this.state().cases.find(({ hash }) => hash === this.hash)
    if (!found) throw new Error('no case')
    return found
  }
  refusalOf = (fact: Spoken | undefined): string | undefined => fact && this.state().refusals.get(fact.id)
  stageAt = (now: number): DisputeStage => standingAt(this.case, now as Instant).stage
}

/** All that a state says, as text: equal for equal states. */
export const disputeText = ({ cases, refusals }: Disputes<{ readonly who: Who }>): string =>
  JSON.stringify([
    [...refusals].toSorted(),
    cases
      .map((one) => [
        one.hash, one.opening.id, one.bound, one.started, one.answers.map(({ id }) => id), one.recusals.map(({ id }) => id),
        one.levels.map(({ from, until, rulings }) => [from, until, rulings?.given.map(({ id }) => id), rulings?.unproven.map(({ id }) => id), rulings?.differed]),
        one.settlements.all.map(({ hash, signed, superseded }) => [hash, signed, superseded]).toSorted(), one.settlements.stands?.hash, one.settlements.crossed,
        one.referral?.id, one.awards.map(({ id }) => id), one.withdrawn?.id, one.outcome?.kind, one.outcome?.hash,
      ])
      .toSorted(),
  ]) // prettier-ignore
