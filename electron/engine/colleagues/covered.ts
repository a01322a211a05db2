import type { DeviceId, Role } from '#shared/kernel/ids.ts'
import { certificateOf, readers } from '#shared/membership/certificate-of.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'

export interface Covered {
  readonly device: DeviceId
  readonly boxKey: RoleCertificate['boxKey']
  readonly certificate: RoleCertificate
}

/** Devices of the company other than this one, with the certificate that counts now. */
export function colleagueDevices(hub: Hub, { keyHolders }: ChannelRuntime): readonly Covered[] {
  const now = hub.context.clock.now()
  return readers(keyHolders, now).flatMap(({ device, boxKey }) => {
    const certificate = certificateOf(keyHolders, device, now)
    return certificate === undefined || device === hub.identity.device.id ? [] : [{ device, boxKey, certificate }]
  })
}

/** Those of them that hold one of the roles: they alone are handed a key. */
export const coveredDevices = (hub: Hub, runtime: ChannelRuntime, roles: readonly Role[]): readonly Covered[] =>
  colleagueDevices(hub, runtime).filter(({ certificate }) => certificate.roles.some((role) => roles.includes(role)))
