import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ChannelId, FeedId, Role } from '#shared/kernel/ids.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import { auditOf, download, importFile, openFile, refusalOf, startCompany, upload, type Company } from '#test/support/company.ts' // prettier-ignore
import { ledger, regularOrders } from '#test/support/orders.ts'
import { deviceOf, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
const more: Company[] = []
beforeEach(async () => {
  two = await twoCompanies()
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

const NAME = { en: 'Basma Al-Otaibi', ar: 'بسمة العتيبي' }
const hubOf = ({ engine }: Company) => engine.desk.session.hub
const runtimeOf = (company: Company) => {
  const runtime = hubOf(company).runtime(two.channel as ChannelId)
  if (!runtime) throw new Error('the channel is not there')
  return runtime
}

/** A new machine that asks `by`'s company for a certificate, over files alone. */
async function enrol(by: Company, roles: Role[], person: string | null = null): Promise<Company> {
  const machine = await startCompany({
    directory: mkdtempSync(join(tmpdir(), 'mithaq-device-')),
    passphrase: 'passphrase of the other device',
    clock: two.clock,
    scheduler: two.clock,
  })
  more.push(machine)
  await machine.client.joining.start({ name: NAME, passphrase: machine.passphrase })
  const asking = await machine.client.app.state()
  expect(asking.stage).toBe('joining')
  const looked = await openFile(by, await download(machine, await machine.client.joining.request()))
  if (looked.kind !== 'device-request') throw new Error(`a request read as ${looked.kind}`)
  expect(looked.code).toEqual(asking.requestCode)
  const terms = { token: looked.token, person, name: looked.name, roles, validTo: '2027-06-30' }
  expect(await refusalOf(by.client.company.enrol({ ...terms, code: '00000 00000 00000 00000 00000 00000' }))).toBe('workspaces:nothing-to-confirm') // prettier-ignore
  const { code, answer } = await by.client.company.enrol({ ...terms, code: looked.code.join(' ') })
  const offer = await machine.client.joining.look({ upload: await upload(machine, 'answer.mithaq', await download(by, answer)) }) // prettier-ignore
  expect(offer.preview.code).toEqual(code)
  await machine.client.joining.confirm({ token: offer.token, matches: true })
  expect((await machine.client.app.state()).stage).toBe('open')
  return machine
}

/** Something that anybody certified may write: the declaration of a plan. */
function declare(company: Company, nonce: number): string {
  const hub = hubOf(company)
  const bytes = new Uint8Array(16).fill(nonce)
  const artifact = artifactIdOf(hub.context.crypto, hub.identity.card.company, bytes)
  const event = { type: 'artifact-created' as const, artifact, artifactType: CapacityPlan.type, nonce: bytes, title: TITLE } // prettier-ignore
  hub.change(() => {
    writeIn(hub, two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(event) }])
    return undefined
  })
  return artifact
}
const sees = (company: Company, artifact: string): boolean =>
  runtimeOf(company)
    .facts.artifacts(CapacityPlan.type)
    .some(({ id }) => id === artifact)

async function carry(from: Company, to: Company): Promise<void> {
  const file = await from.client.workspaces.exportSync({ workspace: two.workspace })
  await openFile(to, await download(from, file))
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

interface Place {
  readonly feed: FeedId
  readonly seq: number
}
function lastRevocation(company: Company): Place {
  const [ending] = runtimeOf(company).admission.endings.all
  if (!ending?.carriers[0]) throw new Error('nothing revoked')
  return ending.carriers[0]
}
/** The last entry that a company's device wrote. */
function lastFact(company: Company): Place {
  const line = runtimeOf(company).admission.index.lines.find(({ id }) => id.startsWith(deviceOf(company)))
  if (!line) throw new Error('nothing written')
  return { feed: line.id, seq: line.admitted.length }
}

/** How many entries that `thief` holds any of its keys opens: of those with `after` in their ancestry, and of all others. */
function opened(thief: Company, by: Company, after: Place) {
  const { context } = hubOf(thief)
  const { workspace, admission } = runtimeOf(by)
  const keys = runtimeOf(thief).epochKeys()
  const count = { after: 0, held: 0, before: 0 }
  for (const { firstSeq, bytes } of context.vault.log.replay(two.channel)) {
    const run = parseRun(bytes)
    const line = run.ok ? admission.index.line(run.value.feed) : undefined
    if (!run.ok || run.value.channel === null || !line) continue
    const previousHash = line.hashes.of(firstSeq - 1) ?? null
    const place = { workspace, channel: two.channel as ChannelId, nextSeq: firstSeq, previousHash }
    const verified = verifyRun(context.crypto, run.value, place)
    if (!verified.ok) throw new Error(verified.refusal)
    for (const entry of verified.value) {
      if (entry.epoch === null) continue
      const later = admission.index.ancestryOf(line, entry.seq).includes(after)
      if (later) count.held++
      if (keys.some(({ key }) => openEntry(context.crypto, entry, key).ok)) count[later ? 'after' : 'before']++
    }
  }
  return count
}

describe('people and devices come and go', () => {
  it(
    "a colleague's device joins by files with a compared code, reads what its role is given, and both write as feeds of their own",
    { timeout: 120_000 },
    async () => {
      const { a, b } = two
      const dataset = await importFile(a, 'orders.csv', ledger(regularOrders()))
      const { artifact } = await two.disclose(await two.policy(dataset.id))
      await two.mail(a, b)
      const colleague = await enrol(b, ['coo', 'delivery-lead'])
      const screen = await colleague.client.artifacts.open({ artifact })
      const cell = screen.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
      if (!cell) throw new Error('no cell')
      const { sku, region, bucket, net } = cell
      await colleague.client.artifacts.commit({
        artifact,
        commitments: [{ sku, region, bucket, committed: net, status: 'committed', reason: null, resource: null }],
      })
      const mine = declare(b, 7)
      await everybodyMeets([a, b, colleague])
      const seen = (await a.client.artifacts.open({ artifact })).forecast.series.flatMap(({ cells }) => cells)
      expect(seen.filter(({ committed }) => committed !== null)).toHaveLength(1)
      expect(sees(a, mine) && sees(colleague, mine)).toBe(true)
      const feeds = runtimeOf(a).admission.index.lines.map(({ id }) => id.slice(0, 64))
      expect(feeds).toContain(deviceOf(b))
      expect(feeds).toContain(deviceOf(colleague))
      for (const other of [b, colleague]) expect(verdicts(other)).toBe(verdicts(a))
      // A colleague's device certifies nobody: it holds no issuer's key.
      expect((await colleague.client.company.get()).issuer).toBe(false)
      expect(await refusalOf(colleague.client.company.revokeDevice({ device: deviceOf(b), reason: 'lost' }))).toBe('company:not-issuer') // prettier-ignore
      await colleague.client.vault.lock()
      await colleague.client.vault.unlock({ passphrase: colleague.passphrase })
      expect((await colleague.client.artifacts.open({ artifact })).artifact.revision).toBe(1)
    },
  )

  it(
    '[story 4] a revoked device with all keys it ever held and all runs opens nothing written causally after; what it wrote before stays, what it backdates does not count',
    { timeout: 120_000 },
    async () => {
      const { a, b } = two
      const thief = await enrol(b, ['coo'])
      const before = declare(thief, 1)
      await everybodyMeets([a, b, thief])
      const view = await b.client.company.revokeDevice({ device: deviceOf(thief), reason: 'lost' })
      const devices = view.people.flatMap((person) => person.devices)
      expect(devices.find(({ device }) => device === deviceOf(thief))?.state).toBe('revoked')
      const revocation = lastRevocation(b)
      // It writes on as if it had heard of nothing.
      const backdated = declare(thief, 2)
      await carry(b, a)
      await carry(thief, a)
      await carry(thief, b)
      const after = [declare(a, 3), declare(b, 4)]
      await everybodyMeets([a, b])
      await carry(a, thief)
      await carry(b, thief)
      for (const company of [a, b]) {
        expect(sees(company, before)).toBe(true)
        expect(sees(company, backdated)).toBe(false)
        expect(
          runtimeOf(company)
            .admission.beyondCuts()
            .map(({ parked }) => parked),
        ).toEqual([1])
        for (const one of after) expect(sees(company, one)).toBe(true)
      }
      expect(verdicts(a)).toBe(verdicts(b))
      for (const one of after) expect(sees(thief, one)).toBe(false)
      const seen = opened(thief, a, revocation)
      expect(seen.before).toBeGreaterThan(5)
      expect(seen.held).toBeGreaterThan(1)
      expect(seen.after).toBe(0)
      expect((await auditOf(a)).map(({ code }) => code)).toContain('revocation-received')
      const [members] = (await a.client.workspaces.get({ workspace: two.workspace })).members.filter(
        ({ own: ours }) => !ours,
      )
      expect(members?.devices.find(({ device }) => device === deviceOf(thief))).toMatchObject({ state: 'revoked', parked: 1 }) // prettier-ignore
      // What A judged is what A judges when it reads its log again.
      const said = verdicts(a)
      await a.client.vault.lock()
      await a.client.vault.unlock({ passphrase: a.passphrase })
      expect(verdicts(a)).toBe(said)
    },
  )

  it(
    'what a partner had taken in before it heard of the revocation counts on both sides, flagged',
    { timeout: 120_000 },
    async () => {
      const { a, b } = two
      const lost = await enrol(b, ['coo'])
      await everybodyMeets([a, b, lost])
      const late = declare(lost, 5)
      await carry(lost, a)
      expect(sees(a, late)).toBe(true)
      await b.client.company.revokeDevice({ device: deviceOf(lost), reason: 'lost' })
      await everybodyMeets([a, b])
      for (const company of [a, b]) {
        expect(sees(company, late)).toBe(true)
        expect(runtimeOf(company).admission.beyondCuts()).toMatchObject([{ flagged: 1, parked: 0 }])
      }
      expect(verdicts(a)).toBe(verdicts(b))
    },
  )

  it(
    '[TR-11] roles change, a delegation begins and ends, access runs out: each with a new key for those who may read',
    { timeout: 120_000 },
    async () => {
      const { a, b, clock } = two
      const second = await enrol(b, ['legal'])
      const legal = deviceOf(second)
      // Legal is not in this channel's audience: the device knows nothing of it.
      expect(await second.client.workspaces.list()).toEqual([])
      const people = (await b.client.company.get()).people
      const [from, to] = [people.find(({ self }) => self)!, people.find(({ self }) => !self)!]
      const day = (days: number): string => new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10)
      const terms = { from: from.id, to: to.id, validFrom: day(0), validTo: day(7) }
      expect(await refusalOf(b.client.company.delegate({ ...terms, roles: ['ceo'] }))).toBe('company:roles-not-held')
      await b.client.company.delegate({ ...terms, roles: ['coo'] })
      await two.mail(b, a)
      // The company's word brings the workspace that the lent role reads, and only to that device.
      const word = await download(b, await b.client.company.updateFile({ device: legal }))
      expect((await openFile(second, word)).kind).toBe('company-update')
      expect((await second.client.workspaces.list()).map(({ id }) => id)).toEqual([two.workspace])
      expect(sees(a, declare(second, 5))).toBe(false)
      await carry(second, b)
      await two.mail(b, a)
      expect(runtimeOf(a).facts.artifacts(CapacityPlan.type)).toHaveLength(1)
      await expect(openFile(a, word)).rejects.toThrow()
      const readersOf = (company: Company) => {
        const { members } = runtimeOf(company)
        return [...members.epochs.values()].at(-1)?.recipients ?? []
      }
      expect(readersOf(b)).toContain(legal)
      const shown = (await a.client.workspaces.get({ workspace: two.workspace })).members.find(({ own }) => !own)
      expect(shown?.people.find(({ name }) => name.en === NAME.en)?.actingFor?.en).toBe(from.name.en)

      await two.sleep(9)
      declare(b, 6)
      await two.mail(b, a)
      expect(readersOf(b)).not.toContain(legal)
      declare(a, 7)
      expect(readersOf(a)).not.toContain(legal)

      const third = await enrol(b, ['coo'])
      await two.mail(b, a)
      expect(sees(third, declare(third, 8))).toBe(true)
      const person = (await b.client.company.get()).people.filter(({ devices }) => devices.some(({ device }) => device === deviceOf(third)))[0]! // prettier-ignore
      const changed = await b.client.company.certify({ person: person.id, roles: ['cmo'], validTo: day(90) })
      expect(changed.people.find(({ id }) => id === person.id)?.certificates.map(({ state }) => state).toSorted()).toEqual(['replaced', 'valid']) // prettier-ignore
      expect(readersOf(b)).not.toContain(deviceOf(third))
      await two.mail(b, a)
      // What a role loses is told with a cut; what only begins or runs out by its day is not.
      for (const company of [a, b])
        expect(runtimeOf(company).admission.endings.all).toMatchObject([{ subject: { kind: 'roles', device: deviceOf(third), by: { roles: ['cmo'] } } }]) // prettier-ignore
      expect(readersOf(a)).not.toContain(deviceOf(third))
      await carry(b, third)
      expect(() => declare(third, 9)).toThrow()
    },
  )

  it(
    'a company leaves and cannot read what comes causally after; the other goes on',
    { timeout: 120_000 },
    async () => {
      const { a, b } = two
      const early = declare(a, 1)
      await two.mail(a, b)
      const left = await b.client.workspaces.leave({ workspace: two.workspace })
      expect(left.stage).toBe('left')
      await two.mail(b, a)
      const leaving = lastFact(b)
      const late = declare(a, 2)
      await two.mail(a, b)
      expect(sees(b, early)).toBe(true)
      expect(sees(b, late)).toBe(false)
      const seen = opened(b, a, leaving)
      expect(seen.held).toBeGreaterThan(0)
      expect(seen.after).toBe(0)
      const members = (await a.client.workspaces.get({ workspace: two.workspace })).members
      expect(members.find(({ own }) => !own)?.left).toBe(true)
      expect(await refusalOf(b.client.workspaces.leave({ workspace: two.workspace }))).toBe('workspaces:not-active')
    },
  )

  it(
    'a new root key is named by the old one: partners follow, devices go on, and the old words open nothing',
    { timeout: 120_000 },
    async () => {
      const { a, b, words } = two
      const colleague = await enrol(b, ['coo'])
      await everybodyMeets([a, b, colleague])
      const before = (await b.client.company.get()).rootFingerprint
      const fresh = (await b.client.company.rotateRoot({ companyWords: [...words.b] })).words
      expect(fresh).toHaveLength(24)
      expect(await refusalOf(b.client.company.rotateRoot({ companyWords: [...words.b] }))).toBe(
        'vault:company-kit-other',
      )
      await everybodyMeets([a, b, colleague])
      const shown = (await a.client.workspaces.get({ workspace: two.workspace })).members.find(({ own }) => !own)
      expect(shown?.rootFingerprint).toBe((await b.client.company.get()).rootFingerprint)
      expect(shown?.rootFingerprint).not.toBe(before)
      const [mine, theirs] = [declare(b, 1), declare(colleague, 2)]
      await everybodyMeets([a, b, colleague])
      for (const company of [a, b, colleague])
        expect([sees(company, mine), sees(company, theirs)]).toEqual([true, true])
      expect(verdicts(a)).toBe(verdicts(b))
      // The company goes on certifying under its new root, and its word reaches the colleague's device.
      const word = await download(b, await b.client.company.updateFile({ device: deviceOf(colleague) }))
      expect((await openFile(colleague, word)).kind).toBe('company-update')
      const third = await enrol(b, ['coo'])
      await everybodyMeets([a, b, third])
      const last = declare(third, 3)
      await everybodyMeets([a, b, third])
      expect(sees(a, last)).toBe(true)
    },
  )

  it('a removed company is shut out of what comes after', { timeout: 120_000 }, async () => {
    const { a, b } = two
    const partner = hubOf(b).identity.card.company
    expect(await refusalOf(a.client.workspaces.removeCompany({ workspace: two.workspace, company: hubOf(a).identity.card.company }))).toBe('workspaces:own-company') // prettier-ignore
    await a.client.workspaces.removeCompany({ workspace: two.workspace, company: partner })
    const late = declare(a, 2)
    await two.mail(a, b)
    expect(sees(b, late)).toBe(false)
    expect((await b.client.workspaces.get({ workspace: two.workspace })).stage).toBe('left')
  })

  it(
    '[WS-4] among three a removal waits for the consent of all others, and takes effect with the last',
    { timeout: 120_000 },
    async () => {
      const { a, b, workspace } = two
      const c = await startCompany({
      directory: mkdtempSync(join(tmpdir(), 'mithaq-third-')), passphrase: 'passphrase of company c', clock: two.clock, scheduler: two.clock,
    }) // prettier-ignore
      more.push(c)
      await c.client.vault.create({
      company: { en: 'Tihama Logistics', ar: 'تهامة للنقل' }, person: { en: 'Talal', ar: 'طلال' }, roles: ['coo'], passphrase: c.passphrase,
    }) // prettier-ignore
      const looked = await openFile(c, await download(a, await a.client.workspaces.invite({ workspace, days: 7 })))
      if (looked.kind !== 'invitation') throw new Error(looked.kind)
      const { answer } = await c.client.workspaces.accept({ token: looked.token })
      await openFile(a, await download(c, answer))
      const code = (await a.client.workspaces.get({ workspace })).safetyCode?.join(' ') ?? ''
      await a.client.workspaces.confirmSafety({ workspace, code, matches: true })
      await c.client.workspaces.confirmSafety({ workspace, code, matches: true })
      await carry(a, c)
      await everybodyMeets([a, b, c])
      const third = hubOf(c).identity.card.company
      const asked = async (company: Company) =>
        (await company.client.today.get()).needs.some(({ code: need }) => need === 'consent-removal')
      const pending = async (company: Company) =>
        (await company.client.workspaces.get({ workspace })).members.find(({ company: one }) => one === third)?.removal

      await a.client.workspaces.removeCompany({ workspace, company: third })
      expect(await pending(a)).toMatchObject({ own: true })
      await everybodyMeets([a, b, c])
      const still = declare(a, 1)
      await carry(a, c)
      expect(sees(c, still)).toBe(true)
      expect([await asked(a), await asked(b)]).toEqual([false, true])
      expect((await pending(b))?.missing).toHaveLength(1)

      await b.client.workspaces.removeCompany({ workspace, company: third })
      await everybodyMeets([a, b])
      const late = declare(a, 2)
      await everybodyMeets([a, b])
      await carry(a, c)
      expect([sees(b, late), sees(c, late)]).toEqual([true, false])
      expect((await c.client.workspaces.get({ workspace })).stage).toBe('left')
      expect(await asked(b)).toBe(false)
    },
  )
})
