import { RPCHandler } from '@orpc/server/ws'
import type { AnyRouter } from '@orpc/server'
import type { WebSocket } from 'ws'
import type { Pipe } from '#engine/ports.ts'

/** Paste of a spreadsheet is the largest message the contract allows (20 million characters, up to 3 bytes each). */
export const RPC_LIMIT = 64 * 1024 * 1024
/** A frame between engine and carrier: a run of sealed entries, far below this. */
export const CARRIER_LIMIT = 16 * 1024 * 1024
/** What may wait for a reader that does not read before its socket is closed: it reconnects and syncs again. */
const BACKLOG_LIMIT = 64 * 1024 * 1024
/** Messages of one socket per second; a person's window stays far below, a loop gone wild does not. */
const RATE = 2_000

const handlers = new WeakMap<object, RPCHandler<Record<never, never>>>()

/** Answers the contract over one socket. */
export function answerRpc(socket: WebSocket, router: AnyRouter): void {
  limitRate(socket)
  let handler = handlers.get(router)
  if (!handler) handlers.set(router, (handler = new RPCHandler(router)))
  void handler.upgrade(socket)
}

/** A socket of the carrier page as the engine's pipe: whole binary messages, text refused. */
export function pipeOf(socket: WebSocket): Pipe {
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > BACKLOG_LIMIT) socket.close(1013, 'backlog')
      else socket.send(message)
    },
    onMessage(listener) {
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) listener(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
        else socket.close(1003, 'binary only')
      })
    },
    onClose(listener) {
      socket.on('close', listener)
    },
    close() {
      socket.close(1000)
    },
  }
}

/** Slows a socket that sends too fast by not reading it until the second is over; nothing is lost. */
function limitRate(socket: WebSocket): void {
  let count = 0
  const timer = setInterval(() => {
    count = 0
    if (socket.isPaused) socket.resume()
  }, 1_000)
  timer.unref()
  socket.on('message', () => {
    if (++count > RATE) socket.pause()
  })
  socket.on('close', () => clearInterval(timer))
}
