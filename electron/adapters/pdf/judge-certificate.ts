import { verify, X509Certificate } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { PdfExpectations } from '#engine/agreements/ports.ts'
import type { SignatureProblem } from '#shared/agreement/pdf-verdict.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { bufferOf, bytesOfInteger, sameBytes } from './x509-parts.ts'

const KEY_USAGE = '2.5.29.15'
const EXTENDED_USAGE = '2.5.29.37'
/** Document signing (RFC 9336), protection of mail, anything. */
const PURPOSES = new Set(['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4', '2.5.29.37.0'])

export interface SigningTime {
  readonly at: Instant | null
  readonly from: 'timestamp' | 'witness' | 'claim'
}

/** What speaks against a certificate at the time of a signature. */
export function judgeCertificate(
  certificate: Uint8Array,
  time: SigningTime,
  expected: PdfExpectations,
): readonly SignatureProblem[] {
  const owned = new X509Certificate(certificate)
  const ca = expected.cas.find((each) => issued(owned, each))
  if (!ca) return ['chain-wrong']
  const parsed = pkijs.Certificate.fromBER(bufferOf(certificate))
  return [
    ...(fit(parsed, owned) ? [] : (['certificate-unfit'] as const)),
    ...(inTime(owned, time.at) && inTime(new X509Certificate(ca), time.at) ? [] : (['certificate-expired'] as const)),
    ...judgeRevocation(parsed, ca, time, expected.revocations),
  ]
}

/** Whether a company's root signed a certificate. */
export function issued(certificate: X509Certificate, ca: Uint8Array): boolean {
  try {
    const issuer = new X509Certificate(ca)
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** The first certificate leads to a root, by way of the others. */
export function reaches(certificates: readonly Uint8Array[], root: Uint8Array, depth = 0): boolean {
  const [first, ...rest] = certificates
  if (!first || depth > 4) return false
  const certificate = new X509Certificate(first)
  if (sameBytes(first, root) || issued(certificate, root)) return true
  return rest.some(
    (each) => issued(certificate, each) && reaches([each, ...rest.filter((other) => other !== each)], root, depth + 1),
  )
}

function fit({ extensions = [] }: pkijs.Certificate, { ca }: X509Certificate): boolean {
  const parsed = (id: string): unknown => extensions.find(({ extnID }) => extnID === id)?.parsedValue
  const usage = parsed(KEY_USAGE)
  const purposes = parsed(EXTENDED_USAGE) as pkijs.ExtKeyUsage | undefined
  // digitalSignature or contentCommitment: the first two bits.
  const signs = usage instanceof asn1.BitString && ((usage.valueBlock.valueHexView[0] ?? 0) & 0b1100_0000) !== 0
  return !ca && signs && (!purposes || purposes.keyPurposes.some((purpose) => PURPOSES.has(purpose)))
}

const inTime = (certificate: X509Certificate, at: Instant | null): boolean =>
  at !== null && at >= certificate.validFromDate.getTime() && at <= certificate.validToDate.getTime()

function judgeRevocation(
  certificate: pkijs.Certificate,
  ca: Uint8Array,
  time: SigningTime,
  lists: readonly Uint8Array[],
): readonly SignatureProblem[] {
  const serial = bytesOfInteger(certificate.serialNumber)
  const problems = new Set<SignatureProblem>()
  for (const bytes of lists) {
    const list = parseList(bytes)
    // A list that cannot be read may be the one that matters.
    if (!list) problems.add('revocation-undecided')
    else if (list.issuer.isEqual(certificate.issuer)) {
      const entry = list.revokedCertificates?.find(({ userCertificate }) =>
        sameBytes(bytesOfInteger(userCertificate), serial),
      )
      if (!signedBy(list, ca)) problems.add('revocation-undecided')
      else if (entry)
        for (const problem of revokedWhen(entry.revocationDate.value.getTime(), time)) problems.add(problem)
    }
  }
  return [...problems]
}

/** A revoked key can claim any time: only what others saw proves that a signature is older than the revocation. */
function revokedWhen(since: number, { at, from }: SigningTime): readonly SignatureProblem[] {
  if (at === null || at >= since) return ['certificate-revoked']
  return from === 'claim' ? ['revocation-undecided'] : []
}

/** Whether a root issued and signed a list. */
export function isListOf(bytes: Uint8Array, ca: Uint8Array): boolean {
  const list = parseList(bytes)
  try {
    const root = pkijs.Certificate.fromBER(bufferOf(ca))
    return list !== undefined && list.issuer.isEqual(root.subject) && signedBy(list, ca)
  } catch {
    return false
  }
}

function parseList(bytes: Uint8Array): pkijs.CertificateRevocationList | undefined {
  try {
    return pkijs.CertificateRevocationList.fromBER(bufferOf(bytes))
  } catch {
    return undefined
  }
}

const signedBy = (list: pkijs.CertificateRevocationList, ca: Uint8Array): boolean => {
  try {
    const key = new X509Certificate(ca).publicKey
    return verify('sha256', list.tbsView, key, new Uint8Array(list.signatureValue.valueBlock.valueHexView))
  } catch {
    return false
  }
}
