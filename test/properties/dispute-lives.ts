import fc from 'fast-check'
import { expect } from 'vitest'
import { standingAt } from '#shared/disputes/standing.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { caseText, DAY, disputeText, DisputeWorld, HOUR, MORNING } from '#test/support/dispute-world.ts'
import { order as anyOrder, shuffled } from './life.ts'

const WHO = ['a', 'b'] as const

/** One thing that somebody does, knowing only some of what there is, and claiming a time that may not be true. */
interface Act {
  readonly kind: 'answer' | 'decline' | 'witness' | 'propose' | 'sign' | 'rule' | 'recuse' | 'refer' | 'award' | 'withdraw'
  readonly who: (typeof WHO)[number]
  readonly device: '' | '2'
  /** How far back what the author knows ends. */
  readonly ignores: number
  /** Hours by which the claimed time lies before the true one. */
  readonly backdated: number
  readonly pick: number
  readonly gap: number
} // prettier-ignore
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('answer', 'answer', 'answer', 'decline', 'witness', 'witness', 'witness', 'propose', 'sign', 'rule', 'rule', 'rule', 'rule', 'recuse', 'refer', 'refer', 'award', 'award', 'award', 'withdraw'),
  who: fc.constantFrom(...WHO),
  device: fc.constantFrom('', '', '', '2'),
  ignores: fc.constantFrom(0, 0, 0, 0, 1, 2, 4),
  backdated: fc.constantFrom(0, 0, 0, 0, 0, 0, 30, 100),
  pick: fc.nat(20),
  gap: fc.constantFrom(1, 4, 10, 24),
}) // prettier-ignore

const script = fc.record({
  /** Whether it begins with an answer that accepts the path. */
  accepted: fc.constantFrom(true, true, true, false),
  acts: fc.array(act, { minLength: 6, maxLength: 32 }),
  order: anyOrder,
})

/** What came of the scripts: one in which nothing happens would hold, too. */
export interface Lived {
  readonly stage: string
  readonly refusals: ReadonlyMap<string, string>
}

/**
 * A random life of a dispute between two companies with two devices each, honest and not. However its facts are ordered, the state is
 * the same; strangers change nothing; what ends it carries the word of every party, and a ruling was given within its window.
 */
export const disputeLives = (tell: (lived: Lived) => void = () => undefined) =>
  fc.property(script, ({ accepted, acts, order }) => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    if (accepted) {
      world.answer('b', MORNING + HOUR)
      world.witness('a', MORNING + HOUR)
    }
    let now = MORNING + HOUR
    for (const one of acts) {
      now += one.gap * HOUR
      take(world, one, now)
    }
    const state = world.state()
    const said = disputeText(state)
    expect(disputeText(world.state(shuffled(world.facts, order)))).toBe(said)
    expect(disputeText(world.state(world.facts.toReversed()))).toBe(said)
    ended(world)
    const { outcome } = world.case
    strangers(world, now)
    expect([world.case.outcome?.kind, world.case.outcome?.hash]).toEqual([outcome?.kind, outcome?.hash])
    tell({ stage: standingAt(world.case, (now + 30 * DAY) as Instant).stage, refusals: state.refusals })
  })

/** What ends a dispute is the word of every party; a ruling lies in its window, and the level before it had run. */
function ended({ case: { outcome, levels, bound } }: DisputeWorld): void {
  if (!outcome) return
  expect(new Set(outcome.words.map(({ author }) => author.who))).toEqual(new Set(WHO))
  if (outcome.kind !== 'ruling') return
  expect(bound).toBe(true)
  for (const { at } of outcome.words) expect(at).toBeLessThan(levels[1]?.until ?? 0)
}

/** Strangers, wrong roles and late words. Whatever a party says in time shows what it had, so parties speak late here. */
function strangers(world: DisputeWorld, now: number): void {
  const late = now + 90 * DAY
  for (const { hash } of world.case.settlements.all) world.sign('c', hash, now)
  world.rule('c', 'dismissed', now)
  world.witness('c', now)
  for (const who of WHO) {
    world.rule(who, 'dismissed', late)
    world.rule(who, 'dismissed', late, { roles: ['cto'] })
  }
  world.award('c', now)
  world.withdraw('b', late)
}

function take(world: DisputeWorld, { kind, who, device, ignores, backdated, pick }: Act, now: number): void {
  const how = { device, knows: world.facts.slice(0, Math.max(1, world.facts.length - ignores)) }
  const at = now - backdated * HOUR
  switch (kind) {
    case 'answer':
    case 'decline':
      world.answer(who, at, kind === 'answer' ? 'accepted' : 'declined', how)
      return
    case 'witness':
      world.witness(who, at, how)
      return
    case 'propose':
      world.propose(who, `Share ${String(pick % 3)}.`, at, how)
      return
    case 'sign': {
      const known = world.case.settlements.all
      world.sign(who, known[pick % Math.max(1, known.length)]?.hash ?? 'ee'.repeat(32), at, how)
      return
    }
    case 'rule':
      world.rule(who, pick < 14 ? 'upheld' : 'dismissed', at, how)
      return
    case 'recuse':
      if (pick < 4) world.recuse(who, at, how)
      return
    case 'refer':
      world.refer(who, at, how)
      return
    case 'award':
      world.award(who, at, { ...how, award: (pick < 14 ? 'aa' : 'bb').repeat(32) })
      return
    case 'withdraw':
      if (pick < 4) world.withdraw(who, at, how)
  }
}
