import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, Hash, PublicKey, SecretKey, Signature } from '#shared/kernel/crypto.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import {
  allOr,
  bytes,
  id,
  list,
  nullable,
  oneOf,
  optional,
  record,
  tagged,
  text,
  truth,
  whole,
  type Shape,
} from './shape.ts'
import {
  WORKSPACE_KINDS, type Bilingual, type CertifiedDevice, type ChannelDefinition, type Charter, type CompanyCard,
  type Consent, type Cut, type DeviceRequest, type FeedHead, type Founding, type IssuerCertificate, type Joining, type Revocation,
  type Represented, type RoleCertificate, type RoleNarrowing, type RootRotation, type Signed, type SigningAuthority,
} from './types.ts' // prettier-ignore

const MAX_STATEMENT = 64 * 1024

export const bilingual: Shape<Bilingual> = record<Bilingual>({ en: text(400), ar: text(400) })

export const signed = <T>(): Shape<Signed<T>> => ({
  write: ({ statement, signature }) => [statement, signature],
  read(value) {
    if (!Array.isArray(value) || value.length !== 2) return undefined
    const [statement, signature] = value as readonly Canonical[]
    if (!(statement instanceof Uint8Array) || statement.length > MAX_STATEMENT) return undefined
    if (!(signature instanceof Uint8Array) || signature.length !== 64) return undefined
    return { statement, signature: signature as Signature }
  },
})

const authority = record<SigningAuthority>({
  matters: list(text(100), 32),
  limit: nullable(record({ currency: text(3), amount: whole() })),
  joint: truth,
  document: nullable(bytes<Hash>(32)),
})
const roleCertificate = record<RoleCertificate>({
  company: id(32), person: id(16), name: bilingual, roles: list(oneOf(ROLES), ROLES.length), device: id(32),
  boxKey: bytes(32), serial: id(16), validFrom: whole(), validTo: whole(), authority: nullable(authority),
  actingFor: optional(record<Represented>({ person: id(16), name: bilingual })), replaces: optional(list(id(16), 64)),
}) // prettier-ignore
const issuer = record<IssuerCertificate>({
  company: id(32), issuer: bytes(32), serial: id(16), validFrom: whole(), validTo: whole(),
}) // prettier-ignore
const rotation = record<RootRotation>({ company: id(32), from: bytes(32), to: bytes(32), at: whole() })
export const certifiedDevice = record<CertifiedDevice>({ issuer: signed(), certificate: signed() })
export const companyCard = record<CompanyCard>({
  company: id(32), root: bytes(32), name: bilingual, rotations: list(signed(), 16),
}) // prettier-ignore

export const feedHead = record<FeedHead>({ feed: id(48), seq: whole(), hash: id(32) })
const cuts = list(record<Cut>({ channel: id(32), heads: list(feedHead, 256) }), 256)
const revocation = record<Revocation>({
  company: id(32),
  subject: tagged<Revocation['subject']>({ device: record({ device: id(32) }), issuer: record({ issuer: bytes(32) }) }),
  reason: oneOf(['left', 'lost', 'compromised', 'replaced']),
  at: whole(),
  cuts,
})
const narrowing = record<RoleNarrowing>({
  company: id(32), device: id(32), from: list(id(16), 64), to: id(16), at: whole(), cuts,
}) // prettier-ignore
const charter = record<Charter>({
  addCompany: oneOf(['any-member', 'every-member']), roles: list(oneOf(ROLES), ROLES.length),
}) // prettier-ignore
const founding = record<Founding>({
  kind: oneOf(WORKSPACE_KINDS), name: bilingual, outcome: bilingual, dryRun: truth, founder: companyCard,
  device: certifiedDevice, charter, foundedAt: whole(), nonce: bytes(16),
}) // prettier-ignore
const joining = record<Joining>({
  workspace: id(32), invitation: bytes(32), card: companyCard, device: certifiedDevice, at: whole(), nonce: bytes(16),
}) // prettier-ignore
const consent = record<Consent>({
  workspace: id(32), company: id(32), to: oneOf(['add', 'remove']), subject: id(32), at: whole(),
}) // prettier-ignore
const deviceRequest = record<DeviceRequest>({
  name: bilingual, device: id(32), boxKey: bytes(32), at: whole(), nonce: bytes(16),
}) // prettier-ignore
/** Not a statement of its own: a channel commits to its hash. */
export const channelDefinition = record<ChannelDefinition>({
  name: bilingual, companies: allOr(list(id(32), 64)), roles: allOr(list(oneOf(ROLES), ROLES.length)),
  expiresOn: nullable(text(10)), nonce: bytes(16),
}) // prettier-ignore

interface Statements {
  readonly issuer: IssuerCertificate
  readonly 'root-rotation': RootRotation
  readonly certificate: RoleCertificate
  readonly revocation: Revocation
  readonly 'role-narrowing': RoleNarrowing
  readonly founding: Founding
  readonly joining: Joining
  readonly consent: Consent
  readonly 'device-request': DeviceRequest
}
export type StatementKind = keyof Statements
export type StatementRefusal = 'bad-statement' | 'newer-statement' | 'bad-statement-signature'

const SHAPES: { readonly [K in StatementKind]: Shape<Statements[K]> } = {
  issuer, 'root-rotation': rotation, certificate: roleCertificate, revocation, 'role-narrowing': narrowing, founding, joining, consent,
  'device-request': deviceRequest,
} // prettier-ignore
const VERSION = 1

/** Each kind has a label of its own, so that no statement verifies as another. */
export const labelOf = (kind: StatementKind): string => `mithaq/statement/${kind}/v1`

/** Signs the canonical bytes of `value` under the label of `kind`. */
export function signStatement<K extends StatementKind>(
  crypto: Crypto,
  kind: K,
  key: SecretKey,
  value: Statements[K],
): Signed<Statements[K]> {
  const statement = encode([VERSION, SHAPES[kind].write(value)])
  return { statement, signature: crypto.sign(labelOf(kind), key, statement) }
}

/** What a statement says, not yet believed: for finding the key that must have signed it. */
export function readStatement<K extends StatementKind>(
  kind: K,
  { statement }: Signed<Statements[K]>,
): Result<Statements[K], 'bad-statement' | 'newer-statement'> {
  const decoded = statement.length > MAX_STATEMENT ? undefined : decode(statement)
  if (!decoded?.ok || !Array.isArray(decoded.value)) return refuse('bad-statement')
  const [version, value] = decoded.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-statement')
  const read = version === VERSION && decoded.value.length === 2 ? SHAPES[kind].read(value) : undefined
  return read === undefined ? refuse('bad-statement') : ok(read)
}

/** What `key` stated. */
export function verifyStatement<K extends StatementKind>(
  crypto: Crypto,
  kind: K,
  key: PublicKey,
  signedStatement: Signed<Statements[K]>,
): Result<Statements[K], StatementRefusal> {
  const read = readStatement(kind, signedStatement)
  if (!read.ok) return read
  return crypto.verify(labelOf(kind), key, signedStatement.statement, signedStatement.signature)
    ? read
    : refuse('bad-statement-signature')
}
