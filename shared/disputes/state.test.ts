import { describe, expect, it } from 'vitest'
import { readDispute, writeDispute } from '#shared/artifacts/dispute-content.ts'
import { caseText, CASE, DAY, DisputeWorld, HOUR, MEDIATED, MORNING, RULED, shortPath, type Spoken } from '#test/support/dispute-world.ts' // prettier-ignore
import { companyOf, sha256 } from '#test/support/fact-world.ts'

/** Opened by a on Sunday, answered by b, who accepts the path, an hour later; a's engine has the answer. */
const running = (): DisputeWorld => {
  const world = new DisputeWorld()
  world.open('a', caseText(), MORNING)
  world.answer('b', MORNING + HOUR)
  world.witness('a', MORNING + HOUR)
  return world
}
const arbitrating = (): { world: DisputeWorld; first: Spoken } => {
  const world = running()
  return { world, first: world.rule('a', 'upheld', MEDIATED + HOUR) }
}

describe('a dispute', () => {
  it('[ESC-1, ESC-5, AR-30, TR-10] goes from mediation to arbitration to what is left, by the clock alone', () => {
    const world = running()
    expect([MORNING + 2 * HOUR, MEDIATED - 1, MEDIATED, RULED - 1, RULED, RULED + 365 * DAY].map((now) => world.stageAt(now))).toEqual([
      'mediation', 'mediation', 'arbitration', 'arbitration', 'fallback', 'fallback',
    ]) // prettier-ignore
    expect([...world.state().refusals]).toEqual([])
  })

  it('[ESC-2] text that is not the canonical one of this document, or of strangers, opens nothing', () => {
    const world = new DisputeWorld()
    const spaced = ` ${writeDispute(caseText())}`
    const bad = world.say('a', { type: 'dispute-opened', artifact: CASE, hash: sha256(spaced), text: spaced }, MORNING)
    expect(world.refusalOf(bad)).toBe('text-unreadable')
    expect(world.refusalOf(world.open('c', caseText(), MORNING))).toBe('not-a-party')
    const [one] = caseText().parties
    expect(readDispute(writeDispute(caseText({ parties: [one, one] as never })))).toBeUndefined()
    const night = { ...shortPath().calendar, from: 1000, to: 900 }
    expect(readDispute(writeDispute(caseText({ path: shortPath({ calendar: night }) })))).toBeUndefined()
    expect(world.state().cases).toEqual([])
  })

  it('[ESC-2] a second opening in one document is none; two made apart are two disputes', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    expect(world.refusalOf(world.open('a', caseText({ issue: 'Something else.' }), MORNING))).toBe('already-opened')
    world.open('a', caseText({ issue: 'Written on another device.' }), MORNING, { device: '2', knows: [] })
    expect(world.state().cases).toHaveLength(2)
    expect(world.state().cases.every(({ outcome }) => outcome === null)).toBe(true)
  })

  it('[ESC-2, GV-6] a path that claims to be agreed is the one in the document that it names, and binds at once', () => {
    const world = new DisputeWorld()
    const source = { artifact: 'ab'.repeat(16) as never, hash: 'cd'.repeat(32) }
    const path = shortPath({ source })
    expect(world.refusalOf(world.open('a', caseText({ path }), MORNING))).toBe('path-differs')
    const other = new DisputeWorld()
    other.agreed = { ...path, settleRoles: ['cto'] }
    expect(other.refusalOf(other.open('a', caseText({ path }), MORNING))).toBe('path-differs')
    const honest = new DisputeWorld()
    honest.agreed = path
    honest.open('a', caseText({ path }), MORNING)
    honest.witness('b', MORNING + HOUR)
    expect(honest.case).toMatchObject({ bound: true, answers: [] })
    expect(honest.stageAt(MEDIATED)).toBe('arbitration')
  })

  it('[ESC-3] no clock runs until every other party has the dispute, however far back it is dated', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING - 90 * DAY)
    expect(world.stageAt(MORNING + 90 * DAY)).toBe('sent')
    world.witness('c', MORNING)
    expect(world.case.started).toBeNull()
    world.witness('b', MORNING)
    expect(world.case.started).toBe(MORNING)
    expect(world.stageAt(MEDIATED - 1)).toBe('mediation')
    // Nor does b make it begin before it was opened.
    const early = new DisputeWorld()
    early.open('a', caseText(), MORNING)
    early.witness('b', MORNING - 90 * DAY)
    expect(early.case.started).toBe(MORNING)
  })

  it('[ESC-3] of three parties the last to have it starts the clock', () => {
    const world = new DisputeWorld()
    const parties = (['a', 'b', 'c'] as const).map((who) => ({ company: companyOf(who), name: { en: who, ar: who } }))
    world.open('a', caseText({ parties }), MORNING)
    world.witness('b', MORNING + HOUR)
    expect(world.case.started).toBeNull()
    world.witness('c', MORNING + DAY)
    expect(world.case.started).toBe(MORNING + DAY)
  })

  it('[ESC-6] a path that was proposed with the dispute binds once the others accept it in time; else only talk is left', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    world.answer('b', MORNING + HOUR, 'declined')
    world.witness('a', MORNING + HOUR)
    expect([world.stageAt(MEDIATED - 1), world.stageAt(MEDIATED)]).toEqual(['mediation', 'exhausted'])
    expect(world.refusalOf(world.rule('a', 'upheld', MEDIATED + HOUR))).toBe('no-arbitration')
    expect(world.refusalOf(world.refer('a', RULED + DAY))).toBe('no-fallback')
    // Backdated, an acceptance gains nothing: a has it only after the mediation.
    world.answer('b', MEDIATED - HOUR, 'accepted')
    world.witness('a', MEDIATED + DAY)
    expect(world.case.bound).toBe(false)
  })

  it('[ESC-6] a company that declined the path may still accept it while the mediation runs', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    world.answer('b', MORNING + HOUR, 'declined')
    expect(world.refusalOf(world.answer('b', MORNING + HOUR, 'declined'))).toBe('duplicate')
    expect(world.refusalOf(world.answer('b', MORNING + 2 * HOUR))).toBeUndefined()
    world.witness('a', MORNING + 3 * HOUR)
    expect(world.case).toMatchObject({ bound: true, answers: [{}, {}] })
    expect(world.refusalOf(world.answer('b', MORNING + 3 * HOUR))).toBe('duplicate')
  })

  it('[ESC-7] strangers, roles that the path does not name and foreign disputes say nothing', () => {
    const world = running()
    const { hash } = world
    const refusals = [
      world.answer('c', MORNING + HOUR),
      world.answer('a', MORNING + HOUR),
      world.rule('c', 'upheld', MEDIATED + HOUR),
      world.rule('b', 'upheld', MEDIATED + HOUR, { roles: ['cto'] }),
      world.sign('b', 'ee'.repeat(32), MORNING + HOUR, { roles: ['cto'] }),
      world.sign('b', 'ee'.repeat(32), MORNING + HOUR),
      world.withdraw('b', MORNING + HOUR),
      world.rule('b', 'upheld', MEDIATED + HOUR, { level: 0 }),
      world.rule('b', 'varied', MEDIATED + HOUR),
      world.rule('b', 'upheld', MEDIATED + HOUR, { rationale: ' ' }),
    ].map((one) => world.refusalOf(one))
    world.hash = 'ee'.repeat(32)
    const foreign = world.answer('b', MORNING + HOUR)
    world.hash = hash
    expect([...refusals, world.refusalOf(foreign)]).toEqual([
      'not-a-party', 'own-dispute', 'not-a-party', 'not-authorised', 'not-authorised', 'no-such-settlement', 'not-the-opener',
      'no-arbitration', 'terms-missing', 'rationale-missing', 'no-such-dispute',
    ]) // prettier-ignore
    expect(world.case.outcome).toBeNull()
  })
})

