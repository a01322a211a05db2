import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portedEndpoints } from '#adapters/endpoints/ported.ts'
import { namedEndpoints } from '#headless/endpoints.ts'
import { askFor } from '#main/endpoints.ts'

const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (request.url === '/moved') response.writeHead(302, { location: '/good' })
  else if (request.url === '/broken') response.writeHead(500)
  else if (request.url === '/endless') response.write('x'.repeat(200_000))
  else response.setHeader('content-type', 'application/timestamp-reply')
  response.end('answer')
})
const at = (path: string) => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`
const channels: MessageChannel[] = []
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  for (const { port1 } of channels) port1.close()
  server.close()
})

/** A port as Electron hands it over: what came is in `data`. */
const electronPort = (port: MessagePort) => ({
  on: (_: 'message', listener: (event: { readonly data: unknown }) => void) => port.on('message', (data: unknown) => listener({ data })), // prettier-ignore
  start: () => port.start(),
  postMessage: (message: unknown) => port.postMessage(message),
})
function overPorts() {
  const channel = new MessageChannel()
  channels.push(channel)
  askFor(electronPort(channel.port2) as never, (url, options) => fetch(url, options))
  return portedEndpoints(electronPort(channel.port1))
}

describe.each([
  ['the headless shell', () => namedEndpoints],
  ['Electron’s main process, over a port', overPorts],
] as const)('%s', (_, shell) => {
  it('reaches exactly the addresses that a vault named, each vault its own', async () => {
    const make = shell()
    const [one, other] = [make(), make()]
    const post = (path: string, by = one) => by.post(at(path), 'application/timestamp-query', new Uint8Array(3))
    asked.length = 0
    expect(await post('/good')).toBeUndefined()
    one.allow([at('/good'), at('/moved'), at('/endless'), at('/broken')])
    const answer = await post('/good')
    expect(answer?.contentType).toBe('application/timestamp-reply')
    expect(Buffer.from(answer?.body ?? []).toString()).toBe('answer')
    for (const path of ['/moved', '/endless', '/broken', '/other']) expect(await post(path), path).toBeUndefined()
    expect(await post('/good', other)).toBeUndefined()
    one.allow([])
    expect(await post('/good')).toBeUndefined()
    expect(asked).toEqual(['/good', '/moved', '/endless', '/broken'])
  })
})
