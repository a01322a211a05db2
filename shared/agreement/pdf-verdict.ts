import type { Instant } from '#shared/kernel/time.ts'

/** What is wrong with one signature. */
export const SIGNATURE_PROBLEMS = [
  'bytes-changed', // the signed bytes do not have the signed hash
  'signature-wrong', // the signature is not the certificate's over its attributes
  'signature-malformed', // not the kind of signature that is expected here
  'padding-used', // something stands behind the signature in its space
  'chain-wrong', // the certificate was not issued by a company that may sign
  'certificate-unfit', // the certificate may not be used to sign
  'certificate-expired', // not valid at the time of signing
  'certificate-revoked', // revoked at or before the time of signing
  'revocation-undecided', // revoked later, and nothing but the signer's claim says that the signature is older
  'timestamp-wrong', // the timestamp is not over this signature, or not its authority's
  'changed-after', // the file was changed after this signature in a way that it does not permit
  'not-whole', // the signature leaves part of the file as it was then uncovered
  'time-ahead', // the time of signing lies in the future
  'other-signer', // signed, but not with the expected certificate
] as const
export type SignatureProblem = (typeof SIGNATURE_PROBLEMS)[number]

/** What is wrong with the file as a whole. */
export const FILE_PROBLEMS = [
  'unreadable',
  'unsigned',
  'signer-missing', // somebody whose signature was expected has not signed in this file
  'signer-unexpected', // somebody signed whom nobody named
  'changed-after-last', // something was added after the last signature
  'trailing-bytes', // bytes behind the end of the file
  'attachment-missing', // the canonical text is not inside the signed bytes
] as const
export type FileProblem = (typeof FILE_PROBLEMS)[number]

export interface SignatureVerdict {
  readonly field: string
  readonly person: string
  readonly company: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  /** Each next one is an incremental update over the one before: 1 is the first. */
  readonly revision: number
  /** Exactly what the signature covers, in bytes from the beginning of the file. */
  readonly covers: number
  readonly claimedAt: Instant | null
  /** From a timestamp authority. */
  readonly timestampedAt: Instant | null
  /** Whose time was used to judge the certificate. */
  readonly timeFrom: 'timestamp' | 'witness' | 'claim'
  readonly certifies: boolean
  readonly problems: readonly SignatureProblem[]
  /** What somebody needs to check it with other tools; null when it is malformed. */
  readonly parts: SignatureParts | null
}
export interface SignatureParts {
  /** The bytes from `from` to `to` are the signature's space; all else up to `covers` is signed. */
  readonly from: number
  readonly to: number
  /** The signature (CMS), the signer's certificate and those that came along, in DER. */
  readonly der: Uint8Array
  readonly certificate: Uint8Array
  readonly others: readonly Uint8Array[]
}
export interface PdfVerdict {
  /** True when there is no problem at all, in the file or in any signature. */
  readonly valid: boolean
  readonly problems: readonly FileProblem[]
  readonly missing: readonly string[]
  readonly signatures: readonly SignatureVerdict[]
  /** The canonical text as the first signature covered it; compare it with the agreement's own. */
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array } | null
}
