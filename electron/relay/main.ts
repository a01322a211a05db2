import { homedir } from 'node:os'
import { join } from 'node:path'
import { profileDirectory } from '#engine/profile-directory.ts'
import { DEFAULT_QUOTA } from '#shared/mailbox/mailbox.ts'
import { startRelay } from './start.ts'

const { env } = process
const host = env['MITHAQ_RELAY_HOST'] ?? '127.0.0.1'
const port = Number(env['MITHAQ_RELAY_PORT'] ?? 4444)
const off = env['MITHAQ_RELAY_MAILBOX'] === 'off'
const data = off
  ? null
  : (env['MITHAQ_RELAY_DATA'] ?? join(profileDirectory(env, process.platform, homedir()), 'relay', 'mailbox.db'))

/** @throws when the variable is set to something else than a whole number above zero. */
function whole(name: string, fallback: number): number {
  const text = env[name]
  const value = text === undefined ? fallback : Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} has to be a whole number above zero`)
  return value
}

const MEBIBYTE = 1024 * 1024
try {
  const days = whole('MITHAQ_RELAY_DAYS', DEFAULT_QUOTA.days)
  const relay = await startRelay({
    host,
    port,
    data,
    behindProxy: env['MITHAQ_RELAY_BEHIND_PROXY'] === '1',
    quota: {
      days,
      channelBytes: whole('MITHAQ_RELAY_CHANNEL_MB', DEFAULT_QUOTA.channelBytes / MEBIBYTE) * MEBIBYTE,
      totalBytes: whole('MITHAQ_RELAY_TOTAL_MB', DEFAULT_QUOTA.totalBytes / MEBIBYTE) * MEBIBYTE,
    },
  })
  // Before it says that it is there: whoever reads that may end it at once.
  const close = () => void relay.close().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
  // Whoever started it with a channel is gone, even when killed.
  process.on('disconnect', close)
  const address = `${host}:${relay.port}`
  console.log(`Mithaq relay: ws://${address}`)
  console.log(`How to use it:
  1. In a workspace, under Connection, enter this address as the signalling server (to find each other while both are online)
     and as the mailbox (for companies that are never online together). On two machines that is ws://<this machine>:${relay.port},
     and MITHAQ_RELAY_HOST=0.0.0.0 lets others reach it.
  2. Beyond your own network put a proxy with TLS in front that passes the Host header on, enter wss://<its name>, and start
     this with MITHAQ_RELAY_BEHIND_PROXY=1, so that limits count callers and not the proxy.
  MITHAQ_RELAY_PORT sets the port. http://${address}/health tells how many are connected and how much is kept.
  ${data === null ? 'The mailbox is off (MITHAQ_RELAY_MAILBOX=off).' : `The mailbox keeps sealed entries for ${days} days in ${data}; it holds no key. MITHAQ_RELAY_DATA moves it.`}
  docs/direct-link.md and docs/mailbox.md say what the operator sees.`)
} catch (problem) {
  const { code, syscall, message } = problem as NodeJS.ErrnoException
  console.error(reason(code, syscall, message))
  process.exit(1)
}

function reason(code: string | undefined, syscall: string | undefined, message: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Set MITHAQ_RELAY_PORT to another.`
  if (code?.startsWith('SQLITE_BUSY'))
    return `The mailbox ${data} is open in another relay. Stop that one, or set MITHAQ_RELAY_DATA to another file.`
  // What else can fail on the way up is the file: a folder that cannot be made, a disk that cannot be written.
  if (code !== undefined && syscall !== 'listen' && syscall !== 'bind' && data !== null)
    return `The mailbox ${data} cannot be opened: ${message}. Set MITHAQ_RELAY_DATA to another file, or MITHAQ_RELAY_MAILBOX=off.`
  return message
}