describe('a settlement', () => {
  it('[ESC-8] stands once every party has signed the same words, at any level', () => {
    for (const at of [MORNING + 2 * HOUR, MEDIATED + HOUR, RULED + DAY]) {
      const world = running()
      const hash = world.propose('a', 'Half each.', at)
      expect(world.refusalOf(world.sign('a', hash, at))).toBe('duplicate')
      expect(world.case.outcome).toBeNull()
      world.sign('b', hash, at + HOUR)
      expect(world.case.outcome).toMatchObject({ kind: 'settlement', terms: 'Half each.', hash, at: at + HOUR })
      expect(world.stageAt(RULED + 2 * DAY)).toBe('settled')
    }
  })

  it('[ESC-8] what its proposer has replaced is not signed any more, unless apart', () => {
    const world = running()
    const old = world.propose('a', 'Half each.', MORNING + 2 * HOUR)
    const before = [...world.facts]
    world.propose('a', 'A third.', MORNING + 3 * HOUR)
    expect(world.refusalOf(world.sign('b', old, MORNING + 4 * HOUR))).toBe('superseded')
    expect(world.refusalOf(world.sign('b', old, MORNING + 4 * HOUR, { device: '2', knows: before }))).toBeUndefined()
    expect(world.case.outcome).toMatchObject({ terms: 'Half each.' })
  })

  it('[ESC-9] two that were signed apart cross each other until a third is signed by who knew both', () => {
    const world = running()
    const mine = world.propose('a', 'Half each.', MORNING + 2 * HOUR)
    const theirs = world.propose('b', 'A third.', MORNING + 2 * HOUR)
    const before = [...world.facts]
    world.sign('a', theirs, MORNING + 3 * HOUR, { knows: before })
    world.sign('b', mine, MORNING + 3 * HOUR, { knows: before })
    expect(world.case).toMatchObject({ outcome: null, settlements: { crossed: true, stands: null } })
    const last = world.propose('a', 'Half each, as a wrote.', MORNING + 4 * HOUR)
    world.sign('b', last, MORNING + 5 * HOUR)
    expect(world.case).toMatchObject({ outcome: { hash: last }, settlements: { crossed: false } })
  })
})

