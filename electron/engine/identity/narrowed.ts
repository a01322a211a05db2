import { narrows } from '#shared/membership/narrowing.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { CertifiedDevice, Control } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { headsOf } from '../workspaces/membership-steps.ts'
import { certificateIn } from './identity.ts'

/**
 * How a channel is told of a new certificate of this company. Where it allows less than one that it replaces, the last entries that are
 * held of the device go with it, signed: what is written afterwards as if nobody had heard of it does not count by the old roles.
 */
export function wordOf(hub: Hub, runtime: ChannelRuntime, device: CertifiedDevice): Control {
  const plain: Control = { kind: 'certificate', device }
  const { crypto, clock } = hub.context
  const { secret } = hub.identity.issuer
  const next = certificateIn(device)
  // As the channel knows them: an issuer that was restored from a backup may have forgotten what it once signed.
  const known = (runtime.members.certificates.get(next.device) ?? []).map(({ certificate }) => certificate)
  const ended = known.filter(({ serial }) => next.replaces?.includes(serial))
  if (secret === null || !ended.some((past) => narrows(past, next))) return plain
  const narrowing = signStatement(crypto, 'role-narrowing', secret, {
    company: next.company,
    device: next.device,
    from: ended.map(({ serial }) => serial),
    to: next.serial,
    at: clock.now(),
    // A word of its own for each channel: its members learn of no other.
    cuts: [{ channel: runtime.id, heads: headsOf(runtime, [next.device]) }],
  })
  return { kind: 'roles-narrowed', device, narrowing }
}
