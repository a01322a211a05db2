import { concat } from '#shared/kernel/bytes.ts'
import type { Crypto, PublicKey } from '#shared/kernel/crypto.ts'
import { fromHex } from '#shared/kernel/bytes.ts'
import { readStatement } from '#shared/membership/statement.ts'
import type { Signed } from '#shared/membership/types.ts'
import { readHeader } from '#shared/seal/header.ts'
import type {
  PackCompany,
  PackContent,
  PackEntry,
  PackProofs,
  PackRevocation,
  PackRole,
  PackSignature,
} from './pack-content.ts'
import { CERTIFIED_PDF, SIGNED_PDF, TEXT, type PackFile } from './pack-file.ts'
import { toPem } from './pem.ts'
import { utf8 } from '#shared/kernel/bytes.ts'

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410): what openssl reads. */
const ED25519 = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const publicKeyFile = (key: Uint8Array): Uint8Array => concat(ED25519, key)

export const companyFolder = (number: number): string => `companies/${String(number)}`
export const roleFolder = (number: number): string => `roles/${String(number)}`
export const approvalFolder = (number: number): string => `approvals/${String(number)}`
export const revocationFolder = (number: number): string => `revocations/${String(number)}`
export const logFolder = (number: number): string => `log/${String(number).padStart(3, '0')}`

/** A statement as it was signed, in two files: its bytes and the signature. */
const statementFiles = (path: string, signed: Signed<unknown>): readonly PackFile[] => [
  { name: `${path}.cbor`, bytes: signed.statement },
  { name: `${path}.sig`, bytes: signed.signature },
]

export const companyFiles = (company: PackCompany, number: number): readonly PackFile[] => [
  ...company.roots.map((root, at) => ({
    name: `${companyFolder(number)}/root-${String(at + 1)}.der`,
    bytes: publicKeyFile(root),
  })),
  ...company.rotations.flatMap((rotation, at) =>
    statementFiles(`${companyFolder(number)}/rotation-${String(at + 1)}`, rotation),
  ),
]

/** The keys stand in the statements, and beside them as openssl wants them. */
export function roleFiles({ certified, device }: PackRole, number: number): readonly PackFile[] {
  const folder = roleFolder(number)
  const issuer = readStatement('issuer', certified.issuer)
  return [
    ...statementFiles(`${folder}/issuer`, certified.issuer),
    ...statementFiles(`${folder}/certificate`, certified.certificate),
    ...(issuer.ok ? [{ name: `${folder}/issuer.der`, bytes: publicKeyFile(issuer.value.issuer) }] : []),
    { name: `${folder}/device.der`, bytes: publicKeyFile(fromHex(device) ?? new Uint8Array()) },
  ]
}

export const revocationFiles = ({ revocation, issuer }: PackRevocation, number: number): readonly PackFile[] => [
  ...statementFiles(`${revocationFolder(number)}/revocation`, revocation),
  ...(issuer ? statementFiles(`${revocationFolder(number)}/issuer`, issuer) : []),
]

/** `body.cbor` follows from the rest and spares a reader the decryption. */
export function entryFiles(crypto: Crypto, entry: PackEntry, number: number): readonly PackFile[] {
  const folder = logFolder(number)
  const { header, ciphertext, after, signature, key } = entry
  const { nonce, epoch } = readHeader(header)
  const body = key ? crypto.decryptWith(key, nonce, header, ciphertext) : epoch === null ? ciphertext : undefined
  return [
    { name: `${folder}/header.bin`, bytes: header },
    { name: `${folder}/ciphertext.bin`, bytes: ciphertext },
    { name: `${folder}/after.bin`, bytes: concat(...after) },
    { name: `${folder}/signature.bin`, bytes: signature },
    ...(key ? [{ name: `${folder}/key.bin`, bytes: key }] : []),
    ...(body ? [{ name: `${folder}/body.cbor`, bytes: body }] : []),
  ]
}

export const signatureFiles = ({ root, certificate, der }: PackSignature, number: number): readonly PackFile[] => [
  { name: `x509/root-${String(number)}.pem`, bytes: utf8(toPem('CERTIFICATE', root)) },
  { name: `x509/signer-${String(number)}.pem`, bytes: utf8(toPem('CERTIFICATE', certificate)) },
  { name: `x509/signature-${String(number)}.p7s`, bytes: der },
]

/** The files of the proofs that every pack has, with the copies for other tools: all of it follows from them. */
export const proofFiles = (crypto: Crypto, proofs: PackProofs): readonly PackFile[] => [
  ...proofs.companies.flatMap((one, at) => companyFiles(one, at + 1)),
  ...proofs.roles.flatMap((one, at) => roleFiles(one, at + 1)),
  ...proofs.revocations.flatMap((one, at) => revocationFiles(one, at + 1)),
  ...proofs.log.flatMap((one, at) => entryFiles(crypto, one, at + 1)),
]

/** The same with all that a pack holds about its agreement. */
export const agreementFiles = (crypto: Crypto, content: PackContent): readonly PackFile[] => [
  { name: SIGNED_PDF, bytes: content.pdf },
  { name: TEXT, bytes: content.text },
  ...(content.certified ? [{ name: CERTIFIED_PDF, bytes: content.certified }] : []),
  ...content.signatures.flatMap((one, at) => signatureFiles(one, at + 1)),
  ...content.revocationLists.map((list, at) => ({
    name: `x509/crl-${String(at + 1)}.pem`,
    bytes: utf8(toPem('X509 CRL', list)),
  })),
  ...content.approvals.flatMap((one, at) => statementFiles(`${approvalFolder(at + 1)}/approval`, one)),
  ...proofFiles(crypto, content),
]

/** The key in a file of `publicKeyFile`; undefined when it is none. */
export function keyIn(file: Uint8Array | undefined): PublicKey | undefined {
  if (file?.length !== ED25519.length + 32) return undefined
  return ED25519.every((byte, at) => file[at] === byte) ? (file.subarray(ED25519.length) as PublicKey) : undefined
}
