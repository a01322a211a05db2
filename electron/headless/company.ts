import { setImmediate as breath } from 'node:timers/promises'
import { createRouterClient, type AnyRouter } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts'
import type { contract } from '#shared/contract/contract.ts'
import type { DownloadView, JobView } from '#shared/projection/app-views.ts'

export type EngineClient = ContractRouterClient<typeof contract>

/** The contract of an engine in this very process. */
export const clientOf = (router: AnyRouter): EngineClient => createRouterClient(router, { context: {} }) as EngineClient

const CHUNK = 512 * 1024

/** Hands bytes over as the screens do. Resolves with the upload's id. */
export async function upload(client: EngineClient, name: string, bytes: Uint8Array): Promise<string> {
  const { upload: id } = await client.files.begin({ name, size: bytes.length })
  for (let at = 0; at < bytes.length; at += CHUNK)
    await client.files.chunk({ upload: id, base64: toBase64(bytes.subarray(at, at + CHUNK)) })
  return id
}

/** Fetches what the engine has made ready to save. */
export async function download(client: EngineClient, { id, size }: DownloadView): Promise<Uint8Array> {
  const whole = new Uint8Array(size)
  for (let offset = 0; offset < size;) {
    const part = fromBase64((await client.files.read({ download: id, offset })).base64)
    if (!part || part.length === 0) throw new Error(`the download ended after ${offset} of ${size} bytes`)
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const PATIENCE = 60_000

/** Asks again after every change that the engine tells of, until there is an answer. @throws after a minute without one. */
export async function until<T>(client: EngineClient, what: string, ask: () => Promise<T | undefined>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE)
  })
  const changes = await client.app.changes()
  try {
    for (;;) {
      const answer = await Promise.race([ask(), late])
      if (answer !== undefined) return answer
      await Promise.race([changes.next(), late])
      // Asking can itself be a change: without a breath the engine, which may live in this very process, gets no turn.
      await breath()
    }
  } finally {
    clearTimeout(timer)
    // Not awaited: an iterator that waits for a change ends only with the next one.
    void changes.return?.()
  }
}

/** Follows a job to its end. @throws with its refusal when it did not get there. */
export const finished = (client: EngineClient, job: string): Promise<JobView> =>
  until(client, 'a job', async () => {
    const view = await client.jobs.get({ id: job })
    if (view.state === 'running') return undefined
    if (view.state !== 'done') throw new Error(`${view.kind}: ${view.refusal?.code ?? view.state}`)
    return view
  })
