import type { CompanyId, Role } from '#shared/kernel/ids.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { certificateOf, readers } from '#shared/membership/certificate-of.ts'
import { boxSliceKey, sliceKeyCommitment } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control } from '../workspaces/membership-steps.ts'
import type { DisclosureRecord } from './disclosure-record.ts'

/** Devices of the companies whose person holds one of the roles: they alone are handed the key. */
export function recipientsOf(
  hub: Hub,
  { keyHolders }: ChannelRuntime,
  roles: readonly Role[],
  receives: (company: CompanyId) => boolean,
): ReturnType<typeof readers> {
  const now = hub.context.clock.now()
  return readers(keyHolders, now).filter(({ device }) => {
    const certificate = certificateOf(keyHolders, device, now)
    return (
      certificate !== undefined &&
      certificate.company !== hub.identity.card.company &&
      receives(certificate.company) &&
      certificate.roles.some((role) => roles.includes(role))
    )
  })
}

export const sliceKeyOf = (
  { context }: Hub,
  runtime: ChannelRuntime,
  artifact: string,
  revision: number,
): SymmetricKey | undefined =>
  context.vault.records.get(
    'slice-key',
    `${runtime.id}/${sealedSectionKey(artifact as DisclosureRecord['artifact'], sliceSection(revision))}`,
  )

/**
 * Hand-overs that are still owed: for each revision of a disclosure the devices of `company` that hold none of its keys. Empty
 * when everything was handed over, when the keys were destroyed, or after the last day: access that ended gets no key.
 */
export function owedHandovers(
  hub: Hub,
  runtime: ChannelRuntime,
  { artifact, roles, revisions }: DisclosureRecord,
  company: CompanyId,
): readonly { readonly revision: number; readonly saying: Saying }[] {
  const { crypto } = hub.context
  const devices = recipientsOf(hub, runtime, roles, (one) => one === company)
  return revisions.flatMap(({ revision }) => {
    const key = sliceKeyOf(hub, runtime, artifact, revision)
    const section = sliceSection(revision)
    const sealed = sealedSectionKey(artifact, section)
    const boxed = new Set(runtime.facts.sliceKeysOf(sealed).flatMap(({ boxes }) => boxes.map(({ device }) => device)))
    const owed = devices.filter(({ device }) => !boxed.has(device))
    if (!key || owed.length === 0) return []
    const commitment = sliceKeyCommitment(crypto, { channel: runtime.id, section: sealed }, key)
    const boxes = boxSliceKey(crypto, key, owed)
    return [{ revision, saying: control({ kind: 'slice-key', artifact, section, commitment, boxes }) }]
  })
}
