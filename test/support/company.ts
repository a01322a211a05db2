import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import type { DeskTools } from '#engine/desk.ts'
import type { Engine } from '#engine/engine.ts'
import type { Scheduler } from '#engine/ports.ts'
import { startEngine } from '#engine/start.ts'
import type { contract } from '#shared/contract/contract.ts'
import type { ImportPlan } from '#shared/contract/datasets.ts'
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts'
import type { Clock } from '#shared/kernel/time.ts'
import type { DownloadView, JobView } from '#shared/projection/app-views.ts'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { AuditRow } from '#shared/projection/today-views.ts'
import type { FileOutcome } from '#shared/projection/workspace-views.ts'

export type Client = ContractRouterClient<typeof contract>

/** A real cost at the floor: 64 MiB, one pass. */
export const REAL_COST = { passes: 1, memory: 64 * 1024 * 1024 }
const CHUNK = 512 * 1024

/** One engine on one profile directory, driven through the contract alone. */
export interface Company {
  readonly engine: Engine
  readonly client: Client
  readonly directory: string
  readonly passphrase: string
  /** Bugs that the engine logged: a story ends with none. */
  readonly bugs: unknown[]
}

export interface CompanyOptions {
  readonly directory: string
  readonly passphrase: string
  readonly clock: Clock
  readonly scheduler?: Scheduler
  readonly tools?: Partial<DeskTools>
}

/** Starts an engine; the vault in its directory, if any, stays locked. */
export async function startCompany(options: CompanyOptions): Promise<Company> {
  const { directory, passphrase, clock, scheduler, tools } = options
  const bugs: unknown[] = []
  const engine = await startEngine({
    profileDirectory: directory,
    clock,
    log: (problem) => bugs.push(problem),
    typesetter: { browser: process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium' },
    tools: { passphraseCost: REAL_COST, ...(scheduler && { scheduler }), ...tools },
  })
  return { engine, client: createRouterClient(engine.router, { context: {} }), directory, passphrase, bugs }
}

/** Hands bytes over in chunks, as the screens do. */
export async function upload({ client }: Company, name: string, bytes: Uint8Array): Promise<string> {
  const { upload: id } = await client.files.begin({ name, size: bytes.length })
  for (let at = 0; at < bytes.length; at += CHUNK)
    await client.files.chunk({ upload: id, base64: toBase64(bytes.subarray(at, at + CHUNK)) })
  return id
}

export async function download({ client }: Company, { id, size }: DownloadView): Promise<Uint8Array> {
  const whole = new Uint8Array(size)
  for (let offset = 0; offset < size;) {
    const part = fromBase64((await client.files.read({ download: id, offset })).base64)
    if (!part || part.length === 0) throw new Error(`the download ended after ${offset} of ${size} bytes`)
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

export const openFile = async (company: Company, bytes: Uint8Array, name = 'file.mithaq'): Promise<FileOutcome> =>
  company.client.workspaces.openFile({ upload: await upload(company, name, bytes) })

const WAIT_MS = 60_000
const POLL_MS = 3

/** Waits until a condition is met. @throws with `what` when a minute did not bring it. */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = performance.now() + WAIT_MS
  for (;;) {
    const met = await condition()
    if (met !== undefined && met !== false) return met
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Follows a job to its end, whatever that is, as a screen does: it asks again when the engine says that something changed. */
export async function ended({ client }: Company, id: string): Promise<JobView> {
  for await (const _change of await client.app.changes()) {
    const job = await client.jobs.get({ id })
    if (job.state !== 'running') return job
  }
  throw new Error('the engine stopped telling of changes')
}

export type PlanChange = (plan: ImportPlan) => ImportPlan

/** Probes a file and takes what the probe proposes, changed as the person would. */
export async function planFor(
  company: Company,
  name: string,
  bytes: Uint8Array,
  change: PlanChange = (plan) => plan,
): Promise<ImportPlan> {
  const source = { upload: await upload(company, name, bytes) }
  const { columns } = await company.client.datasets.probe({ source, choice: {} })
  return change({
    source,
    choice: {},
    name: 'Orders',
    system: 'ERP',
    columns: [...columns],
    cancellations: 'exclude',
    maxDefects: 100,
  })
}

/** Imports a file. @throws when it is refused. */
export async function importFile(
  company: Company,
  name: string,
  bytes: Uint8Array,
  change?: PlanChange,
): Promise<DatasetView> {
  const { job } = await company.client.datasets.import(await planFor(company, name, bytes, change))
  const { state, result, refusal } = await ended(company, job)
  const dataset = (await company.client.datasets.list()).find(({ id }) => id === result)
  if (state !== 'done' || !dataset) throw new Error(`import ${state}: ${refusal?.code}`)
  return dataset
}

/** The newest audit rows first turned round: in the order in which they were written. */
export async function auditOf({ client }: Company, kinds?: Parameters<Client['audit']['search']>[0]['kinds']) {
  const rows: AuditRow[] = []
  for (;;) {
    const page = await client.audit.search({ ...(kinds && { kinds }), offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) break
  }
  return rows.toSorted((left, right) => left.seq - right.seq)
}

/** The code of a refusal; anything else that is thrown is passed on. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (problem) {
    const { code, data } = problem as { code?: unknown; data?: { module: string; code: string } }
    if (code === 'REFUSED' && data) return `${data.module}:${data.code}`
    throw problem
  }
  return 'nothing was refused'
}
