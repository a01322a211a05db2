import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { MAILBOX_PROTOCOL, readChallenge, readVerdict, writeProof } from '#shared/mailbox/greeting.ts'
import { decodeMessage, encodeMessage, MESSAGE_LIMITS, PROTOCOL, type Message } from '#shared/sync/message.ts'
import { SyncSession, type SyncEffect } from '#shared/sync/session.ts'
import type { Peer } from '../../test/properties/peer.ts'
import { world } from '../../test/properties/sync-world.ts'
import { allowance, daily } from './mailbox-limits.ts'
import { startRelay, type Relay, type RelayOptions } from './start.ts'

const crypto = await createCrypto()
const relays: Relay[] = []
const sockets: WebSocket[] = []
const directory = mkdtempSync(join(tmpdir(), 'mithaq-relay-'))

async function relay(options: Partial<RelayOptions> = {}): Promise<Relay> {
  const made = await startRelay({ host: '127.0.0.1', port: 0, behindProxy: false, data: 'memory', ...options })
  relays.push(made)
  return made
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  for (const each of relays.splice(0)) await each.close()
  rmSync(directory, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly verdict: string | null | undefined
}

/** A member's end of a mailbox connection over a real socket: greeting, session, admission. */
class Caller {
  readonly socket: WebSocket
  readonly peer: Peer
  readonly sync: SyncSession
  readonly heard: Message[] = []
  verdict: string | null | undefined
  status: unknown
  readonly ended: Promise<Ended>
  #greeted = false
  #waiting: (() => void)[] = []

  constructor(port: number, peer: Peer, options: { host?: string; silent?: boolean } = {}) {
    this.peer = peer
    this.sync = new SyncSession(peer.shelf, [peer.id])
    this.socket = new WebSocket(`ws://127.0.0.1:${port}`, [MAILBOX_PROTOCOL], options.host ? { headers: { host: options.host } } : {}) // prettier-ignore
    sockets.push(this.socket)
    this.ended = new Promise((resolve) => this.socket.on('close', (code) => resolve({ code, verdict: this.verdict })))
    this.socket.on('error', () => undefined)
    this.socket.on('message', (data: Buffer) => {
      if (options.silent !== true) this.#hear(new Uint8Array(data), `127.0.0.1:${port}`)
      for (const wake of this.#waiting.splice(0)) wake()
    })
  }

  /** Resolves once what was heard makes it true. */
  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
  level = (): Promise<void> => this.until(() => this.status === 'level')
  send(bytes: Uint8Array): void {
    this.socket.send(bytes)
  }
  tell(): void {
    this.#run(this.sync.handle({ type: 'grown', channel: this.peer.id }))
  }

  #hear(bytes: Uint8Array, host: string): void {
    const { genesis, party } = this.peer
    if (this.verdict === undefined) {
      const nonce = readChallenge(bytes)
      if (!this.#greeted && nonce.ok) {
        this.#greeted = true
        const who = { workspace: genesis.workspace, device: party.device, host }
        return this.send(writeProof(crypto, party.signing.secretKey, who, nonce.value))
      }
      const verdict = readVerdict(bytes)
      this.verdict = verdict.ok ? null : verdict.refusal
      if (verdict.ok) this.#run(this.sync.handle({ type: 'opened' }))
      return
    }
    const message = decodeMessage(bytes)
    if (message.ok) this.heard.push(message.value)
    this.#run(this.sync.handle({ type: 'message', bytes }))
  }

  #run(effects: readonly SyncEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'send') this.send(effect.bytes)
      else if (effect.type === 'status') this.status = effect.status
      else if (effect.type === 'take') {
        for (const { bytes } of effect.runs) this.peer.take(bytes)
        this.#run(this.sync.handle({ type: 'taken', channel: effect.channel, needs: [], missing: [] }))
      }
    }
  }
}

const members = (...names: readonly string[]) => world(crypto, names) as unknown as readonly [Peer, Peer]
const say = (peer: Peer, size = 10): void => void peer.take(peer.seal([{ kind: 'blob', payload: crypto.random(size) }]))
const held = (peer: Peer): unknown =>
  [...peer.channel.index.held()].sort((one, other) => (one.feed < other.feed ? -1 : 1))
