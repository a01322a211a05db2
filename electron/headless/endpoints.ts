import { NOT_ALLOWED, reach, type Network } from '#engine/endpoints/reach.ts'
import type { Endpoints } from '#engine/ports.ts'

const network: Network = {
  fetch: (url, options) => fetch(url, options as RequestInit),
  aborting: () => new AbortController(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** The network for the few addresses that a company named. An address that redirects is another one, and is not followed. */
export function namedEndpoints(): Endpoints {
  let allowed: ReadonlySet<string> = new Set()
  return {
    allow: (urls) => {
      allowed = new Set(urls)
    },
    ask: (request) => (allowed.has(request.url) ? reach(network, request) : NOT_ALLOWED),
  }
}
