import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineClient } from '#headless/company.ts'
import type { LinkState } from '#shared/projection/workspace-views.ts'
import type { FeedTip } from '#shared/sync/message.ts'
import type { BrowsersOrder } from './browsers-process.ts'
import type { Answer, CaughtUp, CompanyOrder } from './company-process.ts'
import type { StrangerOrder } from './stranger-process.ts'
import type { Look, WindowOrder } from './window-order.ts'
import { privateNetwork, type PrivateNetwork } from './private-network.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const PASSPHRASE = 'a passphrase of the network tests'

interface Counts {
  readonly connections: number
  readonly topics: number
}
export interface Relay {
  readonly address: string
  readonly port: number
  /** What its own health page counts. */
  counts(by: Company): Promise<Counts>
  kill(): Promise<void>
}

/** A process that takes orders over its channel. */
export class Remote<Order> {
  readonly process: ChildProcess
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #last = 0

  constructor(process: ChildProcess) {
    this.process = process
    process.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer))
    process.on('exit', () => {
      for (const [id, answer] of this.#waiting) answer({ id, problem: 'the process ended' })
    })
  }

  async order<T>(order: Omit<Order, 'id'>): Promise<T> {
    const id = ++this.#last
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve)
      this.process.send({ id, ...order }, (lost) => lost && resolve({ id, problem: lost.message }))
    })
    this.#waiting.delete(id)
    if (answer.problem !== undefined) throw new Error(answer.problem)
    return answer.value as T
  }
}

/** One company with everything that it runs. */
export class Company {
  readonly client: EngineClient
  readonly #remote: Remote<CompanyOrder>

  constructor(remote: Remote<CompanyOrder>) {
    this.#remote = remote
    this.client = path([], (parts, input) => remote.order({ call: { path: parts.join('.'), input } })) as EngineClient
  }

  openCarrier = (): Promise<void> => this.#remote.order({ carrier: 'open' })
  killCarrier = (): Promise<void> => this.#remote.order({ carrier: 'kill' })
  disclose = (workspace: string): Promise<string> => this.#remote.order({ disclose: workspace })
  tips = (workspace: string): Promise<readonly FeedTip[]> => this.#remote.order({ tips: workspace })
  /** Watches from the moment the link is up until `seq` entries of `feed` are there. Ask before the carrier is opened. */
  catchUp = (workspace: string, { feed, seq }: FeedTip): Promise<CaughtUp> =>
    this.#remote.order({ catchUp: { workspace, feed, seq } })
  keystrokes = (
    order: NonNullable<CompanyOrder['keystrokes']>,
  ): Promise<readonly { readonly at: number; readonly seq: number }[]> => this.#remote.order({ keystrokes: order })
  watch = (workspace: string): Promise<void> => this.#remote.order({ watch: workspace })
  seen = async (): Promise<ReadonlyMap<number, number>> => new Map(await this.#remote.order({ seen: true }))
  fsync = (): Promise<number> => this.#remote.order({ fsync: true })
  fetch = <T>(url: string): Promise<T> => this.#remote.order({ fetch: url })
  window = (order: WindowOrder): Promise<Look> => this.#remote.order({ window: order })
  backlog = (order: NonNullable<CompanyOrder['backlog']>): Promise<number> => this.#remote.order({ backlog: order })

  /** Closes the app and opens it again: the carrier dies, the vault is locked and opened with its passphrase. */
  async restart(): Promise<void> {
    await this.killCarrier()
    await this.client.vault.lock({})
    await this.client.vault.unlock({ passphrase: PASSPHRASE })
    await this.openCarrier()
  }

  async link(workspace: string): Promise<LinkState> {
    return (await this.client.workspaces.get({ workspace })).link
  }
}

function path(parts: readonly string[], call: (parts: readonly string[], input: unknown) => Promise<unknown>): unknown {
  return new Proxy(() => undefined, {
    get: (_, part) => (typeof part === 'string' && part !== 'then' ? path([...parts, part], call) : undefined),
    apply: (_, __, [input]: unknown[]) => call(parts, input),
  })
}

/** A private network with companies and relays in it. `close` ends all that it started. */
export class World {
  readonly network: PrivateNetwork
  readonly #folder = mkdtempSync(join(tmpdir(), 'mithaq-network-'))
  readonly #started: ChildProcess[] = []
  readonly #browser: string

  static async make(): Promise<World> {
    const browser = process.env['MITHAQ_BROWSER']
    if (!browser) throw new Error('these tests need a Chromium browser: npm test finds it, or set MITHAQ_BROWSER')
    if (!existsSync(join(root, 'dist', 'carrier', 'index.html')))
      throw new Error('these tests need the built carrier page: run them by npm test')
    return new World(await privateNetwork(), browser)
  }

  /** What the relays of this world keep: one at a time has it open. */
  get mailboxFile(): string {
    return join(this.#folder, 'mailbox.db')
  }

  private constructor(network: PrivateNetwork, browser: string) {
    this.network = network
    this.#browser = browser
  }

  /** A relay; one more at the same time needs a file of its own. @throws when it ends before it says its address. */
  async relay(port = 0, file = this.mailboxFile): Promise<Relay> {
    const child = this.#start([join(root, 'electron', 'relay', 'main.ts')], {
      MITHAQ_RELAY_PORT: String(port),
      MITHAQ_RELAY_DATA: file,
    })
    const said = once(child.stdout ?? child, 'data') as Promise<[Buffer]>
    const over = once(child, 'exit').then(() => Promise.reject(new Error('the relay ended before it was there')))
    const [line] = await Promise.race([said, over])
    over.catch(() => undefined)
    const address = /ws:\/\/\S+/.exec(line.toString())?.[0]
    if (!address) throw new Error(`the relay says no address: ${line.toString()}`)
    return {
      address,
      port: Number(new URL(address).port),
      counts: async (by) => {
        const { connections, topics } = await by.fetch<Counts>(`${address.replace('ws:', 'http:')}/health`)
        return { connections, topics }
      },
      kill: () => ended(child),
    }
  }

  async company(name: string): Promise<Company> {
    const company = new Company(await this.#remote('company-process.ts', name))
    await company.client.vault.create({
      company: { en: name, ar: name },
      person: { en: `${name} person`, ar: `${name} person` },
      roles: ['coo'],
      passphrase: PASSPHRASE,
    })
    return company
  }

  browsers(): Promise<Remote<BrowsersOrder>> {
    return this.#remote('browsers-process.ts', 'browsers')
  }

  stranger(name: string): Promise<Remote<StrangerOrder>> {
    return this.#remote('stranger-process.ts', name)
  }

  /** A process of this folder with a profile of its own, ready for orders. */
  async #remote<Order>(program: string, name: string): Promise<Remote<Order>> {
    const child = this.#start([join(here, program), join(this.#folder, name), this.#browser])
    const ready = Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)])
    if (!(await ready)) throw new Error(`${name} did not start`)
    return new Remote(child)
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map(ended))
    this.network.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }

  #start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
    const child = this.network.spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    this.#started.push(child)
    return child
  }
}

/** Its channel closes first, so that it takes its own children along. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(timer)
}
