import { describe, expect, it } from 'vitest'
import type { DecisionAfterEvent } from '#shared/artifacts/decision-after-event.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { ARTIFACT, roundText } from '#test/support/decision-world.ts'
import { companyOf, FactWorld, type MadeFact } from '#test/support/fact-world.ts'
import { aftermathOf, type FinalRound } from './aftermath.ts'

const ROUND = 'e5'.repeat(32)
/** Final for the first option: A and B said yes, C did not. */
const FINAL: FinalRound = {
  hash: ROUND,
  content: roundText(),
  agreed: new Set([companyOf('a'), companyOf('b')]),
}
const about = { artifact: ARTIFACT, round: ROUND }
const report = (text: string): DecisionAfterEvent => ({ type: 'minority-reported', ...about, report: text })
const review = (verdict: 'met' | 'missed', note: string): DecisionAfterEvent => ({ type: 'outcome-reviewed', ...about, on: '2027-01-01' as IsoDate, verdict, note, figures: [] }) // prettier-ignore
const planned: DecisionAfterEvent = { type: 'decision-planned', ...about, plan: 'f6'.repeat(16) as ArtifactId }
const world = () => new FactWorld<DecisionAfterEvent>()

describe('after the decision', () => {
  it('[DEC-31] a word counts for the final round alone, of a company that decided, by a role that speaks for it', () => {
    const log = world()
    const good = log.say('a', planned, 1)
    const other = log.say('a', { ...planned, round: 'aa'.repeat(32) }, 2)
    const stranger = log.say('d', planned, 3)
    const clerk = log.say('b', planned, 4, { roles: ['cto'] })
    const { plans, refusals } = aftermathOf(log.facts, FINAL)
    expect(plans).toEqual([good])
    expect([other, stranger, clerk].map(({ id }) => refusals.get(id))).toEqual(['not-final', 'not-a-voter', 'not-authorised']) // prettier-ignore
    expect(aftermathOf(log.facts, null).plans).toEqual([])
  })

  it('[DEC-32] only who did not say yes has a minority to report for; the later report replaces, two apart both stand', () => {
    const log = world()
    const agreed = log.say('a', report('We had our doubts'), 1)
    const first = log.say('c', report('Too far'), 2)
    expect(aftermathOf(log.facts, FINAL).refusals.get(agreed.id)).toBe('agreed')
    const second = log.say('c', report('Too far, and too dear'), 3)
    const apart = log.say('c', report('Not with that land'), 3, { device: '2', knows: [first] })
    expect(aftermathOf(log.facts, FINAL).minority.map(({ id }) => id).toSorted()).toEqual([second.id, apart.id].toSorted()) // prettier-ignore
    const last = log.say('c', report('Too far, too dear, not with that land'), 4)
    expect(aftermathOf(log.facts, FINAL).minority).toEqual([last])
  })

  it('[DEC-33] each company has its own judgement; an earlier one stays on record', () => {
    const log = world()
    const early = log.say('a', review('met', 'As hoped'), 1)
    const b = log.say('b', review('missed', 'Not for us'), 2)
    const late = log.say('a', review('missed', 'After a year not'), 3)
    const { reviews, standing } = aftermathOf(log.facts, FINAL)
    expect(reviews).toEqual([early, b, late])
    expect(standing).toEqual([b, late])
  })

  it('[DEC-31] in every order of arrival the same', () => {
    const log = world()
    log.say('a', planned, 1)
    log.say('c', report('Too far'), 2)
    log.say('c', report('Too dear'), 2, { device: '2', knows: [] })
    log.say('b', review('met', 'Good'), 3)
    const told = (facts: readonly MadeFact<DecisionAfterEvent>[]): string =>
      JSON.stringify(Object.entries(aftermathOf(facts, FINAL)).map(([, list]) => [...(list as Iterable<unknown>)]))
    const all = orders(log.facts)
    expect(all).toHaveLength(24)
    expect(new Set(all.map(told)).size).toBe(1)
  })
})

const orders = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.length < 2
    ? [list]
    : list.flatMap((one, at) => orders([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [one, ...rest]))
