import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId, FeedId, Role } from '#shared/kernel/ids.ts'
import { JOINT } from '#engine/live/documents.ts'
import { REGISTERS } from '#shared/living/register.ts'
import type { HeldBackDraft } from '#shared/projection/document-views.ts'
import { treeOf } from '#shared/standards/rich-text.ts'
import { paragraph } from '#shared/standards/sample.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { clientId } from '#shared/sync/client-id.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { updateOf } from '#test/adversarial/hostile-updates.ts'
import { auditOf, download, openFile, type Company } from '#test/support/company.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { writeTree } from '#ui/features/standards/shared-text.ts'
import { ModifiedClient } from '#test/support/modified-client.ts'
import { threeCompanies, type ThreeCompanies } from '#test/support/three-companies.ts'
import { deviceOf, TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

const PLAN = 'JointInitiativePlan.v1'
const STANDARD = 'StandardsDoc.v1'
const titled = (en: string) => ({ en, ar: 'وثيقة' })

let three: ThreeCompanies
const more: Company[] = []
const scratch: string[] = []
afterEach(() => {
  for (const { engine, directory, bugs } of more.splice(0)) {
    engine.close()
    rmSync(directory, { recursive: true, force: true })
    expect(bugs).toEqual([])
  }
  for (const directory of scratch.splice(0)) rmSync(directory, { recursive: true, force: true })
  three.end()
})

const hubOf = ({ engine }: Company) => engine.desk.session.hub
const runtimeOf = (company: Company) => {
  const runtime = hubOf(company).runtime(three.channel as ChannelId)
  if (!runtime) throw new Error('no channel')
  return runtime
}
const titles = async ({ client }: Company): Promise<readonly string[]> =>
  (await client.documents.list({})).map(({ title }) => title.en).toSorted()
async function carry(from: Company, to: Company) {
  const outcome = await openFile(to, await download(from, await from.client.workspaces.exportSync({ workspace: three.workspace }))) // prettier-ignore
  if (outcome.kind !== 'sync') throw new Error(outcome.kind)
  return outcome
}
async function everybodyMeets(companies: readonly Company[]): Promise<void> {
  for (let round = 0; round < 2; round++)
    for (const from of companies) for (const to of companies) if (from !== to) await carry(from, to)
}
/** Verdict of every entry that is held. */
const verdicts = (company: Company): string =>
  JSON.stringify(
    runtimeOf(company)
      .admission.index.lines.map(({ id, admitted, hashes }) => [id, admitted, hashes])
      .toSorted(),
  )
const toldHeldBack = async (company: Company) =>
  (await auditOf(company, ['refusal'])).filter(({ code }) => code === 'own-entries-held-back')
const codes = async (company: Company): Promise<readonly string[]> =>
  (await auditOf(company, ['refusal'])).map(({ code }) => code)

/** Milestones of a document as a company's own screen shows them. */
async function names(company: Company, artifact: string, set: string, field: string): Promise<readonly unknown[]> {
  const live = await openWindow(company, artifact)
  const found = rows(live, set).map(({ values }) => values[field] ?? null)
  live.close()
  return found.toSorted()
}

/** B has a second device, whose person may plan and sees to law; all three companies hold all that is written. */
async function begin() {
  three = await threeCompanies(['ceo', 'coo', 'legal', 'investor'])
  const [a, b, c] = three.all
  const { artifact: plan } = await a.client.documents.create({
    channel: three.channel,
    type: PLAN,
    title: titled('Plan'),
  })
  await three.level()
  // From here on files carry everything, so that it is known who has heard of what.
  for (const one of [0, 1, 2] as const) three.cutOff(one)
  const d = await enrolled(b, three.clock, { name: { en: 'Basma', ar: 'بسمة' }, roles: ['coo', 'legal'] })
  more.push(d)
  await everybodyMeets([a, b, c, d])
  return { a, b, c, d, plan }
}

/** B takes the plans from the person of D, who has not heard of it. */
async function narrow(b: Company, d: Company, roles: readonly Role[] = ['legal']): Promise<void> {
  const { people } = await b.client.company.get()
  const person = people.find(({ devices }) => devices.some(({ device }) => device === deviceOf(d)))
  await b.client.company.certify({ person: person?.id ?? '', roles: [...roles], validTo: '2027-06-30' })
}

/** What a person reads of a draft. */
const said = ({ fields, again }: HeldBackDraft) => [
  again,
  ...fields.map(({ field, value }) => `${field}: ${String(value)}`),
]

it(
  '[SYN-110] [SYN-112] whoever had not heard that its roles were narrowed: what another company had taken in counts, the rest counts as far as the new roles allow it, on every engine, and the feed goes on',
  { timeout: 180_000 },
  async () => {
    const { a, b, c, d, plan } = await begin()
    const window = await openWindow(d, plan)
    window.add('milestones', { titleEn: 'seen by Asir' })
    await kept(window)
    // The third company takes it in; nobody else has it yet.
    await carry(d, c)
    window.add('milestones', { titleEn: 'seen by nobody' })
    await kept(window)
    window.close()
    await d.client.documents.create({ channel: three.channel, type: STANDARD, title: titled('Standard of D') })
    await narrow(b, d)
    await carry(b, a)
    expect(runtimeOf(a).admission.endings.all.map(({ subject }) => subject.kind)).toEqual(['roles'])
    expect((await auditOf(a)).map(({ code }) => code)).toContain('roles-narrowed')

    // What D had not sent comes to A and B: nobody vouches for it yet.
    await carry(d, a)
    await everybodyMeets([a, b])
    expect(await codes(a)).toContain('role-narrowed')
    expect(await names(a, plan, 'milestones', 'titleEn')).toEqual([])
    // A standard its person may write under either certificate.
    for (const one of [a, b]) expect(await titles(one)).toContain('Standard of D')

    // The third company hears of it, says first what it had taken in, and its word turns that around.
    await everybodyMeets([a, b, c])
    for (const one of [a, b, c]) {
      expect(await names(one, plan, 'milestones', 'titleEn')).toEqual(['seen by Asir'])
      expect(await titles(one)).toContain('Standard of D')
      expect(runtimeOf(one).admission.waiting()).toEqual([])
      expect(runtimeOf(one).admission.narrowings.beyond).toMatchObject([{ heldBack: 1 }])
      const { members } = await one.client.workspaces.get({ workspace: three.workspace })
      const device = members.flatMap(({ devices }) => devices).find((known) => known.device === deviceOf(d))
      expect(device).toMatchObject({ state: 'active', parked: 0, narrowed: { vouched: 1, heldBack: 1 } })
    }
    // D hears of it: its own engine comes to the same, and goes on under the roles that are left.
    await carry(a, d)
    expect(await names(d, plan, 'milestones', 'titleEn')).toEqual(['seen by Asir'])
    expect(await toldHeldBack(d)).toMatchObject([{ actor: '', detail: { entries: 1 } }])
    await openFile(d, await download(b, await b.client.company.updateFile({ device: deviceOf(d) })))
    const refused = await openWindow(d, plan)
    expect(refused.mayWrite).toBe(false)
    refused.close()
    await d.client.documents.create({ channel: three.channel, type: STANDARD, title: titled('Afterwards') })
    await everybodyMeets([a, b, c, d])
    for (const one of [a, b, c, d]) {
      expect(await titles(one)).toEqual(['Afterwards', 'Plan', 'Standard of D'])
      expect(verdicts(one)).toBe(verdicts(a))
    }
    // Its person is told once, and nobody else is told so.
    for (const one of [a, b, c, d]) expect(await toldHeldBack(one)).toHaveLength(one === d ? 1 : 0)
    // What was judged is what is judged when the log is read again.
    const said = verdicts(a)
    await a.client.vault.lock()
    await a.client.vault.unlock({ passphrase: a.passphrase })
    expect(verdicts(a)).toBe(said)
    expect(await names(a, plan, 'milestones', 'titleEn')).toEqual(['seen by Asir'])
  },
)

it(
  '[TR-26] [SYN-110] backdating after a change of roles: what a changed client writes under a new feed as if it had not heard of it is refused by the other companies alike: role-narrowed',
  { timeout: 180_000 },
  async () => {
    const { a, b, c, d, plan } = await begin()
    const scratchRoot = mkdtempSync(join(tmpdir(), 'mithaq-narrowed-'))
    scratch.push(scratchRoot)
    const { workspace, channel } = three
    const pair = new TwoCompanies(scratchRoot, three.clock, a, d, { workspace, channel })
    const past = new ModifiedClient(pair)
    const [epoch, heads] = [past.epoch, past.runtime.admission.index.tips(past.feed)]
    past.close()
    await narrow(b, d)
    await everybodyMeets([a, b, c, d])

    const client = new ModifiedClient(pair)
    const { crypto } = hubOf(d).context
    const feed = `${deviceOf(d)}${toHex(crypto.random(16))}` as FeedId
    const key = sectionKey(plan as ArtifactId, JOINT)
    const update = updateOf(clientId(crypto, feed, key, 0), runtimeOf(d).stateOf(plan as ArtifactId, JOINT), (ydoc) =>
      ydoc.getMap(REGISTERS).set('backdated', 1),
    )
    const write = { artifact: plan as ArtifactId, section: JOINT, replica: 0, update }
    const backdated = { kind: 'doc' as const, payload: writeDoc([write]) }
    const states = () => [a, b, c].map((one) => toHex(runtimeOf(one).stateOf(plan as ArtifactId, JOINT)))
    const [said, before] = [states(), verdicts(c)]
    const own = client.seal([backdated], { feed, nextSeq: 1, previous: null, epoch, heads }) // prettier-ignore
    const file = writeSealedFile(crypto, { kind: 'sync', frames: [own.bytes] })
    for (const one of [a, c]) await openFile(one, file)
    client.close()
    await everybodyMeets([a, b, c])
    expect(verdicts(c)).not.toBe(before)
    for (const one of [a, b, c]) expect(verdicts(one)).toBe(verdicts(a))
    for (const one of [a, c]) {
      expect((await codes(one)).at(-1)).toBe('role-narrowed')
    }
    expect(states()).toEqual(said)
    // Everybody goes on.
    await d.client.documents.create({ channel, type: STANDARD, title: titled('Honest') })
    await everybodyMeets([a, b, c, d])
    for (const one of [a, b, c]) expect(await titles(one)).toEqual(['Honest', 'Plan'])
  },
)

it(
  '[LIV-12] [SYN-110] whoever had not heard that its roles were reduced sees in its documents what it wrote without effect, takes in again what a role allows, dismisses the rest, and nobody else sees it',
  { timeout: 300_000 },
  async () => {
    const { a, b, c, d, plan } = await begin()
    const { artifact: standard } = await a.client.documents.create({
      channel: three.channel,
      type: STANDARD,
      title: titled('Standard'),
    })
    const first = await openWindow(a, standard)
    first.add('clauses', { headingEn: 'Of all' }, 'c1')
    await kept(first)
    first.close()
    await everybodyMeets([a, b, c, d])
    await narrow(b, d, ['investor'])
    await carry(b, a)

    // D has not heard of it, and goes on.
    const planning = await openWindow(d, plan)
    const milestone = planning.add('milestones', { titleEn: 'Pilot', titleAr: 'تجربة' })
    await kept(planning)
    planning.set('milestones', milestone, 'titleEn', 'Pilot in Riyadh')
    await kept(planning)
    planning.close()
    const writing = await openWindow(d, standard)
    writing.set('clauses', 'c1', 'headingEn', 'Of each note')
    writing.doc.transact(() =>
      writeTree(writing.fragment('clauses', 'c1', 'textEn'), treeOf([paragraph('Each note has a number.')])),
    )
    await kept(writing)
    writing.close()
    await d.client.documents.nameVersion({ artifact: plan, name: 'As D had it' })
    const { artifact: own } = await d.client.documents.create({
      channel: three.channel,
      type: PLAN,
      title: titled('Own plan'),
    })
    const owning = await openWindow(d, own)
    owning.add('milestones', { titleEn: 'Rain' })
    await kept(owning)
    owning.close()

    // It meets the cut.
    await carry(d, a)
    await everybodyMeets([a, b, c])
    await carry(a, d)
    await openFile(d, await download(b, await b.client.company.updateFile({ device: deviceOf(d) })))
    await everybodyMeets([a, b, c, d])
    const held = (artifact: string) => d.client.documents.heldBack({ artifact })
    const inPlan = await held(plan)
    expect(inPlan.map(said)).toEqual([['role', 'titleAr: تجربة', 'titleEn: Pilot in Riyadh']])
    expect((await held(standard)).map(said)).toEqual([
      ['role', 'headingEn: Of each note', 'textEn: Each note has a number.'],
    ])
    expect((await held(standard))[0]?.fields.map(({ now }) => now)).toEqual(['Of all', ''])
    expect((await held(own)).map(({ set, again }) => [set, again])).toEqual([['milestones', 'role']])
    const takeIn = async (artifact: string) =>
      d.client.documents.takeIn({ artifact, draft: (await held(artifact))[0]?.id ?? '' })
    await expect(takeIn(plan)).rejects.toMatchObject({ data: { code: 'role-may-not-write' } })
    const { members } = await d.client.workspaces.get({ workspace: three.workspace })
    const device = members.flatMap(({ devices }) => devices).find((known) => known.device === deviceOf(d))
    expect(
      device?.narrowed?.acts.map(({ code, count, about }) => [code, count, about?.title.en, about?.stands]),
    ).toEqual([
      ['document-edited', 2, 'Plan', true],
      ['document-edited', 2, 'Standard', true],
      ['version-named', 1, 'Plan', true],
      ['document-edited', 1, 'Own plan', true],
    ])
    // Nobody else sees any of it, and it is there after a restart.
    for (const one of [a, b, c]) {
      for (const artifact of [plan, standard]) expect(await one.client.documents.heldBack({ artifact })).toEqual([])
      const seen = await one.client.workspaces.get({ workspace: three.workspace })
      for (const { narrowed } of seen.members.flatMap(({ devices }) => devices))
        expect(narrowed?.acts ?? []).toEqual([])
      expect(await names(one, plan, 'milestones', 'titleEn')).toEqual([])
    }
    await d.client.vault.lock()
    await d.client.vault.unlock({ passphrase: d.passphrase })
    expect(await held(plan)).toEqual(inPlan)

    // It gets a role back, and goes on in the same place before it takes anything in.
    await narrow(b, d, ['investor', 'legal'])
    await openFile(d, await download(b, await b.client.company.updateFile({ device: deviceOf(d) })))
    await everybodyMeets([a, b, c, d])
    const again = await openWindow(d, standard)
    again.add('clauses', { headingEn: 'Afterwards' }, 'c2')
    await kept(again)
    again.close()
    expect((await held(standard)).map(said)).toEqual([
      ['may', 'headingEn: Of each note', 'textEn: Each note has a number.'],
    ])
    expect(await takeIn(standard)).toEqual([])
    const [{ id: draft } = { id: '' }] = await held(plan)
    expect(await d.client.documents.dismiss({ artifact: plan, draft })).toEqual([])
    await expect(d.client.documents.dismiss({ artifact: plan, draft })).rejects.toMatchObject({
      data: { code: 'no-such-draft' },
    })
    await everybodyMeets([a, b, c, d])
    for (const one of [a, b, c, d]) {
      expect(await names(one, standard, 'clauses', 'headingEn')).toEqual(['Afterwards', 'Of each note'])
      const read = await openWindow(one, standard)
      expect(read.fragment('clauses', 'c1', 'textEn').toString()).toContain('Each note has a number.')
      read.close()
      expect(await names(one, plan, 'milestones', 'titleEn')).toEqual([])
      expect(verdicts(one)).toBe(verdicts(a))
    }
    await d.client.vault.lock()
    await d.client.vault.unlock({ passphrase: d.passphrase })
    for (const artifact of [plan, standard]) expect(await held(artifact)).toEqual([])
    expect((await auditOf(d, ['update'])).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['held-back-taken-in', 'held-back-dismissed']),
    )
  },
)

