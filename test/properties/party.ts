import { toHex } from '#shared/kernel/bytes.ts'
import type { BoxPair, Crypto, SigningPair } from '#shared/kernel/crypto.ts'
import type { DeviceId, FeedId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyIdOf } from '#shared/membership/certificate.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { CertifiedDevice, CompanyCard } from '#shared/membership/types.ts'

export const NOON = 1_800_000_000_000 as Instant
const YEAR = 365 * 86_400_000

/** A person's device at a company, with everything that certifies it. */
export interface Party {
  readonly card: CompanyCard
  readonly certified: CertifiedDevice
  /** What the company's office holds: it signs certificates and revocations. */
  readonly issuing: SigningPair
  readonly signing: SigningPair
  readonly box: BoxPair
  readonly device: DeviceId
  readonly feed: FeedId
}

/** The keys that certify a company's devices, for those tests that certify or revoke one. */
export interface Authority {
  readonly card: CompanyCard
  readonly root: SigningPair
  readonly issuing: SigningPair
  readonly issuer: CertifiedDevice['issuer']
}
export function authorityOf(one: Party): Authority {
  const found = authorities.get(one)
  if (found === undefined) throw new Error('made elsewhere')
  return found
}
const authorities = new WeakMap<Party, Authority>()

/** Another device of the same company, certified by the same issuer. */
export function colleague(crypto: Crypto, of: Party, name: string): Party {
  const { issuing, issuer } = authorityOf(of)
  const signing = crypto.signingPair()
  const box = crypto.boxPair()
  const device = toHex(signing.publicKey) as DeviceId
  const certificate = signStatement(crypto, 'certificate', issuing.secretKey, {
    company: of.card.company, person: toHex(crypto.random(16)) as PersonId, name: { en: name, ar: name }, roles: ['coo'],
    device, boxKey: box.publicKey, serial: toHex(crypto.random(16)), validFrom: (NOON - YEAR) as Instant,
    validTo: (NOON + YEAR) as Instant, authority: null,
  }) // prettier-ignore
  const feed = `${device}${toHex(crypto.random(16))}` as FeedId
  const made = { card: of.card, certified: { issuer, certificate }, issuing, signing, box, device, feed }
  authorities.set(made, authorityOf(of))
  return made
}

export function party(crypto: Crypto, name: string): Party {
  const root = crypto.signingPair()
  const issuing = crypto.signingPair()
  const signing = crypto.signingPair()
  const box = crypto.boxPair()
  const company = companyIdOf(crypto, root.publicKey)
  const device = toHex(signing.publicKey) as DeviceId
  const validity = { validFrom: (NOON - YEAR) as Instant, validTo: (NOON + YEAR) as Instant }
  const serial = (): string => toHex(crypto.random(16))
  const certified = {
    issuer: signStatement(crypto, 'issuer', root.secretKey, {
      company, issuer: issuing.publicKey, serial: serial(), ...validity,
    }),
    certificate: signStatement(crypto, 'certificate', issuing.secretKey, {
      company, person: toHex(crypto.random(16)) as PersonId, name: { en: name, ar: name }, roles: ['coo'], device,
      boxKey: box.publicKey, serial: serial(), ...validity, authority: null,
    }),
  } // prettier-ignore
  const card = { company, root: root.publicKey, name: { en: name, ar: name }, rotations: [] }
  const made = {
    card,
    certified,
    issuing,
    signing,
    box,
    device,
    feed: `${device}${toHex(crypto.random(16))}` as FeedId,
  }
  authorities.set(made, { card, root, issuing, issuer: certified.issuer })
  return made
}
