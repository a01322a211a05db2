import fc from 'fast-check'
import { expect } from 'vitest'
import type { CompanyPosition } from '#shared/artifacts/decision-content.ts'
import { FINDINGS, type Finding } from '#shared/artifacts/dispute-event.ts'
import type { FactPlace } from '#shared/decisions/facts.ts'
import { bearingOf, isTalk } from '#shared/decisions/round-ruled.ts'
import { ARTIFACT, DEADLINE, DecisionWorld, HOUR, REVEAL_BY, roundText, scored, stateText, type Made } from '#test/support/decision-world.ts' // prettier-ignore
import { companyOf, keyOf, type Who } from '#test/support/fact-world.ts'
import { order as anyOrder, shuffled } from './life.ts'

const WHO = ['a', 'b', 'c'] as const

/** One thing that somebody does, knowing only some of what there is. */
interface Act {
  readonly kind: 'give' | 'seal' | 'show' | 'witness' | 'veto' | 'close' | 'sign' | 'mediate' | 'withdraw' | 'reopen'
  readonly who: (typeof WHO)[number]
  readonly device: '' | '2'
  /** How far back what the author knows ends. */
  readonly ignores: number
  readonly scores: readonly [number, number]
  readonly gap: number
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('give', 'seal', 'show', 'witness', 'witness', 'veto', 'close', 'close', 'sign', 'sign', 'mediate', 'withdraw', 'reopen'),
  who: fc.constantFrom(...WHO),
  device: fc.constantFrom('', '', '2'),
  ignores: fc.constantFrom(0, 0, 0, 1, 3),
  scores: fc.tuple(fc.constantFrom(0, 4000, 6000, 8000), fc.constantFrom(0, 4000, 6000, 8000)),
  gap: fc.constantFrom(1, 5, 40),
}) // prettier-ignore

const script = fc.record({
  acts: fc.array(act, { minLength: 6, maxLength: 40 }),
  sealed: fc.boolean(),
  kind: fc.constantFrom('weighted-majority' as const, 'unanimity' as const, 'consent' as const),
  abstain: fc.constantFrom('left-out' as const, 'present' as const, 'against' as const),
  /** Whether everybody speaks and hears of it first, so that more than votes happens. */
  spoken: fc.boolean(),
  order: anyOrder,
  /** A dispute about the round: who was party to it, what it came to, and how much of the decision each of them had seen. */
  ruled: fc.record({
    parties: fc.uniqueArray(fc.constantFrom('a' as const, 'b' as const, 'c' as const, 'd' as const), {
      minLength: 2,
      maxLength: 4,
    }),
    finding: fc.constantFrom(...FINDINGS),
    unseen: fc.tuple(fc.constantFrom(0, 0, 0, 1, 5), fc.constantFrom(0, 0, 0, 1, 5)),
  }),
})

/** What came of the scripts: one in which nothing happens would hold, too. */
export interface Happened {
  readonly standings: Readonly<Record<string, number>>
  readonly refusals: number
  /** Whether what the dispute came to could be taken up as the mediation. */
  readonly taken: boolean
}

/**
 * A random life of a decision among three companies with two devices each, honest and not. However its facts are ordered, the state is
 * the same; what has no effect can be taken away unless others lean on it; and a list that all signed stays. What a dispute about the last
 * round came to means the same in any order, changes nothing by itself, and where it can be taken up, taking it up lets a voter go on.
 */
export const ballots = (tell: (happened: Happened) => void = () => undefined) =>
  fc.property(script, ({ acts, sealed, kind, abstain, spoken, order, ruled }) => {
    const world = new DecisionWorld()
    let round = world.open('a', roundText({ policy: { sealed, kind, abstain, vetoRoles: ['ceo'] } }), HOUR)
    let now = 2 * HOUR
    if (spoken) speakAll(world, round, sealed)
    for (const one of acts) {
      now += one.gap * HOUR
      round = take(world, round, one, now, sealed)
    }
    const state = world.state()
    const said = stateText(state)
    expect(stateText(world.state(shuffled(world.facts, order)))).toBe(said)
    expect(stateText(world.state(world.facts.toReversed()))).toBe(said)
    strangers(world, round, now)
    const after = world.state()
    expect(after.rounds.map(({ standing, now: { hash } }) => [standing, hash])).toEqual(state.rounds.map(({ standing, now: { hash } }) => [standing, hash])) // prettier-ignore
    const standings: Record<string, number> = {}
    for (const { standing } of state.rounds) standings[standing] = (standings[standing] ?? 0) + 1
    tell({ standings, refusals: state.refusals.size, taken: takeUp(world, ruled, order, now) })
  })

interface AnyDispute {
  readonly parties: readonly Who[]
  readonly finding: Finding
  readonly unseen: readonly [number, number]
}

