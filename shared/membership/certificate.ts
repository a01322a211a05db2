import { equal, fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, PublicKey } from '#shared/kernel/crypto.ts'
import type { CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { readStatement, verifyStatement, type StatementRefusal } from './statement.ts'
import type { CertifiedDevice, CompanyCard, HeldCertificate } from './types.ts'

export type CertificateRefusal = StatementRefusal | 'wrong-company' | 'issuer-not-valid'

/** A company's id: the hash of its first root key, so that it outlives root rotation. */
export const companyIdOf = (crypto: Crypto, firstRoot: PublicKey): CompanyId =>
  toHex(crypto.hash('mithaq/company/v1', firstRoot)) as CompanyId

/** A root key for people: eight groups of four hex digits (128 bits). */
export const fingerprintOf = (crypto: Crypto, root: PublicKey): string =>
  toHex(crypto.hash('mithaq/fingerprint/v1', root).subarray(0, 16)).replace(/(.{4})(?=.)/g, '$1 ')

export const deviceKey = (device: DeviceId): PublicKey => (fromHex(device) ?? new Uint8Array(0)) as PublicKey

/** That the card's root follows from the company's id, rotation by rotation. */
export function verifyCard(crypto: Crypto, card: CompanyCard): Result<CompanyCard, CertificateRefusal> {
  let root: PublicKey | undefined
  for (const signed of card.rotations) {
    const claimed = readStatement('root-rotation', signed)
    if (!claimed.ok) return claimed
    root ??= claimed.value.from
    if (!equal(claimed.value.from, root) || claimed.value.company !== card.company) return refuse('wrong-company')
    if (companyIdOf(crypto, root) !== card.company && signed === card.rotations[0]) return refuse('wrong-company')
    const rotation = verifyStatement(crypto, 'root-rotation', root, signed)
    if (!rotation.ok) return rotation
    root = rotation.value.to
  }
  if (root === undefined) return companyIdOf(crypto, card.root) === card.company ? ok(card) : refuse('wrong-company')
  return equal(root, card.root) ? ok(card) : refuse('wrong-company')
}

/**
 * A role certificate checked from one of the company's roots: root → issuer → device, both of that company, the
 * certificate inside the issuer's validity. Says nothing about revocation or the present time.
 */
export function verifyDevice(
  crypto: Crypto,
  company: CompanyId,
  root: PublicKey,
  device: CertifiedDevice,
): Result<HeldCertificate, CertificateRefusal> {
  const issuer = verifyStatement(crypto, 'issuer', root, device.issuer)
  if (!issuer.ok) return issuer
  const certificate = verifyStatement(crypto, 'certificate', issuer.value.issuer, device.certificate)
  if (!certificate.ok) return certificate
  if (issuer.value.company !== company || certificate.value.company !== company) return refuse('wrong-company')
  const { validFrom, validTo } = certificate.value
  if (validFrom > validTo || validFrom < issuer.value.validFrom || validTo > issuer.value.validTo) {
    return refuse('issuer-not-valid')
  }
  return ok({ certificate: certificate.value, issuer: toHex(issuer.value.issuer) })
}
