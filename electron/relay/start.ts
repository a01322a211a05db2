import { createServer } from 'node:http'
import { memoryMailbox } from '#adapters/mailbox/memory.ts'
import { sqliteMailbox } from '#adapters/mailbox/sqlite.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { MailboxFloor } from '#shared/mailbox/floor.ts'
import { DEFAULT_QUOTA, Mailbox, type MailboxQuota } from '#shared/mailbox/mailbox.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { attachMailbox, wantsMailbox } from './mailbox.ts'
import { DEFAULT_MAILBOX_LIMITS, type MailboxLimits } from './mailbox-limits.ts'
import { attachSignalling, directAddress, forwardedAddress } from './signalling.ts'

export interface RelayOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly behindProxy: boolean
  /** File of the mailbox; 'memory' keeps nothing, null offers no mailbox. */
  readonly data: string | null
  readonly quota?: Partial<MailboxQuota>
  readonly limits?: Partial<MailboxLimits>
  readonly now?: () => number
  readonly log?: (problem: unknown) => void
}

export interface Relay {
  readonly port: number
  /** Forgets what expired; happens by itself every hour. Answers the bytes that were freed. */
  expire(): number
  close(): Promise<void>
}

const HOUR = 3_600_000

/** The relay's composition root: signalling and mailbox at one address. @throws when the port or the file is taken. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { host, data, behindProxy, now = Date.now, log = (problem) => console.error(problem) } = options
  const server = createServer((request, response) => {
    const isHealth = request.url === '/health'
    response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(isHealth ? JSON.stringify({ ...signalling.counts(), mailbox: health() }) : '{}')
  })
  const addressOf = behindProxy ? forwardedAddress : directAddress
  const signalling = attachSignalling(server, DEFAULT_LIMITS, now, addressOf, (request) => !wantsMailbox(request))

  const crypto = await createCrypto()
  const store = data === null ? undefined : data === 'memory' ? memoryMailbox() : sqliteMailbox(data)
  const mailbox =
    store && new Mailbox(crypto, { now: () => now() as Instant }, store, { ...DEFAULT_QUOTA, ...options.quota })
  const floor = mailbox && new MailboxFloor(crypto, mailbox)
  const limits = { ...DEFAULT_MAILBOX_LIMITS, ...options.limits }
  const door = floor && attachMailbox(server, floor, log, limits, now, addressOf)
  if (!door)
    server.on('upgrade', (request, socket) => {
      if (wantsMailbox(request)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    })
  const health = () => (mailbox && door ? { connections: door.connections(), ...mailbox.counts() } : null)
  const expire = (): number => mailbox?.expire() ?? 0
  expire()
  const expiring = setInterval(() => {
    try {
      expire()
    } catch (problem) {
      log(problem)
    }
  }, HOUR)

  const end = (): void => {
    clearInterval(expiring)
    door?.close()
    signalling.close()
    store?.close()
  }
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, host, resolve)
    })
  } catch (problem) {
    end()
    throw problem
  }
  server.on('error', log)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    expire,
    close: () =>
      new Promise((resolve) => {
        end()
        server.close(() => resolve())
      }),
  }
}