describe('a ruling', () => {
  it('[ESC-10, GV-3, GV-8] stands once the arbitrators of every party have ruled alike in time, each with a rationale', () => {
    const { world } = arbitrating()
    world.rule('b', 'upheld', MEDIATED + 2 * HOUR, { rationale: 'For another reason.' })
    expect(world.case.outcome).toBeNull()
    world.witness('a', MEDIATED + 3 * HOUR)
    expect(world.case.outcome).toMatchObject({ kind: 'ruling', finding: 'upheld', level: 1 })
    expect(world.stageAt(RULED + DAY)).toBe('ruled')
  })

  it('[ESC-10] one per company, at the level that stands', () => {
    const world = running()
    expect(world.refusalOf(world.rule('a', 'upheld', MEDIATED - 1))).toBe('not-yet')
    expect(world.refusalOf(world.rule('a', 'upheld', RULED))).toBe('late')
    world.rule('a', 'upheld', MEDIATED)
    expect(world.refusalOf(world.rule('a', 'dismissed', MEDIATED + HOUR, { roles: ['coo'] }))).toBe('already-ruled')
    const unsent = new DisputeWorld()
    unsent.open('a', caseText(), MORNING)
    expect(unsent.refusalOf(unsent.rule('a', 'upheld', MEDIATED))).toBe('not-started')
  })

  it('[ESC-11] one that is written into the past is without effect: nobody else had it in time', () => {
    const { world } = arbitrating()
    world.witness('b', MEDIATED + HOUR)
    const back = world.rule('b', 'upheld', RULED - HOUR)
    world.witness('a', RULED + DAY)
    expect(world.refusalOf(back)).toBe('unproven')
    expect(world.case.outcome).toBeNull()
    expect(world.stageAt(RULED + DAY)).toBe('fallback')
    // A third company's word proves nothing.
    world.witness('c', RULED - HOUR)
    expect(world.case.outcome).toBeNull()
  })

  it('[ESC-12] arbitrators who do not rule alike pass it on at once', () => {
    const { world } = arbitrating()
    world.rule('b', 'dismissed', MEDIATED + 2 * HOUR)
    world.witness('a', MEDIATED + 3 * HOUR)
    expect(world.case).toMatchObject({ outcome: null, levels: [{}, { until: MEDIATED + 2 * HOUR }] })
    expect([world.stageAt(MEDIATED + HOUR), world.stageAt(MEDIATED + 2 * HOUR)]).toEqual(['arbitration', 'fallback'])
    expect(world.refusalOf(world.rule('a', 'dismissed', MEDIATED + 4 * HOUR))).toBe('already-ruled')
    expect(world.refusalOf(world.refer('b', MEDIATED + 4 * HOUR))).toBeUndefined()
  })

  it('[ESC-12] the next arbitration of the path begins where the one before it fell apart', () => {
    const [mediation, chief] = shortPath().levels
    const path = shortPath({ levels: [mediation, { ...chief, roles: ['coo'] }, { ...chief, roles: ['ceo'] }] as never })
    const world = new DisputeWorld()
    world.open('a', caseText({ path }), MORNING)
    world.answer('b', MORNING + HOUR)
    world.witness('a', MORNING + HOUR)
    world.rule('a', 'upheld', MEDIATED + HOUR, { roles: ['coo'] })
    world.rule('b', 'dismissed', MEDIATED + HOUR, { roles: ['coo'] })
    world.witness('a', MEDIATED + HOUR)
    expect(world.case.levels[2]?.from).toBe(MEDIATED + HOUR)
    expect(world.refusalOf(world.rule('a', 'upheld', MEDIATED + 2 * HOUR, { level: 2, roles: ['coo'] }))).toBe('not-authorised') // prettier-ignore
    world.rule('a', 'dismissed', MEDIATED + 2 * HOUR, { level: 2 })
    world.rule('b', 'dismissed', MEDIATED + 3 * HOUR, { level: 2 })
    world.witness('a', MEDIATED + 3 * HOUR)
    expect(world.case.outcome).toMatchObject({ finding: 'dismissed', level: 2 })
  })

  it('[ESC-12] what all have ruled alike stands, whatever one of them says as if it had not known', () => {
    const { world } = arbitrating()
    const before = [...world.facts]
    world.rule('b', 'upheld', MEDIATED + 2 * HOUR)
    world.witness('a', MEDIATED + 3 * HOUR)
    const other = world.rule('b', 'dismissed', MEDIATED + 2 * HOUR, { device: '2', knows: before })
    world.witness('a', MEDIATED + 4 * HOUR)
    expect(world.refusalOf(other)).toBeUndefined()
    expect(world.case.outcome).toMatchObject({ finding: 'upheld' })
  })

  it('[ESC-13] whoever has recused themselves does not rule; whoever has ruled does not recuse themselves', () => {
    const { world } = arbitrating()
    expect(world.refusalOf(world.recuse('a', MEDIATED + HOUR))).toBe('already-ruled')
    expect(world.refusalOf(world.recuse('b', MEDIATED + HOUR, { roles: ['cto'] }))).toBe('not-authorised')
    world.recuse('b', MEDIATED + HOUR)
    expect(world.refusalOf(world.recuse('b', MEDIATED + HOUR))).toBe('duplicate')
    expect(world.refusalOf(world.rule('b', 'upheld', MEDIATED + 2 * HOUR))).toBe('recused')
    expect(world.stageAt(RULED)).toBe('fallback')
  })

  it('[ESC-14] a settlement that the other company knew is not undone by a ruling as if it had not been there, nor a ruling by a settlement', () => {
    const { world } = arbitrating()
    world.witness('b', MEDIATED + HOUR)
    const before = [...world.facts]
    const hash = world.propose('a', 'Half each.', MEDIATED + 2 * HOUR)
    world.sign('b', hash, MEDIATED + 3 * HOUR)
    world.witness('a', MEDIATED + 4 * HOUR)
    const regret = world.rule('b', 'upheld', MEDIATED + 2 * HOUR, { device: '2', knows: before })
    world.witness('a', MEDIATED + 5 * HOUR)
    expect(world.refusalOf(regret)).toBe('unproven')
    expect(world.case.outcome).toMatchObject({ kind: 'settlement' })

    const { world: alike } = arbitrating()
    const bait = alike.propose('a', 'Half each.', MEDIATED + HOUR)
    const past = [...alike.facts]
    alike.rule('b', 'upheld', MEDIATED + 2 * HOUR)
    alike.witness('a', MEDIATED + 3 * HOUR)
    const late = alike.sign('b', bait, MEDIATED + 2 * HOUR, { device: '2', knows: past })
    expect(alike.refusalOf(late)).toBe('set-aside')
    expect(alike.case.outcome).toMatchObject({ kind: 'ruling', finding: 'upheld' })
  })
})