const health = async (port: number): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/health`)).json()

describe('a mailbox behind real sockets', () => {
  it('serves two that are never there together, over a restart of its own, from one file', async () => {
    const data = join(directory, 'mailbox.db')
    const [amal, badr] = members('Amal', 'Badr')
    for (let count = 0; count < 6; count++) say(amal, 900_000)
    const first = await relay({ data })
    const caller = new Caller(first.port, amal)
    await caller.level()
    caller.socket.close()
    await caller.ended
    await first.close()
    relays.length = 0
    const second = await relay({ data })
    const other = new Caller(second.port, badr)
    await other.level()
    expect(held(badr)).toEqual(held(amal))
    expect(await health(second.port)).toMatchObject({ connections: 0, mailbox: { connections: 1, channels: 1 } })
  })

  it('and signalling share an address; without a mailbox the caller is told that there is none', async () => {
    const { port } = await relay()
    const plain = new WebSocket(`ws://127.0.0.1:${port}`)
    sockets.push(plain)
    await new Promise((resolve) => plain.once('open', resolve))
    plain.send('{"type":"ping"}')
    expect(await new Promise((resolve) => plain.once('message', (data) => resolve(String(data))))).toBe(
      '{"type":"pong"}',
    )
    const none = await relay({ data: null })
    const [amal] = members('Amal')
    const { code } = await new Caller(none.port, amal).ended
    expect(code).toBe(1006)
    expect(await health(none.port)).toMatchObject({ mailbox: null })
  })

  it('[MBX-20] turns away who dialled another name, with a reason', async () => {
    const { port } = await relay()
    const [amal] = members('Amal')
    const caller = new Caller(port, amal, { host: 'evil.example' })
    expect(await caller.ended).toEqual({ code: 1008, verdict: 'mailbox-wrong-name' })
  })

  it('[MBX-24] closes who sends too much at once, text, or before a greeting; and who never greets', async () => {
    const { port } = await relay({ limits: { greetingMs: 50 } })
    const [amal, badr] = members('Amal', 'Badr')
    const calm = new Caller(port, badr)
    await calm.until(() => calm.heard.length > 0)
    const large = new Caller(port, amal)
    await large.until(() => large.heard.length > 0)
    large.send(new Uint8Array(MESSAGE_LIMITS.bytes + 1))
    expect((await large.ended).code).toBe(1009)
    const text = new Caller(port, amal)
    await text.until(() => text.heard.length > 0)
    text.socket.send('hello')
    expect((await text.ended).code).toBe(1008)
    const early = new Caller(port, amal, { silent: true })
    await new Promise((resolve) => early.socket.once('open', resolve))
    early.send(encodeMessage({ type: 'hello', version: PROTOCOL, channels: [amal.id] }))
    expect((await early.ended).code).toBe(1008)
    expect((await new Caller(port, amal, { silent: true }).ended).code).toBe(1008)
    calm.tell()
    expect(calm.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('[MBX-7] lets nobody in beyond its connections, and says that it is busy', async () => {
    const { port } = await relay({ limits: { connectionsPerAddress: 1 } })
    const [amal, badr] = members('Amal', 'Badr')
    const first = new Caller(port, amal)
    await first.level()
    expect(await new Caller(port, badr).ended).toEqual({ code: 1013, verdict: 'mailbox-busy' })
    first.socket.close()
    await first.ended
    await expect.poll(async () => (await health(port)) as object).toMatchObject({ mailbox: { connections: 0 } })
    await new Caller(port, badr).level()
  })

  it('[MBX-7] takes no more new channels of an address in a day than its limit', async () => {
    const { port } = await relay({ limits: { channelsPerAddress: 1 } })
    const [amal] = members('Amal')
    const [other] = members('Other')
    await new Caller(port, amal).level()
    const refused = new Caller(port, other)
    await refused.until(() => refused.heard.some(({ type }) => type === 'refused'))
    expect(refused.heard).toContainEqual({ type: 'refused', channel: other.id, code: 'full' })
    expect(await health(port)).toMatchObject({ mailbox: { channels: 1 } })
  })

  it('[MBX-7] reads who floods no faster than its rate, and loses nothing of it', async () => {
    const { port } = await relay({ limits: { burstBytes: 400_000, bytesPerSecond: 20_000_000 } })
    const [amal] = members('Amal')
    for (let count = 0; count < 10; count++) say(amal, 900_000)
    const caller = new Caller(port, amal)
    await caller.level()
    expect(await health(port)).toMatchObject({ mailbox: { channels: 1 } })
  })
})

describe('limits of a mailbox', () => {
  it('[MBX-7] pay a debt over time', () => {
    let now = 0
    const wait = allowance(100, 10, () => now)
    expect(wait(100)).toBe(0)
    expect(wait(50)).toBe(5_000)
    now = 5_000
    expect(wait(0)).toBe(0)
    expect(wait(1)).toBe(100)
    now = 1_000_000
    expect(wait(100)).toBe(0)
  })

  it('[MBX-7] count by the day and by address', () => {
    let now = 0
    const may = daily(2, () => now)
    expect([may('a'), may('a'), may('a'), may('b')]).toEqual([true, true, false, true])
    now = 86_400_000
    expect(may('a')).toBe(true)
  })
})
