import fc from 'fast-check'
import { expect } from 'vitest'
import {
  ANSWER_BY,
  convergenceText,
  ConvergenceWorld,
  HOUR,
  priced,
  SETTLE_BY,
  topicText,
} from '#test/support/convergence-world.ts'
import { acts, knownBut, order as anyOrder, shuffled, type Act } from './life.ts'

const WHO = ['a', 'b'] as const

type Kind = 'request' | 'offer' | 'accept' | 'confirm' | 'verify' | 'witness' | 'finalise' | 'end'
const act = acts<Kind>({
  kinds: ['request', 'offer', 'offer', 'offer', 'accept', 'accept', 'accept', 'confirm', 'confirm', 'verify', 'verify', 'witness', 'witness', 'finalise', 'end'],
  devices: ['', '', '2'],
  ignores: [0, 0, 0, 0, 1, 2, 4],
  gaps: [1, 2, 10],
}) // prettier-ignore

const script = fc.record({
  acts: fc.array(act, { minLength: 6, maxLength: 40 }),
  order: anyOrder,
})

/** What came of the scripts: one in which nothing happens would hold, too. */
export interface Negotiated {
  readonly stage: string
  readonly refusals: number
}

/**
 * A random life of a negotiation between two companies with two devices each, honest and not. However its facts are ordered, the state
 * is the same; strangers change nothing; both companies have signed what is verified, in time, and nobody undoes it afterwards.
 */
export const negotiations = (tell: (negotiated: Negotiated) => void = () => undefined) =>
  fc.property(script, ({ acts: done, order }) => {
    const world = new ConvergenceWorld()
    world.request('a', topicText(), HOUR)
    let now = 2 * HOUR
    let verified: string | undefined
    for (const one of done) {
      now += one.gap * HOUR
      take(world, one, now)
      const { current } = world.state()
      const whole = current?.stage === 'verified' || current?.stage === 'finalized'
      if (verified !== undefined && whole) expect(current.outcome?.hash).toBe(verified)
      if (verified !== undefined && !whole) expect(current?.cause).toBe('two-outcomes')
      verified = whole ? current.outcome?.hash : undefined
    }
    const state = world.state()
    const said = convergenceText(state)
    expect(convergenceText(world.state(shuffled(world.facts, order)))).toBe(said)
    expect(convergenceText(world.state(world.facts.toReversed()))).toBe(said)
    bothSigned(world)
    strangers(world, now)
    const after = world.state().current
    expect([after?.stage, after?.outcome?.hash]).toEqual([state.current?.stage, state.current?.outcome?.hash])
    tell({
      stage: state.contested.length > 1 ? 'contested' : (state.current?.stage ?? 'none'),
      refusals: state.refusals.size,
    })
  })

/** What is verified carries the word of each company on the same hash, each within the time. */
function bothSigned(world: ConvergenceWorld): void {
  const { current } = world.state()
  if (current?.stage !== 'verified' && current?.stage !== 'finalized') return
  const { accepted, confirmed, verified, outcome, content } = current
  expect([confirmed?.fact.hash, verified?.fact.hash]).toEqual([outcome?.hash, outcome?.hash])
  expect(new Set([confirmed?.author.company, verified?.author.company]).size).toBe(2)
  expect(accepted?.author.company).toBe(verified?.author.company)
  expect(Math.max(confirmed?.at ?? 0, verified?.at ?? 0)).toBeLessThanOrEqual(content.settleBy)
}

function strangers(world: ConvergenceWorld, now: number): void {
  const late = Math.max(now, SETTLE_BY + 1)
  world.offer('d', priced(1), now)
  world.offer('b', priced(1), late)
  for (const { id } of world.state().current?.offers ?? []) world.accept('d', id, now)
  for (const who of WHO) {
    world.end(who, late, { roles: ['cto'] })
    world.confirm(who, late)
    world.verify(who, late)
  }
  world.end('d', now)
}

function take(world: ConvergenceWorld, { kind, who, device, ignores, pick }: Act<Kind>, now: number): void {
  const knows = knownBut(world.facts, ignores)
  const how = { device, knows }
  switch (kind) {
    case 'request': {
      // Often enough to be met, and seldom enough to leave something to happen.
      const { hash } = world
      if (pick < 3) world.request(who, topicText({ agreement: 'PartnershipAgreement.v1' }), now, how)
      world.hash = world.state().current?.hash ?? hash
      return
    }
    case 'offer':
      world.offer(who, priced(9000 + pick * 100), Math.min(now, ANSWER_BY), how)
      return
    case 'accept': {
      const offers = world.facts.filter(({ fact, author }) => fact.type === 'offer-made' && author.who !== who)
      world.accept(who, offers.at(-1 - (pick % 3))?.id ?? 'e'.repeat(64), now, how)
      return
    }
    case 'confirm':
      world.confirm(who, now, how)
      return
    case 'verify':
      world.verify(who, now, how)
      return
    case 'witness':
      world.witness(who, now, how)
      return
    case 'finalise':
      world.finalise(who, now, how)
      return
    case 'end':
      if (pick < 4) world.end(who, now, how)
  }
}
