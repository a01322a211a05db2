import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import type { Saying } from '#engine/channels/channel-runtime.ts'
import { COMMITMENTS, type Commitment } from '#shared/approvals/commitment.ts'
import { SCOPES, USUAL_POLICY, type ApprovalPolicy, type Level } from '#shared/approvals/policy.ts'
import { artifactIdOf, writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ChannelId, Role, SectionName } from '#shared/kernel/ids.ts'
import { writeControl } from '#shared/membership/control.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { hubOf, meet, settled } from '#test/support/colleagues.ts'
import { auditOf, refusalOf, type Company } from '#test/support/company.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { draftDispute } from '#test/support/disputing.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { importFile } from '#test/support/company.ts'
import { FORECAST, TITLE as SLICE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const OMAR = { en: 'Omar Al-Zahrani', ar: 'عمر الزهراني' }
const TITLE = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }
const TIME = { timeout: 120_000 }
const GIVEN = { given: 'Two more docks', received: 'A longer notice', worth: 40_000_000, clause: null, rationale: 'Ramadan' } // prettier-ignore
const MEASURED = { kind: 'late-delivery', order: 'PO-1', due: 1, delivered: 2, value: 1, cause: 'seller' } as const

let two: TwoCompanies
const more: Company[] = []
beforeEach(async () => {
  two = await twoCompanies({ rolesA: ['ceo'], rolesB: ['ceo'], channelRoles: ['ceo', 'legal', 'cfo'] })
  await two.mail(two.a, two.b)
})
afterEach(() => {
  for (const { engine, directory, bugs } of more.splice(0)) {
    engine.close()
    rmSync(directory, { recursive: true, force: true })
    expect(bugs).toEqual([])
  }
  two.end()
})

async function device(roles: Role[]): Promise<Company> {
  const made = await enrolled(two.a, two.clock, { name: OMAR, roles })
  more.push(made)
  return made
}
const agreement = async (): Promise<string> =>
  (await two.a.client.documents.create({ channel: two.channel, type: 'PeerAgreement.v1', title: TITLE })).artifact

async function keepPolicy(company: Company, change: (policy: ApprovalPolicy) => ApprovalPolicy): Promise<void> {
  const { policy } = await company.client.approvals.policy()
  await company.client.approvals.savePolicy({ policy: change(policy), based: policy.version })
  await settled(company)
}
const asGovernment = (policy: ApprovalPolicy): ApprovalPolicy => ({ ...policy, types: { [two.workspace]: 'government' } }) // prettier-ignore
/** One level for everything, whatever the workspace. */
const all =
  (levels: Level[], fourEyes = false) =>
  (policy: ApprovalPolicy): ApprovalPolicy => {
    const rule = { levels, fourEyes }
    return { ...policy, scopes: Object.fromEntries(SCOPES.map((scope) => [scope, { everyday: rule, weighty: rule }])) as ApprovalPolicy['scopes'] } // prettier-ignore
  }
/** The token of what was refused for want of an approval. */
async function refusedToken(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (problem) {
    const { data } = problem as { data?: { code: string; params?: { token?: string } } }
    if (data?.code === 'approval-needed' && data.params?.token) return data.params.token
    throw problem
  }
  throw new Error('nothing was refused')
}
const tradeOff = (artifact: string, more: object = {}) =>
  two.a.client.negotiation.recordTradeOff({ artifact, ...GIVEN, ...more })
const tradeOffsAt = async (company: Company, artifact: string) =>
  (await company.client.negotiation.tradeOffs({ artifact })).length
const codes = async (company: Company) => (await auditOf(company, ['approval'])).map(({ code }) => code)

