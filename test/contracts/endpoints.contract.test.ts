import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portedEndpoints } from '#adapters/endpoints/ported.ts'
import type { Endpoints } from '#engine/ports.ts'
import { namedEndpoints } from '#headless/endpoints.ts'
import { askFor } from '#main/endpoints.ts'
import { until } from '#test/support/company.ts'

const asked: string[] = []
const seen: { method: string; headers: Readonly<Record<string, unknown>>; body: string }[] = []
/** Connections that were left open on purpose, and how they ended. */
const gone: string[] = []
const server = createServer((request, response) => {
  const path = request.url ?? ''
  asked.push(path)
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => seen.push({ method: request.method ?? '', headers: request.headers, body: Buffer.concat(parts).toString() })) // prettier-ignore
  if (path === '/slow') {
    response.write('a little')
    response.on('close', () => gone.push(path))
    return
  }
  if (path === '/moved') response.writeHead(302, { location: '/good' })
  else if (path === '/broken') response.writeHead(500)
  else if (path === '/endless') response.write('x'.repeat(200_000))
  else response.setHeader('content-type', 'application/json')
  response.end('answer')
})
const at = (path: string) => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`
const channels: MessageChannel[] = []
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  for (const { port1 } of channels) port1.close()
  server.closeAllConnections()
  server.close()
})

/** A port as Electron hands it over: what came is in `data`. */
const electronPort = (port: MessagePort) => ({
  on: (_: 'message', listener: (event: { readonly data: unknown }) => void) => port.on('message', (data: unknown) => listener({ data })), // prettier-ignore
  start: () => port.start(),
  postMessage: (message: unknown) => port.postMessage(message),
})
function overPorts() {
  const channel = new MessageChannel()
  channels.push(channel)
  askFor(electronPort(channel.port2) as never, (url, options) => fetch(url, options))
  return portedEndpoints(electronPort(channel.port1))
}

const REQUEST = { contentType: 'application/json', authorization: null, patience: 20_000, most: 64 * 1024 }
const ask = (by: Endpoints, path: string, more: Partial<Parameters<Endpoints['ask']>[0]> = {}) =>
  by.ask({ ...REQUEST, url: at(path), body: new Uint8Array(3), ...more })

describe.each([
  ['the headless shell', () => namedEndpoints],
  ['Electron’s main process, over a port', overPorts],
] as const)('%s', (_, shell) => {
  it('reaches exactly the addresses that a vault named, each vault its own', async () => {
    const make = shell()
    const [one, other] = [make(), make()]
    const outcome = async (path: string, by = one) => {
      const found = await ask(by, path).answer
      return found.ok ? found.value.status : found.refusal
    }
    asked.length = 0
    expect(await outcome('/good')).toBe('address-not-allowed')
    one.allow([at('/good'), at('/moved'), at('/endless'), at('/broken')])
    const answer = await ask(one, '/good').answer
    expect(answer).toMatchObject({ ok: true, value: { status: 200, contentType: 'application/json' } })
    expect(answer.ok && Buffer.from(answer.value.body).toString()).toBe('answer')
    expect(await outcome('/moved')).toBe('endpoint-redirects')
    expect(await outcome('/endless')).toBe('answer-too-large')
    expect(await outcome('/broken')).toBe(500)
    expect(await outcome('/other')).toBe('address-not-allowed')
    expect(await outcome('/good', other)).toBe('address-not-allowed')
    one.allow([])
    expect(await outcome('/good')).toBe('address-not-allowed')
    expect(asked).toEqual(['/good', '/moved', '/endless', '/broken'])
  })

  it('sends what was asked and nothing that tells of the machine, and gets without a body', async () => {
    const one = shell()()
    one.allow([at('/good')])
    seen.length = 0
    await ask(one, '/good', { authorization: 'Bearer secret', body: Buffer.from('{"a":1}') }).answer
    await ask(one, '/good', { body: null }).answer
    expect(seen.map(({ method, body }) => [method, body])).toEqual([['POST', '{"a":1}'], ['GET', '']]) // prettier-ignore
    expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer secret', undefined])
    const known = ['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'sec-fetch-mode', 'user-agent'] // prettier-ignore
    for (const { headers } of seen) expect(Object.keys(headers).filter((name) => !known.includes(name))).toEqual([])
  })

  it('ends a connection that takes too long or is cancelled, and says so; nobody listening is said, too', async () => {
    const one = shell()()
    const nobody = at('/slow').replace(/:\d+/, ':1')
    one.allow([at('/slow'), nobody])
    gone.length = 0
    asked.length = 0
    expect(await ask(one, '/slow', { patience: 50 }).answer).toEqual({ ok: false, refusal: 'endpoint-too-slow' })
    const waiting = ask(one, '/slow')
    await until('it is asked', () => asked.length === 2)
    waiting.cancel()
    expect(await waiting.answer).toEqual({ ok: false, refusal: 'cancelled' })
    expect(await ask(one, '/slow', { url: nobody }).answer).toEqual({ ok: false, refusal: 'endpoint-unreachable' })
    await until('the connections are closed', () => gone.length === 2)
  })
})
