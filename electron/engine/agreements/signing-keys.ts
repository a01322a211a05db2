import type { PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { CertificateKey } from './ports.ts'

/** The company's root for signatures in PDF files, and a person's key under it. Both stay in the vault. */
interface KeptRoot {
  readonly key: CertificateKey
  readonly ca: Uint8Array
}
interface KeptSigner {
  readonly key: CertificateKey
  readonly certificate: Uint8Array
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

/** The keys that this person signs PDF files with; made when they are first needed. */
export async function signingKeys(hub: Hub): Promise<SigningKeys> {
  const root = await companyRoot(hub)
  const { person, name, roles, validTo } = certificateIn(hub.identity.certified)
  const { context, identity } = hub
  const now = context.clock.now()
  const kept = context.vault.records.get<KeptSigner>('pdf-signer', person)
  const facts = kept && context.paper.certificates.describe(kept.certificate)
  if (kept && facts && facts.to > now) return { ca: root.ca, certificate: kept.certificate, secret: kept.key.secret }
  const key = await context.paper.certificates.createKey('ecdsa-p256')
  const certificate = await context.paper.certificates.issue({
    ca: root.ca,
    caKey: root.key,
    open: key.open,
    person: name.en || name.ar,
    role: roles[0] ?? '',
    company: identity.card.name.en || identity.card.name.ar,
    serial: context.crypto.random(16),
    from: (now - SKEW) as Instant,
    to: Math.min(now + SIGNER_DAYS * DAY, validTo) as Instant,
  })
  keep(hub, 'pdf-signer', person, { key, certificate })
  return { ca: root.ca, certificate, secret: key.secret }
}

/** How long a list of revoked certificates says of itself that it is the latest. */
const LIST_DAYS = 90

/** This device's root's list of certificates that no longer count, as of now; null where it has signed nothing yet. */
export async function ownRevocationList({ context }: Hub): Promise<Uint8Array | null> {
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
    revoked: [],
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
  keep(hub, 'pdf-root', 'own', { key, ca })
  return { key, ca }
}

function keep(hub: Hub, kind: 'pdf-root' | 'pdf-signer', id: PersonId | 'own', value: KeptRoot | KeptSigner): void {
  hub.change(() => {
    hub.context.vault.records.put(kind, id, value)
    return undefined
  })
}
