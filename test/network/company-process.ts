import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChildProcess } from 'node:child_process'
import { startEngine } from '#engine/start.ts'
import type { Engine } from '#engine/engine.ts'
import { clientOf } from '#headless/company.ts'
import { openChromium } from '#headless/chromium.ts'
import { startServer } from '#headless/server.ts'
import { findWorkspace } from '#engine/workspaces/workspace-record.ts'
import type { FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { FeedTip } from '#shared/sync/message.ts'
import { keystrokes, writeBacklog, type BacklogOrder, type KeystrokesOrder } from './backlog.ts'
import { disclose } from './steps.ts'
import { obeyInWindow, type WindowOrder } from './window-order.ts'

/**
 * One company: an engine, its loopback server and its carrier in a Chromium of its own, inside the private network. It is told
 * what to do over its channel to the test and ends with it.
 */
export interface CompanyOrder {
  readonly id: number
  readonly call?: { readonly path: string; readonly input: unknown }
  readonly disclose?: string
  readonly catchUp?: { readonly workspace: string; readonly feed: string; readonly seq: number }
  readonly fetch?: string
  readonly carrier?: 'open' | 'kill'
  readonly tips?: string
  readonly backlog?: BacklogOrder
  readonly keystrokes?: KeystrokesOrder
  /** Starts to note when each entry of the workspace's longest feed has been committed here; `seen` asks for the notes. */
  readonly watch?: string
  readonly seen?: true
  readonly fsync?: true
  readonly window?: WindowOrder
}
/** How long the last entries took from the moment the link was up, and the sealed bytes that came. */
export interface CaughtUp {
  readonly milliseconds: number
  readonly bytes: number
}
export type Answer = {
  readonly id: number
  readonly value?: unknown
  readonly problem?: string
  readonly code?: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const [profile = '', browser = ''] = process.argv.slice(2)

const engine = await startEngine({ profileDirectory: profile })
const server = await startServer({
  backend: {
    router: (name) => (name === 'main' ? engine.router : undefined),
    attachCarrier: (pipe) => engine.attachCarrier(pipe),
    attachLive: (_, token, pipe) => engine.attachLive(token, pipe),
  },
  pages: { app: join(root, 'dist', 'ui'), carrier: join(root, 'dist', 'carrier') },
  instance: randomBytes(16).toString('hex'),
  port: 0,
  sentence: (code) => code,
})
const client = clientOf(engine.router)
let carrier: ChildProcess | undefined

function openCarrier(): void {
  const directory = join(profile, 'browser')
  rmSync(directory, { recursive: true, force: true })
  carrier = openChromium({ browser, door: server.gate.door('carrier'), directory, headless: true })
}

/** Killed as a crash would: nothing is said to anybody. */
function killCarrier(): Promise<void> {
  const killed = carrier
  carrier = undefined
  return new Promise((resolve) => {
    if (!killed) return resolve()
    killed.once('exit', () => resolve())
    killed.kill('SIGKILL')
  })
}

function procedure(path: string): (input: unknown) => Promise<unknown> {
  let found: unknown = client
  for (const part of path.split('.')) found = (found as Record<string, unknown>)[part]
  return found as (input: unknown) => Promise<unknown>
}

const tipsOf = (running: Engine, workspace: string): readonly FeedTip[] => {
  const { hub } = running.desk.session
  return hub
    .runtimesOf(workspace as never)
    .flatMap(({ id }) => hub.shelf.tips(id))
    .toSorted((left, right) => (left.feed < right.feed ? -1 : 1))
}

function catchUp({ workspace, feed, seq }: NonNullable<CompanyOrder['catchUp']>): Promise<CaughtUp> {
  const { hub, connections } = engine.desk.session
  const record = findWorkspace(hub.context, workspace)
  const [runtime] = hub.runtimesOf(workspace as WorkspaceId)
  if (!record || !runtime) throw new Error('nothing to catch up with')
  const had = hub.shelf.tips(runtime.id).find((tip) => tip.feed === feed)?.seq ?? 0
  return new Promise((resolve) => {
    let startedAt: number | undefined
    const watch = setInterval(() => {
      if (startedAt === undefined && connections.stateOf(record).state === 'direct') startedAt = performance.now()
    }, 1)
    const stop = hub.onGrown(() => {
      if ((hub.shelf.tips(runtime.id).find((tip) => tip.feed === feed)?.seq ?? 0) < seq) return
      const milliseconds = performance.now() - (startedAt ?? performance.now())
      clearInterval(watch)
      stop()
      let bytes = 0
      for (const run of hub.shelf.runs(runtime.id, feed as FeedId, had + 1, Number.MAX_SAFE_INTEGER))
        bytes += run.bytes.length
      resolve({ milliseconds, bytes })
    })
  })
}

const seen = new Map<number, number>()
function watch(workspace: string): void {
  const { hub } = engine.desk.session
  const [runtime] = hub.runtimesOf(workspace as WorkspaceId)
  if (!runtime) throw new Error('nothing to watch')
  hub.onGrown(() => {
    const seq = Math.max(...hub.shelf.tips(runtime.id).map((tip) => tip.seq))
    if (!seen.has(seq)) seen.set(seq, performance.timeOrigin + performance.now())
  })
}

/** The median of writing a page to the vault's disk for good, in milliseconds. */
function fsyncCost(): number {
  const path = join(profile, 'fsync')
  const file = openSync(path, 'w')
  const page = randomBytes(4096)
  const times = Array.from({ length: 31 }, () => {
    const at = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    return performance.now() - at
  }).toSorted((left, right) => left - right)
  closeSync(file)
  rmSync(path)
  return times[15] ?? 0
}

async function obey(order: CompanyOrder): Promise<unknown> {
  if (order.call) return procedure(order.call.path)(order.call.input)
  if (order.carrier === 'open') return openCarrier()
  if (order.carrier === 'kill') return killCarrier()
  if (order.tips !== undefined) return tipsOf(engine, order.tips)
  if (order.disclose !== undefined) return disclose(client, order.disclose)
  if (order.catchUp) return catchUp(order.catchUp)
  if (order.fetch !== undefined) return (await fetch(order.fetch)).json()
  if (order.keystrokes) return keystrokes(engine, order.keystrokes)
  if (order.watch !== undefined) return watch(order.watch)
  if (order.seen) return [...seen]
  if (order.fsync) return fsyncCost()
  if (order.backlog) return writeBacklog(engine, order.backlog)
  if (order.window) return obeyInWindow(engine, client, order.window)
  throw new Error('an order that says nothing')
}

process.on('message', (order: CompanyOrder) => {
  obey(order).then(
    (value) => process.send?.({ id: order.id, value }),
    (problem: Error & { code?: string }) =>
      process.send?.({ id: order.id, problem: problem.stack ?? problem.message, code: problem.code }),
  )
})
process.once('disconnect', () => {
  carrier?.kill('SIGKILL')
  process.exit(0)
})
process.send?.({ id: 0 })
