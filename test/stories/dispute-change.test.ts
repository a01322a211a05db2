import { afterEach, describe, expect, it } from 'vitest'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { changeOf, changing, decide, draftChange, INFEASIBLE } from '#test/support/changing.ts'
import { checkedPack } from '#test/support/decided.ts'
import { disputeOf, openDispute, ruleOn, settle } from '#test/support/disputing.ts'
import { threeCompanies } from '#test/support/three-companies.ts'
import type { TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

let two: { end(): void } | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

/** The client accepts the scope and the provider calls it infeasible; `by` disputes that, the mediation runs out, and both rule. */
async function ruledOn(finding: 'upheld' | 'dismissed', by: 'a' | 'b'): Promise<{ both: TwoCompanies; wire: Wire; artifact: string; change: string; dispute: string }> {
  const { two: both, wire: first, artifact } = await changing()
  two = both
  const { a, b } = both
  await decide(a, artifact, 'scope')
  await decide(b, artifact, 'feasibility', INFEASIBLE)
  await both.level(first)
  await until('both verdicts are proven', async () => (await changeOf(a, artifact)).escalation === 'conflict')
  const { hash: change } = await changeOf(a, artifact)
  expect(await refusalOf(a.client.changes.sign({ artifact, change, hash: change }))).toBe('changes:not-approvable')
  const opener = both[by]
  const { id: dispute } = await openDispute(opener, both.channel, { kind: 'service-change', id: artifact })
  await both.level(first)
  await until('the clock runs', async () => (await disputeOf(opener, dispute)).clock.stage === 'mediation')
  await both.level(first)
  expect(await changeOf(a, artifact)).toMatchObject({ stage: 'blocked', disputes: [{ id: dispute, open: true, finding: null }] })
  // The escalation clock runs out by itself, while nobody is there.
  const wire = await both.sleep(15)
  await both.level(wire)
  expect((await disputeOf(b, dispute)).clock.stage).toBe('arbitration')
  await ruleOn(a, dispute, { finding })
  await both.level(wire)
  await ruleOn(b, dispute, { finding, rationale: 'So it says.' })
  await both.level(wire)
  await until('the last ruling is proven', async () => (await disputeOf(b, dispute)).clock.stage === 'ruled')
  await both.level(wire)
  return { both, wire, artifact, change, dispute }
} // prettier-ignore

const stages = (companies: readonly Company[], artifact: string): Promise<readonly string[]> =>
  Promise.all(companies.map(async (one) => (await changeOf(one, artifact)).stage))
const mine = async ({ client }: Company): Promise<readonly string[]> => (await client.today.get()).needs.map(({ code }) => code) // prettier-ignore

describe('a change of a service that came before arbitration', () => {
  it('[DEC-73, AR-30, TR-10, EVD-18] acceptance story 3: not approvable until conditions are met, the clock runs out, arbitration decides, and it is revised, signed and proven', async () => {
    const { both, wire, artifact, change } = await ruledOn('upheld', 'a')
    const { a, b } = both
    expect(await stages([a, b], artifact)).toEqual(['remitted', 'remitted'])
    expect(await mine(a)).toContain('change-revise')
    expect(await refusalOf(a.client.changes.meet({ artifact, change, condition: 'k1', evidence: 'x' }))).toBe('changes:remitted') // prettier-ignore
    expect(await refusalOf(decide(b, artifact, 'feasibility'))).toBe('changes:remitted')
    expect(await refusalOf(b.client.changes.sign({ artifact, change, hash: change }))).toBe('changes:remitted')
    const draft = await openWindow(a, artifact)
    draft.set('changes', 'r1', 'textEn', 'Round the clock, from April')
    await kept(draft)
    draft.close()
    await a.client.changes.log({ artifact, revises: change })
    await both.level(wire)
    expect(await changeOf(b, artifact)).toMatchObject({ stage: 'deciding', content: { revision: 2 }, disputes: [] })
    await decide(a, artifact, 'scope')
    await decide(b, artifact, 'feasibility')
    await both.level(wire)
    await until('both verdicts are proven', async () => (await changeOf(a, artifact)).outcome !== null)
    const { hash: revised, outcome } = await changeOf(a, artifact)
    await a.client.changes.sign({ artifact, change: revised, hash: outcome ?? '' })
    await both.level(wire)
    await b.client.changes.sign({ artifact, change: revised, hash: outcome ?? '' })
    await until('both signatures are proven', async () => (await changeOf(b, artifact)).stage === 'approved')
    await both.level(wire)
    expect(await stages([a, b], artifact)).toEqual(['approved', 'approved'])
    // What both signed in the end is proven without the dispute: its ruling is in the audit, and in no pack.
    const report = await checkedPack(a, artifact)
    expect(report).toMatchObject({ answer: 'holds', decision: { kind: 'change', round: 2, result: outcome } })
    expect(report.decision?.signed).toHaveLength(2)
    // The audit of the provider tells the whole story in order.
    const story = ['change-logged', 'matter-decided', 'dispute-opened', 'dispute-moved', 'dispute-ruled', 'dispute-moved', 'change-logged', 'matter-decided', 'change-signed'] // prettier-ignore
    const rows = await auditOf(b)
    let at = -1
    for (const code of story) {
      at = rows.findIndex((row, index) => index > at && row.code === code)
      expect(at, code).toBeGreaterThan(0)
    }
    const moved = rows.filter(({ code }) => code === 'dispute-moved').map(({ detail }) => [detail['stage'], detail['since'], detail['finding']]) // prettier-ignore
    expect(moved).toEqual([
      ['mediation', '2026-11-21', undefined],
      ['arbitration', '2026-12-06', undefined],
      ['ruled', '2026-12-06', 'upheld'],
    ])
    expect((await b.client.audit.verify()).intact).toBe(true)
  })

  it('[DEC-73, DEC-74] dismissed, the refusal stands and the change has ended on both sides', async () => {
    const { both, artifact, change } = await ruledOn('dismissed', 'a')
    const { a, b } = both
    expect(await stages([a, b], artifact)).toEqual(['ended', 'ended'])
    expect(await refusalOf(a.client.changes.log({ artifact, revises: change }))).toBe('changes:over')
    expect(await refusalOf(decide(b, artifact, 'feasibility'))).toBe('changes:over')
    expect(await refusalOf(b.client.changes.withdraw({ artifact, change, reason: 'x' }))).toBe('changes:over')
    expect((await changeOf(a, artifact)).own?.asks).toEqual([])
  })

  it('[DEC-74] dismissed on the asking of who refused, the change goes back', async () => {
    const { both, artifact } = await ruledOn('dismissed', 'b')
    expect(await stages([both.a, both.b], artifact)).toEqual(['remitted', 'remitted'])
  })

  it('[DEC-73] one company and a third cannot undo among themselves what the two came to', async () => {
    const three = await threeCompanies(['ceo'], [], 'client-provider')
    two = three
    const [a, b, c] = three.all
    const title = { en: 'Night shift', ar: 'وردية ليلية' }
    const { artifact } = await a.client.documents.create({ channel: three.channel, type: 'ChangeRequest.v1', title })
    await draftChange(a, artifact)
    await a.client.changes.log({ artifact, revises: null })
    await three.level()
    await decide(b, artifact, 'feasibility', INFEASIBLE)
    await three.level()
    const subject = { kind: 'service-change', id: artifact }
    const { companies } = await a.client.disputes.choices({ channel: three.channel })
    const settled = async (who: readonly [Company, Company], finding: 'upheld' | 'dismissed') => {
      const own = who.map(({ engine }) => engine.desk.session.hub.identity.card.company)
      const parties = companies.flatMap(({ company }) => (own.includes(company) ? [company] : []))
      const { id } = await openDispute(a, three.channel, subject, { parties })
      await settle(who, id, { finding, terms: '' }, () => three.level())
    } // prettier-ignore
    await settled([a, b], 'dismissed')
    expect(await stages(three.all, artifact)).toEqual(['ended', 'ended', 'ended'])
    await settled([a, c], 'upheld')
    expect(await stages(three.all, artifact)).toEqual(['ended', 'ended', 'ended'])
    expect((await changeOf(b, artifact)).disputes.map(({ finding }) => finding).toSorted()).toEqual([
      'dismissed',
      'upheld',
    ])
  })
})