describe('the end of the path', () => {
  it('[ESC-15, GV-6] it is referred once nothing else is left, and the award stands when every party has recorded the same', () => {
    const world = running()
    expect(world.refusalOf(world.refer('a', RULED - 1))).toBe('not-yet')
    expect(world.refusalOf(world.award('a', RULED + HOUR))).toBe('not-referred')
    world.refer('a', RULED)
    expect([world.stageAt(RULED - 1), world.stageAt(RULED)]).toEqual(['arbitration', 'referred'])
    expect(world.refusalOf(world.refer('b', RULED + HOUR))).toBe('duplicate')
    world.award('a', RULED + 30 * DAY)
    expect(world.refusalOf(world.award('a', RULED + 30 * DAY, { award: 'bb'.repeat(32) }))).toBe('duplicate')
    expect(world.stageAt(RULED + 31 * DAY)).toBe('referred')
    world.award('b', RULED + 31 * DAY)
    expect(world.case.outcome).toMatchObject({ kind: 'award', hash: 'aa'.repeat(32), finding: 'upheld' })
    expect(world.stageAt(RULED + 31 * DAY)).toBe('awarded')
  })

  it('[ESC-15] awards that differ stand for neither, and a referral that claims a time to come ends no arbitration', () => {
    const world = running()
    world.refer('a', RULED)
    expect(world.stageAt(MEDIATED + HOUR)).toBe('arbitration')
    world.rule('a', 'upheld', MEDIATED + HOUR)
    world.rule('b', 'upheld', MEDIATED + HOUR)
    world.witness('a', MEDIATED + HOUR)
    expect(world.case.outcome).toMatchObject({ kind: 'ruling' })
    const differing = running()
    differing.refer('a', RULED)
    differing.award('a', RULED + DAY)
    differing.award('b', RULED + DAY, { award: 'bb'.repeat(32) })
    expect(differing.case.outcome).toBeNull()
  })

  it('[ESC-16] its opener takes it back before the other has answered, and cannot pretend that it had not', () => {
    const world = new DisputeWorld()
    world.open('a', caseText(), MORNING)
    world.witness('b', MORNING)
    const before = [...world.facts]
    world.withdraw('a', MORNING + HOUR)
    expect(world.stageAt(MORNING + DAY)).toBe('withdrawn')
    expect(world.refusalOf(world.answer('b', MORNING + DAY))).toBe('over')
    const answered = running()
    expect(answered.refusalOf(answered.withdraw('a', MORNING + 2 * HOUR))).toBe('answered-already')
    const ignored = answered.withdraw('a', MORNING + HOUR, { device: '2', knows: answered.facts.slice(0, 1) })
    expect(answered.refusalOf(ignored)).toBe('set-aside')
    expect(answered.stageAt(MORNING + DAY)).toBe('mediation')
    // Apart from the withdrawal, an answer holds the dispute open.
    world.answer('b', MORNING + HOUR, 'accepted', { device: '2', knows: before })
    expect(world.stageAt(MORNING + DAY)).toBe('mediation')
  })

  it('[ESC-17] whoever knew how it ended adds nothing to it', () => {
    const world = running()
    world.sign('b', world.propose('a', 'Half each.', MORNING + 2 * HOUR), MORNING + 3 * HOUR)
    const refusals = [
      world.rule('a', 'upheld', MEDIATED + HOUR),
      world.refer('a', RULED + HOUR),
      world.recuse('b', MEDIATED + HOUR),
      world.withdraw('a', RULED),
    ].map((one) => world.refusalOf(one))
    expect(refusals).toEqual(['over', 'over', 'over', 'over'])
    world.propose('b', 'More.', RULED)
    expect(world.case.outcome).toMatchObject({ terms: 'Half each.' })
  })
})
