import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { DEFAULT_LIMITS, type SignallingLimits } from './limits.ts'
import { attachSignalling, directAddress, forwardedAddress, type Signalling } from './signalling.ts'

let server: Server
let signalling: Signalling
const clients: WebSocket[] = []

async function relay(
  limits: Partial<SignallingLimits> = {},
  addressOf = directAddress,
): Promise<(headers?: Record<string, string>) => Promise<WebSocket>> {
  server = createServer()
  signalling = attachSignalling(server, { ...DEFAULT_LIMITS, ...limits }, Date.now, addressOf)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return (headers = {}) =>
    new Promise((resolve, reject) => {
      const client = new WebSocket(`ws://127.0.0.1:${port}`, { headers })
      clients.push(client)
      client.once('open', () => resolve(client))
      client.once('error', reject)
    })
}
const say = (client: WebSocket, message: unknown): void => client.send(JSON.stringify(message))
const next = (client: WebSocket): Promise<Record<string, unknown>> =>
  new Promise((resolve) =>
    client.once('message', (data) => resolve(JSON.parse(String(data)) as Record<string, unknown>)),
  )
const closed = (client: WebSocket): Promise<number> =>
  new Promise((resolve) => client.once('close', (code) => resolve(code)))
/** The server has read everything sent before: it answers a ping in order. */
const settled = async (client: WebSocket): Promise<void> => {
  say(client, { type: 'ping' })
  expect(await next(client)).toEqual({ type: 'pong' })
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate()
  signalling.close()
  await new Promise((resolve) => server.close(resolve))
})

it('passes what is published in a room to all who listen there, and to nobody else', async () => {
  const open = await relay()
  const [amal, badr, stranger] = await Promise.all([open(), open(), open()])
  for (const client of [amal, badr]) {
    say(client, { type: 'subscribe', topics: ['room'] })
    await settled(client)
  }
  say(stranger, { type: 'subscribe', topics: ['elsewhere'] })
  await settled(stranger)
  const heard = next(badr)
  say(amal, { type: 'publish', topic: 'room', data: 'offer' })
  expect(await heard).toEqual({ type: 'publish', topic: 'room', data: 'offer', clients: 2 })
  say(stranger, { type: 'publish', topic: 'room', data: 'noise' })
  await settled(stranger) // the only thing it hears is its own pong
  await settled(badr) // and the noise never came
})

it.each([
  ['a message that is not JSON', 'x'],
  ['a topic that is too long', JSON.stringify({ type: 'publish', topic: 'r'.repeat(129) })],
  ['too many topics', JSON.stringify({ type: 'subscribe', topics: Array.from({ length: 65 }, (_, n) => `t${n}`) })],
  ['an unknown type', JSON.stringify({ type: 'shout' })],
])('closes a connection for %s', async (_, text) => {
  const open = await relay()
  const client = await open()
  const code = closed(client)
  client.send(text)
  expect(await code).toBe(1008)
})

it('closes who floods, while others go on', async () => {
  const open = await relay({ burst: 5, messagesPerSecond: 0 })
  const [loud, calm] = await Promise.all([open(), open()])
  const code = closed(loud)
  for (let sent = 0; sent < 6; sent++) say(loud, { type: 'ping' })
  expect(await code).toBe(1008)
  await settled(calm)
})

it('refuses more connections from one address than the limit, and frees them again', async () => {
  const open = await relay({ connectionsPerAddress: 1 })
  const first = await open()
  await expect(open()).rejects.toThrow('503')
  const gone = closed(first)
  first.close()
  await gone
  await expect
    .poll(async () =>
      open().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
})

it('forgets a room when its last listener leaves', async () => {
  const open = await relay()
  const client = await open()
  say(client, { type: 'subscribe', topics: ['room'] })
  await settled(client)
  expect(signalling.counts().topics).toBe(1)
  say(client, { type: 'unsubscribe', topics: ['room'] })
  await settled(client)
  expect(signalling.counts().topics).toBe(0)
})

it('counts callers behind a proxy by the last address that the proxy names, whatever the caller claims', async () => {
  const open = await relay({ connectionsPerAddress: 1 }, forwardedAddress)
  await open({ 'x-forwarded-for': '192.0.2.1' })
  await open({ 'x-forwarded-for': '192.0.2.2' })
  await expect(open({ 'x-forwarded-for': '198.51.100.7, 192.0.2.1' })).rejects.toThrow('503')
})

it('does not count an upgrade that never became a connection', async () => {
  const open = await relay({ connectionsPerAddress: 1 })
  const { port } = server.address() as AddressInfo
  for (let tries = 0; tries < 3; tries++) {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
  }
  await settled(await open())
})

it('lets nobody speak in a room that he does not listen to, and bounds listeners and message sizes', async () => {
  const open = await relay({ subscribersPerTopic: 1, messageBytes: 1_000 })
  const [first, second, third] = await Promise.all([open(), open(), open()])
  say(first, { type: 'subscribe', topics: ['room'] })
  await settled(first)
  say(third, { type: 'publish', topic: 'room', data: 'noise' })
  await settled(third)
  await settled(first)
  const full = closed(second)
  say(second, { type: 'subscribe', topics: ['room'] })
  expect(await full).toBe(1008)
  const large = closed(third)
  say(third, { type: 'publish', topic: 'room', data: 'x'.repeat(1_000) })
  expect(await large).toBe(1009)
  expect(signalling.counts()).toEqual({ connections: 1, topics: 1 })
})
