import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Judgement } from '#shared/scoring/answer.ts'

/** What a model server was sent, as it stands in the protocol. */
export interface Received {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
  readonly system: string
  readonly user: string
}
type Answering = (received: Received, response: ServerResponse, at: number) => void

/** A server that speaks the OpenAI-compatible protocol over real HTTP on loopback, as well or as badly as a test wants. */
export class ModelServer {
  readonly received: Received[] = []
  answering: Answering = (received, response) => completion(response, JSON.stringify(judged(received)))
  readonly #server = createServer((request, response) => void this.#take(request, response))

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/v1`
  }
  end(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString('utf8')
    const { url = '', headers } = request
    if (url === '/v1/models') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'small-model', object: 'model' }] }))
      return
    }
    const messages = (JSON.parse(body) as { messages: { role: string; content: string }[] }).messages
    const said = (role: string): string => messages.find((one) => one.role === role)?.content ?? ''
    const received = { path: url, authorization: headers.authorization, body, system: said('system'), user: said('user') } // prettier-ignore
    this.received.push(received)
    this.answering(received, response, this.received.length - 1)
  }
}

/** Labels of the options with the first line of their text, as they stand in a request. */
export const optionsIn = ({ user }: Pick<Received, 'user'>): Readonly<Record<string, string>> =>
  Object.fromEntries([...(user.split('\n# Options\n')[1] ?? '').matchAll(/^\[([A-Z])\]\n\| (.*)$/gm)].map(([, label = '', title = '']) => [label, title])) // prettier-ignore

/** The lenses that a request asks about, in its order. */
const lensesIn = ({ user }: Pick<Received, 'user'>): readonly string[] =>
  [...user.matchAll(/^## (\w+) \(counts /gm)].map(([, lens = '']) => lens)

type Said = Omit<Judgement, 'evidence' | 'level'> & { readonly level: number; readonly evidence: readonly string[] }
/** A whole answer; `level` and `more` may depend on the option's first line. */
export const judged = (
  received: Pick<Received, 'user'>,
  more: (title: string, lens: string, label: string) => Partial<Said> = () => ({}),
) => ({
  options: Object.entries(optionsIn(received)).map(([label, title]) => ({
    label,
    ...Object.fromEntries(
      lensesIn(received).map((lens) => [lens, { level: title === 'Riyadh' ? 3 : 1, rationale: `What ${title} says`, evidence: [label, 'question'], ...more(title, lens, label) }]),
    ),
  })),
}) // prettier-ignore

/** One completion in the protocol's form. */
export function completion(
  response: ServerResponse,
  content: string | null,
  more: { readonly message?: object; readonly finish?: string; readonly usage?: object | null } = {},
): void {
  const usage = more.usage === undefined ? { prompt_tokens: 1200, completion_tokens: 300, total_tokens: 1500 } : more.usage
  const message = { role: 'assistant', content, ...more.message }
  const choices = [{ index: 0, message, finish_reason: more.finish ?? 'stop' }]
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model: 'small-model', choices, ...(usage === null ? {} : { usage }) }))
} // prettier-ignore
