import type { MessagePortMain } from 'electron'
import { reach, type Network } from '#engine/endpoints/reach.ts'
import type { Asked } from '#engine/ports.ts'
import { refuse } from '#shared/kernel/result.ts'
import * as z from 'zod'

/** More than any request that an engine makes: a text of a decision with its material. */
const LARGEST = 2 * 1024 * 1024

const asked = z.union([
  z.strictObject({ who: z.int(), allow: z.array(z.string().max(500)).max(16) }),
  z.strictObject({ who: z.int(), cancel: z.int() }),
  z.strictObject({
    who: z.int(),
    id: z.int(),
    request: z.strictObject({
      url: z.string().max(600),
      contentType: z.string().max(100),
      authorization: z.string().max(4000).nullable(),
      body: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= LARGEST).nullable(),
      patience: z.int().min(1).max(3_600_000),
      most: z.int().min(1).max(LARGEST),
    }),
  }),
])

/** As much of Electron's `net.fetch`, which knows the system's proxies, as this needs. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

/** Asks the addresses that a company named, for an engine that opens no network. A redirect is another address, and not followed. */
export function askFor(port: Pick<MessagePortMain, 'on' | 'start' | 'postMessage'>, fetch: Fetch): void {
  const allowed = new Map<number, ReadonlySet<string>>()
  const running = new Map<number, Asked>()
  const network = networkOf(fetch)
  port.on('message', ({ data }: { readonly data: unknown }) => {
    const message = asked.safeParse(data)
    if (!message.success) return
    if ('allow' in message.data) {
      allowed.set(message.data.who, new Set(message.data.allow))
      return
    }
    if ('cancel' in message.data) {
      running.get(message.data.cancel)?.cancel()
      return
    }
    const { who, id, request } = message.data
    if (!allowed.get(who)?.has(request.url)) {
      port.postMessage({ id, answer: refuse('address-not-allowed') })
      return
    }
    const one = reach(network, request)
    running.set(id, one)
    void one.answer.then((answer) => {
      running.delete(id)
      port.postMessage({ id, answer })
    })
  })
  port.start()
}

const networkOf = (fetch: Fetch): Network => ({
  fetch: (url, options) => fetch(url, options as RequestInit),
  aborting: () => new AbortController(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
})
