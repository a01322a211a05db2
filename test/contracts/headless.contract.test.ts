import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { os } from '@orpc/server'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Pipe } from '#engine/ports.ts'
import { startServer, type Served } from '#headless/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'mithaq-server-'))
const attached: Pipe[] = []
const live: { readonly engine: string; readonly token: string; readonly pipe: Pipe }[] = []
const routers = {
  main: { name: os.handler(() => 'main') },
  partner: { name: os.handler(() => 'partner') },
}
let served: Served

beforeAll(async () => {
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true })
  mkdirSync(join(folder, 'carrier'))
  writeFileSync(join(folder, 'ui', 'index.html'), '<html><head></head><body id="app"></body></html>')
  writeFileSync(join(folder, 'ui', 'assets', 'a-1.js'), '1')
  writeFileSync(join(folder, 'carrier', 'index.html'), '<html><head></head><body id="carrier"></body></html>')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  served = await startServer(options(0))
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

const options = (port: number) => ({
  backend: {
    router: (name: string) => (name === 'main' || name === 'partner' ? routers[name] : undefined),
    attachCarrier: (pipe: Pipe) => void attached.push(pipe),
    attachLive: (engine: string, token: string, pipe: Pipe) => void live.push({ engine, token, pipe }),
  },
  pages: { app: join(folder, 'ui'), carrier: join(folder, 'carrier') },
  instance: 'abcdef0123456789',
  port,
  sentence: (code: string) => code,
})

interface Heard {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Asks with exactly these headers: `fetch` would not let a test lie about Host. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: served.port, path, method, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => (body += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

const pathOf = (link: string) => link.slice(served.gate.origin.length)
async function cookieOf(scope: 'app' | 'carrier'): Promise<string> {
  const { headers } = await ask(pathOf(served.gate.link(scope)))
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** Resolves `open`, or with the status of a refused handshake. */
function dial(path: string, headers: Record<string, string>): Promise<{ socket: WebSocket; outcome: 'open' | number }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers })
    socket.once('open', () => resolve({ socket, outcome: 'open' }))
    socket.once('unexpected-response', (_request, answer) => resolve({ socket, outcome: answer.statusCode ?? 0 }))
    socket.once('error', () => undefined)
  })
}

describe('the headless server and its link', () => {
  it.each(['//', '//[', '//a:b@/'])(
    '[PV-7] a request for %s is refused, with and without a session, and the app lives on',
    async (path) => {
      const host = `127.0.0.1:${served.port}`
      expect((await ask(path, { host })).status).toBe(400)
      const upgrade = { host, origin: `http://${host}`, connection: 'Upgrade', upgrade: 'websocket' }
      const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
      expect((await ask(path, { ...upgrade, ...key })).status).toBe(403)
      expect((await ask('/health', { host })).status).toBe(200)
    },
  )

  it('turns the token into a cookie that no script and no other site gets', async () => {
    const heard = await ask(pathOf(served.gate.link('app')))
    expect(heard.status).toBe(200)
    expect(heard.body).toContain('id="app"')
    expect(heard.headers['set-cookie']?.[0]).toMatch(
      /^mithaq-[0-9a-f]{12}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
    expect(heard.headers['set-cookie']?.[0]).not.toContain(served.gate.tokenOf('app'))
  })
  it('answers the same link again: after a reload, from curl, in a second browser', async () => {
    const path = pathOf(served.gate.link('app'))
    const statuses = [await ask(path), await ask(path), await ask(path, { cookie: await cookieOf('app') })]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200])
  })
  it('goes on by the cookie alone, and takes the token out of the address bar', async () => {
    const cookie = await cookieOf('app')
    const page = await ask('/', { cookie })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<script src="session.js">')
    expect((await ask('/session.js', { cookie })).body).toContain('history.replaceState')
    expect((await ask('/assets/a-1.js', { cookie })).headers['cache-control']).toContain('immutable')
  })
  it.each([
    ['nothing', '/', {}],
    ['a wrong token', '/?token=nonsense', {}],
    ['a wrong cookie', '/', { cookie: 'mithaq-abcdef012345=nonsense' }],
    ['the cookie of another instance', '/', { cookie: 'mithaq-000000000000=nonsense' }],
  ])('refuses %s with a sentence', async (_what, path, headers) => {
    const heard = await ask(path, headers)
    expect([heard.status, heard.body.trim()]).toEqual([401, 'no-session'])
    expect(heard.headers['set-cookie']).toBeUndefined()
  })
  it('does not take the token for the cookie', async () => {
    expect((await ask('/', { cookie: `mithaq-abcdef012345=${served.gate.tokenOf('app')}` })).status).toBe(401)
  })
})

describe('the door for a browser that we start', () => {
  it('has no secret in its address, waits, and opens with the cookie', async () => {
    for (const [scope, page] of [
      ['app', '/'],
      ['carrier', '/carrier/'],
    ] as const) {
      const { url, cookie } = served.gate.door(scope)
      expect(url).toBe(`${served.gate.origin}${page}door`)
      const waiting = await ask(pathOf(url))
      expect([waiting.status, waiting.headers['set-cookie']]).toEqual([200, undefined])
      expect(waiting.body).toContain('http-equiv="refresh"')
      expect(waiting.body).not.toContain('id="app"')
      const opened = await ask(pathOf(url), { cookie: `${cookie.name}=${cookie.value}` })
      expect([opened.status, opened.headers.location]).toEqual([303, page])
      expect((await ask(page, { cookie: `${cookie.name}=${cookie.value}` })).status).toBe(200)
    }
  })
  it('stays shut for other names and origins', async () => {
    expect((await ask('/door', { host: 'evil.example' })).status).toBe(403)
    expect((await ask('/door', { origin: 'http://evil.example' })).status).toBe(403)
  })
})

