import type { SignedApproval } from '#shared/approvals/approval-word.ts'
import type { PublicKey, Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import type { CertifiedDevice, IssuerCertificate, Revocation, RootRotation, Signed } from '#shared/membership/types.ts'
import type { PackIndex } from './pack-index.ts'

/** An entry of the log with what proves it. */
export interface PackEntry {
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
  /** Digests of the entries after it: up to the signed head, and on to where another feed names this one. */
  readonly after: readonly Uint8Array[]
  /** How many of them lead to the signed head. */
  readonly signed: number
  readonly signature: Signature
  /** Opens it; null for an entry that stays closed, or whose body is in clear. */
  readonly key: SymmetricKey | null
}
/** A company by its roots, from the first, whose hash is its id, to the one in force. */
export interface PackCompany {
  readonly company: CompanyId
  readonly roots: readonly PublicKey[]
  readonly rotations: readonly Signed<RootRotation>[]
}
export interface PackRole {
  readonly device: DeviceId
  readonly company: CompanyId
  readonly certified: CertifiedDevice
}
export interface PackRevocation {
  readonly revocation: Signed<Revocation>
  /** null when the root itself signed. */
  readonly issuer: Signed<IssuerCertificate> | null
}
/** A signature of the file, for programs that read no PDF. */
export interface PackSignature {
  readonly field: string
  /** The company's root, the signer's certificate, the signature (CMS): DER. */
  readonly root: Uint8Array
  readonly certificate: Uint8Array
  readonly der: Uint8Array
  /** The signature's space, and how much of the file it covers. */
  readonly from: number
  readonly to: number
  readonly covers: number
  /** The time that the signer claims. */
  readonly at: Instant
}

/** What every pack proves its document with: who signed what in which order, up to the companies' roots. */
export interface PackProofs extends Pick<
  PackIndex,
  'madeAt' | 'madeBy' | 'workspace' | 'channel' | 'artifact' | 'type' | 'title'
> {
  readonly companies: readonly PackCompany[]
  readonly roles: readonly PackRole[]
  readonly revocations: readonly PackRevocation[]
  readonly log: readonly PackEntry[]
}

/** All that a pack proves its agreement with. */
export interface PackContent extends PackProofs, Pick<PackIndex, 'version' | 'hash'> {
  readonly text: Uint8Array
  readonly pdf: Uint8Array
  /** The file as others added to it; null when nobody did. */
  readonly certified: Uint8Array | null
  readonly signatures: readonly PackSignature[]
  readonly revocationLists: readonly Uint8Array[]
  /** What the maker's company chose to state about its own approvals of this text; none: it states nothing. */
  readonly approvals: readonly SignedApproval[]
}
