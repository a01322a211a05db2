import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import { auditOf, download, ended, importFile, planFor, refusalOf, startCompany, upload, type Company } from '#test/support/company.ts' // prettier-ignore
import { ledger, regularOrders } from '#test/support/orders.ts'
import { TwoCompanies, twoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
let disclosed: DisclosureSummary
let extra: Company[]

beforeEach(async () => {
  extra = []
  two = await twoCompanies()
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  disclosed = await two.disclose(await two.policy(dataset.id))
  const wire = two.wire()
  await two.level(wire)
  await two.b.client.artifacts.open({ artifact: disclosed.artifact })
  await two.level(wire)
  wire.cut()
})
afterEach(() => {
  for (const { engine } of extra) engine.close()
  two.end()
  expect(extra.flatMap(({ bugs }) => bugs)).toEqual([])
})

/** Another engine on a directory of its own. */
async function another(name: string, passphrase: string): Promise<Company> {
  const directory = join(two.root, name)
  mkdirSync(directory, { recursive: true })
  const company = await startCompany({ directory, passphrase, clock: two.clock, scheduler: two.clock })
  extra.push(company)
  return company
}

const feedsOf = ({ engine }: Company): readonly string[] => [...engine.desk.session.context.vault.log.frontier(two.channel).keys()] // prettier-ignore

async function commit(company: Company, reason: string, at = 0): Promise<void> {
  const { artifact } = disclosed
  const { forecast } = await company.client.artifacts.open({ artifact })
  const cell = forecast.series.flatMap(({ cells }) => cells).filter(({ net }) => net !== null)[at]
  if (!cell) throw new Error('no cell')
  const { sku, region, bucket } = cell
  await company.client.artifacts.commit({ artifact, commitments: [{ sku, region, bucket, committed: 5, status: 'shortfall', reason, resource: null }] }) // prettier-ignore
}
const reasonsAt = async ({ client }: Company): Promise<readonly (string | null)[]> => {
  const { plan } = await client.artifacts.open({ artifact: disclosed.artifact })
  return Object.values(plan?.content.commitments ?? {}).map(({ reason }) => reason).toSorted() // prettier-ignore
}

/** B's machine is replaced by `heir`; A goes on with whoever holds B's vault. */
async function expectBothGoOn(heir: Company): Promise<void> {
  const pair = new TwoCompanies(two.root, two.clock, two.a, heir, two)
  const before = feedsOf(heir)
  await commit(heir, 'from the new incarnation', 1)
  expect(feedsOf(heir).length, 'a feed of its own').toBe(before.length + 1)
  const wire = pair.wire()
  await pair.level(wire)
  await two.a.client.artifacts.agree({ artifact: disclosed.artifact, cells: [{ sku: 'DT-0101', region: 'Riyadh', bucket: '2026-12', quantity: 9, note: null }] }) // prettier-ignore
  await pair.level(wire)
  const screens = await Promise.all([two.a, heir].map(({ client }) => client.artifacts.open({ artifact: disclosed.artifact }))) // prettier-ignore
  expect(screens[0]?.forecast).toEqual(screens[1]?.forecast)
  expect(screens[0]?.consensus).toEqual(screens[1]?.consensus)
  for (const company of [two.a, heir]) {
    expect(company.engine.desk.session.context.vault.records.list('fork-proof')).toEqual([])
    expect(await auditOf(company, ['refusal'])).toEqual([])
    expect(await company.client.audit.verify()).toMatchObject({ intact: true })
  }
}

describe('[story 4] a vault that comes back', () => {
  it('[PV-3] from a backup starts a new incarnation; what it forgot comes back from the partner, and both go on', async () => {
    const file = await download(two.b, await two.b.client.vault.backup())
    await commit(two.b, 'after the backup')
    await two.level(two.wire())
    two.b.engine.close()
    const heir = await another('restored', two.b.passphrase)
    const backup = await upload(heir, 'b.mithaq-backup', file)
    expect(await refusalOf(heir.client.vault.restore({ upload: backup, unlock: { passphrase: 'not the passphrase' } }))).toBe('vault:passphrase-wrong') // prettier-ignore
    expect((await heir.client.app.state()).stage).toBe('new')
    await heir.client.vault.restore({ upload: backup, unlock: { passphrase: two.b.passphrase } })
    expect(await reasonsAt(heir)).toEqual([])
    expect((await auditOf(heir, ['restore'])).map(({ code }) => code)).toEqual(['incarnation-started'])
    const wire = new TwoCompanies(two.root, two.clock, two.a, heir, two).wire()
    await new TwoCompanies(two.root, two.clock, two.a, heir, two).level(wire)
    expect(await reasonsAt(heir)).toEqual(['after the backup'])
    wire.cut()
    await expectBothGoOn(heir)
    expect(await reasonsAt(two.a)).toEqual(['after the backup', 'from the new incarnation'])
  })

  it('[PV-3] from a damaged backup is refused with nothing written', async () => {
    const file = await download(two.b, await two.b.client.vault.backup())
    const heir = await another('damaged', two.b.passphrase)
    for (const bad of [file.subarray(0, file.length - 1000), file.map((byte, at) => (at === file.length >> 1 ? byte ^ 1 : byte)), utf8('no backup')]) {
      const backup = await upload(heir, 'x', bad)
      expect(await refusalOf(heir.client.vault.restore({ upload: backup, unlock: { passphrase: two.b.passphrase } }))).toMatch(/^vault:backup-/) // prettier-ignore
      expect((await heir.client.app.state()).stage).toBe('new')
    }
    const backup = await upload(heir, 'x', file)
    await heir.client.vault.restore({ upload: backup, unlock: { passphrase: two.b.passphrase } })
    expect((await heir.client.app.state()).stage).toBe('open')
  }) // prettier-ignore

  it('[PV-3] from a restore that was killed half-way, or refused, is simply restored again', async () => {
    const file = await download(two.b, await two.b.client.vault.backup())
    const killed = await another('half', two.b.passphrase)
    const restore = async (company: Company, newPassphrase?: string): Promise<void> => {
      const backup = await upload(company, 'x', file)
      await company.client.vault.restore({ upload: backup, unlock: { passphrase: two.b.passphrase }, ...(newPassphrase && { newPassphrase }) }) // prettier-ignore
    }
    expect(await refusalOf(restore(killed, 'short'))).toBe('vault:passphrase-short')
    expect((await killed.client.app.state()).stage).toBe('new')
    await restore(killed)
    killed.engine.close()
    // As a kill leaves it before the last step: the vault is there, the mark that says so is not.
    rmSync(join(two.root, 'half', 'company', 'founded.mithaq'))
    const again = await another('half', two.b.passphrase)
    expect((await again.client.app.state()).stage).toBe('new')
    await restore(again, 'another long passphrase')
    expect((await again.client.artifacts.open({ artifact: disclosed.artifact })).sliceId).toBe(disclosed.sliceId)
    await again.client.vault.lock()
    await again.client.vault.unlock({ passphrase: 'another long passphrase' })
  })

  it('[PV-3] as a copied profile is told apart from the one that stayed: both write, and no number is used twice', async () => {
    two.b.engine.close()
    const copied = join(two.root, 'copied')
    cpSync(two.b.directory, copied, { recursive: true })
    await two.b.client.vault.unlock({ passphrase: two.b.passphrase })
    expect(await auditOf(two.b, ['restore'])).toEqual([])
    await commit(two.b, 'from the one that stayed')
    const twin = await another('copied', two.b.passphrase)
    await twin.client.vault.unlock({ passphrase: two.b.passphrase })
    expect((await auditOf(twin, ['restore'])).map(({ code }) => code)).toEqual(['incarnation-started'])
    await two.mail(two.b, two.a)
    await expectBothGoOn(twin)
    // Neither had heard of the other's commitment when it made its own: they are in one plan all the same.
    expect(await reasonsAt(two.a)).toEqual(['from the new incarnation', 'from the one that stayed'])
    expect(await reasonsAt(twin)).toEqual(await reasonsAt(two.a))
  })
})

describe('[story 4] a vault over its life', () => {
  it('[PV-3] locked in the middle of an import keeps nothing of it, and opens', async () => {
    const { client, passphrase } = two.a
    const before = [await client.datasets.list(), (await auditOf(two.a, ['import'])).length]
    const many = ledger(Array.from({ length: 60 }, () => [...regularOrders()]).flat())
    const { job } = await client.datasets.import(await planFor(two.a, 'large.csv', many))
    await client.vault.lock()
    expect((await client.app.state()).stage).toBe('locked')
    expect(await ended(two.a, job)).toMatchObject({ state: 'cancelled' })
    await client.vault.unlock({ passphrase })
    expect(two.a.engine.desk.session.context.vault.datasets.sweepStaging()).toBe(0)
    expect([await client.datasets.list(), (await auditOf(two.a, ['import'])).length]).toEqual(before)
    expect(two.a.bugs).toEqual([])
  })

  it('[PV-3] is open in one engine at a time, and the second says where it is', async () => {
    const second = await another('a', two.a.passphrase)
    expect((await second.client.app.state()).stage).toBe('locked')
    expect(await refusalOf(second.client.vault.unlock({ passphrase: two.a.passphrase }))).toBe('vault:vault-open-elsewhere') // prettier-ignore
    expect(await two.a.client.datasets.list()).toHaveLength(1)
    await two.a.client.vault.lock()
    await second.client.vault.unlock({ passphrase: two.a.passphrase })
    expect(await refusalOf(two.a.client.vault.unlock({ passphrase: two.a.passphrase }))).toBe('vault:vault-open-elsewhere') // prettier-ignore
    await second.client.vault.lock()
    await two.a.client.vault.unlock({ passphrase: two.a.passphrase })
  })

  it('[PV-3] changes its passphrase, its words and its key, and each old one stops working', async () => {
    const { client, passphrase } = two.a
    const next = 'a passphrase that is quite different'
    expect(await refusalOf(client.vault.changePassphrase({ current: 'wrong passphrase', next }))).toBe('vault:passphrase-wrong') // prettier-ignore
    expect(await refusalOf(client.vault.changePassphrase({ current: passphrase, next: 'short' }))).toBe('vault:passphrase-short') // prettier-ignore
    await client.vault.changePassphrase({ current: passphrase, next })
    const { words: first } = await client.vault.newRecoveryWords({ passphrase: next })
    const { words: second } = await client.vault.rekey({ passphrase: next })
    await client.vault.lock()
    expect(await refusalOf(client.vault.unlock({ passphrase }))).toBe('vault:passphrase-wrong')
    expect(await refusalOf(client.vault.unlockWithWords({ words: [...first], newPassphrase: next }))).toBe('vault:recovery-kit-other') // prettier-ignore
    await client.vault.unlockWithWords({ words: [...second], newPassphrase: passphrase })
    await client.vault.lock()
    expect(await refusalOf(client.vault.unlock({ passphrase: next }))).toBe('vault:passphrase-wrong')
    await client.vault.unlock({ passphrase })
    expect((await client.artifacts.open({ artifact: disclosed.artifact })).sliceId).toBe(disclosed.sliceId)
    const codes = (await auditOf(two.a, ['key'])).map(({ code }) => code)
    for (const code of ['passphrase-changed', 'recovery-kit-issued', 'vault-rekeyed']) expect(codes).toContain(code)
    expect(await client.audit.verify()).toMatchObject({ intact: true })
    // Nothing of it concerned the partner: the feed goes on.
    expect(await auditOf(two.a, ['restore'])).toEqual([])
  })

  it('[PV-3] finds what happened by word, kind and day, says when the chain is broken, and exports it', async () => {
    const { client, engine } = two.a
    const all = await auditOf(two.a)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1))
    const search = (query: Partial<Parameters<typeof client.audit.search>[0]>) => client.audit.search({ offset: 0, limit: 500, ...query }) // prettier-ignore
    expect((await search({ text: 'DEMAND BY product' })).rows.map(({ code }) => code)).toContain('slice-disclosed')
    expect((await search({ kinds: ['import', 'policy'] })).rows.map(({ kind }) => kind).toSorted()).toEqual(['import', 'policy']) // prettier-ignore
    const { today } = two.clock
    expect((await search({ from: today, to: today })).total).toBe(all.length)
    expect((await search({ to: '2026-11-20' })).total).toBe(0)
    expect((await search({ text: 'no such thing' })).total).toBe(0)
    const book = await download(two.a, await client.audit.export({ locale: 'ar' }))
    expect(Buffer.from(book.subarray(0, 2)).toString()).toBe('PK')

    const verdict = await client.audit.verify()
    expect(verdict).toMatchObject({ intact: true, entries: all.length, head: all.at(-1)?.hash })
    // One row of the past reads differently: the store is asked, not the engine's memory.
    const { audit } = engine.desk.session.context.vault
    const range = audit.range.bind(audit)
    Object.assign(audit, {
      range: (from: number, limit: number) => range(from, limit).map((entry) => (entry.seq === 4 ? { ...entry, event: { ...entry.event, code: 'nothing-happened' } } : entry)),
    }) // prettier-ignore
    expect(await client.audit.verify()).toMatchObject({ intact: false, firstBroken: 4 })
    Object.assign(audit, { range })
  })

  it('[PV-7] what is sealed to other roles is listed and not opened, and its key is not on this device', async () => {
    await two.a.client.workspaces.addChannel({ workspace: two.workspace, name: { en: 'Both', ar: 'كلاهما' }, roles: ['coo', 'cfo'] }) // prettier-ignore
    const { channels } = await two.a.client.workspaces.get({ workspace: two.workspace })
    const channel = channels.find(({ name }) => name.en === 'Both')?.id ?? ''
    const [dataset] = await two.a.client.datasets.list()
    const proposed = await two.a.client.disclosures.propose({ dataset: dataset?.id ?? '', workspace: two.workspace, channel }) // prettier-ignore
    const policy = await two.a.client.disclosures.savePolicy({ ...proposed, roles: ['cfo'] })
    const { artifact, sliceId } = await two.disclose(policy, undefined, true)
    const wire = two.wire()
    await two.level(wire)
    expect((await two.b.client.artifacts.list({})).find(({ id }) => id === artifact)).toMatchObject({ unopened: true })
    expect(await refusalOf(two.b.client.artifacts.open({ artifact }))).toBe('artifacts:sealed-to-others')
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:sealed-to-others')
    expect((await two.a.client.disclosures.list()).find((one) => one.artifact === artifact)).toMatchObject({ sliceId, receipts: [] }) // prettier-ignore
  })
})
