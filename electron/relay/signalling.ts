import type { IncomingMessage, Server } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { bucket, DEFAULT_LIMITS, type SignallingLimits } from './limits.ts'

export interface Signalling {
  /** Connections and topics open now. */
  counts(): { readonly connections: number; readonly topics: number }
  close(): void
}

type Message =
  | { readonly type: 'subscribe'; readonly topics: readonly string[] }
  | { readonly type: 'unsubscribe'; readonly topics: readonly string[] }
  | { readonly type: 'publish'; readonly topic: string; readonly raw: Record<string, unknown> }
  | { readonly type: 'ping' }

/**
 * The meeting point of y-webrtc: peers subscribe to a room's topic and publish offers and answers there. It keeps nothing,
 * speaks y-webrtc's own protocol, and closes whoever goes beyond `limits` with code 1008. It never sees a document: what it
 * carries are encrypted session descriptions.
 */
export function attachSignalling(
  server: Server,
  limits: SignallingLimits = DEFAULT_LIMITS,
  now = Date.now,
  addressOf: (request: IncomingMessage) => string = directAddress,
  isForSignalling: (request: IncomingMessage) => boolean = () => true,
): Signalling {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes, perMessageDeflate: false })
  const topics = new Map<string, Set<WebSocket>>()
  const perAddress = new Map<string, number>()

  const leave = (socket: WebSocket, topic: string): void => {
    const subscribers = topics.get(topic)
    subscribers?.delete(socket)
    if (subscribers?.size === 0) topics.delete(topic)
  }
  const deliver = (socket: WebSocket, text: string): void => {
    if (socket.readyState !== WebSocket.OPEN) return
    if (socket.bufferedAmount > limits.backlogBytes) return socket.terminate()
    socket.send(text)
  }

  const connected = (socket: WebSocket, address: string): void => {
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    const mine = new Set<string>()
    const allowed = bucket(limits.burst, limits.messagesPerSecond, now)
    let alive = true
    const heartbeat = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, limits.pingEveryMs)
    socket.on('pong', () => (alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(heartbeat)
      for (const topic of mine) leave(socket, topic)
      const left = (perAddress.get(address) ?? 1) - 1
      if (left > 0) perAddress.set(address, left)
      else perAddress.delete(address)
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      alive = true
      const message = isBinary || !allowed() ? undefined : readMessage(data, limits)
      if (!message) return socket.close(1008, 'beyond limits')
      if (message.type === 'ping') return deliver(socket, '{"type":"pong"}')
      if (message.type === 'unsubscribe') {
        for (const topic of message.topics) {
          leave(socket, topic)
          mine.delete(topic)
        }
        return
      }
      if (message.type === 'subscribe') {
        for (const topic of message.topics) {
          const subscribers = topics.get(topic) ?? new Set()
          const full = mine.size >= limits.topicsPerConnection || subscribers.size >= limits.subscribersPerTopic
          if (full && !mine.has(topic)) return socket.close(1008, 'beyond limits')
          topics.set(topic, subscribers.add(socket))
          mine.add(topic)
        }
        return
      }
      // Only who listens in a room may speak there: a stranger who guesses nothing can disturb nobody.
      if (!mine.has(message.topic)) return
      const receivers = topics.get(message.topic) ?? new Set()
      const text = JSON.stringify({ ...message.raw, clients: receivers.size })
      for (const receiver of receivers) deliver(receiver, text)
    })
  }

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (!isForSignalling(request)) return
    // A caller who hangs up now must not end the relay for all.
    socket.on('error', () => socket.destroy())
    const address = addressOf(request)
    const held = perAddress.get(address) ?? 0
    if (sockets.clients.size >= limits.connections || held >= limits.connectionsPerAddress) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => connected(client, address))
  })

  return {
    counts: () => ({ connections: sockets.clients.size, topics: topics.size }),
    close: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}

/** Who is connected, where callers reach this server themselves. */
export const directAddress = (request: IncomingMessage): string => request.socket.remoteAddress ?? ''

/**
 * Who is connected, behind one proxy that writes `X-Forwarded-For`: its last entry is the proxy's own word, those before it are
 * the caller's. Without a proxy in front, any caller could choose an address.
 */
export function forwardedAddress(request: IncomingMessage): string {
  const header = request.headers['x-forwarded-for']
  const last = (Array.isArray(header) ? header.at(-1) : header)?.split(',').at(-1)?.trim()
  return last || directAddress(request)
}

/** A message within the limits, or undefined: a wrong shape is treated like a flood. */
export function readMessage(data: Buffer, limits: SignallingLimits): Message | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof raw !== 'object' || raw === null) return undefined
  const { type, topic, topics } = raw as { type?: unknown; topic?: unknown; topics?: unknown }
  const named = (name: unknown): name is string =>
    typeof name === 'string' && name.length > 0 && name.length <= limits.topicLength
  if (type === 'ping') return { type }
  if (type === 'publish') return named(topic) ? { type, topic, raw: { ...raw } } : undefined
  if (type !== 'subscribe' && type !== 'unsubscribe') return undefined
  if (!Array.isArray(topics) || topics.length > limits.topicsPerConnection || !topics.every(named)) return undefined
  return { type, topics }
}
