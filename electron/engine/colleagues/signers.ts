import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { certifySigner, offeredKey } from '../agreements/signing-keys.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { colleagueDevices } from './covered.ts'
import { carrier } from './word.ts'

/**
 * One root for all of a company's signatures in files: a device offers the open half of its key here, the issuing device
 * certifies it, and the certificate goes back with the company's word. True when something was written.
 */
export async function offerSigningKey(hub: Hub, runtime: ChannelRuntime, isOver: () => boolean): Promise<boolean> {
  const open = await offeredKey(hub)
  if (open === null || isOver() || offersIn(runtime).has(`${hub.identity.device.id}/${toHex(open)}`)) return false
  hub.change(() => {
    const { artifact, declared } = carrier(hub, runtime)
    const offered = writeArtifactEvent({ type: 'signing-key-offered', artifact, open })
    writeIn(hub, runtime.id, [...declared, { kind: 'event', payload: offered }])
    return undefined
  })
  return true
}

const offersIn = ({ facts }: ChannelRuntime): ReadonlySet<string> =>
  new Set(
    facts.events.flatMap(({ fact, author }) =>
      fact.type === 'signing-key-offered' ? [`${author.device}/${toHex(fact.open)}`] : [],
    ),
  )

/** On the issuing device: certifies the newest key that each device which is certified now has offered. */
export async function certifySigners(hub: Hub, runtime: ChannelRuntime, isOver: () => boolean): Promise<boolean> {
  if (hub.identity.issuer.secret === null) return false
  let made = false
  for (const { device, certificate } of colleagueDevices(hub, runtime)) {
    const newest = runtime.facts.events.findLast(
      ({ fact, author }) => fact.type === 'signing-key-offered' && author.device === device,
    )
    if (newest?.fact.type !== 'signing-key-offered' || isOver()) continue
    made = (await certifySigner(hub, certificate, newest.fact.open)) || made
  }
  return made
}
