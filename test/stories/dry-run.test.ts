import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STATED_ITEMS } from '#shared/artifacts/dry-run.v1.ts'
import type { DryRunView } from '#shared/projection/dry-run-views.ts'
import {
  auditOf,
  download,
  ended,
  importFile,
  openFile,
  refusalOf,
  until,
  type Company,
} from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { FORECAST, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { told } from '#test/agreements/tools.ts'
import { kept, openWindow } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

let two: TwoCompanies
let wire: Wire
beforeEach(async () => {
  two = await twoCompanies({ dryRun: true, rolesA: ['coo', 'admin', 'ceo'], rolesB: ['coo', 'delivery-lead', 'ceo'] })
  wire = two.wire()
  await two.level(wire)
})
afterEach(() => two.end())

const viewOf = ({ client }: Company): Promise<DryRunView> => client.dryRuns.get({ workspace: two.workspace })
/** What both screens say, without whose it is. */
async function both(): Promise<DryRunView> {
  await two.level(wire)
  const [left, right] = [await viewOf(two.a), await viewOf(two.b)]
  const plain = (view: DryRunView) => ({
    companies: view.companies.map(({ company, ready, passed }) => ({ company, ready, passed })).toSorted((a, b) => (a.company < b.company ? -1 : 1)),
    items: view.items.map(({ item, done, words }) => ({ item, done, evidence: words.map(({ evidence }) => evidence) })),
    unlocked: view.unlocked,
  }) // prettier-ignore
  expect(plain(right)).toEqual(plain(left))
  return left
}
/** What Today asks a company's person to do about its dry run. */
const waiting = async ({ client }: Company) =>
  (await client.today.get()).needs.flatMap(({ code }) => (code.startsWith('dry-run') ? [code] : []))
const open = ({ items }: DryRunView) => items.filter(({ done }) => !done).map(({ item }) => item)

async function synthetic({ client, ...rest }: Company): Promise<string> {
  const { job } = await client.datasets.synthesise({ name: 'Invented orders', rows: 4_000 })
  const { state, result } = await ended({ client, ...rest }, job)
  if (state !== 'done' || !result) throw new Error(`synthetic data: ${state}`)
  return result
}

/** Everything that the checklist's facts ask for: a slice, opened; a commitment; a withdrawal; a sealed file. */
async function rehearse(): Promise<void> {
  const dataset = await synthetic(two.a)
  const disclosed = await two.disclose(await two.policy(dataset))
  await two.level(wire)
  const screen = await two.b.client.artifacts.open({ artifact: disclosed.artifact })
  const [cell] = screen.forecast.series.flatMap(({ cells }) => cells).filter(({ net }) => net !== null)
  if (!cell) throw new Error('no cell to commit to')
  const { sku, region, bucket, net } = cell
  const commitments = [{ sku, region, bucket, committed: net, status: 'committed' as const, reason: null, resource: null }] // prettier-ignore
  await two.b.client.artifacts.commit({ artifact: disclosed.artifact, commitments })
  wire.cut()
  await two.mail(two.b, two.a)
  wire = two.wire()
  await two.a.client.disclosures.withdraw({ artifact: disclosed.artifact, reason: 'rehearsed' })
  await two.level(wire)
}
const tickAll = async ({ client }: Company) => {
  for (const item of STATED_ITEMS)
    await client.dryRuns.tick({ workspace: two.workspace, item, done: true, evidence: 'Protocol of 3 March' })
}

describe('[EX-1] [TR-14] a workspace begins as a dry run', () => {
  it('[PAR-2] real data cannot leave into it, nor invented data into a workspace for real data', async () => {
    const real = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
    const policy = await two.policy(real.id)
    const refused = await two.a.client.disclosures.preview({ policy, title: TITLE, forecast: FORECAST })
    expect(refused).toMatchObject({ outcome: 'refused', refusals: [{ module: 'dry-run', code: 'real-data-in-dry-run' }] }) // prettier-ignore
    const order = { policy: policy.id, title: TITLE, forecast: FORECAST, sliceId: '00'.repeat(32), confirmHeld: true }
    expect(await refusalOf(two.a.client.disclosures.disclose(order))).toBe('dry-run:real-data-in-dry-run')
    const dataset = await synthetic(two.a)
    expect((await two.a.client.datasets.list()).filter(({ synthetic: invented }) => invented).map(({ id }) => id)).toEqual([dataset]) // prettier-ignore
    await two.disclose(await two.policy(dataset))
    // The control: the same two tables, the other way round, in a workspace for real data.
    const other = await twoCompanies()
    try {
      const invented = await synthetic(other.a)
      const bad = await other.a.client.disclosures.preview({ policy: await other.policy(invented), title: TITLE, forecast: FORECAST }) // prettier-ignore
      expect(bad).toMatchObject({ outcome: 'refused', refusals: [{ code: 'synthetic-data-in-production' }] })
      const usual = await importFile(other.a, 'orders.csv', ledger(regularOrders()))
      await other.disclose(await other.policy(usual.id))
      expect(await refusalOf(other.a.client.dryRuns.get({ workspace: other.workspace }))).toBe('dry-run:no-dry-run')
    } finally {
      other.end()
    }
  })

  it('[PAR-3] production unlocks on both screens when both have passed, as another workspace with other keys', async () => {
    expect(open(await both())).toHaveLength(9)
    // A file of one's own, opened where it was written, rehearses nothing.
    await two.mail(two.a, two.a)
    expect(open(await both())).toContain('sealed-file-read')
    await rehearse()
    expect(open(await both())).toEqual([...STATED_ITEMS])
    await tickAll(two.a)
    expect(await waiting(two.a)).toEqual(['dry-run-pass'])
    expect(await refusalOf(two.b.client.dryRuns.pass({ workspace: two.workspace }))).toBe('dry-run:checklist-open')
    await two.a.client.dryRuns.pass({ workspace: two.workspace })
    const half = await both()
    expect(half.unlocked).toBe(false)
    expect(half.companies.filter(({ passed }) => passed).map(({ own }) => own)).toEqual([true])
    expect(await refusalOf(two.a.client.dryRuns.foundProduction({ workspace: two.workspace }))).toBe('dry-run:not-passed') // prettier-ignore
    await tickAll(two.b)
    await two.b.client.dryRuns.pass({ workspace: two.workspace })
    expect((await both()).unlocked).toBe(true)
    expect([await waiting(two.a), await waiting(two.b)]).toEqual([['dry-run-found'], ['dry-run-found']])

    // A tick that is taken back takes the pass with it.
    const [item] = STATED_ITEMS
    await two.b.client.dryRuns.tick({ workspace: two.workspace, item, done: false, evidence: '' })
    expect((await both()).unlocked).toBe(false)
    await two.b.client.dryRuns.tick({ workspace: two.workspace, item, done: true, evidence: 'Looked again' })
    expect((await both()).unlocked).toBe(true)

    // Either side may found it: here the guest of the dry run does.
    const { workspace } = await two.b.client.dryRuns.foundProduction({ workspace: two.workspace })
    expect(workspace).not.toBe(two.workspace)
    await until('the other side hears of it', async () => (await viewOf(two.a)).production !== null)
    expect(await refusalOf(two.a.client.dryRuns.foundProduction({ workspace: two.workspace }))).toBe('dry-run:production-exists') // prettier-ignore
    const { production } = await viewOf(two.a)
    expect(production).toMatchObject({ workspace, joined: false })
    expect([await waiting(two.a), await waiting(two.b)]).toEqual([['dry-run-join'], []])
    const looked = await two.a.client.workspaces.openLink({ link: production?.link ?? '' })
    if (looked.kind !== 'invitation') throw new Error('no invitation')
    expect(looked.preview.dryRun).toBe(false)
    const { answer } = await two.a.client.workspaces.accept({ token: looked.token })
    await openFile(two.b, await download(two.a, answer))
    expect((await viewOf(two.a)).production?.joined).toBe(true)
    expect(await waiting(two.a)).toEqual([])
    const made = await two.b.client.workspaces.get({ workspace })
    expect(made).toMatchObject({ dryRun: false, afterDryRun: two.workspace })
    expect((await two.a.client.workspaces.get({ workspace })).afterDryRun).toBe(two.workspace)
    const codes = (await auditOf(two.b, ['workspace'])).map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['checklist-ticked', 'dry-run-passed', 'production-founded']))
  })

  it('[PAR-2] the peer agreement of the dry run is real, says that it binds nobody, and its signatures are each side’s word', async () => {
    const { artifact } = await two.a.client.dryRuns.agreement({ workspace: two.workspace })
    await two.level(wire)
    expect(await two.b.client.dryRuns.agreement({ workspace: two.workspace })).toEqual({ artifact })
    const live = await openWindow(two.a, artifact)
    const { people } = await two.a.client.agreements.get({ artifact })
    people.forEach(({ company, person, name }, at) => live.add('signatories', { company, person, name: { ...name }, order: `a${String(at)}` })) // prettier-ignore
    await kept(live)
    live.close()
    const { versions } = await two.a.client.agreements.freeze({ artifact })
    const { hash = '', content } = versions[0] ?? {}
    expect(content).toMatchObject({ type: 'PeerAgreement.v1', dryRun: true })
    await two.level(wire)
    const terms = async () => (await both()).items.find(({ item }) => item === 'terms-read')
    await two.a.client.agreements.sign({ artifact, hash })
    expect(await terms()).toMatchObject({ done: false, words: [{ evidence: `SHA-256 ${hash}` }] })
    await two.b.client.agreements.sign({ artifact, hash })
    expect(await terms()).toMatchObject({ done: true })
    const file = await download(two.b, await two.b.client.agreements.file({ artifact, hash }))
    expect(told(file, 'pdftotext', 'FILE', '-')).toContain('dry run, binds nobody')
  })

  it('[PAR-2] a person cannot tick what is proven, nor without evidence', async () => {
    const tick = (evidence: string) =>
      two.a.client.dryRuns.tick({ workspace: two.workspace, item: 'terms-read', done: true, evidence })
    expect(await refusalOf(tick('  '))).toBe('dry-run:evidence-missing')
    await expect(
      two.a.client.dryRuns.tick({ workspace: two.workspace, item: 'slice-opened' as never, done: true, evidence: 'seen' }),
    ).rejects.toThrow() // prettier-ignore
    // B writes only after it compared the safety code, so its first entry is the proof.
    expect(open(await both())).toContain('keys-compared')
    await two.b.client.dryRuns.tick({
      workspace: two.workspace,
      item: 'roles-checked',
      done: true,
      evidence: 'list of 3 March',
    })
    expect((await both()).items.find(({ item }) => item === 'keys-compared')).toMatchObject({ done: true, how: 'proven' }) // prettier-ignore
  })

  it('[PAR-1] a re-import of a file makes an invented table real again', async () => {
    const dataset = await synthetic(two.a)
    const { client } = two.a
    const source = { pasted: new TextDecoder().decode(ledger(regularOrders())).replaceAll(',', '\t') }
    const { columns } = await client.datasets.probe({ source, choice: {} })
    const plan = { source, choice: {}, name: 'Orders', system: 'ERP', columns: [...columns], cancellations: 'exclude' as const, maxDefects: 100 } // prettier-ignore
    const { job } = await client.datasets.reimport({ dataset, plan, key: ['Order no'] })
    await ended(two.a, job)
    const diff = await client.datasets.reimportDiff({ job })
    await client.datasets.confirmReimport({ token: diff.token })
    expect((await client.datasets.list()).map(({ synthetic: invented }) => invented)).toEqual([false])
    const policy = await two.policy(dataset)
    expect(await client.disclosures.preview({ policy, title: TITLE })).toMatchObject({ outcome: 'refused', refusals: [{ code: 'real-data-in-dry-run' }] }) // prettier-ignore
  })
})
