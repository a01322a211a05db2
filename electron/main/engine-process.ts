import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain, ParentPort } from 'electron'
import type { Pipe } from '#engine/ports.ts'
import { startEngine } from '#engine/start.ts'
import type { ToEngineProcess } from './ports.ts'

/** The engine's own process: it has keys and plaintext, opens no network and shows nothing. */
const { parentPort } = process as NodeJS.Process & { readonly parentPort: ParentPort }

type Start = Extract<ToEngineProcess, { say: 'start' }>

let engine: Promise<Awaited<ReturnType<typeof startEngine>>> | undefined

function start({ profile, keychainKey }: Start, printing?: MessagePortMain, network?: MessagePortMain): void {
  engine = startEngine({
    profileDirectory: profile,
    keychainKey,
    shell: 'electron',
    ...(printing ? { typesetter: { port: printing } } : {}),
    ...(network ? { endpoints: { port: network } } : {}),
    // A bundle of its own: the engine starts it in a thread, where no bundler can follow.
    tablesWorker: new URL('../files/worker.js', import.meta.url),
  })
  engine.catch((error: Error) => {
    parentPort.postMessage({ say: 'failed', reason: error.message })
  })
}

async function answer(name: 'main' | 'partner', port: MessagePortMain): Promise<void> {
  const running = await engine
  const router = name === 'main' ? running?.router : running?.partner?.router
  if (!router) return port.close()
  new RPCHandler(router).upgrade(port)
  port.start()
}

/** A window's port as the engine's pipe: whole binary messages, all else ignored. */
function pipeOf(port: MessagePortMain): Pipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }: { readonly data: unknown }) => {
        if (data instanceof Uint8Array) listener(data)
      })
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}

async function show(name: 'main' | 'partner', token: string, port: MessagePortMain): Promise<void> {
  const running = await engine
  const front = name === 'main' ? running : running?.partner
  if (!front) return port.close()
  front.attachLive(token, pipeOf(port))
  port.start()
}

async function carry(port: MessagePortMain): Promise<void> {
  const running = await engine
  if (!running) return port.close()
  running.attachCarrier(pipeOf(port))
  port.start()
}

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToEngineProcess
  const [port, network] = ports
  if (message.say === 'start') start(message, port, network)
  else if (message.say === 'rpc' && port) void answer(message.engine, port)
  else if (message.say === 'live' && port) void show(message.engine, message.token, port)
  else if (message.say === 'carrier' && port) void carry(port)
  else if (message.say === 'close') void engine?.then((running) => running.close()).finally(() => process.exit(0))
})