describe('the approval centre', () => {
  it(
    '[GV-10, DP-12] a government commitment waits for legal on another device, and leaves as it was approved, once',
    TIME,
    async () => {
      const { a, b } = two
      const legal = await device(['legal'])
      await meet(a, legal)
      const artifact = await agreement()
      await keepPolicy(a, asGovernment)
      const token = await refusedToken(tradeOff(artifact))
      await two.mail(a, b)
      expect(await tradeOffsAt(a, artifact)).toBe(0)
      expect(await tradeOffsAt(b, artifact)).toBe(0)
      expect(await a.client.approvals.look({ token })).toMatchObject({ commitment: 'record-trade-off', scope: 'government', levels: ['c-level', 'legal'], next: [OMAR], waits: false }) // prettier-ignore
      const [asked] = (await a.client.approvals.ask({ token, note: 'For the season' })).mine
      expect(asked).toMatchObject({ state: 'waiting', missing: ['legal'], maySend: false, note: 'For the season', title: TITLE }) // prettier-ignore
      expect(await refusalOf(tradeOff(artifact))).toBe('approvals:approval-waits')
      expect(await refusalOf(a.client.approvals.send({ request: asked!.id }))).toBe('approvals:not-approved')
      expect(await refusalOf(a.client.approvals.answer({ request: asked!.id, hash: asked!.hash, verdict: 'approve', reason: '' }))).toBe('approvals:own-request') // prettier-ignore

      await meet(a, legal)
      const [waiting] = (await legal.client.approvals.get()).waiting
      expect(waiting).toMatchObject({ id: asked!.id, hash: asked!.hash, mayAnswer: true, maySend: false, artifactHere: false }) // prettier-ignore
      expect(waiting!.content).toMatchObject({ given: GIVEN.given, received: GIVEN.received, worth: GIVEN.worth })
      const needs = (await legal.client.today.get()).needs
      expect(needs.find(({ code }) => code === 'give-approval')).toMatchObject({ target: { area: 'approvals' } })
      await legal.client.approvals.answer({ request: waiting!.id, hash: waiting!.hash, verdict: 'approve', reason: '' })
      expect((await legal.client.approvals.get()).waiting).toEqual([])

      await meet(a, legal)
      expect((await a.client.approvals.get()).mine).toMatchObject([{ state: 'approved', maySend: true, approvals: [{ by: OMAR }] }]) // prettier-ignore
      // What differs by a word is not what was approved.
      await refusedToken(tradeOff(artifact, { received: 'A shorter notice' }))
      await refusedToken(tradeOff(artifact, { worth: GIVEN.worth + 1 }))
      expect(await tradeOffsAt(a, artifact)).toBe(0)
      await a.client.approvals.send({ request: asked!.id })
      await two.mail(a, b)
      expect(await b.client.negotiation.tradeOffs({ artifact })).toMatchObject([{ given: GIVEN.given, received: GIVEN.received }]) // prettier-ignore
      // One approval, one time.
      await refusedToken(tradeOff(artifact))
      expect(await tradeOffsAt(a, artifact)).toBe(1)
      await meet(a, legal)
      expect((await legal.client.approvals.get()).decided).toMatchObject([{ id: asked!.id, state: 'sent' }])
      expect(await codes(a)).toEqual(['approval-policy-set', 'approval-asked', 'approval-carried-out'])
      expect(await codes(legal)).toEqual(['approval-given'])
      // Nothing about approvals reaches the partner.
      expect(JSON.stringify(await auditOf(b))).not.toContain('approval')
    },
  )

  it(
    '[GV-10] is refused with a reason, taken back, or runs out, and none of them lets anything out',
    TIME,
    async () => {
      const { a, clock } = two
      const legal = await device(['legal'])
      await meet(a, legal)
      const artifact = await agreement()
      await keepPolicy(a, asGovernment)
      const ask = async (worth: number) => {
        const { mine } = await a.client.approvals.ask({ token: await refusedToken(tradeOff(artifact, { worth })), note: '' }) // prettier-ignore
        await settled(a)
        return mine.find(({ amount }) => amount === worth)!
      }
      const [one, two_, three] = [await ask(1), await ask(2), await ask(3)]
      await meet(a, legal)
      const answer = (request: typeof one, reason: string) => legal.client.approvals.answer({ request: request.id, hash: request.hash, verdict: 'refuse', reason }) // prettier-ignore
      expect(await refusalOf(answer(one, ' '))).toBe('approvals:reason-missing')
      expect(await refusalOf(answer({ ...one, hash: two_.hash }, 'no'))).toBe('approvals:content-differs')
      await answer(one, 'Not before the audit')
      expect(await refusalOf(answer(one, 'again'))).toBe('approvals:not-waiting')
      await a.client.approvals.withdraw({ request: two_.id })
      await meet(a, legal)
      const stand = async (company: Company) => {
        const { waiting, mine, decided } = await company.client.approvals.get()
        return Object.fromEntries([...waiting, ...mine, ...decided].map(({ amount, state }) => [amount, state]))
      }
      expect(await stand(a)).toEqual({ 1: 'refused', 2: 'withdrawn', 3: 'waiting' })
      expect(await stand(legal)).toEqual({ 1: 'refused', 2: 'withdrawn', 3: 'waiting' })
      expect((await a.client.approvals.get()).decided.find(({ amount }) => amount === 1)?.refusal?.reason).toBe('Not before the audit') // prettier-ignore
      const reopen = async () => {
        for (const one_ of [a, legal]) if ((await one_.client.app.state()).stage === 'locked') await one_.client.vault.unlock({ passphrase: one_.passphrase }) // prettier-ignore
      }
      // Saturday 21 November: Sunday's working day passes, then Monday's, wherever the machines were.
      clock.pass(1.5)
      await reopen()
      const third = async () => (await legal.client.approvals.get()).waiting.find(({ id }) => id === three.id)
      expect(await third()).toMatchObject({ overdue: true, escalated: false })
      expect((await legal.client.today.get()).needs.find(({ code }) => code === 'approval-overdue')).toBeDefined()
      clock.pass(1)
      await reopen()
      expect(await third()).toMatchObject({ overdue: true, escalated: true })
      clock.pass(14)
      await reopen()
      expect(await stand(legal)).toMatchObject({ 3: 'expired' })
      expect(await refusalOf(legal.client.approvals.answer({ request: three.id, hash: three.hash, verdict: 'approve', reason: '' }))).toBe('approvals:not-waiting') // prettier-ignore
      for (const request of [one, two_, three]) expect(await refusalOf(a.client.approvals.send({ request: request.id }))).toBe('approvals:not-approved') // prettier-ignore
      expect(await tradeOffsAt(a, artifact)).toBe(0)
    },
  )

  it('[GV-10] the policy reaches colleagues, and only who heads the company sets it', TIME, async () => {
    const { a } = two
    const finance = await device(['cfo'])
    await meet(a, finance)
    const { policy, mayChange } = await finance.client.approvals.policy()
    expect(mayChange).toBe(false)
    expect(await refusalOf(finance.client.approvals.savePolicy({ policy: all([])(policy), based: 0 }))).toBe('approvals:not-yours-to-set') // prettier-ignore
    await keepPolicy(a, all(['legal'], true))
    await meet(a, finance)
    expect((await finance.client.approvals.policy()).policy).toEqual((await a.client.approvals.policy()).policy)
    expect((await finance.client.approvals.policy()).history).toMatchObject([{ version: 1 }])
    expect(await refusalOf(a.client.approvals.savePolicy({ policy: USUAL_POLICY, based: 0 }))).toBe('approvals:policy-changed') // prettier-ignore
    expect((await a.client.approvals.policy()).warnings.map(({ code }) => code)).toContain('nobody-holds')
  })

  it(
    '[GV-10] four eyes: the chief executive alone does not suffice, and somebody of any level does',
    TIME,
    async () => {
      const { a } = two
      const finance = await device(['cfo'])
      await meet(a, finance)
      const artifact = await agreement()
      await keepPolicy(a, all([], true))
      await a.client.approvals.ask({ token: await refusedToken(tradeOff(artifact)), note: '' })
      await meet(a, finance)
      const [waiting] = (await finance.client.approvals.get()).waiting
      await finance.client.approvals.answer({
        request: waiting!.id,
        hash: waiting!.hash,
        verdict: 'approve',
        reason: '',
      })
      await meet(a, finance)
      // Doing it again by hand is carrying it out, too.
      await tradeOff(artifact)
      expect((await a.client.approvals.get()).decided).toMatchObject([{ state: 'sent' }])
    },
  )

  it('[GV-10, ESC-22] a dispute is approved on one day and opened on another as its draft stands, and a changed one is not', TIME, async () => {
    const { a, clock } = two
    const legal = await device(['legal'])
    await meet(a, legal)
    const plan = { kind: 'plan' as const, id: (await a.client.documents.create({ channel: two.channel, type: 'JointInitiativePlan.v1', title: TITLE })).artifact }
    const draft = await draftDispute(a.client.disputes, two.channel, plan)
    await keepPolicy(a, all(['legal']))
    const opening = (hash: string | null) => a.client.disputes.open({ draft: draft.id, hash: hash ?? '' })
    const { mine } = await a.client.approvals.ask({ token: await refusedToken(opening(draft.hash)), note: '' })
    await meet(a, legal)
    expect((await legal.client.approvals.get()).waiting).toMatchObject([{ commitment: 'open-dispute', title: TITLE }])
    await legal.client.approvals.answer({ request: mine[0]!.id, hash: mine[0]!.hash, verdict: 'approve', reason: '' })
    await meet(a, legal)
    clock.pass(1)
    await a.client.vault.unlock({ passphrase: a.passphrase })
    const changed = await a.client.disputes.save({ draft: draft.id, values: { ...draft.values, position: 'Twice as much.' } })
    expect([changed.asked, changed.hash === draft.hash]).toEqual([true, false])
    expect(await refusalOf(a.client.approvals.send({ request: mine[0]!.id }))).toBe('disputes:changed-meanwhile')
    expect((await a.client.disputes.list({})).disputes).toEqual([])
    await a.client.disputes.save({ draft: draft.id, values: draft.values })
    await a.client.approvals.send({ request: mine[0]!.id })
    expect((await a.client.disputes.list({})).disputes).toMatchObject([{ id: draft.id, dispute: draft.hash, open: true }])
    expect((await a.client.disputes.list({})).drafts).toEqual([])
    expect((await a.client.approvals.get()).decided).toMatchObject([{ state: 'sent' }])
  }) // prettier-ignore

  it('[GV-10] a slice is approved on one day and sealed on another, and a changed one is not', TIME, async () => {
    const { a, b, clock } = two
    const legal = await device(['legal'])
    await meet(a, legal)
    const dataset = await importFile(a, 'orders.csv', ledger(regularOrders()))
    const policy = await two.policy(dataset.id)
    await keepPolicy(a, asGovernment)
    const order = async (of = policy) => ({ policy: of.id, title: SLICE, forecast: FORECAST, sliceId: (await two.preview(of)).sliceId, confirmHeld: false }) // prettier-ignore
    const { mine } = await a.client.approvals.ask({ token: await refusedToken(a.client.disclosures.disclose(await order())), note: '' }) // prettier-ignore
    await meet(a, legal)
    await legal.client.approvals.answer({ request: mine[0]!.id, hash: mine[0]!.hash, verdict: 'approve', reason: '' })
    await meet(a, legal)
    clock.pass(1)
    await a.client.vault.unlock({ passphrase: a.passphrase })
    await a.client.disclosures.savePolicy({ ...policy, k: policy.k + 1 })
    expect(await refusalOf(a.client.approvals.send({ request: mine[0]!.id }))).toBe('approvals:changed-since-approval')
    expect(await a.client.disclosures.list()).toEqual([])
    const renewed = await a.client.disclosures.savePolicy({ ...policy, k: policy.k })
    const again = await a.client.approvals.ask({ token: await refusedToken(a.client.disclosures.disclose(await order(renewed))), note: '' }) // prettier-ignore
    const request = again.mine.find(({ state }) => state === 'waiting')!
    await legal.client.vault.unlock({ passphrase: legal.passphrase })
    await meet(a, legal)
    await legal.client.approvals.answer({ request: request.id, hash: request.hash, verdict: 'approve', reason: '' })
    await meet(a, legal)
    clock.pass(1)
    await a.client.vault.unlock({ passphrase: a.passphrase })
    await a.client.approvals.send({ request: request.id })
    await b.client.vault.unlock({ passphrase: b.passphrase })
    await two.mail(a, b)
    expect(await b.client.artifacts.list({})).toHaveLength(1)
  })
})

