import { toHex } from '#shared/kernel/bytes.ts'
import type { BoxPublicKey, PublicKey } from '#shared/kernel/crypto.ts'
import type { CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import { addDays, dateOf, type Instant } from '#shared/kernel/time.ts'
import type { ChannelDefinition, DeviceWord, HeldCertificate, Membership, RoleCertificate } from './types.ts'

/**
 * The certificate under which `device` may act in the channel at `at`, undefined when there is none: signed by an issuer
 * that has not ended, not revoked, its company a member, company and a role in the audience, `at` within its validity and
 * before the channel's expiry. Of several the one that begins last counts, by serial among equals.
 */
export function certificateOf(membership: Membership, device: DeviceId, at: Instant): RoleCertificate | undefined {
  const { channel } = membership
  const expiresOn = channel?.definition?.expiresOn ?? null
  // Through the whole of its last day, in every time zone's reckoning at once: the day ends last at UTC-12.
  if (expiresOn !== null && dateOf(at) > addDays(expiresOn, 1)) return undefined
  let best: RoleCertificate | undefined
  for (const certificate of standing(membership, device)) {
    if (at < certificate.validFrom || at > certificate.validTo) continue
    if (best === undefined || startsLater(certificate, best)) best = certificate
  }
  return best
}

/** Whether `device` belongs to the channel at all, whatever the time: what makes an epoch safe. */
export const belongs = (membership: Membership, device: DeviceId): boolean => standing(membership, device).length > 0

/** Devices that may read the channel at `at`: the recipients of a new epoch, ordered by device. */
export function readers(
  membership: Membership,
  at: Instant,
): readonly { readonly device: DeviceId; readonly boxKey: BoxPublicKey }[] {
  const found: { readonly device: DeviceId; readonly boxKey: BoxPublicKey }[] = []
  for (const device of [...membership.certificates.keys()].sort()) {
    const certificate = certificateOf(membership, device, at)
    if (certificate !== undefined) found.push({ device, boxKey: certificate.boxKey })
  }
  return found
}

/** Whether company and roles of a certificate are in a channel's audience. */
export const inAudience = (definition: ChannelDefinition, certificate: RoleCertificate): boolean =>
  (definition.companies === 'all' || definition.companies.includes(certificate.company)) &&
  (definition.roles === 'all' || certificate.roles.some((role) => definition.roles.includes(role)))

/** The certificates of `device` that count, but for time. */
export function standing(membership: Membership, device: DeviceId): readonly RoleCertificate[] {
  const held = membership.certificates.get(device)
  if (held === undefined || membership.revocations.has(device)) return []
  return held.filter((one) => counts(membership, one)).map((one) => one.certificate)
}

/** An issuer as membership names it: nobody ends the issuer of another company. */
export const issuerOf = ({ company, issuer }: { readonly company: CompanyId; readonly issuer: PublicKey }): string =>
  `${company}/${toHex(issuer)}`

export const isEnded = (membership: Membership, issuer: string): boolean => membership.endedIssuers.has(issuer)

/** Whether the word with this signature counts: who ended the issuer that said it had seen it, or nobody did. */
export function wordCounts({ endedIssuers }: Membership, id: string, { signedBy }: DeviceWord): boolean {
  const ends = signedBy === null ? undefined : endedIssuers.get(signedBy)
  return ends === undefined || [...ends.values()].every((spares) => spares.has(id))
}

/** Whether a company's word that a device of its own ends counts, its certificate being held or not yet. */
export const isRevoked = (membership: Membership, company: CompanyId, device: DeviceId): boolean =>
  [...membership.words].some(
    ([id, word]) => word.device === device && word.revocation.company === company && wordCounts(membership, id, word),
  )

/** Whether the device acts for another company than this certificate says. Its own signature under a joining goes before any other's word. */
export function actsElsewhere(
  membership: Membership,
  { certificate: { device, company }, proven }: HeldCertificate,
): boolean {
  const known = membership.certificates.get(device) ?? []
  const isForeign = known.some(({ certificate }) => certificate.company !== company)
  return isForeign && (proven !== true || known.some((one) => one.proven === true))
}

function counts(membership: Membership, { certificate, issuer }: HeldCertificate): boolean {
  if (isEnded(membership, `${certificate.company}/${issuer}`)) return false
  if (membership.superseded.has(`${certificate.company}/${certificate.serial}`)) return false
  const company = membership.companies.get(certificate.company)
  if (company === undefined || company.left) return false
  return hasRole(membership, certificate)
}

/** Whether a certificate names a role that acts in the channel at all. */
export function hasRole({ genesis, channel }: Membership, certificate: RoleCertificate): boolean {
  const { roles } = genesis.founding.charter
  if (!certificate.roles.some((role) => roles.includes(role))) return false
  // The creator tells the audience right after the first key; until then whoever is certified belongs.
  const definition = channel?.definition ?? null
  return definition === null || inAudience(definition, certificate)
}

const startsLater = (one: RoleCertificate, other: RoleCertificate): boolean =>
  one.validFrom > other.validFrom || (one.validFrom === other.validFrom && one.serial > other.serial)
