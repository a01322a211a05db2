import { toHex } from '#shared/kernel/bytes.ts'
import type { BoxPair, Crypto, PublicKey, SecretKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, FeedId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyIdOf } from '#shared/membership/certificate.ts'
import { readStatement, signStatement } from '#shared/membership/statement.ts'
import type {
  Bilingual,
  CertifiedDevice,
  CompanyCard,
  IssuerCertificate,
  RoleCertificate,
  Signed,
  SigningAuthority,
} from '#shared/membership/types.ts'
import { newId, type Context } from '../context.ts'
import { Refused } from '../edge.ts'

/** Long enough that nobody has to fetch the company kit every year; revocable at any time. */
const ISSUER_YEARS = 5
export const CERTIFICATE_DAYS = 365
export const DAY = 86_400_000

/** Who acts in this vault: the company, its issuer, this device and the person at it. Kept as the record `identity/self`. */
export interface Identity {
  readonly card: CompanyCard
  /** `secret` is null on a device that may not certify others. */
  readonly issuer: { readonly secret: SecretKey | null; readonly certificate: Signed<IssuerCertificate> }
  readonly device: { readonly id: DeviceId; readonly secret: SecretKey; readonly box: BoxPair }
  readonly person: PersonId
  /** Devices that this one replaced; absent in a vault whose device was never replaced. */
  readonly former?: readonly { readonly id: DeviceId; readonly box: BoxPair }[]
  /** The newest certificate of this device. */
  readonly certified: CertifiedDevice
}
export interface PersonRecord {
  readonly name: Bilingual
}
/** Every certificate issued here, so that the register shows past ones, too. */
export interface IssuedRecord {
  readonly certified: CertifiedDevice
  readonly revokedAt: Instant | null
  /** How it ended; absent in a register of an earlier version. */
  readonly endedAs?: 'replaced' | 'revoked'
}

const KIND = 'identity'

/** The keys of a new company, its first person and this device. The root secret is returned once and is not in the records. */
export function makeIdentity(
  { crypto, clock }: Pick<Context, 'crypto' | 'clock'>,
  company: Bilingual,
  person: Bilingual,
  roles: readonly Role[],
): { readonly identity: Identity; readonly root: SecretKey; readonly people: readonly [PersonId, PersonRecord][] } {
  const root = crypto.signingPair()
  const issuer = crypto.signingPair()
  const device = crypto.signingPair()
  const now = clock.now()
  const card: CompanyCard = {
    company: companyIdOf(crypto, root.publicKey),
    root: root.publicKey,
    name: company,
    rotations: [],
  }
  const certificate = certifyIssuer(crypto, card, root.secretKey, issuer.publicKey, now)
  const id = newId<PersonId>(crypto)
  const bare: Omit<Identity, 'certified'> = {
    card,
    issuer: { secret: issuer.secretKey, certificate },
    device: { id: toHex(device.publicKey) as DeviceId, secret: device.secretKey, box: crypto.boxPair() },
    person: id,
  }
  const validTo = (now + CERTIFICATE_DAYS * DAY) as Instant
  const certified = certify(crypto, bare, { name: person, roles, validFrom: now, validTo, authority: null })
  return { identity: { ...bare, certified }, root: root.secretKey, people: [[id, { name: person }]] }
}

/** The root's word that a key may issue role certificates for its company. */
export const certifyIssuer = (
  crypto: Crypto,
  { company }: CompanyCard,
  root: SecretKey,
  issuer: PublicKey,
  now: Instant,
): Signed<IssuerCertificate> =>
  signStatement(crypto, 'issuer', root, {
    company,
    issuer,
    serial: newId(crypto),
    validFrom: now,
    validTo: (now + ISSUER_YEARS * 365 * DAY) as Instant,
  })

/** A role certificate for this device and its person, signed by the company's issuer. */
export function certify(
  crypto: Crypto,
  { card, issuer, device, person }: Pick<Identity, 'card' | 'issuer' | 'device' | 'person'>,
  terms: {
    readonly name: Bilingual
    readonly roles: readonly Role[]
    readonly validFrom: Instant
    readonly validTo: Instant
    readonly authority: SigningAuthority | null
  },
): CertifiedDevice {
  if (issuer.secret === null) throw new Refused('company', 'not-issuer')
  const certificate = signStatement(crypto, 'certificate', issuer.secret, {
    company: card.company,
    person,
    name: terms.name,
    roles: terms.roles,
    device: device.id,
    boxKey: device.box.publicKey,
    serial: newId(crypto),
    validFrom: terms.validFrom,
    validTo: terms.validTo,
    authority: terms.authority,
  })
  return { issuer: issuer.certificate, certificate }
}

export const loadIdentity = ({ vault }: Pick<Context, 'vault'>): Identity => {
  const identity = vault.records.get<Identity>(KIND, 'self')
  if (!identity) throw new Error('the vault has no identity')
  return identity
}
export const saveIdentity = ({ vault }: Pick<Context, 'vault'>, identity: Identity): void =>
  vault.records.put(KIND, 'self', identity)

/** What a certificate says. @throws for one that this engine did not check before it kept it. */
export function certificateIn(certified: CertifiedDevice): RoleCertificate {
  const read = readStatement('certificate', certified.certificate)
  if (!read.ok) throw new Error('a kept certificate does not read')
  return read.value
}

/** This device's feed in its present incarnation. */
export const feedOf = ({ device }: Identity, incarnation: Uint8Array): FeedId =>
  (device.id + toHex(incarnation)) as FeedId
