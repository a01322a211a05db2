import type { Endpoints } from '#engine/ports.ts'

/** As much of Electron's `MessagePortMain` as this needs. */
export interface EndpointPort {
  postMessage(message: EndpointRequest): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  start(): void
}
/** `who` tells vaults apart: each has a list of its own. */
export type EndpointRequest =
  | { readonly who: number; readonly allow: readonly string[] }
  | {
      readonly who: number
      readonly id: number
      readonly url: string
      readonly contentType: string
      readonly body: Uint8Array
    }
type Answer = Awaited<ReturnType<Endpoints['post']>>

/** Asks through Electron's main process, which has the network and no keys, over a port of its own. */
export function portedEndpoints(port: EndpointPort): () => Endpoints {
  const waiting = new Map<number, (answer: Answer) => void>()
  let asked = 0
  let vaults = 0
  port.on('message', ({ data }) => {
    const { id, answer } = data as { readonly id: number; readonly answer: Answer }
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  port.start()
  return () => {
    const who = ++vaults
    return {
      allow: (urls) => port.postMessage({ who, allow: urls }),
      post: (url, contentType, body) =>
        new Promise((resolve) => {
          const id = ++asked
          waiting.set(id, resolve)
          port.postMessage({ who, id, url, contentType, body })
        }),
    }
  }
}
