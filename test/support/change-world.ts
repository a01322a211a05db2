import { writeChange, type ChangeContent, type Matter } from '#shared/artifacts/change-content.ts'
import type { ChangeEvent } from '#shared/artifacts/change-event.ts'
import type { RuledOn } from '#shared/decisions/change-ruled.ts'
import { changeState, type ChangeState } from '#shared/decisions/changes.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyOf, FactWorld, keyOf, sha256, type How, type MadeFact, type Who } from './fact-world.ts'

export const CHANGE = 'c9'.repeat(16) as ArtifactId
export const SCOPE = 'aa'.repeat(16) as ArtifactId
export const PLAN = 'bb'.repeat(16) as ArtifactId
export const HOUR = 3_600_000
/** The time-boxes end then, and conditions and signatures count until `SIGN_BY`. */
export const DECIDE_BY = 100 * HOUR
export const SIGN_BY = 150 * HOUR

export type Said = MadeFact<ChangeEvent>
export type SayVerdict = Partial<Omit<Extract<ChangeEvent, { type: 'matter-decided' }>, 'type' | 'artifact' | 'change' | 'matter'>> // prettier-ignore

/** Company a is the client, b the provider; scope and feasibility alone are decided. */
export const changeText = (change: Partial<ChangeContent> = {}): ChangeContent => ({
  format: 'mithaq.change.v1', artifact: CHANGE, revision: 1, previous: null, workspace: 'client-provider',
  topic: { number: 'CR-1', title: { en: 'Night shift', ar: 'وردية ليلية' }, question: { en: 'Answer at night, too?', ar: 'والرد ليلًا أيضًا؟' }, benefits: { en: '', ar: '' }, urgency: 'normal', neededBy: null, affected: [] },
  changes: [{ id: 'r1', place: { en: 'Hours', ar: 'الساعات' }, text: { en: 'Round the clock', ar: 'على مدار الساعة' } }],
  options: [],
  policy: {
    format: 'ServiceDecisionPolicy.v1', kind: 'split-authority',
    matters: [
      { matter: 'scope', decider: 'client', days: 4, until: DECIDE_BY as Instant },
      { matter: 'feasibility', decider: 'provider', days: 4, until: DECIDE_BY as Instant },
    ],
    verdictRoles: ['account-lead', 'ceo', 'delivery-lead'], signRoles: ['ceo'], conditionsBy: 'either',
    dimensions: { vision: 25, purpose: 25, value: 25, legend: 25 }, arbitration: 'ceo', mediationDays: 7,
  },
  parties: [
    { company: companyOf('a'), name: { en: 'a', ar: 'أ' }, side: 'client' },
    { company: companyOf('b'), name: { en: 'b', ar: 'ب' }, side: 'provider' },
  ],
  signBy: SIGN_BY as Instant, ...change,
}) // prettier-ignore

/** What an infeasible verdict needs. */
export const INFEASIBLE: SayVerdict = {
  verdict: 'no', reason: 'No night team', category: 'capacity', conditions: [{ id: 'k1', text: 'Three months to hire' }],
} // prettier-ignore

/** A change's log as two companies write it, honest and not. */
export class ChangeWorld extends FactWorld<ChangeEvent> {
  hash = ''
  /** What a dispute came to, as the author of a fact could know it. */
  ruled: (change: string, fact: Said | null) => RuledOn | null = () => null

