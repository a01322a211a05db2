import type { Result } from '#shared/kernel/result.ts'
import type { Asked, EndpointRefusal, EndpointRequest } from '../ports.ts'

/** A model behind an OpenAI-compatible endpoint. It speaks the protocol; who may be reached, and how, is `send`'s. Never throws. */
export interface Advisor {
  /** One completion. Nothing of it is believed here: the text is what came. */
  complete(order: CompletionOrder, send: Send): Promise<Result<Completion, AdvisorRefusal>>
  /** Names of the models that the endpoint offers. */
  models(order: Pick<CompletionOrder, 'base' | 'key' | 'patience'>, send: Send): Promise<Result<readonly string[], AdvisorRefusal>>
} // prettier-ignore
export type Send = (request: EndpointRequest) => Asked['answer']
export interface CompletionOrder {
  readonly base: string
  readonly key: string | null
  readonly model: string
  /** 0 to 2. */
  readonly temperature: number
  readonly system: string
  readonly user: string
  /** JSON schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>>
  readonly mostTokens: number
  /** Milliseconds for the whole answer. */
  readonly patience: number
}
export interface Completion {
  readonly text: string
  /** Tokens as the endpoint counts them; null when it does not say. */
  readonly tokensIn: number | null
  readonly tokensOut: number | null
}
export type AdvisorRefusal =
  | EndpointRefusal
  | 'endpoint-key-refused' // 401, 403
  | 'endpoint-busy' // 429
  | 'model-unknown' // 404
  | 'endpoint-failed' // 5xx
  | 'request-refused' // any other 4xx
  | 'answer-not-protocol' // success, and not what the protocol says
  | 'answer-asks-to-act' // it wants to call something
  | 'answer-cut' // it ran out of tokens, or was filtered
