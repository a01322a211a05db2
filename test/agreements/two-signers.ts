import { createHash } from 'node:crypto'
import type { CertificateAlgorithm, CertificateKey, SignOrder } from '#engine/agreements/ports.ts'
import { certificates } from '#adapters/pdf/certificates.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { FIELDS, sampleAgreement } from './sample-agreement.ts'

export const at = (text: string): Instant => Date.parse(text) as Instant
export const VALID = { from: at('2026-01-01T00:00:00Z'), to: at('2029-01-01T00:00:00Z') }
export const serialOf = (text: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(text).digest().subarray(0, 16))

export interface Signer {
  readonly field: string
  readonly company: string
  readonly ca: Uint8Array
  readonly caKey: CertificateKey
  readonly key: CertificateKey
  readonly certificate: Uint8Array
  readonly fingerprint: string
  readonly serial: Uint8Array
}

/** A company with its own root, and the person who signs for it. */
export async function signerOf(index: 0 | 1, algorithm: CertificateAlgorithm, validity = VALID): Promise<Signer> {
  const { field, company, person, role } = sampleAgreement.signatories[index]!
  const caKey = await certificates.createKey(algorithm)
  const key = await certificates.createKey(algorithm)
  const ca = await certificates.createCa({
    key: caKey,
    company: company.en,
    unique: `company-${index}`,
    serial: serialOf(`ca ${index}`),
    ...VALID,
  })
  const serial = serialOf(`person ${index}`)
  const certificate = await certificates.issue({
    ca, caKey, open: key.open, person: person.en, role: role.en, company: company.en, email: `${field}@company.example`, serial, ...validity,
  }) // prettier-ignore
  const fingerprint = createHash('sha256').update(certificate).digest('hex')
  return {
    field: field as (typeof FIELDS)[number],
    company: company.en,
    ca,
    caKey,
    key,
    certificate,
    fingerprint,
    serial,
  }
}

export const orderOf = (signer: Signer, appearance: Uint8Array, when: Instant): SignOrder => ({
  field: signer.field,
  secret: signer.key.secret,
  certificate: signer.certificate,
  ca: signer.ca,
  appearance,
  name: certificates.describe(signer.certificate)?.person ?? '',
  reason: 'Agreement PA-2026-014',
  at: when,
})
