import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ClientContext, ClientLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { noteRefusal } from './needed-approval.ts'
import { refusalOf } from './refusal.ts'
import type { contract } from '#shared/contract/contract.ts'

/** `main` is this company; `partner` is the sample partner that lives in the same app. */
export type EngineName = 'main' | 'partner'
export type EngineClient = ContractRouterClient<typeof contract>
type Link = ClientLink<ClientContext>

const RETRY_MS = 1_000

/**
 * One engine over whatever the shell offers: a WebSocket of this origin, or a message port that the preload hands over.
 * A lost WebSocket is opened again while somebody holds the connection; calls made meanwhile fail and are asked again
 * by the screens once it is back.
 */
export class Connection {
  readonly client: EngineClient
  readonly #engine: EngineName
  readonly #watchers = new Set<() => void>()
  #link: Promise<Link> | undefined
  #socket: WebSocket | undefined
  #holders = 0
  #alive = true

  constructor(engine: EngineName) {
    this.#engine = engine
    const link: Link = {
      call: async (...call) => {
        try {
          return await (await this.#reach()).call(...call)
        } catch (problem) {
          if (engine === 'main') noteRefusal(refusalOf(problem))
          throw problem
        }
      },
    }
    this.client = createORPCClient(link)
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Calls back when the connection is lost or found; returns the way to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Keeps the connection open; returns the way to let go. Nobody holding it, the socket closes and stays closed. */
  hold(): () => void {
    this.#holders += 1
    return () => {
      this.#holders -= 1
      // What is being cancelled still wants to say so to the engine, and a screen that comes right back finds it open.
      setTimeout(() => {
        if (this.#holders === 0) this.#socket?.close()
      }, RETRY_MS)
    }
  }

  #reach(): Promise<Link> {
    return (this.#link ??= location.protocol.startsWith('http') ? Promise.resolve(this.#open()) : portOf(this.#engine))
  }

  #open(): Link {
    const address = new URL('rpc', location.href)
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    address.hash = ''
    address.search = this.#engine === 'main' ? '' : '?engine=partner'
    const websocket = new WebSocket(address)
    this.#socket = websocket
    websocket.addEventListener('open', () => this.#tell(true))
    websocket.addEventListener('close', () => {
      if (this.#socket !== websocket) return
      this.#link = undefined
      this.#socket = undefined
      if (this.#holders === 0) return
      this.#tell(false)
      setTimeout(() => {
        if (this.#holders > 0) void this.#reach()
      }, RETRY_MS)
    })
    return new SocketLink({ websocket })
  }

  #tell(alive: boolean): void {
    if (this.#alive === alive) return
    this.#alive = alive
    for (const watcher of this.#watchers) watcher()
  }
}

/** Asks the preload for a port: `{ mithaq: 'connect', engine }` out, `{ mithaq: 'port', engine }` with the port back. */
function portOf(engine: EngineName): Promise<Link> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const data: unknown = event.data
      if (event.source !== window || typeof data !== 'object' || data === null) return
      if (!('mithaq' in data) || data.mithaq !== 'port' || !('engine' in data) || data.engine !== engine) return
      // A document's port comes by the same way and names its token.
      if ('live' in data && data.live !== undefined) return
      const port = event.ports[0]
      if (!port) return
      window.removeEventListener('message', receive)
      port.start()
      resolve(new PortLink({ port }))
    }
    window.addEventListener('message', receive)
    window.postMessage({ mithaq: 'connect', engine }, location.origin === 'null' ? '*' : location.origin)
  })
}
