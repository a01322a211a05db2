import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import { transactionsCsv } from '#demo/transactions.ts'
import { clientOf, download, finished, upload, type EngineClient } from './company.ts'
import { serve, type App, type ServeOptions } from './serve.ts'

/** The demo's companies are nobody's: their passphrase is no secret and is printed. */
export const DEMO_PASSPHRASE = 'two companies side by side'
const ROWS = 20_000
const ROLES = ['coo'] as const

interface Actor {
  readonly folder: string
  readonly company: Bilingual
  readonly person: Bilingual
}
const OWNER: Actor = {
  folder: 'owner',
  company: { en: 'Najd Distribution', ar: 'نجد للتوزيع' },
  person: { en: 'Huda Al-Qahtani', ar: 'هدى القحطاني' },
}
const SUPPLIER: Actor = {
  folder: 'supplier',
  company: { en: 'Gulf Packaging', ar: 'الخليج للتغليف' },
  person: { en: 'Omar Al-Harbi', ar: 'عمر الحربي' },
}

export interface Demo {
  readonly apps: readonly [App, App]
  /** Whose app each of them is. */
  readonly names: readonly [string, string]
  close(): Promise<void>
}

/**
 * Two companies on two profiles, connected by a relay of their own. The first start seeds them: a vault each, a workspace with
 * a confirmed safety code, a transaction file and its first disclosure. Later starts only unlock them.
 */
export async function startDemo(options: ServeOptions): Promise<Demo> {
  const home = join(options.profile, 'demo')
  const open = (actor: Actor) => serve({ ...options, port: 0, profile: join(home, actor.folder), say: () => undefined })
  const [owner, supplier] = [await open(OWNER), await open(SUPPLIER)]
  const closeBoth = () => Promise.all([owner?.close(), supplier?.close()])
  if (!owner || !supplier) {
    await closeBoth()
    throw new Error('the demo is already running')
  }
  const relay = await startRelay(options, join(home, 'mailbox.db')).catch(async (problem: unknown) => {
    await closeBoth()
    throw problem
  })
  const ours = clientOf(owner.router)
  const theirs = clientOf(supplier.router)
  const fresh = (await ours.app.state()).stage === 'new'
  await enter(ours, OWNER)
  await enter(theirs, SUPPLIER)
  if (fresh) {
    options.say('seeding two companies (once)')
    const workspace = await connect(ours, theirs)
    await disclose(ours, workspace, await importLedger(ours))
  }
  for (const client of [ours, theirs]) await reachable(client, relay.address)
  return {
    apps: [owner, supplier],
    names: [OWNER.company.en, SUPPLIER.company.en],
    async close() {
      await closeBoth()
      relay.process.kill()
    },
  }
}

async function enter(client: EngineClient, { company, person }: Actor): Promise<void> {
  const { stage } = await client.app.state()
  if (stage === 'new') await client.vault.create({ company, person, roles: [...ROLES], passphrase: DEMO_PASSPHRASE })
  if (stage === 'locked') await client.vault.unlock({ passphrase: DEMO_PASSPHRASE })
}

/** Invitation and answer by sealed file, then both say that the safety code matched. */
async function connect(ours: EngineClient, theirs: EngineClient): Promise<WorkspaceView> {
  const created = await ours.workspaces.create({
    kind: 'customer-seller',
    name: { en: 'Supply 2027', ar: 'إمداد ٢٠٢٧' },
    outcome: { en: 'No lost sale for want of packaging', ar: 'لا بيع يضيع لنقص التغليف' },
    charter: { addCompany: 'every-member', roles: [...ROLES] },
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: [...ROLES] },
  })
  const invitation = await download(ours, await ours.workspaces.invite({ workspace: created.id, days: 7 }))
  const seen = await theirs.workspaces.openFile({ upload: await upload(theirs, 'invitation.mithaq', invitation) })
  if (seen.kind !== 'invitation') throw new Error(`an invitation was opened as ${seen.kind}`)
  const { workspace, answer } = await theirs.workspaces.accept({ token: seen.token })
  await ours.workspaces.openFile({ upload: await upload(ours, 'answer.mithaq', await download(theirs, answer)) })
  await exchange(ours, theirs, created.id)
  const [left, right] = [await ours.workspaces.get({ workspace }), await theirs.workspaces.get({ workspace })]
  if (!left.safetyCode || left.safetyCode.join() !== right.safetyCode?.join())
    throw new Error('the safety codes differ: somebody is in between')
  const said = { workspace, code: left.safetyCode.join(' '), matches: true }
  await ours.workspaces.confirmSafety(said)
  await theirs.workspaces.confirmSafety(said)
  await exchange(ours, theirs, created.id)
  return ours.workspaces.get({ workspace })
}

