import type { Endpoints } from '../ports.ts'
import type { SignOrder } from './ports.ts'
import { ok, refuse } from '#shared/kernel/result.ts'

export type PostBytes = (
  url: string,
  contentType: string,
  body: Uint8Array,
) => Promise<{ readonly contentType: string; readonly body: Uint8Array } | undefined>

/** More than any authority's answer with its certificates. */
const LARGEST = 64 * 1024
const PATIENCE_MS = 20_000

/** Posts bytes; undefined for whatever is no success. */
export const postedTo =
  (endpoints: Pick<Endpoints, 'ask'>): PostBytes =>
  async (url, contentType, body) => {
    const request = { url, contentType, authorization: null, body, patience: PATIENCE_MS, most: LARGEST }
    const found = await endpoints.ask(request).answer
    return found.ok && found.value.status >= 200 && found.value.status < 300 ? found.value : undefined
  }

/** A timestamp authority on the network, by HTTP as RFC 3161 describes it. Who may reach it, and how, is the caller's. */
export const timestampBy =
  (post: PostBytes, url: string): NonNullable<SignOrder['timestamp']> =>
  async (request) => {
    const answer = await post(url, 'application/timestamp-query', request)
    if (!answer?.contentType.startsWith('application/timestamp-reply') || answer.body.length > LARGEST)
      return refuse('timestamp-unavailable')
    return ok(answer.body)
  }
