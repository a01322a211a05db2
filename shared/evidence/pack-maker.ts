import { fromHex, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, PublicKey, SecretKey, Signature } from '#shared/kernel/crypto.ts'
import type { Roles } from './check-roles.ts'
import { writeManifest } from './manifest.ts'
import type { PackProofs } from './pack-content.ts'
import { MANIFEST, MANIFEST_SIGNATURE, type PackFile } from './pack-file.ts'
import type { Finding } from './report.ts'

/** The maker's signature over the list of files. */
export const MANIFEST_LABEL = 'mithaq/evidence-manifest/v1'

export interface PackMaker {
  readonly secret: SecretKey
  sha256(bytes: Uint8Array): string
}

/** Files with their list, and the list with the signature of the device that makes the pack. */
export function signedFiles(crypto: Crypto, files: readonly PackFile[], maker: PackMaker): readonly PackFile[] {
  const manifest = utf8(writeManifest(files, (bytes) => maker.sha256(bytes)))
  const signature = crypto.sign(MANIFEST_LABEL, maker.secret, manifest)
  return [...files, { name: MANIFEST, bytes: manifest }, { name: MANIFEST_SIGNATURE, bytes: signature }]
}

/** Somebody whom a member company certified answers for what is in the pack. */
export function makerFindings(
  crypto: Crypto,
  { madeBy, madeAt }: Pick<PackProofs, 'madeBy' | 'madeAt'>,
  roles: Roles,
  files: ReadonlyMap<string, Uint8Array>,
): readonly Finding[] {
  const role = roles.of(madeBy, madeAt)
  return [
    ...(isSigned(crypto, madeBy, files) ? [] : [{ code: 'manifest-signature-wrong' } as const]),
    ...(typeof role === 'string' ? [{ code: role, about: MANIFEST_SIGNATURE }] : []),
  ]
}

function isSigned(crypto: Crypto, madeBy: string, files: ReadonlyMap<string, Uint8Array>): boolean {
  const [manifest, signature] = [files.get(MANIFEST), files.get(MANIFEST_SIGNATURE)]
  const key = fromHex(madeBy)
  if (!manifest || !signature || !key) return false
  return crypto.verify(MANIFEST_LABEL, key as PublicKey, manifest, signature as Signature)
}