/** One file each way: what a mail would carry. */
async function exchange(ours: EngineClient, theirs: EngineClient, workspace: string): Promise<void> {
  for (const [from, to] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    const file = await download(from, await from.workspaces.exportSync({ workspace }))
    await to.workspaces.openFile({ upload: await upload(to, 'sync.mithaq', file) })
  }
}

async function importLedger(client: EngineClient): Promise<DatasetView> {
  const name = 'orders.csv'
  const csv = utf8(transactionsCsv({ rows: ROWS, seed: 7 }))
  const source = { upload: await upload(client, name, csv) }
  const probe = await client.datasets.probe({ source, choice: {} })
  const { job } = await client.datasets.import({
    source,
    choice: {},
    name: 'Orders',
    system: 'demo',
    columns: probe.columns.map(({ ambiguous: _ambiguous, ...column }) => column),
    cancellations: 'exclude',
    maxDefects: ROWS,
  })
  await finished(client, job)
  const [dataset] = await client.datasets.list()
  if (!dataset) throw new Error('the import left no dataset')
  return dataset
}

async function disclose(client: EngineClient, workspace: WorkspaceView, dataset: DatasetView): Promise<void> {
  const [channel] = workspace.channels
  if (!channel) throw new Error('the workspace has no channel')
  const proposed = await client.disclosures.propose({
    dataset: dataset.id,
    workspace: workspace.id,
    channel: channel.id,
  })
  const policy = await client.disclosures.savePolicy(proposed)
  const title = { en: 'Packaging demand', ar: 'طلب التغليف' }
  const forecast: ForecastChoice = {
    method: 'auto',
    horizon: 6,
    unit: 'carton',
    overrides: [],
    zones: [],
    assumptions: [],
    invalidation: [],
    commitDays: 10,
    exceptionDays: 5,
  }
  const preview = await client.disclosures.preview({ policy, title, forecast })
  if (preview.outcome === 'refused') throw new Error(preview.refusals.map(({ code }) => code).join(', '))
  const { sliceId } = preview.view
  await client.disclosures.disclose({ policy: policy.id, title, forecast, sliceId, confirmHeld: false })
}

/** The relay has a new address at every start. */
async function reachable(client: EngineClient, address: string): Promise<void> {
  for (const { id } of await client.workspaces.list())
    await client.workspaces.setConnection({ workspace: id, enabled: true, signalling: [address], iceServers: [] })
}

/** @param data the file of its mailbox: the demo's own, never that of a relay which the person runs. */
async function startRelay(
  { root, environment }: ServeOptions,
  data: string,
): Promise<{ readonly process: ChildProcess; readonly address: string }> {
  const relay = spawn(process.execPath, [join(root, 'electron', 'relay', 'main.ts')], {
    env: { ...environment, MITHAQ_RELAY_HOST: '127.0.0.1', MITHAQ_RELAY_PORT: '0', MITHAQ_RELAY_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    relay.stdout?.on('data', (chunk: Buffer) => {
      const found = /ws:\/\/\S+/.exec(chunk.toString())
      if (found) resolve(found[0])
    })
    relay.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)))
  })
  return { process: relay, address }
}
