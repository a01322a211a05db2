import type { Endpoints } from '../ports.ts'
import type { SignOrder } from './ports.ts'
import { ok, refuse } from '#shared/kernel/result.ts'

export type PostBytes = Endpoints['post']

/** More than any authority's answer with its certificates. */
const LARGEST = 64 * 1024

/** A timestamp authority on the network, by HTTP as RFC 3161 describes it. Who may reach it, and how, is the caller's. */
export const timestampBy =
  (post: PostBytes, url: string): NonNullable<SignOrder['timestamp']> =>
  async (request) => {
    const answer = await post(url, 'application/timestamp-query', request)
    if (!answer?.contentType.startsWith('application/timestamp-reply') || answer.body.length > LARGEST)
      return refuse('timestamp-unavailable')
    return ok(answer.body)
  }
