import type { Asked, EndpointRequest, Endpoints } from '#engine/ports.ts'

/** As much of Electron's `MessagePortMain` as this needs. */
export interface EndpointPort {
  postMessage(message: EndpointMessage): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  start(): void
}
/** `who` tells vaults apart: each has a list of its own. */
export type EndpointMessage =
  | { readonly who: number; readonly allow: readonly string[] }
  | { readonly who: number; readonly cancel: number }
  | { readonly who: number; readonly id: number; readonly request: EndpointRequest }
type Answer = Awaited<Asked['answer']>

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
      ask: (request) => {
        const id = ++asked
        const answer = new Promise<Answer>((resolve) => void waiting.set(id, resolve))
        port.postMessage({ who, id, request })
        return { answer, cancel: () => port.postMessage({ who, cancel: id }) }
      },
    }
  }
}
