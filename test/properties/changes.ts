import fc from 'fast-check'
import { expect } from 'vitest'
import { FINDINGS, type Finding } from '#shared/artifacts/dispute-event.ts'
import { changeStateText, ChangeWorld, changeText, DECIDE_BY, HOUR, INFEASIBLE, SIGN_BY } from '#test/support/change-world.ts' // prettier-ignore
import { companyOf } from '#test/support/fact-world.ts'
import { acts, knownBut, order as anyOrder, shuffled, type Act } from './life.ts'

const WHO = ['a', 'b'] as const

type Kind = 'revise' | 'scope' | 'feasibility' | 'meet' | 'confirm' | 'sign' | 'witness' | 'finalise' | 'withdraw'
const act = acts<Kind>({
  kinds: ['revise', 'revise', 'scope', 'scope', 'scope', 'feasibility', 'feasibility', 'feasibility', 'meet', 'confirm', 'sign', 'sign', 'sign', 'witness', 'witness', 'witness', 'finalise', 'withdraw'],
  devices: ['', '', '', '2'],
  ignores: [0, 0, 0, 0, 0, 1, 2, 4],
  gaps: [1, 2, 6],
}) // prettier-ignore

const script = fc.record({
  acts: fc.array(act, { minLength: 6, maxLength: 45 }),
  order: anyOrder,
  /** A dispute that is decided after so many acts, about the text that counts then; more than there are: nobody disputes. */
  ruling: fc.record({ after: fc.nat(90), finding: fc.constantFrom(...FINDINGS), opener: fc.constantFrom(...WHO) }),
}) // prettier-ignore
type Ruling = { readonly finding: Finding; readonly opener: 'a' | 'b' }

/** Decides a dispute about the text that counts: who has seen a word of it knows that, and it knew what was there before. */
function decideDispute(world: ChangeWorld, { finding, opener }: Ruling, now: number): void {
  const { current } = world.state()
  if (!current) return
  const word = world.witness('a', now)
  const parties = WHO.map((who) => companyOf(who))
  world.ruled = (change, fact) =>
    change === current.hash && (fact === null || fact.saw(word.place))
      ? { finding, opener: companyOf(opener), parties, knew: (place) => word.saw(place) }
      : null
}

/** What came of the scripts: one in which nothing happens would hold, too. */
export interface Changed {
  readonly stage: string
  readonly refusals: number
}

/**
 * A random life of a change between a client and a provider with two devices each, honest and not. However its facts are ordered, the
 * state is the same, whatever a dispute comes to meanwhile; strangers and late words change nothing; what is approved is feasible, in scope and signed by both on one text.
 */
export const changes = (tell: (changed: Changed) => void = () => undefined) =>
  fc.property(script, ({ acts: done, order, ruling }) => {
    const world = new ChangeWorld()
    world.log('a', changeText(), HOUR)
    let now = 2 * HOUR
    let approved: string | undefined
    for (const [at, one] of done.entries()) {
      now += one.gap * HOUR
      if (ruling.after === at) decideDispute(world, ruling, now)
      take(world, one, now)
      const { current } = world.state()
      const whole = current?.stage === 'approved' || current?.stage === 'final'
      if (approved !== undefined && whole) expect(current.outcome?.hash).toBe(approved)
      if (approved !== undefined && !whole) expect(current?.stage).toBe('void')
      approved = whole ? current.outcome?.hash : undefined
    }
    const state = world.state()
    const said = changeStateText(state)
    expect(changeStateText(world.state(shuffled(world.facts, order)))).toBe(said)
    expect(changeStateText(world.state(world.facts.toReversed()))).toBe(said)
    approvedBySplit(world)
    strangers(world, now)
    const after = world.state().current
    expect([after?.stage, after?.outcome?.hash]).toEqual([state.current?.stage, state.current?.outcome?.hash])
    tell({ stage: state.contested.length > 1 ? 'contested' : (state.current?.stage ?? 'none'), refusals: state.refusals.size }) // prettier-ignore
  })

/** What is approved carries a yes of the client on scope and of the provider on feasibility, and both signatures, on the same text. */
function approvedBySplit(world: ChangeWorld): void {
  const { current } = world.state()
  if (!current?.outcome || (current.stage !== 'approved' && current.stage !== 'final')) return
  const { change, verdicts } = JSON.parse(current.outcome.text) as {
    change: string
    verdicts: readonly { company: string; matter: string; verdict: string; confirmed: boolean }[]
  }
  expect(change).toBe(current.hash)
  expect(verdicts.map(({ company, matter }) => [company, matter])).toEqual([[companyOf('a'), 'scope'], [companyOf('b'), 'feasibility']]) // prettier-ignore
  for (const { verdict, confirmed } of verdicts) expect(verdict === 'yes' || confirmed).toBe(true)
  expect(new Set(current.signatures.map(({ author }) => author.company)).size).toBe(2)
  for (const { fact, at } of current.signatures) {
    expect(fact).toMatchObject({ change: current.hash, hash: current.outcome.hash })
    expect(at).toBeLessThanOrEqual(SIGN_BY)
  }
}

function strangers(world: ChangeWorld, now: number): void {
  const { hash } = world
  const late = Math.max(now, SIGN_BY + 1)
  // Whoever speaks in time proves what they had seen, so the two themselves speak late here.
  world.decide('d', 'scope', now)
  world.decide('d', 'feasibility', now, {}, INFEASIBLE)
  world.decide('b', 'scope', late)
  world.decide('a', 'feasibility', late, {}, INFEASIBLE)
  world.decide('a', 'scope', late)
  for (const who of WHO) {
    world.sign(who, late)
    world.meet(who, late)
    world.confirm(who, late)
    world.withdraw(who, late, { roles: ['cfo'] })
  }
  world.meet('d', now)
  world.witness('d', now)
  world.log('d', changeText({ revision: 2, previous: hash }), now)
  world.hash = hash
  world.sign('d', now)
  world.withdraw('d', now)
}

function take(world: ChangeWorld, { kind, who, device, ignores, pick }: Act<Kind>, now: number): void {
  const knows = knownBut(world.facts, ignores)
  const how = { device, knows }
  const inTime = Math.min(now, DECIDE_BY)
  switch (kind) {
    case 'revise': {
      // Often enough to be met, and seldom enough to leave something to happen.
      const { hash } = world
      const options = [{ id: `o${String(pick)}`, title: { en: who, ar: who }, about: { en: '', ar: '' } }]
      if (pick < 7) world.revise(who, now, how, { options })
      world.hash = world.state().current?.hash ?? hash
      return
    }
    case 'scope':
      world.decide('a', 'scope', inTime, how, pick < 2 ? { verdict: 'no', reason: 'no' } : {})
      return
    case 'feasibility':
      world.decide('b', 'feasibility', inTime, how, pick < 6 ? INFEASIBLE : pick < 8 ? { verdict: 'conditional', conditions: [{ id: 'k1', text: 'x' }] } : {}) // prettier-ignore
      return
    case 'meet':
      world.meet(who, now, how)
      return
    case 'confirm':
      world.confirm('b', now, how)
      return
    case 'sign':
      world.sign(who, now, how)
      return
    case 'witness':
      world.witness(who, inTime, how)
      return
    case 'finalise':
      world.finalise(who, now, how)
      return
    case 'withdraw':
      if (pick < 2) world.withdraw(who, now, how)
  }
}
