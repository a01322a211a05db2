import type { DeviceId } from '#shared/kernel/ids.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record, type Context } from '../context.ts'

const TOLD = 'held-back-told'

/**
 * Tells the person of this machine, once for each narrowing of their own roles, how many entries that were written under the wider ones
 * have no effect: nobody refuses these to their face, as they came first. Call inside the transaction in which the channel was read again.
 */
export function tellHeldBack(context: Context, runtime: ChannelRuntime, device: DeviceId): void {
  const { records } = context.vault
  for (const { narrowing, heldBack } of runtime.admission.narrowings.beyond) {
    const id = `${runtime.id}/${narrowing.id}`
    if (narrowing.subject.device !== device || heldBack === 0 || records.get(TOLD, id) !== undefined) continue
    records.put(TOLD, id, true)
    const subject = { id: runtime.workspace, name: runtime.members.genesis.founding.name.en }
    record(context, { kind: 'refusal', code: 'own-entries-held-back', actor: '', subject, detail: { entries: heldBack } }) // prettier-ignore
  }
}
