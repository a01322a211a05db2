import type { MessagePortMain } from 'electron'
import * as z from 'zod'

const PATIENCE_MS = 20_000
/** More than any timestamp with its certificates. */
const LARGEST = 64 * 1024

const asked = z.union([
  z.strictObject({ who: z.int(), allow: z.array(z.string().max(500)).max(16) }),
  z.strictObject({
    who: z.int(),
    id: z.int(),
    url: z.string().max(500),
    contentType: z.string().max(100),
    body: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= LARGEST),
  }),
])

/** As much of Electron's `net.fetch`, which knows the system's proxies, as this needs. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

/** Asks the addresses that a company named, for an engine that opens no network. A redirect is another address, and not followed. */
export function askFor(port: Pick<MessagePortMain, 'on' | 'start' | 'postMessage'>, fetch: Fetch): void {
  const allowed = new Map<number, ReadonlySet<string>>()
  port.on('message', ({ data }: { readonly data: unknown }) => {
    const message = asked.safeParse(data)
    if (!message.success) return
    if ('allow' in message.data) {
      allowed.set(message.data.who, new Set(message.data.allow))
      return
    }
    const { who, id, url, contentType, body } = message.data
    const answer = allowed.get(who)?.has(url) ? posted(fetch, url, contentType, body) : Promise.resolve(undefined)
    void answer.catch(() => undefined).then((found) => port.postMessage({ id, answer: found }))
  })
  port.start()
}

async function posted(
  fetch: Fetch,
  url: string,
  contentType: string,
  body: Uint8Array,
): Promise<{ contentType: string; body: Uint8Array } | undefined> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!response.ok || !response.body) return undefined
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body) {
    length += part.length
    if (length > LARGEST) return undefined
    parts.push(part)
  }
  return { contentType: response.headers.get('content-type') ?? '', body: new Uint8Array(Buffer.concat(parts)) }
}
