import { afterEach, describe, expect, it } from 'vitest'
import { refusalOf, until, type Company } from '#test/support/company.ts'
import { changeOf, changing, decide, INFEASIBLE } from '#test/support/changing.ts'
import * as deciding from '#test/support/deciding.ts'
import { FOR_RIYADH, roundOf, speak } from '#test/support/deciding.ts'
import { openDispute, settle } from '#test/support/disputing.ts'
import { negotiating, offer, ranges, requestOf } from '#test/support/negotiating.ts'

let ended: { end(): void } | undefined
afterEach(() => {
  ended?.end()
  ended = undefined
})

const unlocked = async ({ client, passphrase }: Company): Promise<void> => {
  if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
}

describe('scores that come when nothing is left to be judged', () => {
  it('[SCO-13, DP-3] of a change are refused once both have signed, and what was kept stands', async () => {
    const { two, wire, artifact } = await changing()
    ended = two
    const { a, b } = two
    const { hash: change } = await changeOf(a, artifact)
    const scores = { vision: 80, purpose: 70, value: 90, legend: 40 }
    const save = () => a.client.changes.saveScores({ artifact, change, role: 'ceo', weight: 1, options: { it: { scores, rationale: '', evidence: [] } } }) // prettier-ignore
    await decide(a, artifact, 'scope')
    await decide(b, artifact, 'feasibility')
    await two.level(wire)
    await until('both verdicts are proven', async () => (await changeOf(a, artifact)).outcome !== null)
    const { outcome } = await changeOf(a, artifact)
    await a.client.changes.sign({ artifact, change, hash: outcome ?? '' })
    await save()
    await two.level(wire)
    await b.client.changes.sign({ artifact, change, hash: outcome ?? '' })
    await two.level(wire)
    await until('both signatures are proven', async () => (await changeOf(a, artifact)).stage === 'approved')
    expect(await refusalOf(save())).toBe('changes:over')
    expect(await refusalOf(a.client.changes.removeScores({ artifact, change, role: 'ceo' }))).toBe('changes:over')
    await a.client.changes.finalise({ artifact, change })
    expect(await refusalOf(save())).toBe('changes:over')
    expect((await changeOf(a, artifact)).own?.scores).toMatchObject([{ role: 'ceo' }])
  })

  it('[SCO-13, DP-1] of a decision are refused once the own position is out, and once its time is over', async () => {
    const { three, artifact, live } = await deciding.drafted({ sealed: 'no' })
    live.close()
    ended = three
    const [a, b] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    await three.level()
    const { hash: round } = await roundOf(a, artifact)
    const line = { scores: deciding.RIYADH, rationale: '', evidence: [] }
    const save = ({ client }: Company) => client.decisions.saveScores({ artifact, round, role: 'coo', weight: 1, options: { o1: line } }) // prettier-ignore
    const mayScore = async (company: Company) => (await roundOf(company, artifact)).own?.mayScore
    expect([await mayScore(a), await mayScore(b)]).toEqual([true, true])
    await speak(a, artifact, FOR_RIYADH)
    expect([await mayScore(a), await mayScore(b)]).toEqual([false, true])
    expect(await refusalOf(save(a))).toBe('decisions:already-given')
    expect(await refusalOf(a.client.decisions.removeScores({ artifact, round, role: 'ceo' }))).toBe('decisions:already-given') // prettier-ignore
    expect((await roundOf(a, artifact)).own?.scores).toMatchObject([{ role: 'ceo' }])
    await save(b)
    // A sheet is no end of it: another role may score, and the company may still abstain.
    expect(await mayScore(b)).toBe(true)
    three.clock.pass(12)
    await unlocked(b)
    expect(await refusalOf(save(b))).toBe('decisions:late')
    expect(await mayScore(b)).toBe(false)
  })

  it('[SCO-13, DP-2] of offers are refused once nobody can accept them, by the reason why', async () => {
    const { two, wire, artifact } = await negotiating()
    ended = two
    const { a, b } = two
    await b.client.convergence.saveRanges({ artifact, ranges: ranges([1, 1e9], [1, 9000]) })
    await offer(b, artifact, 9500, 1500)
    await two.level(wire)
    const { hash: negotiation, own, content } = await requestOf(a, artifact)
    const text = own?.scoring?.text ?? ''
    const line = { scores: { vision: 60, purpose: 60, partnership: 80, legend: 40 }, rationale: '', evidence: [] }
    const save = () => a.client.convergence.saveScores({ artifact, text, role: 'cfo', weight: 1, options: { [text]: line } }) // prettier-ignore
    await save()
    wire.cut()
    while (two.clock.now() <= content.settleBy) two.clock.pass(7)
    await unlocked(a)
    expect(await refusalOf(save())).toBe('convergence:late')
    expect((await requestOf(a, artifact)).own?.scoring).toMatchObject({ open: false, scores: [{ role: 'cfo' }] })
    await a.client.convergence.end({ artifact, negotiation, reason: 'Next season' })
    expect(await refusalOf(save())).toBe('convergence:over')
  })

  it('[SCO-13, DEC-73] of a text that a dispute sent back are refused: a revision is judged anew', async () => {
    const { two, wire, artifact } = await changing()
    ended = two
    const { a, b } = two
    await decide(b, artifact, 'feasibility', INFEASIBLE)
    await two.level(wire)
    const { hash: change } = await changeOf(a, artifact)
    const { id: dispute } = await openDispute(a, two.channel, { kind: 'service-change', id: artifact })
    await settle([b, a], dispute, { finding: 'upheld', terms: 'From April' }, () => two.level(wire))
    expect((await changeOf(a, artifact)).stage).toBe('remitted')
    const scores = { vision: 80, purpose: 70, value: 90, legend: 40 }
    expect(await refusalOf(a.client.changes.saveScores({ artifact, change, role: 'ceo', weight: 1, options: { it: { scores, rationale: '', evidence: [] } } }))).toBe('changes:remitted') // prettier-ignore
  })
})
