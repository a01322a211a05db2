import { describe, expect, it } from 'vitest'
import { FINDINGS } from '#shared/artifacts/dispute-event.ts'
import { DecisionWorld, HOUR, roundText, scored, stateText, type Made } from '#test/support/decision-world.ts'
import { companyOf, type Who } from '#test/support/fact-world.ts'
import { bearingOf, isAmongVoters, isTalk, type RoundRuled } from './round-ruled.ts'

const NO = scored(2000, 9000)
const YES = scored(8000, 4000)
const parties = (who: readonly Who[]): RoundRuled['parties'] => who.map((one) => ({ company: companyOf(one) }))
/** Words of a dispute, each knowing everything up to some fact of the decision. */
const knowing = (...facts: readonly Made[]): RoundRuled['words'] =>
  facts.map((fact) => ({ saw: (place) => fact.saw(place) || (place.feed === fact.place.feed && place.seq === fact.place.seq) })) // prettier-ignore

/** A round in which all have spoken, and that A has closed unless `open`. */
function spoken(positions = [NO, YES, scored(0, 0)], open = false) {
  const world = new DecisionWorld()
  const round = world.open('a', roundText(), HOUR)
  const voters = ['a', 'b', 'c'] as const
  voters.forEach((who, at) => world.give(who, round, positions[at] ?? YES, (2 + at) * HOUR))
  for (const who of voters) world.witness(who, round, 6 * HOUR)
  const before = world.facts.at(-1) as Made
  if (!open) world.close('a', round, 7 * HOUR)
  return { world, round, before, closing: world.facts.at(-1) as Made }
}
const current = (world: DecisionWorld) => {
  const { current: round } = world.state()
  if (!round) throw new Error('no round counts')
  return round
}
const ruled = (finding: RoundRuled['finding'], words: RoundRuled['words'], who: readonly Who[] = ['a', 'b', 'c']): RoundRuled => ({ finding, words, parties: parties(who) }) // prettier-ignore

describe('what a dispute about a round means for it', () => {
  it('[DEC-77] upheld or on terms another round rests on it; dismissed it stays at what the round came to', () => {
    const { world, closing } = spoken()
    const round = current(world)
    expect(round.standing).toBe('no-decision')
    expect(FINDINGS.map((finding) => bearingOf(ruled(finding, knowing(closing, closing)), round))).toEqual(['basis', 'stands', 'basis']) // prettier-ignore
    expect(FINDINGS.map((finding) => isTalk(ruled(finding, knowing(closing, closing)), round))).toEqual([true, false, true]) // prettier-ignore
  })

  it('[DEC-77] it is no talk about a result that one of those who ended it had not seen', () => {
    const { world, before, closing } = spoken()
    const round = current(world)
    for (const words of [knowing(before, before), knowing(closing, before), knowing(before, closing)]) {
      expect(bearingOf(ruled('varied', words), round)).toBe('before-close')
      expect(isTalk(ruled('varied', words), round)).toBe(false)
    }
  })

  it('[DEC-77] it is one among companies that decide in the round alone', () => {
    const { world, closing } = spoken()
    const round = current(world)
    const among = (who: readonly Who[]) => isTalk(ruled('upheld', knowing(closing), who), round)
    expect([among(['a', 'b']), among(['a', 'b', 'd']), among(['a', 'd']), among(['d'])]).toEqual([true, false, false, false]) // prettier-ignore
    expect(isAmongVoters({ parties: parties(['b', 'd']) }, round)).toBe(false)
  })

  it('[DEC-76] it changes nothing of a round that runs, is to be signed, or is signed, and says so', () => {
    const open = spoken([YES, YES, YES], true)
    expect(bearingOf(ruled('upheld', knowing(open.before)), current(open.world))).toBe('open')
    const { world, round, closing } = spoken([YES, YES, YES])
    const words = knowing(closing)
    const all = () => FINDINGS.map((finding) => [bearingOf(ruled(finding, words), current(world)), isTalk(ruled(finding, words), current(world))]) // prettier-ignore
    expect(all()).toEqual([['signing', false], ['signing', false], ['signing', false]]) // prettier-ignore
    const { hash } = closing.fact as { hash: string }
    for (const who of ['a', 'b', 'c'] as const) world.sign(who, round, hash, 8 * HOUR)
    const said = stateText(world.state())
    expect(all()).toEqual([['final', false], ['final', false], ['final', false]]) // prettier-ignore
    expect(stateText(world.state())).toBe(said)
  })

  it('[DEC-76] a round that was taken back has no result to have been known, and one that another overtook has none left', () => {
    const { world, round } = spoken([YES, YES, YES], true)
    world.say('a', { type: 'decision-withdrawn', artifact: roundText().artifact, round, reason: 'Too soon.' }, 7 * HOUR)
    expect(bearingOf(ruled('varied', knowing(world.facts[0] as Made)), current(world))).toBe('basis')
    expect(isTalk(ruled('varied', knowing(world.facts[0] as Made)), current(world))).toBe(false)
    expect(bearingOf(ruled('upheld', []), { standing: 'overtaken', closings: [] })).toBeNull()
  })
})
