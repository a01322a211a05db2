import type { Printer, PrintRefusal } from '#engine/agreements/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { withFonts } from './fonts.ts'
import { PRINT_DEADLINE } from './options.ts'

/** As much of Electron's `MessagePortMain` as a printer needs. */
export interface PrintPort {
  postMessage(message: PrintRequest): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  start(): void
}
export interface PrintRequest {
  readonly id: number
  readonly html: string
}
export type PrintAnswer =
  { readonly id: number; readonly bytes: Uint8Array } | { readonly id: number; readonly refusal: PrintRefusal }

/** Typesets in Electron's main process, which has a browser and no keys, over a port of its own. */
export function portedPrinter(port: PrintPort): Printer {
  const waiting = new Map<number, (result: Result<Uint8Array, PrintRefusal>) => void>()
  let next = 1
  port.on('message', ({ data }) => {
    const answer = data as PrintAnswer
    waiting.get(answer.id)?.('bytes' in answer ? ok(new Uint8Array(answer.bytes)) : refuse(answer.refusal))
  })
  port.start()
  return {
    print: async (html) => {
      const whole = await withFonts(html)
      const id = next++
      return new Promise((resolve) => {
        const late = setTimeout(() => settle(refuse('print-too-slow')), PRINT_DEADLINE)
        const settle = (result: Result<Uint8Array, PrintRefusal>): void => {
          clearTimeout(late)
          waiting.delete(id)
          resolve(result)
        }
        waiting.set(id, settle)
        port.postMessage({ id, html: whole })
      })
    },
  }
}