it('[SYN-110] a delegation that is ended before its day ends with a cut', { timeout: 120_000 }, async () => {
  three = await threeCompanies(['ceo', 'coo', 'legal'])
  const [a, b] = three.all
  for (const one of [0, 1, 2] as const) three.cutOff(one)
  const d = await enrolled(b, three.clock, { name: { en: 'Basma', ar: 'بسمة' }, roles: ['legal'] })
  more.push(d)
  const { people } = await b.client.company.get()
  const [from, to] = [people.find(({ self }) => self)?.id ?? '', people.find(({ self }) => !self)?.id ?? '']
  const day = (days: number): string => new Date(three.clock.now() + days * 86_400_000).toISOString().slice(0, 10)
  await b.client.company.delegate({ from, to, roles: ['coo'], validFrom: day(0), validTo: day(7) })
  await carry(b, a)
  expect(runtimeOf(a).admission.endings.all).toEqual([])
  const lent = (await b.client.company.get()).people.flatMap(({ certificates }) => certificates).find(({ actingFor }) => actingFor) // prettier-ignore
  await b.client.company.revoke({ serial: lent?.serial ?? '', reason: 'back early' })
  await carry(b, a)
  const [ending, ...others] = runtimeOf(a).admission.endings.all
  expect(others).toEqual([])
  expect(ending?.subject).toMatchObject({ kind: 'roles', device: deviceOf(d), by: { roles: ['legal'] } })
})

