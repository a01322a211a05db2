import type { Instant } from '#shared/kernel/time.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { PdfVerdict } from '#shared/agreement/pdf-verdict.ts'
import type { AddedSignature } from '#shared/evidence/report.ts'
import type { Archives } from '../evidence/ports.ts'

/**
 * What agreements ask of the outside: a typesetter, certificates that common PDF readers understand, and signed PDF files.
 * All byte strings are whole: certificates, revocation lists and keys in DER, PDFs as files.
 */

/** Typesets a page of our own making. It runs no script and fetches nothing; the bundled fonts are there by their family names. */
export interface Printer {
  /** A whole HTML document becomes a tagged PDF with an outline. Page size and margins are those of its `@page` rules. */
  print(html: string): Promise<Result<Uint8Array, PrintRefusal>>
}
export type PrintRefusal =
  | 'no-typesetter' // neither Electron nor an installed browser of the Chromium family
  | 'print-failed' // the typesetter stopped or answered nonsense
  | 'print-too-slow'

/** What PDF readers everywhere verify. Ed25519 is rejected by most of them. */
export type CertificateAlgorithm = 'ecdsa-p256' | 'rsa-3072'

/** Both halves, as the vault keeps them. */
export interface CertificateKey {
  /** PKCS#8. */
  readonly secret: Uint8Array
  /** SubjectPublicKeyInfo. */
  readonly open: Uint8Array
}
export interface Validity {
  readonly from: Instant
  readonly to: Instant
}
/** X.509 for a company and the people who sign for it. Keys and serials are handed in; never fails on what it was made for. */
export interface Certificates {
  createKey(algorithm: CertificateAlgorithm): Promise<CertificateKey>
  /** A company's own root. `unique` (for example the company's id) keeps two companies of one name apart. */
  createCa(
    order: {
      readonly key: CertificateKey
      readonly company: string
      readonly unique: string
      readonly serial: Uint8Array
    } & Validity,
  ): Promise<Uint8Array>
  /** A person's certificate. `serial`: at most 20 bytes, at least 8 of them random; never the same twice for one company. */
  issue(
    order: {
      readonly ca: Uint8Array
      readonly caKey: CertificateKey
      /** The person's key as a SubjectPublicKeyInfo: the secret half stays on the device. */
      readonly open: Uint8Array
      readonly person: string
      readonly role: string
      readonly company: string
      readonly email?: string
      readonly serial: Uint8Array
    } & Validity,
  ): Promise<Uint8Array>
  /** The company's list of certificates that no longer count. `number` grows with every list. */
  revocationList(order: {
    readonly ca: Uint8Array
    readonly caKey: CertificateKey
    readonly number: number
    readonly at: Instant
    readonly next: Instant
    readonly revoked: readonly { readonly serial: Uint8Array; readonly at: Instant }[]
  }): Promise<Uint8Array>
  /** Whether a root issued and signed a list. */
  isListOf(list: Uint8Array, ca: Uint8Array): boolean
  /** The certificate of a file, PEM or DER; undefined when it is none. */
  fromFile(file: Uint8Array): Uint8Array | undefined
  /** Whether the first certificate leads to a root, by way of the others. */
  leadsTo(certificates: readonly Uint8Array[], root: Uint8Array): boolean
  /** What a certificate says; `undefined` when the bytes are none. */
  describe(certificate: Uint8Array): CertificateFacts | undefined
}
export interface CertificateFacts extends Validity {
  readonly person: string
  readonly company: string
  readonly serial: Uint8Array
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
}

