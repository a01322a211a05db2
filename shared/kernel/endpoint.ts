/** An address that a person may name for the shell to ask: http or https, a host, no name or secret in it, no fragment. */
const ENDPOINT = /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\/[^\s#\\@]*)?$/i

export const isEndpoint = (text: string): boolean => text.length <= 500 && ENDPOINT.test(text)
