import { createServer } from 'node:http'
import { DEFAULT_LIMITS } from './limits.ts'
import { attachSignalling, directAddress, forwardedAddress } from './signalling.ts'

const host = process.env['MITHAQ_RELAY_HOST'] ?? '127.0.0.1'
const port = Number(process.env['MITHAQ_RELAY_PORT'] ?? 4444)

const server = createServer((request, response) => {
  const { connections, topics } = signalling.counts()
  response.writeHead(request.url === '/health' ? 200 : 404, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  response.end(request.url === '/health' ? JSON.stringify({ connections, topics }) : '{}')
})
const behindProxy = process.env['MITHAQ_RELAY_BEHIND_PROXY'] === '1'
const signalling = attachSignalling(server, DEFAULT_LIMITS, Date.now, behindProxy ? forwardedAddress : directAddress)

server.on('error', (error: NodeJS.ErrnoException) => {
  const inUse = error.code === 'EADDRINUSE'
  console.error(inUse ? `Port ${port} is taken. Set MITHAQ_RELAY_PORT to another.` : error.message)
  process.exitCode = 1
})
server.listen(port, host, () => {
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  console.log(`Mithaq signalling: ws://${host}:${bound}`)
  console.log(`How to use it:
  1. In a workspace, under Connection, both companies enter this address as their signalling server.
     On two machines that is ws://<this machine>:${bound}, and MITHAQ_RELAY_HOST=0.0.0.0 lets others reach it.
  2. Beyond your own network put a proxy with TLS in front, enter wss://<its name>, and start this with
     MITHAQ_RELAY_BEHIND_PROXY=1, so that limits count callers and not the proxy.
  MITHAQ_RELAY_PORT sets the port. http://${host}:${bound}/health tells how many are connected.
  It introduces partners and carries no document; docs/direct-link.md says what its operator sees.`)
})
const close = () => {
  signalling.close()
  server.close(() => process.exit(0))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
// Whoever started it with a channel is gone, even when killed.
process.on('disconnect', close)
