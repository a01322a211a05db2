import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readChange, writeChange } from '#shared/artifacts/change-content.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { CHANGE, changeText, ChangeWorld, DECIDE_BY, HOUR, INFEASIBLE, PLAN, SIGN_BY } from '#test/support/change-world.ts' // prettier-ignore
import { companyOf, sha256 } from '#test/support/fact-world.ts'
import { escalation } from './changes.ts'

const opened = (): ChangeWorld => {
  const world = new ChangeWorld()
  world.log('a', changeText(), HOUR)
  return world
}
/** Both verdicts are a yes on the same text, and each is proven. */
const approvable = (): ChangeWorld => {
  const world = opened()
  world.decide('a', 'scope', 2 * HOUR)
  world.decide('b', 'feasibility', 3 * HOUR)
  world.witness('a', 4 * HOUR)
  return world
}
const conflicting = (): ChangeWorld => {
  const world = opened()
  world.decide('a', 'scope', 2 * HOUR)
  world.decide('b', 'feasibility', 3 * HOUR, {}, INFEASIBLE)
  world.witness('a', 4 * HOUR)
  return world
}
const matter = (world: ChangeWorld, name: string) => world.state().current?.matters.find((one) => one.matter === name)

describe('a change of a service', () => {
  it('[DEC-60, DP-3] goes from the log through both verdicts and two signatures to drafts', () => {
    const world = opened()
    expect(world.stage).toBe('deciding')
    world.decide('a', 'scope', 2 * HOUR)
    expect(world.stage).toBe('deciding')
    expect(matter(world, 'scope')).toMatchObject({ verdict: null, settled: false })
    world.decide('b', 'feasibility', 3 * HOUR)
    expect(matter(world, 'scope')).toMatchObject({ settled: true })
    world.witness('a', 4 * HOUR)
    expect(world.stage).toBe('approvable')
    world.sign('b', 5 * HOUR)
    expect(world.stage).toBe('signing')
    world.sign('a', 6 * HOUR)
    expect(world.stage).toBe('signing')
    world.witness('b', 7 * HOUR)
    expect(world.stage).toBe('approved')
    world.finalise('a', 8 * HOUR)
    expect(world.stage).toBe('final')
    expect([...world.state().refusals]).toEqual([])
  })

  it('[DEC-50] a text that leaves out the company that began the document contests nothing', () => {
    const world = new ChangeWorld()
    const standing = world.log('a', changeText(), HOUR)
    const parties = changeText().parties.map((party, at) => at === 0 ? { ...party, company: companyOf('c') } : party) as never // prettier-ignore
    expect(world.refusalOf(world.log('c', changeText({ parties }), HOUR, { knows: [] }))).toBe('owner-left-out')
    expect(world.state()).toMatchObject({ current: { logged: { id: standing.id } }, contested: [] })
  })

  it('[DEC-60] text that is not the canonical one of this document, or of strangers, is no change', () => {
    const world = new ChangeWorld()
    const spaced = ` ${writeChange(changeText())}`
    const bad = world.say('a', { type: 'change-logged', artifact: CHANGE, hash: sha256(spaced), text: spaced }, HOUR)
    expect(world.refusalOf(bad)).toBe('text-unreadable')
    expect(world.refusalOf(world.log('a', changeText({ artifact: PLAN }), HOUR))).toBe('text-unreadable')
    expect(world.refusalOf(world.log('d', changeText(), HOUR))).toBe('not-a-party')
    expect(world.refusalOf(world.log('a', changeText(), HOUR, { roles: ['cfo'] }))).toBe('not-authorised')
    expect(world.stage).toBeUndefined()
  })

  it('[DEC-61, DP-6] the client alone decides the scope and the provider feasibility, and no text says otherwise', () => {
    const world = opened()
    const refusals = [
      world.decide('b', 'scope', 2 * HOUR),
      world.decide('a', 'feasibility', 2 * HOUR),
      world.decide('a', 'price', 2 * HOUR),
      world.decide('d', 'scope', 2 * HOUR),
      world.decide('a', 'scope', 2 * HOUR, { roles: ['cto'] }),
    ].map((one) => world.refusalOf(one))
    expect(refusals).toEqual(['not-its-matter', 'not-its-matter', 'not-a-matter', 'not-a-party', 'not-authorised'])
    const { policy } = changeText()
    const turned = policy.matters.map((one) => ({ ...one, decider: one.decider === 'client' ? 'provider' as const : 'client' as const })) // prettier-ignore
    expect(readChange(writeChange(changeText({ policy: { ...policy, matters: turned } })))).toBeUndefined()
    expect(readChange(writeChange(changeText({ policy: { ...policy, matters: policy.matters.slice(0, 1) } })))).toBeUndefined() // prettier-ignore
    const price = { matter: 'price' as const, decider: 'client' as const, days: 4, until: DECIDE_BY as Instant }
    expect(readChange(writeChange(changeText({ policy: { ...policy, matters: [...policy.matters, price] } })))).toBeDefined() // prettier-ignore
  })

  it('[DEC-62] infeasible needs a category and what would make it feasible; a refusal needs a reason', () => {
    const world = opened()
    const said = (verdict: Parameters<ChangeWorld['decide']>[4], name: 'scope' | 'feasibility' = 'feasibility') =>
      world.refusalOf(world.decide(name === 'scope' ? 'a' : 'b', name, 2 * HOUR, {}, verdict))
    expect(said({ ...INFEASIBLE, reason: ' ' })).toBe('reason-missing')
    expect(said({ ...INFEASIBLE, category: null })).toBe('reason-missing')
    expect(said({ ...INFEASIBLE, conditions: [] })).toBe('conditions-missing')
    expect(said({ verdict: 'conditional' })).toBe('conditions-missing')
    expect(said({ verdict: 'yes', category: 'cost' })).toBe('conditions-differ')
    const twice = [...(INFEASIBLE.conditions ?? []), ...(INFEASIBLE.conditions ?? [])]
    expect(said({ ...INFEASIBLE, conditions: twice })).toBe('conditions-differ')
    expect(said({ verdict: 'no' }, 'scope')).toBe('reason-missing')
    expect(said({ verdict: 'conditional' }, 'scope')).toBe('conditions-differ')
    expect(said({ ...INFEASIBLE }, 'scope')).toBe('conditions-differ')
    expect(said(INFEASIBLE)).toBe('not-witnessed')
    world.witness('a', 3 * HOUR)
    expect(world.stage).toBe('blocked')
  })

  it('[DEC-63] a late verdict, and one whose time nobody confirms, are without effect', () => {
    const world = opened()
    expect(world.refusalOf(world.decide('a', 'scope', DECIDE_BY + 1))).toBe('late')
    const backdated = world.decide('a', 'scope', 2 * HOUR)
    world.witness('b', DECIDE_BY + HOUR)
    expect(world.refusalOf(backdated)).toBe('not-witnessed')
    expect(matter(world, 'scope')).toMatchObject({ verdict: null, unproven: { id: backdated.id } })
    world.witness('d', 3 * HOUR)
    expect(world.refusalOf(backdated)).toBe('not-witnessed')
    world.witness('b', 4 * HOUR, { device: '2' })
    expect(world.refusalOf(backdated)).toBeUndefined()
  })

  it('[DEC-64] one verdict per matter: a second is without effect, and two apart that differ cancel out', () => {
    const world = opened()
    const start = [...world.facts]
    world.decide('a', 'scope', 2 * HOUR)
    expect(world.refusalOf(world.decide('a', 'scope', 3 * HOUR, {}, { verdict: 'no', reason: 'no' }))).toBe('duplicate')
    const apart = world.decide('a', 'scope', 2 * HOUR, { device: '2', knows: start }, { verdict: 'no', reason: 'no' })
    world.witness('b', 4 * HOUR)
    expect(world.refusalOf(apart)).toBe('crossed')
    expect(matter(world, 'scope')).toMatchObject({ crossed: true, verdict: null })
    world.decide('a', 'scope', 5 * HOUR)
    world.witness('b', 6 * HOUR)
    expect(matter(world, 'scope')).toMatchObject({ crossed: false, settled: true })
    const same = opened()
    same.decide('a', 'scope', 2 * HOUR, { knows: same.facts.slice(0, 1) })
    same.decide('a', 'scope', 3 * HOUR, { device: '2', knows: same.facts.slice(0, 1) })
    same.witness('b', 4 * HOUR)
    expect(matter(same, 'scope')).toMatchObject({ crossed: false, settled: true })
  })

  it('[DEC-65] it is approvable only when both are settled on the very same text', () => {
    const world = opened()
    expect(world.refusalOf(world.sign('a', 2 * HOUR))).toBe('not-approvable')
    world.decide('a', 'scope', 2 * HOUR)
    world.witness('b', 3 * HOUR)
    expect(world.refusalOf(world.sign('a', 4 * HOUR))).toBe('not-approvable')
    world.revise('b', 5 * HOUR)
    world.decide('b', 'feasibility', 6 * HOUR)
    world.witness('a', 7 * HOUR)
    expect(world.stage).toBe('deciding')
    expect(world.refusalOf(world.sign('a', 8 * HOUR))).toBe('not-approvable')
    world.decide('a', 'scope', 9 * HOUR)
    world.witness('b', 10 * HOUR)
    expect(world.stage).toBe('approvable')
    expect(world.refusalOf(world.sign('a', 11 * HOUR, { hash: 'f'.repeat(64) }))).toBe('outcome-differs')
  })

  it('[DEC-66] conditions are marked by whom the rule names, and the provider alone confirms them', () => {
    const world = conflicting()
    expect(world.stage).toBe('blocked')
    expect(world.refusalOf(world.confirm('b', 5 * HOUR))).toBe('conditions-open')
    expect(world.refusalOf(world.meet('a', 5 * HOUR, {}, 'k9'))).toBe('no-such-condition')
    world.meet('a', 6 * HOUR)
    expect(world.refusalOf(world.meet('b', 6 * HOUR))).toBe('duplicate')
    expect(world.stage).toBe('blocked')
    expect(world.refusalOf(world.confirm('a', 7 * HOUR))).toBe('not-its-matter')
    world.confirm('b', 8 * HOUR)
    expect(world.stage).toBe('approvable')
    expect(world.refusalOf(world.confirm('b', 9 * HOUR))).toBe('duplicate')
    const named = new ChangeWorld()
    named.log('a', changeText({ policy: { ...changeText().policy, conditionsBy: 'provider' } }), HOUR)
    named.decide(
      'b',
      'feasibility',
      3 * HOUR,
      {},
      { verdict: 'conditional', conditions: [{ id: 'k1', text: 'Access' }] },
    )
    named.witness('a', 4 * HOUR)
    expect(named.refusalOf(named.meet('a', 5 * HOUR))).toBe('not-its-mark')
    expect(named.refusalOf(named.meet('b', SIGN_BY + 1))).toBe('late')
  })

  it('[DEC-67] a revision names the text before and asks anew; two apart contest each other', () => {
    const world = conflicting()
    const before = [...world.facts]
    const old = world.hash
    expect(world.refusalOf(world.log('a', changeText(), 5 * HOUR))).toBe('revision-differs')
    expect(world.refusalOf(world.revise('a', 5 * HOUR, {}, { revision: 3 }))).toBe('revision-differs')
    const others = changeText().parties.map((one) => (one.side === 'client' ? { ...one, company: companyOf('d') } : one)) // prettier-ignore
    expect(world.refusalOf(world.revise('b', 5 * HOUR, {}, { parties: others }))).toBe('parties-differ')
    world.revise('a', 6 * HOUR)
    expect(world.state().current).toMatchObject({ stage: 'deciding', content: { revision: 2, previous: old } })
    world.hash = old
    expect(world.refusalOf(world.decide('a', 'scope', 7 * HOUR))).toBe('superseded')
    world.revise('b', 6 * HOUR, { knows: before }, { options: [{ id: 'o1', title: { en: 'x', ar: 'س' }, about: { en: '', ar: '' } }] }) // prettier-ignore
    expect(world.state()).toMatchObject({ current: null, contested: [{}, {}] })
    world.revise('a', 8 * HOUR)
    expect(world.state()).toMatchObject({ contested: [], current: { content: { revision: 3 } } })
  })

  it('[DEC-68] both sign one hash in time; a signature that nobody confirms in time is none', () => {
    const world = approvable()
    expect(world.refusalOf(world.sign('a', 5 * HOUR, { roles: ['delivery-lead'] }))).toBe('not-authorised')
    world.sign('a', 5 * HOUR)
    expect(world.refusalOf(world.sign('a', 6 * HOUR))).toBe('duplicate')
    expect(world.refusalOf(world.sign('b', SIGN_BY + 1))).toBe('late')
    world.sign('b', 7 * HOUR)
    world.witness('a', SIGN_BY + HOUR)
    expect(world.stage).toBe('signing')
    world.witness('a', 8 * HOUR, { device: '2' })
    expect(world.stage).toBe('approved')
  })

  it('[DEC-69] who has signed is bound, also as if it had not known; who has not may revise or withdraw', () => {
    const world = approvable()
    const before = [...world.facts]
    world.sign('a', 5 * HOUR)
    expect(world.refusalOf(world.revise('a', 6 * HOUR))).toBe('bound')
    world.hash = world.state().current?.hash ?? ''
    expect(world.refusalOf(world.withdraw('a', 6 * HOUR))).toBe('bound')
    expect(world.refusalOf(world.withdraw('a', 6 * HOUR, { device: '2', knows: before }))).toBe('bound')
    expect(world.refusalOf(world.revise('a', 6 * HOUR, { device: '3', knows: before }))).toBe('bound')
    world.hash = world.state().current?.hash ?? ''
    expect(world.stage).toBe('signing')
    world.withdraw('b', 7 * HOUR)
    expect(world.stage).toBe('withdrawn')
    expect(world.refusalOf(world.sign('b', 8 * HOUR))).toBe('over')
    expect(world.refusalOf(world.revise('b', 8 * HOUR))).toBe('over')
  })

  it('[DEC-69] what both have signed nobody undoes, nor a third company that names one of them', () => {
    const world = approvable()
    const [start] = world.facts
    world.sign('a', 5 * HOUR)
    world.sign('b', 6 * HOUR)
    world.witness('a', 7 * HOUR)
    const { hash } = world
    world.log('d', changeText({ parties: [{ company: companyOf('d'), name: { en: 'd', ar: 'د' }, side: 'client' }, changeText().parties[1] ?? ({} as never)] }), HOUR, { knows: [] }) // prettier-ignore
    world.log('b', changeText({ options: [{ id: 'o1', title: { en: 'x', ar: 'س' }, about: { en: '', ar: '' } }] }), HOUR, { device: '2', knows: [] }) // prettier-ignore
    world.hash = hash
    world.withdraw('b', 6 * HOUR, { device: '3', knows: start ? [start] : [] })
    expect(world.state().current).toMatchObject({ hash, stage: 'approved' })
    expect(world.refusalOf(world.revise('b', 9 * HOUR))).toBe('over')
  })

  it('[DEC-69] two outcomes of one text that both have signed apart void it, whichever came first', () => {
    const world = opened()
    world.decide('a', 'scope', 2 * HOUR)
    const before = [...world.facts]
    /** Each company by one of its devices, hearing of nothing but what is said here. */
    const signedApart = (device: '' | '2', reason: string): void => {
      const known = [...before]
      const knowing = <T extends (typeof known)[number]>(
        say: (how: { device: string; knows: typeof known }) => T,
      ): void => void known.push(say({ device, knows: [...known] }))
      knowing((how) => world.decide('b', 'feasibility', 3 * HOUR, how, { reason }))
      knowing((how) => world.witness('a', 4 * HOUR, how))
      knowing((how) => world.sign('a', 5 * HOUR, how))
      knowing((how) => world.sign('b', 6 * HOUR, how))
      knowing((how) => world.witness('a', 7 * HOUR, how))
    }
    signedApart('', 'with the day team')
    expect(world.stage).toBe('approved')
    signedApart('2', 'with the night team')
    expect(world.state().current).toMatchObject({ stage: 'void', outcome: null })
    expect(world.state(world.facts.toReversed()).current?.stage).toBe('void')
    expect(world.refusalOf(world.finalise('a', 8 * HOUR))).toBe('not-approved')
    expect(world.refusalOf(world.revise('a', 8 * HOUR))).toBe('over')
  })

  it('[DEC-70] drafts of the kinds that it becomes make it final, once, and only after both have signed', () => {
    const world = approvable()
    expect(world.refusalOf(world.finalise('a', 5 * HOUR))).toBe('not-approved')
    world.sign('a', 5 * HOUR)
    world.sign('b', 6 * HOUR)
    world.witness('a', 7 * HOUR)
    expect(world.refusalOf(world.finalise('a', 8 * HOUR, { scope: PLAN }))).toBe('no-drafts')
    world.finalise('b', 8 * HOUR)
    expect(world.refusalOf(world.finalise('a', 9 * HOUR))).toBe('duplicate')
  })

  it('[DEC-71] a time-box that ran out, or scope against feasibility, may be escalated', () => {
    const quiet = opened().state().current
    expect(quiet && [escalation(quiet, DECIDE_BY), escalation(quiet, DECIDE_BY + 1)]).toEqual([null, 'overdue'])
    const stuck = conflicting()
    const before = stuck.state().current
    expect(before && escalation(before, 5 * HOUR)).toBe('conflict')
    stuck.meet('a', 6 * HOUR)
    stuck.confirm('b', 7 * HOUR)
    const settled = stuck.state().current
    expect(settled && escalation(settled, SIGN_BY)).toBeNull()
  })

  it('[DEC-68] text and outcome are the same bytes as ever', () => {
    const world = conflicting()
    world.meet('a', 6 * HOUR)
    world.confirm('b', 7 * HOUR)
    const vector = JSON.parse(
      readFileSync(new URL('../../test/vectors/changes-v1.json', import.meta.url), 'utf8'),
    ) as unknown
    const text = { hash: world.hash, text: writeChange(changeText()) }
    expect({ text, outcome: world.state().current?.outcome }).toEqual(vector)
  })
})
