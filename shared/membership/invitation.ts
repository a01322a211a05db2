import { fromBase64, toBase64Url } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, Hash, SecretKey, Signature } from '#shared/kernel/crypto.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { deviceKey, fingerprintOf, verifyCard, verifyDevice } from './certificate.ts'
import { bytes, list, nullable, record, text, whole } from './shape.ts'
import { certifiedDevice, companyCard, signed } from './statement.ts'
import type { CertifiedDevice, CompanyCard, Founding, Genesis, RoleCertificate, Signed } from './types.ts'
import { verifyFounding } from './workspace.ts'

/** How the two engines may find each other; all optional, because files alone suffice. */
export interface Addresses {
  readonly signalling: readonly string[]
  readonly ice: readonly {
    readonly urls: string
    readonly username: string | null
    readonly credential: string | null
  }[]
  readonly mailbox: string | null
}

/** What an invitation says. Whoever holds it holds its secret: it goes to one person, by a way that the inviter trusts. */
interface Said {
  readonly founding: Signed<Founding>
  readonly inviter: CompanyCard
  readonly device: CertifiedDevice
  readonly addresses: Addresses
  readonly secret: Uint8Array
  readonly nonce: Uint8Array
  readonly expiresAt: Instant
}

/** An invitation that was read and checked, or just made. */
export interface Invitation {
  /** Hash of the whole invitation: what the answer names. */
  readonly id: Hash
  readonly workspace: WorkspaceId
  readonly genesis: Genesis
  readonly inviter: CompanyCard
  readonly fingerprint: string
  readonly device: RoleCertificate
  readonly addresses: Addresses
  readonly secret: Uint8Array
  readonly expiresAt: Instant
}

/** 'newer-invitation': made by a later Mithaq. */
export type InvitationRefusal =
  'invitation-malformed' | 'invitation-too-large' | 'newer-invitation' | 'invitation-tampered' | 'invitation-expired'

const LABEL = 'mithaq/invitation/v1'
const VERSION = 1
const SCHEME = 'mithaq:'
export const MAX_INVITATION = 32 * 1024

const said = record<Said>({
  founding: signed(),
  inviter: companyCard,
  device: certifiedDevice,
  addresses: record<Addresses>({
    signalling: list(text(300), 8),
    ice: list(record({ urls: text(300), username: nullable(text(200)), credential: nullable(text(200)) }), 8),
    mailbox: nullable(text(300)),
  }),
  secret: bytes(32),
  nonce: bytes(16),
  expiresAt: whole(),
})

/**
 * An invitation as bytes (for a sealed file of kind `invitation`) and as a `mithaq:` link; both hold all that a partner
 * needs to answer, by file alone too. The inviting device signs it. @throws when it does not verify: a bug of the caller.
 */
export function createInvitation(
  crypto: Crypto,
  genesis: Genesis,
  from: { readonly card: CompanyCard; readonly device: CertifiedDevice; readonly key: SecretKey },
  addresses: Addresses,
  expiresAt: Instant,
): { readonly bytes: Uint8Array; readonly link: string; readonly invitation: Invitation } {
  const body = encode(
    said.write({
      founding: genesis.signed,
      inviter: from.card,
      device: from.device,
      addresses,
      secret: crypto.random(32),
      nonce: crypto.random(16),
      expiresAt,
    }),
  )
  const whole = encode([VERSION, body, crypto.sign(LABEL, from.key, body)])
  const invitation = check(crypto, whole)
  if (!invitation.ok) throw new Error(`the invitation does not verify: ${invitation.refusal}`)
  return { bytes: whole, link: SCHEME + toBase64Url(whole), invitation: invitation.value }
}

/** Reads an invitation from bytes or a link (white space from mail is forgiven), as of `now`. */
export function readInvitation(
  crypto: Crypto,
  from: Uint8Array | string,
  now: Instant,
): Result<Invitation, InvitationRefusal> {
  const whole = typeof from === 'string' ? fromLink(from) : ok(from)
  if (!whole.ok) return whole
  const invitation = check(crypto, whole.value)
  if (!invitation.ok) return invitation
  return now > invitation.value.expiresAt ? refuse('invitation-expired') : invitation
}

function fromLink(link: string): Result<Uint8Array, InvitationRefusal> {
  if (link.length > MAX_INVITATION * 2) return refuse('invitation-too-large')
  const bare = link.replace(/\s+/g, '')
  if (!bare.toLowerCase().startsWith(SCHEME)) return refuse('invitation-malformed')
  const raw = fromBase64(bare.slice(SCHEME.length))
  return raw === undefined ? refuse('invitation-malformed') : ok(raw)
}

/** The bytes of a link that was read before. @throws for what is no link. */
export function linkBytes(link: string): Uint8Array {
  const bytes = fromLink(link)
  if (!bytes.ok) throw new Error(bytes.refusal)
  return bytes.value
}

function check(crypto: Crypto, whole: Uint8Array): Result<Invitation, InvitationRefusal> {
  if (whole.length > MAX_INVITATION) return refuse('invitation-too-large')
  const decoded = decode(whole)
  if (!decoded.ok || !Array.isArray(decoded.value)) return refuse('invitation-malformed')
  const [version, body, signature] = decoded.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-invitation')
  if (version !== VERSION || decoded.value.length !== 3) return refuse('invitation-malformed')
  if (!(body instanceof Uint8Array) || !(signature instanceof Uint8Array)) return refuse('invitation-malformed')
  const terms = decode(body)
  const content = terms.ok ? said.read(terms.value) : undefined
  if (content === undefined) return refuse('invitation-malformed')

  const genesis = verifyFounding(crypto, content.founding)
  const card = verifyCard(crypto, content.inviter)
  const { company, root } = content.inviter
  const device = verifyDevice(crypto, company, root, content.device)
  if (!genesis.ok || !card.ok || !device.ok) return refuse('invitation-tampered')
  const { certificate } = device.value
  if (!crypto.verify(LABEL, deviceKey(certificate.device), body, signature as Signature)) {
    return refuse('invitation-tampered')
  }
  return ok({
    id: crypto.hash('mithaq/invitation-id/v1', whole),
    workspace: genesis.value.workspace,
    genesis: genesis.value,
    inviter: content.inviter,
    fingerprint: fingerprintOf(crypto, root),
    device: certificate,
    addresses: content.addresses,
    secret: content.secret,
    expiresAt: content.expiresAt,
  })
}
