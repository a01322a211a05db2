import type { IncomingMessage, Server } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import type { MailboxFloor } from '#shared/mailbox/floor.ts'
import { MAILBOX_PROTOCOL, writeVerdict } from '#shared/mailbox/greeting.ts'
import { MESSAGE_LIMITS } from '#shared/sync/message.ts'
import { allowance, daily, DEFAULT_MAILBOX_LIMITS, type MailboxLimits } from './mailbox-limits.ts'
import { directAddress } from './signalling.ts'

export interface MailboxServer {
  connections(): number
  close(): void
}

/** Whether a caller asks for the mailbox; everything else at this address is signalling. */
export const wantsMailbox = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  (headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === MAILBOX_PROTOCOL)

/**
 * The mailbox's door: WebSocket connections with limits, and one session on the mailbox's floor behind each. It sees bytes and
 * addresses and keeps neither; what is kept, the mailbox decides.
 */
export function attachMailbox(
  server: Server,
  floor: MailboxFloor,
  log: (problem: unknown) => void,
  limits: MailboxLimits = DEFAULT_MAILBOX_LIMITS,
  now = Date.now,
  addressOf: (request: IncomingMessage) => string = directAddress,
): MailboxServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMITS.bytes,
    perMessageDeflate: false,
    handleProtocols: () => MAILBOX_PROTOCOL,
  })
  const perAddress = new Map<string, number>()
  const mayCreate = daily(limits.channelsPerAddress, now)

  const connected = (socket: WebSocket, address: string, host: string): void => {
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    const bytesLeft = allowance(limits.burstBytes, limits.bytesPerSecond, now)
    const messagesLeft = allowance(limits.burstMessages, limits.messagesPerSecond, now)
    const session = floor.enter({
      host,
      send: (bytes) => {
        if (socket.readyState !== WebSocket.OPEN) return
        if (socket.bufferedAmount > limits.backlogBytes) return socket.terminate()
        socket.send(bytes)
      },
      close: () => socket.close(1008),
      mayCreate: () => mayCreate(address),
    })
    const greeting = setTimeout(() => {
      if (session.workspace === undefined) session.close('mailbox-busy')
    }, limits.greetingMs)
    let alive = true
    let waiting: NodeJS.Timeout | undefined
    const heartbeat = setInterval(() => {
      // A caller who is made to wait cannot answer.
      if (waiting !== undefined) return
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, limits.pingEveryMs)
    socket.on('pong', () => (alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(heartbeat)
      clearTimeout(greeting)
      clearTimeout(waiting)
      floor.leave(session)
      const left = (perAddress.get(address) ?? 1) - 1
      if (left > 0) perAddress.set(address, left)
      else perAddress.delete(address)
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      alive = true
      const wait = Math.max(bytesLeft(data.length), messagesLeft(1))
      if (wait > 0 && waiting === undefined) {
        socket.pause()
        waiting = setTimeout(() => {
          waiting = undefined
          alive = true
          socket.resume()
        }, wait)
      }
      if (!isBinary) return socket.close(1008, 'beyond limits')
      try {
        session.hear(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      } catch (problem) {
        // A full disk, or a bug: this caller comes again, the others go on.
        log(problem)
        socket.close(1011)
      }
    })
  }

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (!wantsMailbox(request)) return
    socket.on('error', () => socket.destroy())
    const address = addressOf(request)
    const held = perAddress.get(address) ?? 0
    const full = sockets.clients.size >= limits.connections || held >= limits.connectionsPerAddress
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (!full) return connected(client, address, (request.headers.host ?? '').toLowerCase())
      client.on('error', () => client.terminate())
      client.send(writeVerdict('mailbox-busy'))
      client.close(1013)
    })
  })

  return {
    connections: () => sockets.clients.size,
    close: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
