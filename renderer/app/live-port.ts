import type { EngineName } from './connection.ts'

/** A binary port to the engine for one open document, whatever the shell offers. */
export interface LivePort {
  send(bytes: Uint8Array): void
  close(): void
}
export interface Hears {
  message(bytes: Uint8Array): void
  /** The port is gone, and not because this side closed it. */
  lost(): void
}

/** Opens the port that `token` stands for. */
export function openLivePort(engine: EngineName, token: string, hears: Hears): LivePort {
  return location.protocol.startsWith('http') ? openSocket(engine, token, hears) : openMessagePort(engine, token, hears)
}

function openSocket(engine: EngineName, token: string, hears: Hears): LivePort {
  const address = new URL('live', location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  address.search = new URLSearchParams({ engine, live: token }).toString()
  const socket = new WebSocket(address)
  socket.binaryType = 'arraybuffer'
  const early: Uint8Array[] = []
  let closed = false
  socket.addEventListener('open', () => {
    for (const bytes of early.splice(0)) socket.send(bytes as Uint8Array<ArrayBuffer>)
  })
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) hears.message(new Uint8Array(data))
  })
  socket.addEventListener('close', () => {
    if (!closed) hears.lost()
  })
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.CONNECTING) early.push(bytes)
      else if (socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>)
    },
    close() {
      closed = true
      socket.close()
    },
  }
}

/** Asks the preload: `{ mithaq: 'connect', engine, live: token }` out, the same with `port` and the port itself back. */
function openMessagePort(engine: EngineName, token: string, hears: Hears): LivePort {
  const early: Uint8Array[] = []
  let port: MessagePort | undefined
  let closed = false
  const receive = ({ source, data, ports }: MessageEvent<unknown>): void => {
    if (source !== window || typeof data !== 'object' || data === null) return
    if (!('mithaq' in data) || data.mithaq !== 'port' || !('live' in data) || data.live !== token) return
    window.removeEventListener('message', receive)
    const [given] = ports
    if (!given) return
    if (closed) return given.close()
    port = given
    port.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data instanceof Uint8Array) hears.message(event.data)
    })
    port.addEventListener('close', () => {
      if (!closed) hears.lost()
    })
    port.start()
    for (const bytes of early.splice(0)) port.postMessage(bytes)
  }
  window.addEventListener('message', receive)
  window.postMessage({ mithaq: 'connect', engine, live: token }, location.origin === 'null' ? '*' : location.origin)
  return {
    send(bytes) {
      if (port) port.postMessage(bytes)
      else early.push(bytes)
    },
    close() {
      closed = true
      window.removeEventListener('message', receive)
      port?.close()
    },
  }
}
