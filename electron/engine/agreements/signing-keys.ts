import { toHex } from '#shared/kernel/bytes.ts'
import type { DeviceId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { internalWorkspace } from '../colleagues/internal.ts'
import { Refused } from '../edge.ts'
import { certificateIn, type IssuedRecord } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { CertificateKey } from './ports.ts'

/** The company's root for signatures in PDF files. It stays in the vault of the device that issues certificates. */
interface KeptRoot {
  readonly key: CertificateKey
  readonly ca: Uint8Array
}
/** A person's key under it. Its secret half stays on the device on which it was made. */
interface KeptSigner {
  readonly key: CertificateKey
  readonly certificate: Uint8Array
  readonly ca: Uint8Array
}
/** What the company's root certified for one of its devices; told to that device with the company's word. */
export interface IssuedSigner {
  /** SubjectPublicKeyInfo. */
  readonly open: Uint8Array
  readonly certificate: Uint8Array
  readonly ca: Uint8Array
  readonly serial: Uint8Array
}
export interface SigningKeys {
  readonly ca: Uint8Array
  readonly certificate: Uint8Array
  readonly secret: Uint8Array
}

const DAY = 86_400_000
const ROOT_DAYS = 3650
/** Inside the validity of the role certificate, and no longer than two years. */
const SIGNER_DAYS = 730
const SKEW = 60_000

const SIGNER = 'pdf-signer'
const OFFER = 'pdf-offer'
const ISSUED_SIGNER = 'pdf-issued'

/**
 * The keys that this person signs PDF files with. The device that issues certificates makes them when they are first needed;
 * another device of the company has offered its key in the internal workspace, and the company's root has certified it.
 * @throws Refused while it has not.
 */
export async function signingKeys(hub: Hub): Promise<SigningKeys> {
  const certificate = certificateIn(hub.identity.certified)
  const kept = keptSigner(hub, certificate.person)
  if (kept) return { ca: kept.ca, certificate: kept.certificate, secret: kept.key.secret }
  if (hub.identity.issuer.secret === null && internalWorkspace(hub)) return taken(hub)
  const { certificates } = hub.context.paper
  const key = await certificates.createKey('ecdsa-p256')
  const issued = await issueSigner(hub, certificate, key.open)
  const made: KeptSigner = { key, certificate: issued.certificate, ca: issued.ca }
  keep(hub, SIGNER, certificate.person, made)
  return { ca: made.ca, certificate: made.certificate, secret: key.secret }
}

function keptSigner(hub: Hub, person: PersonId): KeptSigner | undefined {
  const kept = hub.context.vault.records.get<KeptSigner>(SIGNER, person)
  return kept && stands(hub, kept.certificate) ? kept : undefined
}
const stands = (hub: Hub, certificate: Uint8Array): boolean =>
  (hub.context.paper.certificates.describe(certificate)?.to ?? 0) > hub.context.clock.now()

/** The company's answer to the key that this device offered. @throws Refused while there is none. */
function taken(hub: Hub): SigningKeys {
  const { records } = hub.context.vault
  const { person, device } = certificateIn(hub.identity.certified)
  const offer = records.get<CertificateKey>(OFFER, 'self')
  const issued = records.get<IssuedSigner>(ISSUED_SIGNER, device)
  if (!offer || !issued || toHex(issued.open) !== toHex(offer.open) || !stands(hub, issued.certificate))
    throw new Refused('agreements', 'signing-certificate-pending')
  keep(hub, SIGNER, person, { key: offer, certificate: issued.certificate, ca: issued.ca })
  return { ca: issued.ca, certificate: issued.certificate, secret: offer.secret }
}

/** The open half of the key that this device offers to its company's root; null where it needs none, or has one certified. */
export async function offeredKey(hub: Hub): Promise<Uint8Array | null> {
  const { records } = hub.context.vault
  const { person, device } = certificateIn(hub.identity.certified)
  if (hub.identity.issuer.secret !== null || keptSigner(hub, person)) return null
  const kept = records.get<CertificateKey>(OFFER, 'self')
  const issued = records.get<IssuedSigner>(ISSUED_SIGNER, device)
  // A certificate that ran out asks for another key.
  if (kept && (!issued || toHex(issued.open) !== toHex(kept.open) || stands(hub, issued.certificate))) return kept.open
  const key = await hub.context.paper.certificates.createKey('ecdsa-p256')
  keep(hub, OFFER, 'self', key)
  return key.open
}

/** Certifies the key that a colleague's device offered, once. On the device that issues. True when it did. */
export async function certifySigner(hub: Hub, by: RoleCertificate, open: Uint8Array): Promise<boolean> {
  const known = hub.context.vault.records.get<IssuedSigner>(ISSUED_SIGNER, by.device)
  if (known && toHex(known.open) === toHex(open)) return false
  keep(hub, ISSUED_SIGNER, by.device, await issueSigner(hub, by, open))
  return true
}

async function issueSigner(hub: Hub, by: RoleCertificate, open: Uint8Array): Promise<IssuedSigner> {
  const { context, identity } = hub
  const root = await companyRoot(hub)
  const now = context.clock.now()
  const serial = context.crypto.random(16)
  const certificate = await context.paper.certificates.issue({
    ca: root.ca,
    caKey: root.key,
    open,
    person: by.name.en || by.name.ar,
    role: by.roles[0] ?? '',
    company: identity.card.name.en || identity.card.name.ar,
    serial,
    from: (now - SKEW) as Instant,
    to: Math.min(now + SIGNER_DAYS * DAY, by.validTo) as Instant,
  })
  return { open, certificate, ca: root.ca, serial }
}

/** How long a list of revoked certificates says of itself that it is the latest. */
const LIST_DAYS = 90

/** This device's root's list of certificates that no longer count, as of now; null where it has signed nothing yet. */
export async function ownRevocationList(hub: Hub): Promise<Uint8Array | null> {
  const { context } = hub
  const kept = context.vault.records.get<KeptRoot>('pdf-root', 'own')
  if (!kept) return null
  const now = context.clock.now()
  return context.paper.certificates.revocationList({
    ca: kept.ca,
    caKey: kept.key,
    // Minutes: grows with every list, and no counter has to be kept that a restored backup would repeat.
    number: Math.floor(now / SKEW),
    at: now,
    next: (now + LIST_DAYS * DAY) as Instant,
    revoked: endedSigners(hub),
  })
}

/** Certificates of devices that were revoked, as of when they were. */
function endedSigners({ context }: Hub): readonly { readonly serial: Uint8Array; readonly at: Instant }[] {
  const { records } = context.vault
  const register = records.list<IssuedRecord>('certificate').map(({ value }) => value)
  return records.list<IssuedSigner>(ISSUED_SIGNER).flatMap(({ id, value }) => {
    const held = register.filter(({ certified }) => certificateIn(certified).device === (id as DeviceId))
    const ended = held.flatMap(({ revokedAt, endedAs }) => (revokedAt !== null && endedAs !== 'replaced' ? [revokedAt] : [])) // prettier-ignore
    const over = held.length > 0 && held.every(({ revokedAt }) => revokedAt !== null)
    return over && ended.length > 0 ? [{ serial: value.serial, at: Math.min(...ended) as Instant }] : []
  })
}

async function companyRoot(hub: Hub): Promise<KeptRoot> {
  const { context, identity } = hub
  const kept = context.vault.records.get<KeptRoot>('pdf-root', 'own')
  if (kept) return kept
  const now = context.clock.now()
  const key = await context.paper.certificates.createKey('ecdsa-p256')
  const ca = await context.paper.certificates.createCa({
    key,
    company: identity.card.name.en || identity.card.name.ar,
    unique: identity.card.company,
    serial: context.crypto.random(16),
    from: (now - SKEW) as Instant,
    to: (now + ROOT_DAYS * DAY) as Instant,
  })
  // While it was made somebody else may have asked for it.
  const meanwhile = context.vault.records.get<KeptRoot>('pdf-root', 'own')
  if (meanwhile) return meanwhile
  keep(hub, 'pdf-root', 'own', { key, ca })
  return { key, ca }
}

function keep(hub: Hub, kind: string, id: string, value: KeptRoot | KeptSigner | CertificateKey | IssuedSigner): void {
  hub.change(() => {
    hub.context.vault.records.put(kind, id, value)
    return undefined
  })
}
