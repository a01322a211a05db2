import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArtifactId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import { copyIn, hubOf, internalOf, meet, openedBy, packed, settled, share } from '#test/support/colleagues.ts'
import { auditOf, download, ended, importFile, openFile, planFor, refusalOf, startCompany, until, upload, type Company } from '#test/support/company.ts' // prettier-ignore
import { decryptable } from '#test/support/decryptable.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { ledger, MONTHS, regularOrders } from '#test/support/orders.ts'
import { deviceOf, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { Wire } from '#test/support/wire.ts'

const OMAR = { en: 'Omar Al-Zahrani', ar: 'عمر الزهراني' }
const SARA = { en: 'Sara Al-Dosari', ar: 'سارة الدوسري' }
const TIME = { timeout: 120_000 }

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

async function device(name: { en: string; ar: string }, roles: Role[]): Promise<Company> {
  const made = await enrolled(two.a, two.clock, { name, roles })
  more.push(made)
  return made
}
const imported = () => importFile(two.a, 'orders.csv', ledger(regularOrders()))

/** The same table with another month, taken as a new version. */
async function reimport(dataset: string): Promise<void> {
  const plan = await planFor(two.a, 'orders.csv', ledger(regularOrders(8, [...MONTHS, '2026-11'])))
  const { job } = await two.a.client.datasets.reimport({ dataset, plan, key: ['Order no'] })
  expect((await ended(two.a, job)).state).toBe('done')
  const { token } = await two.a.client.datasets.reimportDiff({ job })
  await two.a.client.datasets.confirmReimport({ token })
  await settled(two.a)
}
async function changeRoles(name: string, roles: Role[]): Promise<void> {
  const { people } = await two.a.client.company.get()
  const person = people.find((one) => one.name.en === name)!
  await two.a.client.company.certify({ person: person.id, roles, validTo: '2027-05-31' })
  await settled(two.a)
}
const rowsOf = async (company: Company, dataset: string): Promise<number> =>
  (await company.client.datasets.page({ dataset, offset: 0, limit: 1 })).total

describe('colleagues share by class and role', () => {
  it(
    'a dataset reaches the roles that were chosen, with the columns up to the chosen class, and nobody else can open it',
    TIME,
    async () => {
      const { a, b } = two
      expect((await a.client.colleagues.get()).workspace).toBeNull()
      const dataset = await imported()
      const choice = { dataset: dataset.id, roles: ['cfo' as const], ceiling: 'public' as const, columns: [] }
      expect((await ended(a, (await a.client.colleagues.share(choice)).job)).refusal?.code).toBe('no-colleagues-yet')
      const [finance, sales] = [await device(OMAR, ['cfo']), await device(SARA, ['cmo'])]
      expect((await ended(a, (await a.client.colleagues.share(choice)).job)).refusal?.code).toBe('nothing-to-share')
      const seen = { ...choice, ceiling: 'shared-confidential' as const, columns: ['SKU'] }
      expect((await ended(a, (await a.client.colleagues.share(seen)).job)).refusal?.code).toBe('changed-since-look')
      const artifact = await share(a, dataset.id, ['cfo'], 'shared-confidential')
      await meet(a, finance, sales)

      const copy = (await finance.client.datasets.list())[0]!
      const going = dataset.columns.filter(({ dataClass }) => dataClass !== 'private')
      expect(copy.columns).toEqual(going)
      expect(going.length).toBeLessThan(dataset.columns.length)
      expect(copy).toMatchObject({ id: artifact, name: dataset.name, rows: dataset.rows, from: { revision: 1 } })
      expect(copy.from?.by.en).toBe('Amal Al-Harbi')
      const all = { offset: 0, limit: 20 }
      const ours = await a.client.datasets.page({ dataset: dataset.id, ...all })
      const theirs = await finance.client.datasets.page({ dataset: copy.id, ...all })
      const at = dataset.columns.flatMap(({ dataClass }, index) => (dataClass === 'private' ? [] : [index]))
      expect(theirs.rows).toEqual(ours.rows.map((row) => at.map((index) => row[index])))

      // It is read only, and nothing of it says what stayed at home.
      const changed = { dataset: copy.id, name: 'Mine', columns: [] }
      expect(await refusalOf(finance.client.datasets.update(changed))).toBe('intake:from-colleague')
      expect(await refusalOf(finance.client.datasets.remove({ dataset: copy.id }))).toBe('intake:from-colleague')
      const kept = JSON.stringify(hubOf(finance).context.vault.records.list('dataset'))
      expect(kept).toContain('SKU')
      expect(kept).not.toContain('Contact person')

      // The sharer sees who has it; the colleague outside the roles has nothing, and could open nothing.
      const [mine] = (await a.client.colleagues.get()).shares
      expect(mine).toMatchObject({ standing: 'current', revision: 1, columns: going.map(({ name }) => name) })
      expect(mine?.readers.map(({ person, taken }) => [person.en, taken])).toEqual([[OMAR.en, 1]])
      expect(await copyIn(sales, artifact)).toBeUndefined()
      expect(await sales.client.datasets.list()).toEqual([])
      const channel = internalOf(a).id
      expect(decryptable(finance, channel, artifact)).toEqual([1])
      expect(decryptable(sales, channel, artifact)).toEqual([])
      expect(internalOf(sales).facts.kept.length).toBeGreaterThan(0)

      // A partner has no such workspace, and what it could get hold of opens with nothing that it has.
      expect((await b.client.workspaces.list()).map(({ id }) => id)).toEqual([two.workspace])
      await openFile(b, await packed(a)).then(
        (outcome) => expect(outcome).toMatchObject({ kind: 'sync', admitted: 0 }),
        (problem: { data?: { code: string } }) => expect(problem.data?.code).toBe('file-of-another-workspace'),
      )
      await two.mail(a, b)
      expect(decryptable(b, channel, artifact)).toEqual([])
      expect(hubOf(b).runtime(channel)).toBeUndefined()
      expect(openedBy(b, a).opened).toBe(0)
      expect(openedBy(sales, a).opened).toBeGreaterThan(0)
      const known = JSON.stringify(await b.client.workspaces.get({ workspace: two.workspace }))
      expect(known).not.toContain(internalOf(a).workspace)

      expect((await auditOf(a)).map(({ code }) => code)).toContain('dataset-shared')
      expect((await auditOf(finance)).map(({ code }) => code)).toContain('dataset-received-from-colleague')
      const news = (await finance.client.today.get()).changes
      expect(news.find(({ code }) => code === 'dataset-received-from-colleague')?.target).toEqual({
        area: 'dataset',
        id: artifact,
      })

      // After a restart it is the same, and the key is not in use any more: the rows lie in the vault.
      await finance.client.vault.lock()
      await finance.client.vault.unlock({ passphrase: finance.passphrase })
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 1 })
      expect(await rowsOf(finance, artifact)).toBe(dataset.rows)
      expect(internalOf(finance).readSlice(artifact, 'slice:1' as never)).toBeUndefined()
    },
  )

  it(
    'a new version follows by itself; a role that comes is handed the key, a role that goes gets no further one',
    TIME,
    async () => {
      const { a } = two
      const [finance, sales] = [await device(OMAR, ['cfo']), await device(SARA, ['cmo'])]
      const dataset = await imported()
      const artifact = await share(a, dataset.id, ['cfo'], 'private')
      await meet(a, finance, sales)
      const channel = internalOf(a).id
      expect((await finance.client.datasets.list())[0]?.columns).toEqual(dataset.columns)

      await changeRoles(SARA.en, ['cmo', 'cfo'])
      await changeRoles(OMAR.en, ['cmo'])
      await meet(a, finance, sales)
      expect(await copyIn(sales, artifact)).toMatchObject({
        state: 'current',
        revision: 1,
        by: { en: 'Amal Al-Harbi' },
      })
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'role-lost', revision: 1 })

      await reimport(dataset.id)
      await meet(a, finance, sales)
      const now = (await a.client.datasets.list())[0]!
      expect(now.rows).toBeGreaterThan(dataset.rows)
      expect(await copyIn(sales, artifact)).toMatchObject({ state: 'current', revision: 2 })
      expect(await rowsOf(sales, artifact)).toBe(now.rows)
      // What was read before stays, and is all that can be opened there.
      expect(await rowsOf(finance, artifact)).toBe(dataset.rows)
      expect(decryptable(sales, channel, artifact)).toEqual([1, 2])
      expect(decryptable(finance, channel, artifact)).toEqual([1])

      // With the role back the newest revision comes.
      await changeRoles(OMAR.en, ['cfo'])
      await meet(a, finance, sales)
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 2 })
      expect(await rowsOf(finance, artifact)).toBe(now.rows)

      await a.client.colleagues.end({ artifact })
      await meet(a, finance, sales)
      for (const one of [finance, sales]) expect((await copyIn(one, artifact))?.state).toBe('withdrawn')
      expect(await rowsOf(finance, artifact)).toBe(now.rows)
      await reimport(dataset.id)
      await meet(a, finance, sales)
      expect(decryptable(finance, channel, artifact)).toEqual([1, 2])
      expect(
        hubOf(a)
          .context.vault.records.list('slice-key')
          .filter(({ id }) => id.includes(artifact)),
      ).toEqual([])
      await finance.client.colleagues.removeCopy({ artifact })
      expect(await finance.client.datasets.list()).toEqual([])
    },
  )

  it('a revoked device gets nothing that is shared afterwards, with all keys that it ever held', TIME, async () => {
    const { a } = two
    const [lost, finance] = [await device(OMAR, ['cfo']), await device(SARA, ['cfo'])]
    const dataset = await imported()
    const artifact = await share(a, dataset.id, ['cfo'], 'private')
    await meet(a, lost, finance)
    expect(await copyIn(lost, artifact)).toMatchObject({ revision: 1 })
    await a.client.company.revokeDevice({ device: deviceOf(lost), reason: 'lost' })
    await settled(a)
    const frontier = new Map(hubOf(a).context.vault.log.frontier(internalOf(a).id))
    const later = await share(a, (await imported()).id, ['cfo'], 'private')
    await reimport(dataset.id)
    await meet(a, finance)
    // Somebody hands it all runs nevertheless.
    await openFile(lost, await packed(a))
    await settled(lost)
    const channel = internalOf(a).id
    for (const one of [artifact, later]) expect(await copyIn(finance, one)).toMatchObject({ state: 'current' })
    expect([decryptable(lost, channel, artifact), decryptable(lost, channel, later)]).toEqual([[1], []])
    expect(decryptable(finance, channel, artifact)).toEqual([1, 2])
    // A's own feed: the others acknowledge the revocation under the key before it.
    const self = deviceOf(a)
    const seen = openedBy(lost, a, (feed, seq) => feed.startsWith(self) && seq > (frontier.get(feed) ?? 0))
    expect(seen.sealed).toBeGreaterThan(3)
    expect(seen.opened).toBe(0)
    expect(await copyIn(lost, artifact)).not.toMatchObject({ state: 'current' })
    // It is not listened to, either.
    await openFile(a, await packed(lost))
    expect((await a.client.colleagues.get()).devices.map(({ device: one }) => one)).toEqual([deviceOf(finance)])
  })

  it(
    'a column that would go and that nobody has seen going waits for a look; one that became private stays at once',
    TIME,
    async () => {
      const { a } = two
      const finance = await device(OMAR, ['cfo'])
      const dataset = await imported()
      const artifact = await share(a, dataset.id, ['cfo'], 'shared-confidential')
      await meet(a, finance)
      const describe_ = async (name: string, dataClass: 'private' | 'shared-confidential') => {
        const { meaning } = dataset.columns.find((column) => column.name === name)!
        await a.client.datasets.update({ dataset: dataset.id, name: dataset.name, columns: [{ name, dataClass, meaning }] }) // prettier-ignore
        await meet(a, finance)
      }
      await describe_('Customer', 'shared-confidential')
      const [waiting] = (await a.client.colleagues.get()).shares
      expect(waiting).toMatchObject({ standing: 'waits', unconfirmed: ['Customer'], revision: 1 })
      const needs = (await a.client.today.get()).needs
      expect(needs.find(({ code }) => code === 'look-at-share')).toMatchObject({ count: 1, target: { id: dataset.id } })
      await describe_('Customer', 'private')
      await describe_('Region', 'private')
      expect((await a.client.colleagues.get()).shares[0]).toMatchObject({ standing: 'current', revision: 2 })
      const names = (await finance.client.datasets.list())[0]?.columns.map(({ name }) => name)
      expect(names).not.toContain('Region')
      expect(names).not.toContain('Customer')
      await describe_('Customer', 'shared-confidential')
      await share(a, dataset.id, ['cfo'], 'shared-confidential')
      await meet(a, finance)
      expect((await finance.client.datasets.list())[0]?.columns.map(({ name }) => name)).toContain('Customer')
      expect(await copyIn(finance, artifact)).toMatchObject({ revision: 3 })
    },
  )

  it(
    "a policy goes to the roles that may disclose; a colleague's table is the source of a disclosure until sharing ends",
    TIME,
    async () => {
      const { a, b } = two
      const colleague = await device(OMAR, ['coo'])
      const dataset = await imported()
      const policy = await two.policy(dataset.id)
      expect(await refusalOf(a.client.colleagues.sharePolicy({ policy: policy.id, roles: ['coo'] }))).toBe('colleagues:policy-without-dataset') // prettier-ignore
      const artifact = await share(a, dataset.id, ['coo'], 'private')
      const { shares } = await a.client.colleagues.sharePolicy({ policy: policy.id, roles: ['coo'] })
      expect(shares.map(({ of }) => of).toSorted()).toEqual(['dataset', 'policy'])
      await meet(a, colleague)
      const [theirs] = await colleague.client.disclosures.policies()
      if (!theirs) throw new Error('the policy did not come')
      expect(theirs).toMatchObject({ datasetId: artifact, purpose: policy.purpose, fields: policy.fields })
      expect(await refusalOf(colleague.client.disclosures.savePolicy({ ...theirs, k: 3 }))).toBe('colleagues:from-colleague') // prettier-ignore
      expect(await refusalOf(colleague.client.disclosures.removePolicy({ policy: theirs.id }))).toBe('colleagues:from-colleague') // prettier-ignore
      const look = () => colleague.client.disclosures.preview({ policy: theirs, title: TITLE })
      const preview = await look()
      if (preview.outcome !== 'preview') throw new Error(JSON.stringify(preview))
      const order = { policy: theirs.id, title: TITLE, sliceId: preview.view.sliceId, confirmHeld: false }
      const disclosed = await colleague.client.disclosures.disclose(order)
      await openFile(b, await download(colleague, await colleague.client.workspaces.exportSync({ workspace: two.workspace }))) // prettier-ignore
      expect((await b.client.artifacts.openSlice({ artifact: disclosed.artifact })).artifact.id).toBe(
        disclosed.artifact,
      )

      // The policy changes at its owner's, and follows.
      await a.client.disclosures.savePolicy({ ...policy, k: policy.k + 2 })
      await meet(a, colleague)
      expect((await colleague.client.disclosures.policies())[0]).toMatchObject({ id: theirs.id, k: policy.k + 2 })
      await a.client.colleagues.end({ artifact })
      await meet(a, colleague)
      expect((await a.client.colleagues.get()).shares.map(({ standing }) => standing)).toEqual(['ended', 'ended'])
      expect(await look()).toMatchObject({ outcome: 'refused', refusals: [{ module: 'colleagues', code: 'share-ended' }] }) // prettier-ignore
    },
  )

  it(
    'register, roles and workspaces follow without an update file, to the device that they are for',
    TIME,
    async () => {
      const { a } = two
      const legal = await device(OMAR, ['legal'])
      const other = await device(SARA, ['cmo'])
      await meet(a, legal, other)
      expect(await legal.client.workspaces.list()).toEqual([])
      await changeRoles(OMAR.en, ['coo'])
      await a.client.company.addPerson({ name: { en: 'Nasser', ar: 'ناصر' } })
      const profile = { ...(await a.client.company.get()).profile, crNumber: '1010101010', languages: ['ar' as const] }
      await a.client.company.save(profile)
      await settled(a)
      await meet(a, legal, other)
      expect((await legal.client.workspaces.list()).map(({ id }) => id)).toEqual([two.workspace])
      expect((await legal.client.app.state()).person?.roles).toEqual(['coo'])
      const company = await legal.client.company.get()
      expect(company.profile.crNumber).toBe('1010101010')
      expect(company.people.map(({ name }) => name.en)).toContain('Nasser')
      // The word is sealed to one device: the other's own says nothing of that workspace.
      expect(await other.client.workspaces.list()).toEqual([])
      expect((await other.client.company.get()).people.map(({ name }) => name.en)).toContain('Nasser')
      // Nothing goes when nothing is new.
      const before = hubOf(a).context.vault.log.count(internalOf(a).id)
      a.engine.desk.session.colleagues.wake()
      await settled(a)
      expect(hubOf(a).context.vault.log.count(internalOf(a).id)).toBe(before)
    },
  )

  it(
    "a colleague who certifies nobody shares, too, and hands over to whoever comes; with the device's end nothing follows",
    TIME,
    async () => {
      const { a } = two
      const finance = await device(OMAR, ['cfo'])
      await meet(a, finance)
      const dataset = await importFile(finance, 'orders.csv', ledger(regularOrders()))
      const artifact = await share(finance, dataset.id, ['coo', 'cmo'], 'private')
      await meet(a, finance)
      expect(await copyIn(a, artifact)).toMatchObject({ state: 'current', by: { en: OMAR.en } })
      const sales = await device(SARA, ['cmo'])
      await meet(a, sales)
      // The key is the sharer's to hand over: until their device was there it is on its way.
      expect(await copyIn(sales, artifact)).toMatchObject({ state: 'coming', revision: 0 })
      await meet(a, finance, sales)
      expect(await copyIn(sales, artifact)).toMatchObject({ state: 'current', revision: 1 })
      await a.client.company.revokeDevice({ device: deviceOf(finance), reason: 'left' })
      await meet(a, sales)
      for (const one of [a, sales]) expect((await copyIn(one, artifact))?.state).toBe('sharer-ended')
      expect(await rowsOf(sales, artifact)).toBe(dataset.rows)
    },
  )

  it(
    '[story 4] a sharer restored from a backup goes on after the revisions that it forgot, under keys of its own',
    TIME,
    async () => {
      const { a } = two
      const finance = await device(OMAR, ['cfo'])
      const dataset = await imported()
      const artifact = await share(a, dataset.id, ['cfo'], 'private')
      await meet(a, finance)
      const backup = await download(a, await a.client.vault.backup())
      await reimport(dataset.id)
      await meet(a, finance)
      expect(await copyIn(finance, artifact)).toMatchObject({ revision: 2 })
      a.engine.close()
      const heir = await startCompany({ directory: mkdtempSync(join(tmpdir(), 'mithaq-heir-')), passphrase: a.passphrase, clock: two.clock, scheduler: two.clock }) // prettier-ignore
      more.push(heir)
      await heir.client.vault.restore({ upload: await upload(heir, 'a.backup', backup), unlock: { passphrase: a.passphrase } }) // prettier-ignore
      await meet(heir, finance)
      expect((await heir.client.colleagues.get()).shares).toMatchObject([{ standing: 'current', revision: 3 }])
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 3 })
      expect(await rowsOf(finance, artifact)).toBe(dataset.rows)
      expect(decryptable(finance, internalOf(finance).id, artifact)).toEqual([1, 2, 3])
    },
  )

  it('over a direct link a share arrives while both are open, and a stranger is not let in', TIME, async () => {
    const { a, b } = two
    const finance = await device(OMAR, ['cfo'])
    const dataset = await imported()
    const { workspace } = internalOf(a)
    const wire = new Wire()
    a.engine.desk.session.connections.attach(workspace as WorkspaceId, wire.a, deviceOf(finance))
    finance.engine.desk.session.connections.attach(workspace as WorkspaceId, wire.b, deviceOf(a))
    const artifact: ArtifactId = await share(a, dataset.id, ['cfo'], 'private')
    await until('it is there', async () => (await copyIn(finance, artifact))?.revision === 1)
    await until('the receipt is back', async () => {
      const [mine] = (await a.client.colleagues.get()).shares
      return mine?.readers[0]?.taken === 1
    })
    // A partner does not know the workspace: a pipe to it is closed before a byte of it is said.
    const strange = new Wire()
    b.engine.desk.session.connections.attach(workspace as WorkspaceId, strange.b, deviceOf(a))
    expect(strange.sent).toEqual([])
    // Revoked, it is cut off at once.
    await a.client.company.revokeDevice({ device: deviceOf(finance), reason: 'lost' })
    await until('the link is cut', () => !wire.open)
  })
})
