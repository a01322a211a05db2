import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import { changeText, ChangeWorld, HOUR, INFEASIBLE, type Said } from '#test/support/change-world.ts'
import { companyOf, type Who } from '#test/support/fact-world.ts'

const RULED = 50 * HOUR

/** The client's scope stands against the provider's refusal; whoever speaks from fifty hours on knows what a dispute came to. */
function ruled(finding: Finding, { opener = 'a' as Who, parties = ['a', 'b'] as readonly Who[], saw = ((): boolean => true) as (one: Said) => boolean } = {}): ChangeWorld {
  const world = new ChangeWorld()
  world.log('a', changeText(), HOUR)
  world.decide('a', 'scope', 2 * HOUR)
  world.decide('b', 'feasibility', 3 * HOUR, {}, INFEASIBLE)
  world.witness('a', 4 * HOUR)
  const { hash } = world
  world.ruled = (change, fact) => {
    if (change !== hash || (fact ? fact.at < RULED || blind.has(fact.id) : pretends)) return null
    const knew = (place: Said['place']): boolean => world.facts.some((one) => one.place.feed === place.feed && one.place.seq === place.seq && one.at < RULED && saw(one))
    return { finding, opener: companyOf(opener), parties: parties.map(companyOf), knew }
  }
  return world
} // prettier-ignore
/** Facts of who pretends not to know, and whether somebody does while they write. */
const blind = new Set<string>()
let pretends = false

describe('what a dispute about a change came to', () => {
  it('[DEC-73, DEC-74] by the finding it goes back or ends, from whose side it was asked', () => {
    const stages = (opener: Who) => (['upheld', 'varied', 'dismissed'] as const).map((finding) => ruled(finding, { opener }).stage) // prettier-ignore
    expect(stages('a')).toEqual(['remitted', 'remitted', 'ended'])
    expect(stages('b')).toEqual(['ended', 'remitted', 'remitted'])
    // Between others than the two it is nothing to them.
    expect(ruled('upheld', { parties: ['a', 'c'] }).stage).toBe('blocked')
    expect(ruled('upheld', { parties: ['a', 'b', 'c'] }).stage).toBe('blocked')
  })

  it('[DEC-73] on a text that went back only a revision counts, and both decide on it anew', () => {
    const world = ruled('upheld')
    const late = [
      world.meet('b', RULED),
      world.confirm('b', RULED),
      world.sign('a', RULED),
      world.decide('a', 'scope', RULED),
    ]
    expect(late.map((one) => world.refusalOf(one))).toEqual(['remitted', 'remitted', 'remitted', 'remitted'])
    expect(world.refusalOf(world.revise('b', RULED + HOUR))).toBeUndefined()
    expect(world.state().current).toMatchObject({ stage: 'deciding', content: { revision: 2 } })
    const other = ruled('varied')
    other.withdraw('a', RULED + HOUR)
    expect(other.stage).toBe('withdrawn')
  })

  it('[DEC-73] of a change that ended nothing goes on', () => {
    const world = ruled('dismissed')
    expect(world.refusalOf(world.withdraw('a', RULED))).toBe('over')
    expect(world.refusalOf(world.revise('a', RULED))).toBe('over')
    expect(world.stage).toBe('ended')
  })

  it('[DEC-75] nobody goes on by a revision that those who ended it had not seen, nor by what revises that', () => {
    const world = ruled('dismissed', { saw: () => false })
    pretends = true
    const [lie, next] = [1, 2].map((hours) => {
      const text = world.revise('a', RULED + hours * HOUR)
      blind.add(text.id)
      return text
    }) as [Said, Said]
    pretends = false
    expect([world.refusalOf(lie), world.refusalOf(next), world.stage]).toEqual(['over', 'over', 'ended'])
    // A revision that they had in view when they ended the text before it is another text.
    const open = ruled('dismissed')
    open.revise('a', RULED - HOUR)
    expect(open.state().current).toMatchObject({ stage: 'deciding', content: { revision: 2 } })
  })

  it('[DEC-75] what both have signed stands, whatever is ruled apart from it', () => {
    const world = new ChangeWorld()
    world.log('a', changeText(), HOUR)
    world.decide('a', 'scope', 2 * HOUR)
    world.decide('b', 'feasibility', 3 * HOUR)
    world.witness('a', 4 * HOUR)
    world.sign('a', 5 * HOUR)
    const alone = [...world.facts]
    world.sign('b', 6 * HOUR)
    world.witness('a', 7 * HOUR)
    const { hash } = world
    world.ruled = (change, fact) => (change === hash && fact === null ? { finding: 'dismissed', opener: companyOf('a'), parties: ['a', 'b'].map((who) => companyOf(who as Who)), knew: () => true } : null) // prettier-ignore
    expect(world.stage).toBe('approved')
    expect(world.state(world.seen(alone)).current?.stage).toBe('ended')
  })
})
