import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAiCompatible } from '#adapters/advisor/openai-compatible.ts'
import { icalCalendars } from '#adapters/calendar/ical.ts'
import { portedEndpoints, type EndpointPort } from '#adapters/endpoints/ported.ts'
import { storedArchives } from '#adapters/files/archives.ts'
import { nodeDisk } from '#adapters/files/disk.ts'
import { WorkerStandardFiles } from '#adapters/files/standard-files.ts'
import { WorkerWordFiles } from '#adapters/files/word-files.ts'
import { WorkerTables } from '#adapters/files/tables.ts'
import { keyedKeychain } from '#adapters/keychain/keyed.ts'
import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { SectionDocs } from '#adapters/yjs/section-docs.ts'
import { certificates } from '#adapters/pdf/certificates.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import { sha256 } from '#adapters/files/digest.ts'
import { chromiumPrinter } from '#adapters/printer/chromium.ts'
import { portedPrinter, type PrintPort } from '#adapters/printer/ported.ts'
import type { Printer } from './agreements/ports.ts'
import type { Clock, Instant } from '#shared/kernel/time.ts'
import type { AppState } from '#shared/projection/app-views.ts'
import { transactionsCsv } from '#demo/transactions.ts'
import { Changes } from './changes.ts'
import { Desk, type DeskTools } from './desk.ts'
import { NOT_ALLOWED } from './endpoints/reach.ts'
import { Engine } from './engine.ts'
import { checkerOf, type Checker } from './evidence/checker.ts'
import type { Endpoints, Scheduler } from './ports.ts'
import type { SampleOrders } from './sample.ts'

export interface EngineOptions {
  readonly profileDirectory: string
  /** A key that the shell keeps in the operating system's key store; null or absent where there is none. */
  readonly keychainKey?: Uint8Array | null
  readonly shell?: AppState['shell']
  readonly clock?: Clock
  readonly log?: (problem: unknown) => void
  /** What typesets agreements: an installed browser's path, or the port of a shell that has one. Absent, nothing is printed. */
  readonly typesetter?: { readonly browser: string } | { readonly port: PrintPort }
  /** How the shell reaches addresses that a company named; one for each vault. Absent, none is reached. */
  readonly endpoints?: (() => Endpoints) | { readonly port: EndpointPort }
  /** Worker that reads spreadsheets, where a bundle moved it. */
  readonly tablesWorker?: URL
  /** Stand-ins for adapters: how the acceptance stories own time, count steps and listen at the seal's input. */
  readonly tools?: Partial<DeskTools>
}

const SAMPLE_ROWS = 24_000
const SAMPLE_SEED = 20_261_121

const scheduler: Scheduler = {
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
}

/** The composition root: the only place where adapters are built. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { profileDirectory, keychainKey, shell = 'headless' } = options
  const crypto = options.tools?.crypto ?? (await createCrypto())
  const clock: Clock = options.clock ?? { now: () => Date.now() as Instant }
  const log = options.log ?? ((problem: unknown) => console.error(problem))
  const printer = printerOf(options.typesetter)
  const endpointsFor = endpointsOf(options.endpoints)
  const toolsFor = (): DeskTools => ({
    crypto,
    clock,
    scheduler,
    tables: new WorkerTables(options.tablesWorker),
    calendars: icalCalendars,
    standardFiles: new WorkerStandardFiles(options.tablesWorker),
    wordFiles: new WorkerWordFiles(options.tablesWorker),
    files: sqliteVaultFiles(),
    keychain: keychainKey ? keyedKeychain(crypto, keychainKey) : noKeychain,
    disk: nodeDisk,
    changes: new Changes(),
    shell,
    version: version(),
    newDocuments: () => new SectionDocs(),
    endpoints: endpointsFor(),
    advisor: openAiCompatible,
    paper: { printer, certificates, pdfs: signedPdfs, archives: storedArchives, sha256 },
    log,
    ...options.tools,
  })
  const [mainTools, partnerTools] = [toolsFor(), toolsFor()]
  const sample = {
    main: new Desk(mainTools, join(profileDirectory, 'sample', 'retailer'), true),
    partner: new Desk(partnerTools, join(profileDirectory, 'sample', 'supplier'), true),
  }
  const orders: SampleOrders = (until, upTo) => {
    const [header = '', ...rows] = transactionsCsv({ rows: SAMPLE_ROWS, seed: SAMPLE_SEED, until }).split('\r\n')
    return [header, ...rows.filter((row) => row.slice(0, upTo.length) <= upTo)].join('\r\n')
  }
  const partner = new Engine({ own: sample.partner, sample: undefined }, undefined, orders)
  const own = new Desk(mainTools, join(profileDirectory, 'company'), false)
  const engine = new Engine({ own, sample }, partner, orders)
  await engine.resume()
  return engine
}

/** What checks files from anywhere: no vault, no profile, no network, no printer. */
export async function startChecker(): Promise<Checker> {
  const crypto = await createCrypto()
  return checkerOf({ crypto, paper: { certificates, pdfs: signedPdfs, archives: storedArchives, sha256 } })
}

function endpointsOf(endpoints: EngineOptions['endpoints']): () => Endpoints {
  if (typeof endpoints === 'function') return endpoints
  return endpoints
    ? portedEndpoints(endpoints.port)
    : () => ({
        allow: () => undefined,
        ask: () => NOT_ALLOWED,
      })
}

function printerOf(typesetter: EngineOptions['typesetter']): Printer {
  if (typesetter && 'port' in typesetter) return portedPrinter(typesetter.port)
  return chromiumPrinter(typesetter?.browser)
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}