/** Answers whether there was anything to be taken up. */
function takeUp(world: DecisionWorld, { parties, finding, unseen }: AnyDispute, order: readonly number[], now: number): boolean {
  const words = unseen.map((left) => {
    const seen = world.facts.slice(0, world.facts.length - left)
    return { saw: (place: FactPlace) => seen.some((one) => keyOf(one.place) === keyOf(place)) }
  })
  const ruled = { finding, words, parties: parties.map((who) => ({ company: companyOf(who) })) }
  const readings = [world.facts, shuffled(world.facts, order), world.facts.toReversed()].map((facts) => {
    const { current } = world.state(facts)
    return current && [bearingOf(ruled, current), isTalk(ruled, current)]
  })
  expect(new Set(readings.map((one) => JSON.stringify(one))).size).toBe(1)
  const round = world.state().current
  if (!round || !isTalk(ruled, round) || round.mediations.length > 0) return false
  const next = { ...round.content, round: round.content.round + 1, previous: round.hash }
  const again = (): string | undefined => {
    world.open('b', next, now, { reason: 'On these terms' })
    return world.refusalOf(world.facts.at(-1) as Made)
  }
  expect(again()).toBe('mediation-first')
  const taken = world.say('c', { type: 'mediation-opened', artifact: ARTIFACT, round: round.hash, reason: 'As settled' }, now)
  expect([world.refusalOf(taken), again()]).toEqual([undefined, undefined])
  return true
} // prettier-ignore

/** Words from outside the policy, which change nothing. They claim a time at which they prove nobody's punctuality. */
function strangers(world: DecisionWorld, round: string, now: number): void {
  const position = scored(10_000, 0)
  const late = now + REVEAL_BY
  world.give('d', round, position, late)
  world.give('b', round, { ...position, weight: 9 }, late)
  world.give('c', round, position, late, { roles: ['cfo'] })
  world.give('c', 'e'.repeat(64), position, late)
  world.sign('d', round, 'e'.repeat(64), late)
  world.say('a', { type: 'veto-cast', artifact: ARTIFACT, round, option: null, reason: 'no' }, late, { roles: ['cto'] })
}

function speakAll(world: DecisionWorld, round: string, sealed: boolean): void {
  for (const who of WHO) {
    if (sealed) world.seal(who, round, scored(8000, 4000), 2 * HOUR)
    else world.give(who, round, scored(8000, 4000), 2 * HOUR)
  }
  for (const who of WHO) world.witness(who, round, 2 * HOUR)
  if (!sealed) return
  for (const who of WHO) world.show(who, round, scored(8000, 4000), 2 * HOUR)
  for (const who of WHO) world.witness(who, round, 2 * HOUR)
}

/** Answers the round that the next act is about. */
function take(world: DecisionWorld, round: string, { kind, who, device, ignores, scores }: Act, now: number, sealed: boolean): string {
  const knows = world.facts.slice(0, Math.max(1, world.facts.length - ignores))
  const how = { device, knows }
  const position: CompanyPosition = scored(scores[0], scores[1])
  switch (kind) {
    case 'give':
      world.give(who, round, position, now, how)
      return round
    case 'seal':
      world.seal(who, round, position, now, how)
      return round
    case 'show':
      world.show(who, round, position, now, how)
      return round
    case 'witness':
      world.witness(who, round, now, how)
      return round
    case 'veto':
      world.say(who, { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o1', reason: 'no' }, now, how)
      return round
    case 'close':
      if (knownRound(world, knows, round)) world.close(who, round, Math.max(now, (sealed ? REVEAL_BY : DEADLINE) + 1), how)
      return round
    case 'sign': {
      const lists = world.facts.flatMap(({ fact }) => (fact.type === 'round-closed' && fact.round === round ? [fact.hash] : []))
      world.sign(who, round, lists[scores[0] % Math.max(1, lists.length)] ?? 'e'.repeat(64), now, how)
      return round
    }
    case 'mediate':
      world.say(who, { type: 'mediation-opened', artifact: ARTIFACT, round, reason: 'talk' }, now, how)
      return round
    case 'withdraw':
      // Often enough to be met, and seldom enough to leave something to happen.
      if (scores[0] === 0) world.say(who, { type: 'decision-withdrawn', artifact: ARTIFACT, round, reason: 'no' }, now, how)
      return round
    case 'reopen': {
      const before = world.state().rounds.find(({ hash }) => hash === round)
      if (!before) return round
      const { content } = before
      const next = world.open(who, { ...content, round: content.round + 1, previous: round }, now, { ...how, reason: 'again' })
      return world.state().rounds.some(({ hash }) => hash === next) ? next : round
    }
  }
} // prettier-ignore

const knownRound = (world: DecisionWorld, knows: readonly Made[], round: string): boolean =>
  world.state(knows).rounds.some(({ hash }) => hash === round)
