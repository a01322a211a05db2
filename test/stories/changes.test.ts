import { afterEach, describe, expect, it } from 'vitest'
import { changeIn, changePlace } from '#engine/service-changes/place.ts'
import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { auditOf, refusalOf, until } from '#test/support/company.ts'
import { checkedPack } from '#test/support/decided.ts'
import { changeOf, changing, decide, INFEASIBLE, matterOf } from '#test/support/changing.ts'
import { listening, whatLeft } from '#test/support/listening.ts'
import type { Canary } from '#test/support/scan.ts'
import type { TwoCompanies } from '#test/support/two-companies.ts'
import { openWindow, rows } from '#test/support/window.ts'

let two: TwoCompanies | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

describe('client and provider change a service', () => {
  it('[DP-3, DP-6, AR-17, AR-18] a scope that is accepted and infeasible waits for its conditions, is signed by both and becomes drafts', async () => {
    const { two: both, wire, artifact } = await changing()
    two = both
    const { a, b } = both
    const level = () => both.level(wire)
    const { hash: change, matters } = await changeOf(a, artifact)
    expect(matters.map(({ matter, side, own }) => [matter, side, own])).toEqual([['scope', 'client', true], ['feasibility', 'provider', false]]) // prettier-ignore
    expect((await b.client.today.get()).needs.map(({ code }) => code)).toContain('change-decide')
    expect(await refusalOf(decide(a, artifact, 'feasibility'))).toBe('changes:not-its-matter')
    expect(await refusalOf(decide(b, artifact, 'scope'))).toBe('changes:not-its-matter')
    expect(await refusalOf(decide(b, artifact, 'feasibility', { ...INFEASIBLE, conditions: [] }))).toBe(
      'changes:conditions-missing',
    )
    await decide(a, artifact, 'scope')
    await decide(b, artifact, 'feasibility', INFEASIBLE)
    await level()
    await until('both verdicts are proven', async () => (await changeOf(a, artifact)).escalation === 'conflict')
    expect(await changeOf(b, artifact)).toMatchObject({ stage: 'blocked', outcome: null })
    expect(await refusalOf(a.client.changes.sign({ artifact, change, hash: change }))).toBe('changes:not-approvable')
    expect(await refusalOf(b.client.changes.confirm({ artifact, change }))).toBe('changes:conditions-open')
    await a.client.changes.meet({ artifact, change, condition: 'k1', evidence: 'The date moves by three months' })
    await level()
    expect((await b.client.today.get()).needs.map(({ code }) => code)).toContain('change-confirm')
    expect((await matterOf(b, artifact, 'feasibility')).conditions[0]?.met?.evidence).toBe('The date moves by three months') // prettier-ignore
    expect(await refusalOf(a.client.changes.confirm({ artifact, change }))).toBe('changes:not-its-matter')
    await b.client.changes.confirm({ artifact, change })
    await level()
    const hash = (await changeOf(a, artifact)).outcome ?? ''
    expect((await changeOf(b, artifact)).outcome).toBe(hash)
    await a.client.changes.sign({ artifact, change, hash })
    expect(await refusalOf(a.client.changes.withdraw({ artifact, change, reason: 'regret' }))).toBe('changes:bound')
    expect(await refusalOf(a.client.changes.log({ artifact, revises: change }))).toBe('changes:bound')
    await level()
    await b.client.changes.sign({ artifact, change, hash })
    await until('both signatures are proven', async () => (await changeOf(b, artifact)).stage === 'approved')
    await level()
    await a.client.changes.finalise({ artifact, change })
    await level()
    const states = [a, b].map(({ engine }) => {
      const { hub } = engine.desk.session
      const { current, refusals } = changeIn(hub, changePlace(hub, artifact))
      return [current?.stage, current?.outcome?.hash, refusals.size]
    })
    expect(states).toEqual([['final', hash, 0], ['final', hash, 0]]) // prettier-ignore
    expect(await checkedPack(b, artifact)).toMatchObject({ answer: 'holds', problems: [], decision: { kind: 'change', result: hash, refused: [], signed: [{}, {}] } }) // prettier-ignore
    const { scope = '', plan = '' } = (await changeOf(b, artifact)).became[0] ?? {}
    const draft = await openWindow(b, scope)
    expect(rows(draft, 'clauses')[0]?.values).toMatchObject({ headingEn: 'Change CR-1', textEn: expect.stringContaining('Hours of service: Round the clock') as string }) // prettier-ignore
    expect(rows(draft, 'changes').map(({ values }) => values['code'])).toEqual(['CR-1'])
    expect(rows(draft, 'parties').map(({ values }) => values['role'])).toEqual(['client', 'provider'])
    draft.close()
    const delivery = await openWindow(b, plan)
    expect(rows(delivery, 'plan')[0]?.values['decision']).toBe(hash)
    delivery.close()
  })

  it('[DEC-67, DEC-71] a revision asks both anew, and a time-box that ran out lets either take it further', async () => {
    const { two: both, wire, artifact } = await changing()
    two = both
    const { a, b } = both
    await decide(a, artifact, 'scope')
    await both.level(wire)
    const first = await changeOf(b, artifact)
    await b.client.changes.log({ artifact, revises: first.hash })
    await both.level(wire)
    const { hash, content, matters } = await changeOf(a, artifact)
    expect([content.revision, content.previous]).toEqual([2, first.hash])
    expect(matters.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(await refusalOf(a.client.changes.decide({ artifact, change: first.hash, matter: 'scope', verdict: 'yes', reason: '', category: null, conditions: [] }))).toBe('changes:changed-meanwhile') // prettier-ignore
    wire.cut()
    both.clock.pass(8)
    // The vaults have locked themselves meanwhile.
    for (const { client, passphrase } of [a, b]) await client.vault.unlock({ passphrase })
    expect(await changeOf(a, artifact)).toMatchObject({ escalation: 'overdue', matters: [{ state: 'overdue' }, { state: 'overdue' }] }) // prettier-ignore
    expect(await refusalOf(decide(a, artifact, 'scope'))).toBe('changes:late')
    await a.client.changes.withdraw({ artifact, change: hash, reason: 'Next year' })
    await both.mail(a, b)
    expect(await changeOf(b, artifact)).toMatchObject({ stage: 'withdrawn', withdrawn: { reason: 'Next year' }, own: { asks: [] } }) // prettier-ignore
  })

  it('[DP-6] a changed client can write that the other side decided: it counts on no engine', async () => {
    const { two: both, wire, artifact } = await changing()
    two = both
    const { a, b } = both
    const { hash: change } = await changeOf(a, artifact)
    const { hub } = a.engine.desk.session
    const forged = [
      { type: 'matter-decided', artifact, change, matter: 'feasibility', verdict: 'yes', reason: '', category: null, conditions: [] },
      { type: 'matter-decided', artifact, change, matter: 'scope', verdict: 'no', reason: ' ', category: null, conditions: [] },
      { type: 'change-signed', artifact, change, hash: change },
      { type: 'conditions-confirmed', artifact, change, verdict: change },
      { type: 'change-finalised', artifact, change, hash: change, scope: artifact, plan: artifact },
    ] // prettier-ignore
    hub.change(() => {
      const runtime = hub.runtime(both.channel as never)
      if (!runtime) throw new Error('no channel')
      hub.touch(runtime.id)
      // Past the gate and every intent, as a changed engine would.
      for (const event of forged) runtime.write([{ kind: 'event', payload: writeArtifactEvent(event as unknown as ArtifactEvent) }]) // prettier-ignore
      return undefined
    })
    await both.level(wire)
    for (const { engine } of [a, b]) {
      const desk = engine.desk.session.hub
      const { current, refusals } = changeIn(desk, changePlace(desk, artifact))
      expect(current?.stage).toBe('deciding')
      expect([...refusals.values()].toSorted()).toEqual(['no-such-condition', 'not-approvable', 'not-approved', 'not-its-matter', 'reason-missing']) // prettier-ignore
    }
  })
})

const NOTE = 'Zarqa-priorities: قناة الكناري 秘密 of the board'
const HISTORY = 'Falaj-history: two of five late in spring'
const WHY = 'Wadi-rationale: the night team is a dream'
const PRIVATE: readonly Canary[] = [
  { name: 'priorities', texts: [NOTE] },
  { name: 'history', texts: [HISTORY] },
  { name: 'rationale', texts: [WHY] },
]

describe('what leaves a company that decides on a change', () => {
  async function searched(leak: string) {
    const ears = [await listening(), await listening()] as const
    const { two: both, wire, artifact } = await changing({ toolsA: ears[0].tools, toolsB: ears[1].tools })
    two = both
    const { a, b } = both
    wire.cut()
    const { hash: change } = await changeOf(a, artifact)
    await a.client.changes.saveContext({ artifact, history: HISTORY, priorities: NOTE })
    const scores = { vision: 71, purpose: 62, value: 53, legend: 44 }
    await a.client.changes.saveScores({ artifact, change, role: 'ceo', weight: 1, options: { it: { scores, rationale: WHY, evidence: [] } } }) // prettier-ignore
    expect((await changeOf(a, artifact)).own?.computed['it']?.score).toBe(5750)
    await decide(a, artifact, 'scope', { reason: leak || 'Good for our callers' })
    // By file, so that what B opens is what an exported file holds.
    expect(await both.mail(a, b)).toMatchObject({ kind: 'sync' })
    expect((await matterOf(b, artifact, 'scope')).state).toBe('settled')
    const views = [
      await b.client.changes.get({ artifact }),
      await b.client.today.get(),
      await auditOf(b),
      await auditOf(a),
    ]
    return whatLeft(ears, b, views, PRIVATE)
  }

  it('[DP-3] holds neither context nor scores: not sealed, exported, received, shown or kept', async () => {
    expect(await searched('')).toEqual({ sealed: [], received: [], shown: [], kept: [] })
  })

  it('[DP-3] control: the same search turns red when somebody writes them into a verdict’s reason', async () => {
    const all = ['history', 'priorities', 'rationale']
    expect(await searched(`${NOTE} ${HISTORY} ${WHY}`)).toMatchObject({ sealed: all, received: all, shown: all })
  })

  it('[GV-10, DP-3] a verdict waits for the approval of the policy, which is bound to the change as a person reads it', async () => {
    const { two: both, artifact } = await changing()
    two = both
    const { a } = both
    const { policy } = await a.client.approvals.policy()
    const asked = { scope: 'all', commitment: 'decide-matter', from: null, levels: ['legal'], fourEyes: false } as const
    await a.client.approvals.savePolicy({ policy: { ...policy, special: [{ ...asked, levels: [...asked.levels] }] }, based: policy.version }) // prettier-ignore
    const refused = await decide(a, artifact, 'scope').catch((problem: unknown) => problem)
    const { code, params } = (refused as { data: { code: string; params: { token: string } } }).data
    expect(code).toBe('approval-needed')
    const { content } = await a.client.approvals.look({ token: params.token })
    expect(content).toMatchObject({
      change: 'CR-1',
      title: { en: 'Night shift' },
      matter: { en: 'Scope' },
      verdict: { en: 'Yes' },
    })
    expect((await matterOf(a, artifact, 'scope')).state).toBe('waiting')
  })
})