/** Signatures in PDF files (PAdES), each an incremental update that leaves the earlier ones intact. */
export interface SignedPdfs {
  /**
   * Turns each link `https://sigfield.invalid/<id>` of a printed agreement into an empty signature field named `<id>`, and
   * attaches the canonical text, so that the first signature covers both.
   */
  prepare(printed: Uint8Array, order: PrepareOrder): Promise<Result<Uint8Array, PrepareRefusal>>
  sign(pdf: Uint8Array, order: SignOrder): Promise<Result<Uint8Array, SignRefusal>>
  /** Says what holds and what does not. Hostile input gives a verdict, too. */
  verify(pdf: Uint8Array, expected: PdfExpectations): Promise<PdfVerdict>
  /** Asks an authority when `bytes` were there, by their hash alone. */
  stamp(bytes: Uint8Array, ask: NonNullable<SignOrder['timestamp']>): Promise<Result<Stamp, StampRefusal>>
  /** Signatures and timestamps of anybody's software that reach behind `from`, in their order. None when it cannot be read. */
  added(pdf: Uint8Array, from: number): Promise<readonly AddedSignature[]>
}
export type StampRefusal = 'timestamp-unavailable' | 'timestamp-refused'
export interface Stamp {
  readonly at: Instant
  /** The authority's own, then whatever came along, in DER. */
  readonly certificates: readonly Uint8Array[]
}
export interface PrepareOrder {
  readonly fields: readonly string[]
  readonly attachment: PdfAttachment
  /** Titles in place of the outline's own, in its order (`bookmarksOf`). */
  readonly bookmarks: readonly string[]
  readonly at: Instant
}
export interface PdfAttachment {
  readonly name: string
  readonly description: string
  /** For example `application/json`. */
  readonly mimeType: string
  readonly bytes: Uint8Array
}
export type PrepareRefusal =
  | 'pdf-unreadable'
  | 'field-missing' // a named field has no link in the document, or more than one
  | 'field-unknown' // the document has a link for a field that was not named
  | 'bookmarks-differ' // not as many titles as the outline has
  | 'pdf-has-form' // it was prepared already

export interface SignOrder {
  readonly field: string
  /** PKCS#8 of the key that `certificate` is about. */
  readonly secret: Uint8Array
  readonly certificate: Uint8Array
  /** The company's root. */
  readonly ca: Uint8Array
  /** A one-page PDF that the printer made of `signatureBoxHtml`, drawn into the field's box. */
  readonly appearance: Uint8Array
  /** Who signs, why: plain text for readers' signature panels. */
  readonly name: string
  readonly reason: string
  /** The time that the signer claims. It stands in the signed bytes, and proves nothing by itself. */
  readonly at: Instant
  /** Asks a timestamp authority (RFC 3161): a DER request, its DER answer. With it the signature is PAdES B-T, without it B-B. */
  readonly timestamp?: (request: Uint8Array) => Promise<Result<Uint8Array, 'timestamp-unavailable'>>
}
export type SignRefusal =
  | 'pdf-unreadable'
  | 'field-missing'
  | 'field-signed'
  | 'key-mismatch' // the key is not the certificate's
  | 'appearance-unreadable'
  | 'timestamp-unavailable'
  | 'timestamp-refused' // the authority answered, but not with a token over our signature

export interface PdfExpectations {
  /** Roots of the companies that may sign. */
  readonly cas: readonly Uint8Array[]
  /** The companies' latest revocation lists. */
  readonly revocations: readonly Uint8Array[]
  /** Roots of timestamp authorities that are believed. Absent: a token is checked for what it says it is, and its time does not count. */
  readonly timestampRoots?: readonly Uint8Array[]
  /** Everybody whose signature the file must carry; absent when the caller does not know. */
  readonly signers?: readonly ExpectedSigner[]
  readonly now: Instant
}
export interface ExpectedSigner {
  readonly field: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint?: string
  /** When another company's log witnessed this signature, at the latest. */
  readonly witnessedAt?: Instant
}

/** All of it together, as the engine is handed it. */
export interface Paper {
  readonly printer: Printer
  readonly certificates: Certificates
  readonly pdfs: SignedPdfs
  readonly archives: Archives
  /** Lower-case hex. */
  sha256(bytes: Uint8Array): string
}
