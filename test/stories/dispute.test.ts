import { afterEach, describe, expect, it } from 'vitest'
import { disputeIn } from '#engine/disputes/place.ts'
import { hashOf } from '#engine/decisions/decision.ts'
import { artifactIdOf, writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { DISPUTE_FACTS } from '#shared/artifacts/dispute-event.ts'
import { USUAL_PATH } from '#shared/disputes/path.ts'
import { writeDispute, type DisputePath } from '#shared/artifacts/dispute-content.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { changeOf, changing, decide, draftChange, INFEASIBLE } from '#test/support/changing.ts'
import { disputeOf, draftDispute, openDispute, ruleOn } from '#test/support/disputing.ts'
import { threeCompanies } from '#test/support/three-companies.ts'
import { reopened, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import type { Wire } from '#test/support/wire.ts'

let two: { end(): void } | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

const said = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
const needsOf = async ({ client }: Company): Promise<readonly string[]> => (await client.today.get()).needs.map(({ code }) => code) // prettier-ignore
const stages = async (companies: readonly Company[], artifact: string): Promise<readonly string[]> =>
  Promise.all(companies.map(async (one) => (await disputeOf(one, artifact)).clock.stage))
const WORDS: ReadonlySet<string> = new Set([...DISPUTE_FACTS, 'dispute-moved'])
/** What the audit of a company tells of its disputes, and from where to where they went. */
const told = async (company: Company): Promise<readonly string[]> =>
  (await auditOf(company))
    .filter(({ code }) => WORDS.has(code))
    .map(({ code, detail }) => (code === 'dispute-moved' ? `${String(detail['before'] ?? 'nothing')} > ${String(detail['stage'])}` : code)) // prettier-ignore

/** A joint plan that A and B disagree about, with a path of two and two working days that A proposes and B accepts. */
async function disputed(path: Partial<DisputePath> = {}, accepts = true): Promise<{ both: TwoCompanies; wire: Wire; artifact: string; subject: { kind: 'plan'; id: string } }> {
  const both = await twoCompanies({ rolesA: ['ceo'], rolesB: ['ceo'], channelRoles: ['ceo', 'coo'] })
  two = both
  const wire = both.wire()
  await both.level(wire)
  const { artifact: plan } = await both.a.client.documents.create({ channel: both.channel, type: 'JointInitiativePlan.v1', title: { en: 'Depot', ar: 'مستودع' } })
  const subject = { kind: 'plan' as const, id: plan }
  const levels = USUAL_PATH.levels.map((level) => ({ ...level, length: 2 }))
  const { id: artifact } = await openDispute(both.a, both.channel, subject, { path: { ...USUAL_PATH, levels, ...path } })
  await both.level(wire)
  await until('B has it', async () => (await disputeOf(both.a, artifact)).clock.stage !== 'sent')
  if (accepts) {
    const { dispute } = await disputeOf(both.b, artifact)
    await both.b.client.disputes.answer({ artifact, dispute, position: 'It cannot be done.', path: 'accepted' })
    await both.level(wire)
    await until('A has shown that it has the answer', async () => (await disputeOf(both.b, artifact)).bound)
  }
  return { both, wire, artifact, subject }
} // prettier-ignore

describe('a dispute between two companies', () => {
  it('[ESC-5, ESC-12, ESC-20, ESC-24, AR-30, TR-10, GV-8] passes from mediation to arbitration while an engine is closed, and the chief executives rule', async () => {
    const { two: first, wire, artifact: change } = await changing()
    two = first
    await decide(first.a, change, 'scope')
    await decide(first.b, change, 'feasibility', INFEASIBLE)
    await first.level(wire)
    await until('both verdicts are proven', async () => (await changeOf(first.a, change)).escalation === 'conflict')
    // The rule of the change is a path that both have decided under.
    const { hash } = await changeOf(first.a, change)
    const { paths } = await first.a.client.disputes.choices({ channel: first.channel })
    expect(paths.map(({ path }) => [path.source?.hash, path.levels.map(({ kind, roles, length }) => [kind, length, roles.includes('ceo')])])).toEqual([
      [hash, [['mediation', 14, true], ['arbitration', 5, true]]],
    ]) // prettier-ignore
    const { id: artifact } = await openDispute(first.a, first.channel, { kind: 'service-change', id: change })
    await first.level(wire)
    await until('B has it', async () => (await disputeOf(first.a, artifact)).clock.stage === 'mediation')
    expect(await needsOf(first.b)).toContain('dispute-answer')
    const { dispute, subject, delivery, bound, closed, agreedIn } = await disputeOf(first.b, artifact)
    expect([subject.hash, bound, agreedIn?.id, closed.rule, closed.withdraw]).toEqual([hash, true, change, 'not-yet', 'not-the-opener']) // prettier-ignore
    expect(delivery.every(({ since }) => since !== null)).toBe(true)
    await first.b.client.disputes.answer({ artifact, dispute, position: 'No night team.', path: 'accepted' })
    await first.level(wire)
    const before = await disputeOf(first.a, artifact)
    expect(said(before.clock.until)).toBe('2026-12-05T21:00:00.000Z')
    expect(before.clock).toMatchObject({ daysLeft: 14, next: 'arbitration', unit: 'days' })
    expect(before.positions.map(({ position, own }) => [position, own])).toEqual([['It is in scope.', true], ['No night team.', false]]) // prettier-ignore
    // Both machines are off when the window ends; nothing was written for it.
    const { root, clock, workspace, channel } = first
    first.lock()
    clock.pass(15)
    const both = await reopened(root, { workspace, channel }, {}, clock)
    two = both
    const { a, b } = both
    const again = both.wire()
    await both.level(again)
    const clocks = await Promise.all([a, b].map(async (one) => (await disputeOf(one, artifact)).clock))
    expect(clocks.map(({ stage, since, until: end }) => [stage, said(since), said(end)])).toEqual(
      [a, b].map(() => ['arbitration', '2026-12-05T21:00:00.000Z', '2026-12-13T14:00:00.000Z']),
    )
    expect(await needsOf(a)).toContain('dispute-rule')
    expect(await refusalOf(ruleOn(a, artifact, { rationale: '' }))).toBe('disputes:rationale-missing')
    expect(await refusalOf(ruleOn(a, artifact, { finding: 'varied' }))).toBe('disputes:terms-missing')
    await ruleOn(a, artifact)
    await both.level(again)
    expect((await disputeOf(b, artifact)).levels[1]?.arbitrators.map(({ ruling }) => ruling?.rationale ?? null)).toEqual(['The scope says so.', null]) // prettier-ignore
    expect(await refusalOf(ruleOn(a, artifact))).toBe('disputes:already-ruled')
    await ruleOn(b, artifact, { rationale: 'Two depots did it last year.' })
    await both.level(again)
    await until('the last ruling is proven', async () => (await disputeOf(b, artifact)).clock.stage === 'ruled')
    await both.level(again)
    const ended = await Promise.all([a, b].map((one) => disputeOf(one, artifact)))
    expect(ended.map(({ outcome, open }) => [outcome?.kind, outcome?.finding, outcome?.level, outcome?.hash === ended[0]?.outcome?.hash, open])).toEqual([
      ['ruling', 'upheld', 1, true, false],
      ['ruling', 'upheld', 1, true, false],
    ]) // prettier-ignore
    expect(ended[0]?.facts.filter(({ refusal }) => refusal !== null)).toEqual([])
    expect(await refusalOf(ruleOn(b, artifact))).toBe('disputes:over')
    // The audit of each tells the whole story.
    expect(await told(a)).toEqual(['dispute-opened', 'nothing > mediation', 'dispute-answered', 'dispute-witnessed', 'mediation > arbitration', 'dispute-ruled', 'dispute-ruled', 'dispute-witnessed', 'arbitration > ruled']) // prettier-ignore
    const rulings = (await auditOf(b)).filter(({ code }) => code === 'dispute-ruled')
    expect(rulings.map(({ actor }) => actor.split(',')[0])).toEqual(['Amal Al-Harbi', 'Badr Al-Qahtani'])
    expect(rulings[1]?.detail).toMatchObject({ stage: 'arbitration', finding: 'upheld', level: 2 })
    expect((await auditOf(a)).findLast(({ code }) => code === 'dispute-moved')?.detail).toMatchObject({ finding: 'upheld', hash: ended[0]?.outcome?.hash }) // prettier-ignore
    for (const { client } of [a, b]) expect((await client.audit.verify()).intact).toBe(true)
  })

  it('[ESC-11, TR-10] whoever sleeps through the window rules too late, and a backdated ruling counts on no engine', async () => {
    const { both, wire, artifact } = await disputed({ fallback: null })
    const { a, b, clock } = both
    wire.cut()
    // Sunday to Tuesday is mediation, to Thursday arbitration; A rules in time and nobody else can show it.
    const { hash: dispute } = disputeIn(a.engine.desk.session.hub, artifact, null).found
    await asleep(both, 4)
    const { client } = a
    expect((await disputeOf(a, artifact)).clock).toMatchObject({ stage: 'arbitration', next: 'exhausted' })
    await ruleOn(a, artifact)
    await asleep(both, 10)
    for (const one of [a, b]) {
      expect((await disputeOf(one, artifact)).clock.stage).toBe('exhausted')
      expect(await refusalOf(ruleOn(one, artifact))).toBe(one === a ? 'disputes:already-ruled' : 'disputes:late')
    }
    // A changed client of B sets its clock back and writes past every intent.
    clock.passMinutes(-10 * 1440)
    forge(b, both.channel, [{ type: 'dispute-ruled', artifact, dispute, level: 1, finding: 'dismissed', terms: '', rationale: 'In time.' }])
    clock.passMinutes(10 * 1440)
    forge(b, both.channel, [
      { type: 'dispute-ruled', artifact, dispute, level: 1, finding: 'dismissed', terms: '', rationale: 'Late.' },
      { type: 'settlement-signed', artifact, dispute, hash: dispute },
      { type: 'award-recorded', artifact, dispute, award: dispute, reference: '1', finding: 'dismissed', terms: '' },
    ])
    expect(() => forge(b, both.channel, [{ type: 'dispute-withdrawn', artifact, dispute, reason: 'Not mine.' }])).toThrow('not-authorised')
    await both.level(both.wire())
    const seen = await Promise.all([a, b].map((one) => disputeOf(one, artifact)))
    const refusals = seen.map(({ facts }) => facts.flatMap(({ by, type, refusal }) => (refusal ? [`${type} ${by.person.name.en.split(' ')[0] ?? ''}: ${refusal}`] : [])))
    expect(refusals[0]).toEqual(refusals[1])
    expect(refusals[0]?.toSorted()).toEqual([
      'award-recorded Badr: not-referred', 'dispute-ruled Amal: unproven', 'dispute-ruled Badr: already-ruled', 'dispute-ruled Badr: unproven', 'settlement-signed Badr: no-such-settlement',
    ])
    expect(seen.map(({ clock: { stage }, outcome }) => [stage, outcome])).toEqual([['exhausted', null], ['exhausted', null]])
    expect(await refusalOf(client.disputes.refer({ artifact, dispute, reference: 'X', reason: '' }))).toBe('disputes:no-fallback')
  }) // prettier-ignore

  it('[ESC-8, ESC-16] a settlement is signed by both under one hash, and a dispute that was answered is not taken back', async () => {
    const { both, wire, artifact, subject } = await disputed()
    const { a, b } = both
    const { dispute } = await disputeOf(a, artifact)
    const words = { artifact, dispute, finding: 'varied' as const, terms: 'Half each.' }
    expect(await refusalOf(a.client.disputes.propose({ ...words, terms: '' }))).toBe('disputes:terms-missing')
    const { settlements } = await a.client.disputes.propose(words)
    const hash = settlements[0]?.hash ?? ''
    expect(await refusalOf(a.client.disputes.sign({ artifact, dispute, hash }))).toBe('disputes:duplicate')
    await both.level(wire)
    expect(await needsOf(b)).toContain('dispute-sign')
    expect(await refusalOf(b.client.disputes.sign({ artifact, dispute, hash: dispute }))).toBe('disputes:no-such-settlement') // prettier-ignore
    await b.client.disputes.sign({ artifact, dispute, hash })
    await both.level(wire)
    for (const one of [a, b]) {
      const { outcome, settlements: all, clock, asks, facts } = await disputeOf(one, artifact)
      // The record says what was signed, and not only that something was.
      expect(facts.find(({ type }) => type === 'settlement-signed')).toMatchObject({
        text: 'Half each.',
        finding: 'varied',
      })
      expect([outcome?.kind, outcome?.hash, outcome?.terms, all[0]?.stands, clock.stage, asks]).toEqual(['settlement', hash, 'Half each.', true, 'settled', []]) // prettier-ignore
    }
    expect(await refusalOf(a.client.disputes.withdraw({ artifact, dispute, reason: 'regret' }))).toBe('disputes:over')
    // Another about the same thing is taken back before anybody answers.
    both.clock.passMinutes(1)
    const { id, dispute: second } = await openDispute(a, both.channel, subject)
    expect((await a.client.disputes.list({ subject })).disputes.map(({ open }) => open)).toEqual([true, false])
    await a.client.disputes.withdraw({ artifact: id, dispute: second, reason: 'Solved.' })
    await both.level(wire)
    expect(await disputeOf(b, id)).toMatchObject({ clock: { stage: 'withdrawn' }, withdrawn: { reason: 'Solved.' } })
    expect(await told(b)).toContain('dispute-withdrawn')
  })

  it('[ESC-13, ESC-15, GV-6] who has recused themselves does not rule; what is left is referred, and the award is that of both', async () => {
    const { both, wire, artifact } = await disputed()
    const { a, b, clock } = both
    const { dispute } = await disputeOf(a, artifact)
    const referral = { artifact, dispute, reference: 'SCCA 26-041', reason: 'No ruling.' }
    expect(await refusalOf(a.client.disputes.refer(referral))).toBe('disputes:not-yet')
    await b.client.disputes.recuse({ artifact, dispute, reason: 'My brother works there.' })
    await both.level(wire)
    clock.pass(3)
    await open(both)
    await both.level(both.wire())
    expect(await stages([a, b], artifact)).toEqual(['arbitration', 'arbitration'])
    expect(await refusalOf(ruleOn(b, artifact))).toBe('disputes:recused')
    expect((await disputeOf(a, artifact)).levels[1]?.arbitrators.map(({ people }) => people.map(({ recused }) => recused))).toEqual([[false], [true]]) // prettier-ignore
    const later = await asleep(both, 7)
    await both.level(later)
    expect(await needsOf(a)).toContain('dispute-refer')
    await a.client.disputes.refer(referral)
    await both.level(later)
    expect((await disputeOf(b, artifact)).referral).toMatchObject({ reference: 'SCCA 26-041', by: { own: false } })
    const award = { artifact, dispute, award: 'aa'.repeat(32), reference: 'SCCA 26-041', finding: 'dismissed' as const, terms: '' } // prettier-ignore
    await a.client.disputes.award(award)
    await both.level(later)
    expect(await needsOf(b)).toContain('dispute-award')
    expect((await disputeOf(b, artifact)).outcome).toBeNull()
    await b.client.disputes.award(award)
    await both.level(later)
    expect((await disputeOf(a, artifact)).outcome).toMatchObject({ kind: 'award', hash: award.award, finding: 'dismissed' }) // prettier-ignore
    expect(await stages([a, b], artifact)).toEqual(['awarded', 'awarded'])
  })

  it('[ESC-4, ESC-5] its clock is that of the calendar it was opened with, in whatever zone a machine stands', async () => {
    const zone = process.env['TZ']
    try {
      const clocks: unknown[] = []
      for (const name of ['Asia/Riyadh', 'Pacific/Auckland', 'America/Los_Angeles']) {
        process.env['TZ'] = name
        const calendar = { ...USUAL_PATH.calendar, days: [1, 2, 3, 4, 5], utcOffset: -300, off: [{ from: '2026-11-26' as never, to: '2026-11-26' as never }] } // prettier-ignore
        const { both, wire, artifact } = await disputed({ calendar })
        // Saturday: Monday and Tuesday are mediated, Wednesday and Friday arbitrated, and Thursday is a holiday there.
        clocks.push((await disputeOf(both.b, artifact)).levels.map((level) => said(level.until)))
        wire.cut()
        both.end()
        two = undefined
      }
      expect(clocks).toEqual([1, 2, 3].map(() => ['2026-11-24T22:00:00.000Z', '2026-11-27T22:00:00.000Z']))
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  it('[ESC-6, ESC-7, ESC-23] a path that was not accepted in time binds nobody, and roles that it does not name say nothing', async () => {
    const levels = USUAL_PATH.levels.map((level) => ({ ...level, length: 2, roles: ['coo' as const] }))
    const { both, artifact } = await disputed({ levels, settleRoles: ['coo'] }, false)
    const { a, b } = both
    const { dispute } = await disputeOf(b, artifact)
    const words = { artifact, dispute, finding: 'upheld' as const, terms: '' }
    expect(await refusalOf(b.client.disputes.propose(words))).toBe('disputes:not-authorised')
    expect(await refusalOf(b.client.disputes.recuse({ artifact, dispute, reason: 'x' }))).toBe('disputes:not-authorised') // prettier-ignore
    expect(await refusalOf(ruleOn(b, artifact))).toBe('disputes:not-authorised')
    expect(await refusalOf(a.client.disputes.answer({ artifact, dispute, position: 'Me, too.', path: 'accepted' }))).toBe('disputes:own-dispute') // prettier-ignore
    await b.client.disputes.answer({ artifact, dispute, position: 'No.', path: 'declined' })
    expect((await disputeOf(b, artifact)).levels.map(({ state }) => state)).toEqual(['running', 'unbound'])
    await both.level(await asleep(both, 5))
    expect(await stages([a, b], artifact)).toEqual(['exhausted', 'exhausted'])
    expect((await disputeOf(b, artifact)).closed).toMatchObject({ 'accept-path': 'late', refer: 'not-authorised' })
  })

  it('[ESC-3, ESC-7] among three companies the clock waits for the parties alone, and the third says nothing', async () => {
    const three = await threeCompanies(['ceo'])
    two = three
    const [a, , c] = three.all
    const { artifact: plan } = await a.client.documents.create({ channel: three.channel, type: 'JointInitiativePlan.v1', title: { en: 'Depot', ar: 'مستودع' } }) // prettier-ignore
    await three.level()
    const { companies } = await a.client.disputes.choices({ channel: three.channel })
    const parties = companies.filter(({ name }) => name.en !== 'Asir Cold Stores').map(({ company }) => company)
    three.cutOff(1)
    const { id: artifact, dispute } = await openDispute(a, three.channel, { kind: 'plan', id: plan }, { parties })
    await three.level([a, c])
    expect(await stages([a, c], artifact)).toEqual(['sent', 'sent'])
    expect((await disputeOf(a, artifact)).levels.map(({ state }) => state)).toEqual(['coming', 'unbound'])
    expect((await disputeOf(a, artifact)).delivery.map(({ since }) => since !== null)).toEqual([true, false])
    const { closed } = await disputeOf(c, artifact)
    expect(new Set(Object.values(closed))).toEqual(new Set(['not-a-party']))
    expect(await refusalOf(c.client.disputes.answer({ artifact, dispute, position: 'Well.', path: 'accepted' }))).toBe('disputes:not-a-party') // prettier-ignore
    three.link()
    await three.level()
    await until('B has it', async () => (await disputeOf(c, artifact)).clock.stage === 'mediation')
    expect(await needsOf(c)).not.toContain('dispute-answer')
  })

  it('[ESC-21] a path that two have agreed on is none for a third, whatever a changed client writes', async () => {
    const three = await threeCompanies(['ceo'], [], 'client-provider')
    two = three
    const [a, b] = three.all
    const title = { en: 'Night shift', ar: 'وردية ليلية' }
    const { artifact: change } = await a.client.documents.create({ channel: three.channel, type: 'ChangeRequest.v1', title }) // prettier-ignore
    await draftChange(a, change)
    await a.client.changes.log({ artifact: change, revises: null })
    await three.level()
    await decide(a, change, 'scope')
    await decide(b, change, 'feasibility', INFEASIBLE)
    await three.level()
    const subject = { kind: 'service-change' as const, id: change }
    const { companies, paths } = await a.client.disputes.choices({ channel: three.channel })
    const [agreed] = paths
    if (!agreed) throw new Error('no path was agreed')
    const all = companies.map(({ company }) => company)
    const draft = await draftDispute(a.client.disputes, three.channel, subject, { parties: all, path: agreed.path })
    expect([draft.gates, draft.hash]).toEqual([['path-not-agreed'], null])
    const open = (parties: readonly string[]) => {
      const nonce = a.engine.desk.session.context.crypto.random(16)
      const artifact = artifactIdOf(a.engine.crypto, a.engine.desk.session.hub.identity.card.company, nonce)
      const text = writeDispute({
        format: 'mithaq.dispute.v1', artifact, subject: { ...subject, id: change, hash: null, title, clause: '' }, issue: 'x', position: 'y',
        parties: companies.filter(({ company }) => parties.includes(company)).map(({ company, name }) => ({ company, name })), path: agreed.path,
      }) // prettier-ignore
      const hash = hashOf(a.engine.desk.session.hub)(text)
      forge(a, three.channel, [
        { type: 'artifact-created', artifact, artifactType: 'DisputeCase.v1', nonce, title },
        { type: 'dispute-opened', artifact, hash, text },
      ])
      return artifact
    }
    const [honest, wide] = [open(agreed.companies), open(all)]
    await three.level()
    for (const one of three.all) {
      expect((await disputeOf(one, honest)).bound).toBe(true)
      expect(await refusalOf(disputeOf(one, wide))).toBe('disputes:no-such-dispute')
    }
  })
})

describe('what binds a company in a dispute', () => {
  it('[GV-10, ESC-22] opening, answering, settling, ruling, referring and recording each wait for the approval of the policy, bound to what a person reads', async () => {
    const { both, wire, artifact, subject } = await disputed()
    const { a, b } = both
    const draft = await draftDispute(a.client.disputes, both.channel, subject)
    await gated(
      a,
      'open-dispute',
      draft.id,
      () => a.client.disputes.open({ draft: draft.id, hash: draft.hash ?? '' }),
      {
        subject: { en: 'Depot' },
        position: 'It is in scope.',
        hash: draft.hash,
      },
    )
    expect((await a.client.disputes.list({})).drafts).toMatchObject([{ id: draft.id, asked: true }])
    const { id: second, dispute: other } = await a.client.disputes.open({ draft: draft.id, hash: draft.hash ?? '' })
    expect(second).toBe(draft.id)
    expect((await a.client.disputes.list({})).drafts).toEqual([])
    await both.level(wire)
    await gated(b, 'answer-dispute', second, () => b.client.disputes.answer({ artifact: second, dispute: other, position: 'No.', path: 'accepted' }), { position: 'No.' }) // prettier-ignore
    const { dispute } = await disputeOf(a, artifact)
    const words = { finding: 'varied' as const, terms: 'Half each.' }
    await gated(a, 'propose-settlement', artifact, () => a.client.disputes.propose({ artifact, dispute, ...words }), { terms: 'Half each.', issue: 'They call it infeasible.' }) // prettier-ignore
    const { settlements } = await a.client.disputes.propose({ artifact, dispute, ...words })
    const hash = settlements[0]?.hash ?? ''
    await both.level(wire)
    await gated(b, 'sign-settlement', artifact, () => b.client.disputes.sign({ artifact, dispute, hash }), { hash, terms: 'Half each.' }) // prettier-ignore
    await asleep(both, 3)
    await gated(a, 'give-ruling', artifact, () => ruleOn(a, artifact), { level: 2, rationale: 'The scope says so.', finding: { en: 'Upheld: as its opener asks' } }) // prettier-ignore
    await asleep(both, 7)
    await gated(a, 'refer-dispute', artifact, () => a.client.disputes.refer({ artifact, dispute, reference: 'SCCA 1', reason: '' }), { reference: 'SCCA 1', institution: { en: 'Saudi Center for Commercial Arbitration' } }) // prettier-ignore
    await a.client.disputes.refer({ artifact, dispute, reference: 'SCCA 1', reason: '' })
    await gated(a, 'record-award', artifact, () => a.client.disputes.award({ artifact, dispute, award: 'aa'.repeat(32), reference: 'SCCA 1', finding: 'upheld', terms: '' }), { award: 'aa'.repeat(32) }) // prettier-ignore
  })
})

/** Both sleep for some days and come back; the wire that joins them again. */
const asleep = (both: TwoCompanies, days: number): Promise<Wire> => both.sleep(days)

/** Opens what has locked itself. */
async function open({ a, b }: TwoCompanies): Promise<void> {
  for (const { client, passphrase } of [a, b])
    if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
}

/** Writes facts past the gate and every intent, as a changed client would. */
function forge({ engine }: Company, channel: string, events: readonly object[]): void {
  const { hub } = engine.desk.session
  hub.change(() => {
    const runtime = hub.touch(channel as never)
    for (const event of events) runtime.write([{ kind: 'event', payload: writeArtifactEvent(event as ArtifactEvent) }])
    return undefined
  })
}

/** The policy asks for a level that nobody here holds: the act is refused, bound to `content`, and asked for about `artifact`; then the policy is as before. */
async function gated({ client }: Company, commitment: string, artifact: string, act: () => Promise<unknown>, content: object): Promise<void> {
  const { policy } = await client.approvals.policy()
  const asked = { scope: 'all' as const, commitment: commitment as never, from: null, levels: ['legal' as const], fourEyes: false }
  await client.approvals.savePolicy({ policy: { ...policy, special: [asked] }, based: policy.version })
  const refused = await act().catch((problem: unknown) => problem)
  const { data } = refused as { data?: { code: string; params: { token: string } } }
  expect(data?.code, commitment).toBe('approval-needed')
  const token = data?.params.token ?? ''
  const looked = await client.approvals.look({ token })
  expect(looked).toMatchObject({ commitment, content })
  await client.approvals.ask({ token, note: '' })
  // By this the page of the dispute says that something said there waits.
  expect((await client.approvals.get()).mine).toContainEqual(expect.objectContaining({ artifact, commitment, state: 'waiting' }))
  const { policy: now } = await client.approvals.policy()
  await client.approvals.savePolicy({ policy: { ...now, special: [] }, based: now.version })
} // prettier-ignore