it(
  '[SYN-72] [SYN-112] a run that turns a narrowing around and asks for a word before it counts is in the memory of whoever takes it, as it is in the log',
  { timeout: 180_000 },
  async () => {
    const { a, b, c, d, plan } = await begin()
    const e = await enrolled(c, three.clock, { name: { en: 'Fahd', ar: 'فهد' }, roles: ['coo'] })
    more.push(e)
    await everybodyMeets([a, b, c, d, e])
    const window = await openWindow(d, plan)
    window.add('milestones', { titleEn: 'seen by Asir' })
    await kept(window)
    window.close()
    await carry(d, c)
    await narrow(b, d)
    await carry(b, a)
    await carry(d, a)
    expect(await names(a, plan, 'milestones', 'titleEn')).toEqual([])
    // The third company has not heard of it. It ends a device of its own, by an entry that vouches for what it had taken in.
    await c.client.company.revokeDevice({ device: deviceOf(e), reason: 'lost' })
    await carry(c, a)
    const log = hubOf(a).context.vault.log.frontier(three.channel as ChannelId)
    for (const { id, hashes } of runtimeOf(a).admission.index.lines) expect(hashes.length).toBe(log.get(id))
    expect(await names(a, plan, 'milestones', 'titleEn')).toEqual(['seen by Asir'])
    await everybodyMeets([a, b, c])
    for (const one of [b, c]) expect(verdicts(one)).toBe(verdicts(a))
  },
)
