import type { IpcMain, IpcMainEvent, MessagePortMain, UtilityProcess } from 'electron'
import * as z from 'zod'
import { SCHEME, type PageName } from './pages.ts'

/** What main says to the engine's process. Ports travel beside the message; beside `start` the one that prints and the one that asks named addresses. */
export type ToEngineProcess =
  | { readonly say: 'start'; readonly profile: string; readonly keychainKey: Uint8Array | null }
  | { readonly say: 'rpc'; readonly engine: 'main' | 'partner' }
  | { readonly say: 'live'; readonly engine: 'main' | 'partner'; readonly token: string }
  | { readonly say: 'carrier' }
  | { readonly say: 'close' }

const connect = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('rpc'), engine: z.enum(['main', 'partner']) }),
  z.strictObject({ to: z.literal('live'), engine: z.enum(['main', 'partner']), token: z.string().max(100) }),
  z.strictObject({ to: z.literal('carrier') }),
])

/** The channel on which a preload asks for a port. */
export const CONNECT = 'mithaq:connect'

/**
 * Hands a window's port to the engine. Only the top frame of our own page is heard, and each page only for what it may
 * reach: the carrier's window meets hostile bytes and gets no way to the person's questions and answers.
 */
export function handOverPorts(ipc: Pick<IpcMain, 'on'>, engine: () => Pick<UtilityProcess, 'postMessage'>): void {
  ipc.on(CONNECT, (event: IpcMainEvent, message: unknown) => {
    const page = pageOf(event)
    const asked = connect.safeParse(message)
    const [port, ...more] = event.ports
    if (!asked.success || !port || more.length > 0 || page !== (asked.data.to === 'carrier' ? 'carrier' : 'app')) {
      for (const each of event.ports) each.close()
      return
    }
    engine().postMessage(saidOf(asked.data), [port satisfies MessagePortMain])
  })
}

function saidOf(asked: z.infer<typeof connect>): ToEngineProcess {
  const { to: say, ...rest } = asked
  return { say, ...rest } as ToEngineProcess
}

function pageOf(event: IpcMainEvent): PageName | undefined {
  const frame = event.senderFrame
  if (!frame || frame.parent !== null) return undefined
  return (['app', 'carrier'] as const).find((page) => frame.origin === `${SCHEME}://${page}`)
}