describe('the gate', () => {
  const H32 = 'ab'.repeat(32)
  const event = (said: object): Saying => ({ kind: 'event', payload: writeArtifactEvent(said as ArtifactEvent) })

  /** One way to say each commitment, as the channel would carry it. */
  function sayings(company: Company, artifact: string): Readonly<Record<Commitment, readonly Saying[]>> {
    const { context, identity } = hubOf(company)
    const nonce = new Uint8Array(16).fill(7)
    const made = artifactIdOf(context.crypto, identity.card.company, nonce)
    const declared = (artifactType: string) => event({ type: 'artifact-created', artifact: made, artifactType, nonce, title: TITLE }) // prettier-ignore
    const edited = (section: string): Saying => ({ kind: 'doc', payload: writeDoc([{ artifact: made, section: section as SectionName, replica: 0, update: new Uint8Array([0, 0]) }]) }) // prettier-ignore
    const about = { artifact, hash: H32 }
    const round = { artifact, round: H32 }
    const talks = { artifact, negotiation: H32 }
    const quarrel = { artifact, dispute: H32 }
    return {
      'disclose-slice': [event({ type: 'slice-disclosed', artifact, revision: 1, slice: H32, title: TITLE, roles: ['ceo'], expiresOn: '2027-01-01' })],
      'declare-fact': [event({ type: 'fact-declared', artifact, fact: 'sku-discontinued', reference: 'SKU-1' })],
      'commit-capacity': [declared('CapacityPlan.v1'), edited('own')],
      'answer-shortfall': [declared('CapacityPlan.v1'), edited('partner')],
      'agree-quantity': [declared('SharedForecast.v1'), edited('joint')],
      'propose-change': [event({ type: 'change-proposed', artifact, proposal: 'ab'.repeat(16), change: { kind: 'term', term: 'fee', before: null, value: 1 }, rationale: 'x', answers: null, word: null })],
      'accept-proposal': [event({ type: 'proposal-accepted', artifact, proposal: 'ab'.repeat(16) })],
      'record-trade-off': [event({ type: 'trade-off-recorded', artifact, tradeOff: 'ab'.repeat(16), ...GIVEN })],
      'close-agreement': [event({ type: 'agreement-frozen', ...about, version: 1, text: '{}', file: H32 })],
      'sign-agreement': [event({ type: 'agreement-signed', ...about, signatory: 's1', certificate: H32 })],
      'give-notice': [event({ type: 'agreement-notice-given', ...about, endsOn: '2027-01-01', reason: 'x' })],
      'agree-term': [event({ type: 'agreement-term-agreed', ...about, until: '2027-01-01' })],
      'state-obligation': [event({ type: 'obligation-stated', ...about, obligation: 'fee', done: true, evidence: 'x' })],
      'propose-claim': [event({ type: 'claim-proposed', ...about, claim: 'ab'.repeat(16), measured: MEASURED, amounts: [1], note: '' })],
      'accept-claim': [event({ type: 'claim-accepted', ...about, claim: 'ab'.repeat(16) })],
      'open-decision': [event({ type: 'decision-opened', ...about, text: '{}', reason: '' })],
      'give-position': [event({ type: 'position-sealed', ...round, commitment: H32 })],
      'cast-veto': [event({ type: 'veto-cast', ...round, option: null, reason: 'x' })],
      'close-round': [event({ type: 'round-closed', ...round, hash: H32, text: '{}' })],
      'sign-decision': [event({ type: 'decision-signed', ...round, hash: H32 })],
      'report-minority': [event({ type: 'minority-reported', ...round, report: 'x' })],
      'review-outcome': [event({ type: 'outcome-reviewed', ...round, on: '2026-11-30' as IsoDate, verdict: 'met', note: 'x', figures: [] })],
      'request-negotiation': [event({ type: 'negotiation-requested', ...about, text: '{}' })],
      'make-offer': [event({ type: 'offer-made', ...talks, round: 1, answers: null, values: { c1: 1 }, rationale: 'x', tradeOffs: [] })],
      'accept-offer': [event({ type: 'offer-accepted', ...talks, offer: H32 })],
      'confirm-outcome': [event({ type: 'outcome-confirmed', ...talks, offer: H32, hash: H32, text: '{}' })],
      'verify-outcome': [event({ type: 'outcome-verified', ...talks, offer: H32, hash: H32 })],
      'open-dispute': [event({ type: 'dispute-opened', ...about, text: '{}' })],
      'answer-dispute': [event({ type: 'dispute-answered', ...quarrel, position: 'x', path: 'accepted' })],
      'propose-settlement': [event({ type: 'settlement-proposed', ...quarrel, finding: 'upheld', terms: '' })],
      'sign-settlement': [event({ type: 'settlement-signed', ...quarrel, hash: H32 })],
      'give-ruling': [event({ type: 'dispute-ruled', ...quarrel, level: 1, finding: 'upheld', terms: '', rationale: 'x' })],
      'refer-dispute': [event({ type: 'dispute-referred', ...quarrel, reference: 'x', reason: '' })],
      'record-award': [event({ type: 'award-recorded', ...quarrel, award: H32, reference: 'x', finding: 'upheld', terms: '' })],
      'log-change': [event({ type: 'change-logged', ...about, text: '{}' })],
      'decide-matter': [event({ type: 'matter-decided', artifact, change: H32, matter: 'scope', verdict: 'yes', reason: '', category: null, conditions: [] })],
      'confirm-conditions': [event({ type: 'conditions-confirmed', artifact, change: H32, verdict: H32 })],
      'sign-change': [event({ type: 'change-signed', ...about, change: H32 })],
      'release-standard': [event({ type: 'standard-released', artifact, version: '1.0.0', hash: H32, part: 0, parts: 1, content: new Uint8Array([1]) })],
      'adopt-standard': [event({ type: 'standard-adopted', artifact, version: '1.0.0', status: 'running', on: '2026-11-21' })],
      'state-test': [event({ type: 'standard-tested', artifact, version: '1.0.0', test: 't', definition: 'ab'.repeat(16), result: 'pass', evidence: null, note: '' })],
      'pass-dry-run': [event({ type: 'dry-run-passed', artifact })],
      'found-production': [event({ type: 'production-founded', artifact, workspace: H32, link: 'x' })],
      'remove-company': [{ kind: 'control', payload: writeControl({ kind: 'company-left', company: two.b.engine.desk.session.hub.identity.card.company, consents: [] }) }],
    } // prettier-ignore
  }
  const attempt = (company: Company, said: readonly Saying[], byItself = false): string => {
    const hub = hubOf(company)
    const write = () => hub.change(() => {
      writeIn(hub, two.channel as ChannelId, said)
      return undefined
    }) // prettier-ignore
    try {
      if (byItself) hub.byItself(write)
      else write()
    } catch (problem) {
      return (problem as Error).message
    }
    return 'written'
  }
  const logged = ({ engine }: Company): number => engine.desk.session.context.vault.log.count(two.channel)

  it(
    '[GV-10, TR-23] lets none of the closed list out without its approval, whatever calls it: a changed window, an intent of tomorrow',
    TIME,
    async () => {
      const { a } = two
      const artifact = await agreement()
      await keepPolicy(a, all(['legal']))
      const before = logged(a)
      for (const commitment of COMMITMENTS) {
        const said = sayings(a, artifact)[commitment]
        expect(attempt(a, said), commitment).toBe('approvals:approval-needed')
      }
      expect(logged(a)).toBe(before)
      // What binds nobody is free under the same policy.
      const declined = event({ type: 'proposal-declined', artifact, proposal: 'ab'.repeat(16), reason: 'x' })
      expect(attempt(a, [declined])).toBe('written')
      expect(logged(a)).toBe(before + 1)
    },
  )

  it('[GV-10] has no way round it: what an engine writes into a channel goes through it, but for membership and keys', () => {
    const engine = join(import.meta.dirname, '..', '..', 'electron', 'engine')
    const direct = readdirSync(engine, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) =>
          file.endsWith('.ts') && /\bruntime\.(?:write|announce)\(/.test(readFileSync(join(engine, file), 'utf8')),
      )
      .map((file) => file.replaceAll('\\', '/'))
    expect(direct.toSorted()).toEqual([
      'identity/replace-device.ts', 'workspaces/found.ts', 'workspaces/invite.ts', 'workspaces/membership-steps.ts',
    ]) // prettier-ignore
  })

  it('[GV-10] Class C: an engine by itself lets none of them out, though the policy asks nothing', TIME, async () => {
    const { a } = two
    const artifact = await agreement()
    await keepPolicy(a, all([]))
    const before = logged(a)
    for (const commitment of COMMITMENTS) {
      expect(attempt(a, sayings(a, artifact)[commitment], true), commitment).toBe('approvals:person-needed')
    }
    expect(logged(a)).toBe(before)
    // The control: the same word by a person leaves.
    expect(attempt(a, sayings(a, artifact)['record-trade-off'])).toBe('written')
  })
})