describe('the headless server and strangers', () => {
  it('refuses a name that a rebinding DNS server would send', async () => {
    const cookie = await cookieOf('app')
    for (const host of ['evil.example', `evil.example:${served.port}`, '127.0.0.1', `127.0.0.1:${served.port}0`]) {
      expect([host, (await ask('/', { cookie, host })).status]).toEqual([host, 403])
      expect([host, (await ask('/health', { host })).status]).toEqual([host, 403])
    }
    expect((await ask('/', { cookie, host: `localhost:${served.port}` })).status).toBe(200)
  })
  it('refuses another origin, with or without the cookie', async () => {
    const cookie = await cookieOf('app')
    for (const origin of ['http://evil.example', `http://127.0.0.1:${served.port + 1}`, 'null'])
      expect([origin, (await ask('/', { cookie, origin })).status]).toEqual([origin, 403])
  })
  it('gives no file outside its folder', async () => {
    const cookie = await cookieOf('app')
    for (const path of [
      '/../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/assets/%2e%2e/%2e%2e/secret.js',
      '/%00.js',
      '/%ff.js',
    ])
      expect([path, (await ask(path, { cookie })).status]).toEqual([path, 404])
  })
  it('answers GET alone', async () => {
    expect((await ask('/', { cookie: await cookieOf('app') }, 'POST')).status).toBe(405)
  })
  it('sends the policy of its page with every answer', async () => {
    const app = await ask(pathOf(served.gate.link('app')))
    const carrier = await ask(pathOf(served.gate.link('carrier')))
    expect(app.headers['content-security-policy']).toContain("connect-src 'self';")
    expect(app.headers['content-security-policy']).toContain("default-src 'none'")
    expect(carrier.headers['content-security-policy']).toContain("connect-src 'self' ws: wss:")
    for (const { headers } of [app, carrier, await ask('/')]) {
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    }
  })
  it('keeps the carrier to its own page', async () => {
    const cookie = await cookieOf('carrier')
    expect((await ask('/carrier/', { cookie })).body).toContain('id="carrier"')
    expect((await ask('/', { cookie })).status).toBe(404)
    expect((await ask('/assets/a-1.js', { cookie })).status).toBe(404)
  })
})

describe('the headless server and its sockets', () => {
  const headers = async (scope: 'app' | 'carrier') => ({ cookie: await cookieOf(scope), origin: served.gate.origin })

  it.each(['main', 'partner'] as const)('answers the contract of the %s engine', async (engine) => {
    const { socket, outcome } = await dial(`/rpc?engine=${engine}`, await headers('app'))
    expect(outcome).toBe('open')
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
    const client = createORPCClient<{ name: () => Promise<string> }>(link)
    expect(await client.name()).toBe(engine)
    socket.close()
  })
  it('takes the first engine for the main one', async () => {
    const { socket, outcome } = await dial('/rpc', await headers('app'))
    expect(outcome).toBe('open')
    socket.close()
  })
  it('carries whole binary messages both ways, and refuses text', async () => {
    const { socket } = await dial('/carrier', await headers('carrier'))
    const pipe = attached.at(-1)
    expect(pipe).toBeDefined()
    const heard = new Promise<Uint8Array>((resolve) => pipe?.onMessage(resolve))
    socket.send(Uint8Array.of(1, 2, 3))
    expect([...(await heard)]).toEqual([1, 2, 3])
    const back = new Promise<Buffer>((resolve) => socket.once('message', resolve))
    pipe?.send(Uint8Array.of(4, 5))
    expect([...(await back)]).toEqual([4, 5])
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    const told = new Promise<void>((resolve) => pipe?.onClose(resolve))
    socket.send('text')
    expect(await closed).toBe(1003)
    await told
  })
  it('refuses strangers, foreign origins and a handshake that names none', async () => {
    const { cookie } = await headers('app')
    const outcome = async (path: string, given: Record<string, string>) => (await dial(path, given)).outcome
    expect(await outcome('/rpc', { origin: served.gate.origin })).toBe(401)
    expect(await outcome('/rpc', { cookie })).toBe(403)
    expect(await outcome('/rpc', { cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await outcome('/rpc', { cookie, origin: `http://127.0.0.1:${served.port + 1}` })).toBe(403)
    expect(await outcome('/rpc?engine=nobody', await headers('app'))).toBe(404)
    expect(await outcome('/else', await headers('app'))).toBe(404)
  })
  it('keeps the carrier, which meets hostile bytes, away from the contract', async () => {
    expect((await dial('/rpc', await headers('carrier'))).outcome).toBe(403)
  })
  it('stops taking sockets before it drowns', async () => {
    const given = await headers('app')
    const open: WebSocket[] = []
    let last: 'open' | number = 'open'
    while (last === 'open' && open.length < 100) {
      const dialled = await dial('/rpc', given)
      last = dialled.outcome
      open.push(dialled.socket)
    }
    for (const socket of open) socket.terminate()
    expect(last).toBe(503)
    expect(open.length).toBeGreaterThan(8)
  })
})

describe('the headless server and its port', () => {
  it('takes another free port when the wanted one is in use', async () => {
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    const { port } = squatter.address() as AddressInfo
    const second = await startServer(options(port))
    expect(second.port).not.toBe(port)
    expect((await fetch(second.gate.link('app'))).status).toBe(200)
    await second.close()
    await new Promise((resolve) => squatter.close(resolve))
  })
  it('listens on loopback alone', () => {
    expect(served.gate.origin).toBe(`http://127.0.0.1:${served.port}`)
  })
})
