import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AnyRouter } from '@orpc/server'
import { WebSocketServer } from 'ws'
import type { Pipe } from '#engine/ports.ts'
import { Gate, PREFIX, type GateRefusal } from './gate.ts'
import { readPage, send, WAITING } from './pages.ts'
import { answerRpc, CARRIER_LIMIT, pipeOf, RPC_LIMIT } from './sockets.ts'

/** What stands behind the server. */
export interface Backend {
  /** The router of a named engine, `main` or `partner`; undefined when no such engine runs. */
  router(engine: string): AnyRouter | undefined
  attachCarrier(pipe: Pipe): void
  /** A window's port for the document that `token` stands for, in a named engine. */
  attachLive(engine: string, token: string, pipe: Pipe): void
}

export interface ServerOptions {
  readonly backend: Backend
  /** Folders of the built pages. */
  readonly pages: { readonly app: string; readonly carrier: string }
  /** Names this run of the process, so that a later start can recognise it. Hex. */
  readonly instance: string
  /** What outlives this run, so that windows that are open find it again; a session of its own otherwise. */
  readonly session?: { readonly name: string; readonly secret: Uint8Array }
  /** The port to try first; another free one is taken when it is in use. */
  readonly port: number
  /** The sentence that a refused caller is shown. */
  readonly sentence: (code: GateRefusal) => string
}

export interface Served {
  readonly port: number
  readonly gate: Gate
  close(): Promise<void>
}

const MOST_SOCKETS = 32

/** Starts the loopback server: two pages, one RPC port per engine, one pipe for the carrier, one per open document. */
export async function startServer(options: ServerOptions): Promise<Served> {
  const session = options.session ?? { name: options.instance, secret: randomBytes(32) }
  const gate = new Gate(session.name, session.secret)
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 })
  const rpc = new WebSocketServer({ noServer: true, maxPayload: RPC_LIMIT })
  const carrier = new WebSocketServer({ noServer: true, maxPayload: CARRIER_LIMIT })
  const live = new WebSocketServer({ noServer: true, maxPayload: CARRIER_LIMIT })
  server.on('request', (request, response) => void answer(options, gate, request, response))
  server.on('upgrade', (request, socket, head) => {
    const refused = (status: string) => refuseUpgrade(socket, status)
    const admitted = gate.admitSocket(request)
    if (!admitted.ok) return refused(admitted.refusal === 'no-session' ? '401 Unauthorized' : '403 Forbidden')
    if (rpc.clients.size + carrier.clients.size + live.clients.size >= MOST_SOCKETS)
      return refused('503 Service Unavailable')
    const { pathname, searchParams } = new URL(request.url ?? '/', gate.origin)
    if (pathname === '/carrier') {
      return carrier.handleUpgrade(request, socket, head, (open) => options.backend.attachCarrier(pipeOf(open)))
    }
    const engine = searchParams.get('engine') ?? 'main'
    const router = options.backend.router(engine)
    if ((pathname !== '/rpc' && pathname !== '/live') || !router) return refused('404 Not Found')
    // The carrier's page meets hostile bytes: its session opens its own pipe and nothing else.
    if (admitted.value.scope !== 'app') return refused('403 Forbidden')
    if (pathname === '/live') {
      const token = searchParams.get('live') ?? ''
      return live.handleUpgrade(request, socket, head, (open) =>
        options.backend.attachLive(engine, token, pipeOf(open)),
      )
    }
    return rpc.handleUpgrade(request, socket, head, (open) => answerRpc(open, router))
  })
  const port = await listen(server, options.port)
  gate.listenOn(port)
  return {
    port,
    gate,
    async close() {
      for (const socket of [...rpc.clients, ...carrier.clients, ...live.clients]) socket.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function answer(options: ServerOptions, gate: Gate, request: IncomingMessage, response: ServerResponse) {
  // A target such as `//` is no address at all; any page of any browser can ask for it, so it must not throw.
  const pathname = URL.parse(request.url ?? '/', 'http://127.0.0.1')?.pathname
  const plain = (status: number, body: string) =>
    send(response, 'app', { status, type: 'text/plain; charset=utf-8', body: `${body}\n` })
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET only')
  if (pathname === undefined) return plain(400, 'no such address')
  if (pathname === '/health' && gate.namesUs(request)) return plain(200, `mithaq ${options.instance}`)
  const admitted = gate.admit(request)
  const atDoor = Object.values(PREFIX).some((prefix) => pathname === `${prefix}door`)
  if (atDoor && !admitted.ok && admitted.refusal === 'no-session') return send(response, 'app', WAITING)
  if (!admitted.ok) return plain(admitted.refusal === 'no-session' ? 401 : 403, options.sentence(admitted.refusal))
  const { scope, setCookie } = admitted.value
  const prefix = PREFIX[scope]
  if (atDoor) return send(response, scope, { ...WAITING, status: 303, headers: { Location: prefix } })
  const folder = options.pages[scope]
  const page = pathname.startsWith(prefix) ? await readPage(folder, decoded(pathname.slice(prefix.length))) : undefined
  if (!page) return plain(404, 'not found')
  return send(response, scope, {
    ...page,
    headers: { ...page.headers, ...(setCookie ? { 'Set-Cookie': setCookie } : {}) },
  })
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '\0'
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const taken = (error: NodeJS.ErrnoException) => {
      if (wanted !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(listen(server, 0))
      else reject(error)
    }
    server.once('error', taken)
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', taken)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
