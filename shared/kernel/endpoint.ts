/** An address that a person may name for the shell to ask: http or https, a host, no name or secret in it, no fragment. */
const ENDPOINT = /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\/[^\s#\\@]*)?$/i

export const isEndpoint = (text: string): boolean => text.length <= 500 && ENDPOINT.test(text)

/** Scheme, host and port of an address that `isEndpoint` let through, in lower case: what a mark on an endpoint is bound to. */
export const originOf = (url: string): string =>
  (/^https?:\/\/[^/]+/i.exec(url)?.[0] ?? url).toLowerCase().replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2')

/** Hosts that only this machine or its own network reaches: there plain HTTP is bearable. */
const NEARBY = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:local|internal))(?::\d+)?$/ // prettier-ignore
export const isNearby = (url: string): boolean => NEARBY.test(originOf(url))

/** Whether an address is on this very machine. */
export const isLoopback = (url: string): boolean =>
  /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(originOf(url))
