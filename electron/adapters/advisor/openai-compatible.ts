import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Advisor, AdvisorRefusal, CompletionOrder, Send } from '#engine/scoring/ports.ts'
import type { EndpointRefusal } from '#engine/ports.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** More than the longest answer that is read, with what the protocol puts around it. */
const MOST_BYTES = 1024 * 1024
/** A model that is loaded first takes its time; a list of names does not. */
const LIST_PATIENCE = 20_000

/** The protocol by its SDK, over connections that are not its own: the SDK's `fetch` is `send`, and its headers but one stay here. */
export const openAiCompatible: Advisor = {
  async complete(order, send) {
    const carried = carry(order, send)
    const provider = createOpenAICompatible({
      name: 'endpoint',
      baseURL: order.base,
      supportsStructuredOutputs: true,
      fetch: (url, options) => carried.fetch(addressOf(url), options?.body),
    })
    try {
      const { content, finishReason, usage } = await provider(order.model).doGenerate({
        prompt: [
          { role: 'system', content: order.system },
          { role: 'user', content: [{ type: 'text', text: order.user }] },
        ],
        temperature: order.temperature,
        maxOutputTokens: order.mostTokens,
        responseFormat: { type: 'json', name: 'scores', schema: order.schema },
      })
      if (content.some(({ type }) => type === 'tool-call')) return refuse('answer-asks-to-act')
      if (finishReason.unified === 'length' || finishReason.unified === 'content-filter') return refuse('answer-cut')
      const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
      return ok({ text, tokensIn: counted(usage.inputTokens.total), tokensOut: counted(usage.outputTokens.total) })
    } catch {
      return refuse(carried.refusal() ?? 'answer-not-protocol')
    }
  },

  async models({ base, key, patience }, send) {
    const found = await send({ ...request(key), url: `${base}/models`, body: null, patience: Math.min(patience, LIST_PATIENCE) }) // prettier-ignore
    if (!found.ok) return found
    const refused = refusalOf(found.value.status)
    if (refused) return refuse(refused)
    return namesIn(found.value.body)
  },
}

const request = (key: string | null) => ({
  contentType: 'application/json',
  authorization: key === null ? null : `Bearer ${key}`,
  most: MOST_BYTES,
})

/** Hands the SDK answers of our own connections, and keeps why there was none: the SDK knows fewer reasons. */
function carry(order: CompletionOrder, send: Send) {
  let why: AdvisorRefusal | undefined
  const fail = (refusal: EndpointRefusal | AdvisorRefusal): never => {
    why = refusal
    throw new Error(refusal)
  }
  return {
    refusal: () => why,
    async fetch(url: string, body: unknown): Promise<Response> {
      if (typeof body !== 'string') return fail('answer-not-protocol')
      const found = await send({ ...request(order.key), url, body: utf8(body), patience: order.patience })
      if (!found.ok) return fail(found.refusal)
      const { status, contentType, body: bytes } = found.value
      const refused = refusalOf(status)
      if (refused) return fail(refused)
      return new Response(new Uint8Array(bytes), { status: 200, headers: { 'content-type': contentType } })
    },
  }
}

const addressOf = (url: string | URL | Request): string => (url instanceof Request ? url.url : String(url))

function refusalOf(status: number): AdvisorRefusal | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status === 401 || status === 403) return 'endpoint-key-refused'
  if (status === 404) return 'model-unknown'
  if (status === 429) return 'endpoint-busy'
  return status >= 500 ? 'endpoint-failed' : 'request-refused'
}

/** What an endpoint counts may be anything; unknown is unknown, and never 0. */
const counted = (tokens: number | undefined): number | null =>
  tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 ? tokens : null

function namesIn(bytes: Uint8Array): Result<readonly string[], AdvisorRefusal> {
  try {
    const { data } = JSON.parse(fromUtf8(bytes)) as { readonly data?: unknown }
    if (!Array.isArray(data)) return refuse('answer-not-protocol')
    const names = data.map((one: unknown) => (one as { readonly id?: unknown } | null)?.id)
    return ok(names.filter((name): name is string => typeof name === 'string' && name.length <= 200).slice(0, 200))
  } catch {
    return refuse('answer-not-protocol')
  }
}
