import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Asked, EndpointAnswer, EndpointRefusal, EndpointRequest } from '../ports.ts'

/** As much of the network as a shell hands in: its `fetch`, which may know the system's proxies, and a clock. */
export interface Network {
  fetch(url: string, options: RequestOptions): Promise<FetchedAnswer>
  aborting(): { readonly signal: unknown; abort(): void }
  /** Runs `work` later; the answer takes that back. */
  after(milliseconds: number, work: () => void): () => void
}
interface RequestOptions {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly redirect: 'manual'
  readonly credentials: 'omit'
  readonly signal: unknown
}
interface FetchedAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<Uint8Array> | null
}

/** An address that no vault named. */
export const NOT_ALLOWED: Asked = { answer: Promise.resolve(refuse('address-not-allowed')), cancel: () => undefined }

/**
 * Asks one address once. Both shells do it by this, each with its own network. No cookie goes out, and of headers those that the
 * request names and `accept`; an answer that is too long or too slow ends the connection.
 */
export function reach(network: Network, request: EndpointRequest): Asked {
  const aborting = network.aborting()
  let ended: EndpointRefusal | undefined
  const end = (why: EndpointRefusal): void => {
    ended ??= why
    aborting.abort()
  }
  const stop = network.after(request.patience, () => end('endpoint-too-slow'))
  const answer = fetched(network, request, aborting.signal, end)
    .catch((problem: unknown) => refuse(ended ?? refusalOf(problem)))
    .then((found): Result<EndpointAnswer, EndpointRefusal> => (ended ? refuse(ended) : found))
    .finally(stop)
  return { answer, cancel: () => end('cancelled') }
}

async function fetched(
  network: Network,
  { url, contentType, authorization, body, most }: EndpointRequest,
  signal: unknown,
  end: (why: EndpointRefusal) => void,
): Promise<Result<EndpointAnswer, EndpointRefusal>> {
  const headers = {
    accept: '*/*',
    ...(body ? { 'content-type': contentType } : {}),
    ...(authorization === null ? {} : { authorization }),
  }
  const method = body ? ('POST' as const) : ('GET' as const)
  const options = {
    method,
    headers,
    redirect: 'manual' as const,
    credentials: 'omit' as const,
    signal,
    ...(body ? { body } : {}),
  }
  const response = await network.fetch(url, options)
  const { status } = response
  if (status === 0 || (status >= 300 && status < 400)) {
    end('endpoint-redirects')
    return refuse('endpoint-redirects')
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > most) {
      end('answer-too-large')
      return refuse('answer-too-large')
    }
    parts.push(part)
  }
  return ok({ status, contentType: response.headers.get('content-type') ?? '', body: joined(parts, length) })
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Electron's `net.fetch` does not hand out a redirect that is not followed; it fails and says so in words. */
const refusalOf = (problem: unknown): EndpointRefusal =>
  problem instanceof Error && /redirect/i.test(problem.message) ? 'endpoint-redirects' : 'endpoint-unreachable'
