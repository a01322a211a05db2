import { describe, expect, it } from 'vitest'
import type { Instant } from '#shared/kernel/time.ts'
import { caseText, DAY, DisputeWorld, HOUR, MEDIATED, MORNING, RULED, SUBJECT } from '#test/support/dispute-world.ts'
import { readDispute, writeDispute } from '#shared/artifacts/dispute-content.ts'
import { pathOfClause, USUAL_CALENDAR } from './path.ts'
import { disputesAbout, isOpen, standingAt, standingOutcome } from './standing.ts'

const OTHER = 'd6'.repeat(16) as never

/** A dispute that a and b settle at once. */
function settled(world: DisputeWorld, content: ReturnType<typeof caseText>, terms: string, knows = world.facts): void {
  const opened = world.open('a', content, MORNING, { knows })
  const talk = { knows: [...knows, opened] }
  const hash = world.propose('a', terms, MORNING + HOUR, talk)
  world.sign('b', hash, MORNING + 2 * HOUR)
}

describe('what stands about a subject', () => {
  it('[ESC-18, DP-6] a ruling about a service change that its provider calls infeasible', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    expect(standingOutcome(world.state().cases, SUBJECT)).toBeNull()
    world.answer('b', MORNING + HOUR)
    world.witness('a', MORNING + HOUR)
    expect(isOpen(standingAt(world.case, RULED as Instant))).toBe(true)
    for (const who of ['a', 'b'] as const) world.rule(who, 'upheld', MEDIATED + HOUR)
    world.witness('a', MEDIATED + HOUR)
    expect(standingOutcome(world.state().cases, SUBJECT)).toMatchObject({ dispute: world.hash, outcome: { kind: 'ruling', finding: 'upheld' } }) // prettier-ignore
    expect(isOpen(standingAt(world.case, RULED as Instant))).toBe(false)
    expect(standingOutcome(world.state().cases, { ...SUBJECT, hash: 'ab'.repeat(32) })).not.toBeNull()
    expect(standingOutcome(world.state().cases, { ...SUBJECT, id: '5d'.repeat(16) })).toBeNull()
    expect(disputesAbout(world.state().cases, { ...SUBJECT, kind: 'plan' })).toEqual([])
  })

  it('[ESC-18] the last one stands; two that knew nothing of each other and differ stand for neither', () => {
    const world = new DisputeWorld()
    settled(world, caseText(), 'First.')
    settled(world, caseText({ artifact: OTHER }), 'Second.')
    expect(standingOutcome(world.state().cases, SUBJECT)).toMatchObject({ outcome: { terms: 'Second.' } })
    const apart = new DisputeWorld()
    const one = apart.open('a', caseText(), MORNING)
    const first = apart.propose('a', 'First.', MORNING + HOUR, { knows: [one] })
    const before = [...apart.facts]
    const two = apart.open('b', caseText({ artifact: OTHER }), MORNING, { knows: before })
    const second = apart.propose('b', 'Second.', MORNING + HOUR, { knows: [two] })
    apart.sign('a', second, MORNING + DAY)
    apart.artifact = caseText().artifact
    apart.hash = (one.fact as { hash: string }).hash
    apart.sign('b', first, MORNING + DAY)
    expect(
      apart
        .state()
        .cases.map(({ outcome }) => outcome?.terms)
        .toSorted(),
    ).toEqual(['First.', 'Second.'])
    expect(standingOutcome(apart.state().cases, SUBJECT)).toBe('contested')
  })
})

describe('the path of an agreement', () => {
  it('[ESC-19, GV-6] has the levels of its clause, each with the same time, and sends the rest where the clause does', () => {
    const source = { artifact: 'ab'.repeat(16) as never, hash: 'cd'.repeat(32) }
    const seat = { words: { en: 'Jeddah', ar: 'جدة' }, language: 'en' as const }
    expect(pathOfClause(source, { mediationDays: 15, mediators: ['coo', 'ceo'], seat })).toMatchObject({
      source,
      levels: [
        { kind: 'mediation', roles: ['coo'], length: 15, unit: 'days' },
        { roles: ['ceo'], length: 15 },
      ],
      fallback: {
        kind: 'arbitration',
        seat: { en: 'Jeddah' },
        language: 'en',
        arbitrators: null,
        law: { en: '', ar: '' },
      },
      calendar: USUAL_CALENDAR,
    })
    const world = new DisputeWorld()
    const path = pathOfClause(source, { mediationDays: 1, mediators: ['ceo'], seat: null })
    world.agreed = path
    world.open('a', caseText({ path }), MORNING)
    world.witness('b', MORNING)
    expect(path.fallback?.kind).toBe('court')
    expect([world.stageAt(MORNING + DAY), world.stageAt(RULED)]).toEqual(['mediation', 'fallback'])
  })

  it('[ESC-2] is not one with an even number of arbitrators', () => {
    const text = writeDispute(caseText())
    expect(readDispute(text)?.path.fallback).toMatchObject({
      arbitrators: 3,
      law: { ar: 'أنظمة المملكة العربية السعودية' },
    })
    expect(readDispute(text.replace('"arbitrators":3', '"arbitrators":2'))).toBeUndefined()
  })
})