  log(who: Who, content: ChangeContent, at: number, how: How<ChangeEvent> = {}): Said {
    const text = writeChange(content)
    this.hash = sha256(text)
    return this.say(who, { type: 'change-logged', artifact: CHANGE, hash: this.hash, text }, at, how)
  }
  /** A text that revises the one that counts for `who`. */
  revise(who: Who, at: number, how: How<ChangeEvent> = {}, change: Partial<ChangeContent> = {}): Said {
    const { current, contested, texts } = this.state(this.seen(how.knows))
    const open = current ? [current.logged] : contested
    const most = Math.max(0, ...texts.filter(({ logged }) => open.includes(logged)).map(({ content }) => content.revision)) // prettier-ignore
    return this.log(who, changeText({ revision: most + 1, previous: open[0]?.fact.hash ?? null, ...change }), at, how)
  }
  decide(who: Who, matter: Matter, at: number, how: How<ChangeEvent> = {}, said: SayVerdict = {}): Said {
    const fact = { verdict: 'yes' as const, reason: '', category: null, conditions: [], ...said }
    return this.say(who, { type: 'matter-decided', artifact: CHANGE, change: this.hash, matter, ...fact }, at, how)
  }
  meet(who: Who, at: number, how: How<ChangeEvent> = {}, condition = 'k1'): Said {
    const verdict = this.open(how)?.verdict?.id ?? 'e'.repeat(64)
    return this.say(who, { type: 'condition-met', artifact: CHANGE, change: this.hash, verdict, condition, evidence: 'Hired' }, at, how) // prettier-ignore
  }
  confirm(who: Who, at: number, how: How<ChangeEvent> = {}): Said {
    const verdict = this.open(how)?.verdict?.id ?? 'e'.repeat(64)
    return this.say(who, { type: 'conditions-confirmed', artifact: CHANGE, change: this.hash, verdict }, at, how)
  }
  sign(who: Who, at: number, how: How<ChangeEvent> & { readonly hash?: string } = {}): Said {
    const hash = how.hash ?? this.state(this.seen(how.knows)).current?.outcome?.hash ?? 'e'.repeat(64)
    return this.say(who, { type: 'change-signed', artifact: CHANGE, change: this.hash, hash }, at, how)
  }
  witness(who: Who, at: number, how: How<ChangeEvent> = {}): Said {
    return this.say(who, { type: 'change-witnessed', artifact: CHANGE, change: this.hash }, at, how)
  }
  finalise(who: Who, at: number, how: How<ChangeEvent> & { readonly scope?: ArtifactId } = {}): Said {
    const hash = this.state(this.seen(how.knows)).current?.outcome?.hash ?? 'e'.repeat(64)
    return this.say(who, { type: 'change-finalised', artifact: CHANGE, change: this.hash, hash, scope: how.scope ?? SCOPE, plan: PLAN }, at, how) // prettier-ignore
  }
  withdraw(who: Who, at: number, how: How<ChangeEvent> = {}): Said {
    return this.say(who, { type: 'change-withdrawn', artifact: CHANGE, change: this.hash, reason: 'no' }, at, how)
  }

  /** What is known to who was handed some facts. */
  seen(among: readonly Said[] = this.facts): readonly Said[] {
    const keys = new Set(among.flatMap(({ past, place }) => [...past, keyOf(place)]))
    return this.facts.filter(({ place }) => keys.has(keyOf(place)))
  }
  private open(how: How<ChangeEvent>) {
    return this.state(this.seen(how.knows)).current?.matters.find(({ conditions }) => conditions.length > 0)
  }
  state = (facts: readonly Said[] = this.facts): ChangeState<{ readonly who: Who }> =>
    changeState(facts, CHANGE, {
      sha256,
      ownerOf: () => companyOf('a'),
      ruledOn: (change, _, fact) => this.ruled(change, fact as Said | null),
      typeOf: (artifact) => (artifact === SCOPE ? 'ServiceScope.v1' : artifact === PLAN ? 'JointInitiativePlan.v1' : undefined), // prettier-ignore
    })
  refusalOf = (fact: Said): string | undefined => this.state().refusals.get(fact.id)
  get stage(): string | undefined {
    return this.state().current?.stage
  }
}

/** All that a state says, as text: equal for equal states. */
export const changeStateText = ({ current, contested, withdrawn, texts, refusals }: ChangeState<{ readonly who: Who }>): string =>
  JSON.stringify([
    contested.map(({ id }) => id),
    withdrawn?.id,
    texts.map(({ logged }) => logged.id),
    [...refusals].toSorted(),
    current && [
      current.hash, current.stage, current.outcome?.text, current.signatures.map(({ id }) => id), current.became.map(({ id }) => id),
      current.matters.map((one) => [one.matter, one.settled, one.crossed, one.verdict?.id, one.unproven?.id, one.confirmed?.id, one.conditions.map(({ id, met }) => [id, met?.id])]),
    ],
  ]) // prettier-ignore
