import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Pipe } from '#engine/ports.ts'
import { Links } from '#engine/links/links.ts'
import { workspaceRoom } from '#engine/workspaces/rooms.ts'
import { openChromium } from '#headless/chromium.ts'
import { startServer } from '#headless/server.ts'
import { readToEngine, writeToCarrier, type ToCarrier, type ToEngine } from '#shared/contract/carrier.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readInvitation } from '#shared/membership/invitation.ts'

/**
 * Somebody who once saw an invitation, and so knows the workspace's room and the password of its signalling, but is no member.
 * It runs the product's own carrier pages and lies as their engine.
 */
export interface StrangerOrder {
  readonly id: number
  /** Comes as a device of its own, with a correct proof of it. */
  readonly visit?: { readonly invitation: string; readonly signalling: string; readonly claim?: string }
  /** Meets both ends separately and hands what they say to each other on, unchanged. */
  readonly middle?: { readonly invitation: string; readonly signalling: readonly [string, string] }
  /** What it was told so far. */
  readonly heard?: true
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const [profile = '', browser = ''] = process.argv.slice(2)
const crypto = await createCrypto()
const heard: string[] = []
const browsers: (() => void)[] = []

/** A carrier page of its own; resolves with its end of the pipe. */
async function carrier(name: string): Promise<Pipe> {
  const { promise, resolve } = Promise.withResolvers<Pipe>()
  const server = await startServer({
    backend: { router: () => undefined, attachCarrier: resolve, attachLive: () => {} },
    pages: { app: join(root, 'dist', 'ui'), carrier: join(root, 'dist', 'carrier') },
    instance: randomBytes(16).toString('hex'),
    port: 0,
    sentence: (code) => code,
  })
  const directory = join(profile, name)
  rmSync(directory, { recursive: true, force: true })
  const page = openChromium({ browser, door: server.gate.door('carrier'), directory, headless: true })
  browsers.push(() => page.kill('SIGKILL'))
  return promise
}

function roomOf(link: string): { readonly room: string; readonly password: string } {
  const invitation = readInvitation(crypto, link, 0 as Instant)
  if (!invitation.ok) throw new Error(invitation.refusal)
  return workspaceRoom(crypto, invitation.value.workspace, invitation.value.genesis.founding)
}

async function visit({ invitation, signalling, claim }: NonNullable<StrangerOrder['visit']>): Promise<void> {
  const links = new Links(crypto)
  links.attach(await carrier('visit'))
  const pair = crypto.signingPair(crypto.random(32))
  const device = (claim ?? toHex(pair.publicKey)) as DeviceId
  links.open({
    ...roomOf(invitation),
    signalling: [signalling],
    iceServers: [],
    credential: { as: 'device', device, secret: pair.secretKey },
    acceptance: { as: 'device', member: () => true },
    joined: () => heard.push('joined'),
    refused: (refusal) => heard.push(refusal),
    reached: () => undefined,
  })
}

async function middle({ invitation, signalling }: NonNullable<StrangerOrder['middle']>): Promise<void> {
  const sides = await Promise.all([carrier('left'), carrier('right')])
  const peers: (string | undefined)[] = [undefined, undefined]
  const early: Uint8Array[][] = [[], []]
  const say = (side: number, message: ToCarrier) => sides[side]?.send(writeToCarrier(message))
  const handOver = (side: number) => {
    const peer = peers[side]
    if (peer !== undefined)
      for (const bytes of early[side]?.splice(0) ?? []) say(side, { say: 'send', peer, lane: 'auth', bytes })
  }
  const hear = (side: number, message: ToEngine) => {
    const other = 1 - side
    if (message.say === 'peer') {
      peers[side] = message.peer
      heard.push(`met ${side}`)
      handOver(side)
    }
    if (message.say === 'gone' && peers[side] === message.peer) peers[side] = undefined
    if (message.say === 'received') {
      heard.push(message.lane)
      early[other]?.push(message.bytes)
      handOver(other)
    }
  }
  for (const [side, pipe] of sides.entries()) {
    pipe.onMessage((bytes) => {
      const message = readToEngine(bytes)
      if (message.ok) hear(side, message.value)
    })
    say(side, { say: 'open', ...roomOf(invitation), signalling: [signalling[side] ?? ''], iceServers: [] })
  }
}

async function obey(order: StrangerOrder): Promise<unknown> {
  if (order.visit) return visit(order.visit)
  if (order.middle) return middle(order.middle)
  return heard
}

process.on('message', (order: StrangerOrder) => {
  obey(order).then(
    (value) => process.send?.({ id: order.id, value }),
    (problem: Error) => process.send?.({ id: order.id, problem: problem.stack ?? problem.message }),
  )
})
process.once('disconnect', () => {
  for (const end of browsers) end()
  process.exit(0)
})
process.send?.({ id: 0 })
