import type { AgreementVersion } from '#shared/agreement/state.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, SecretKey } from '#shared/kernel/crypto.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { checkApprovals } from './check-approvals.ts'
import { checkLog } from './check-log.ts'
import { MANIFEST_LABEL } from './check-pack.ts'
import { writeManifest } from './manifest.ts'
import type { PackContent } from './pack-content.ts'
import { INDEX, MANIFEST, MANIFEST_SIGNATURE, README, TIMELINE, type PackFile } from './pack-file.ts'
import { formatOf, writeIndex } from './pack-index.ts'
import { proofFiles } from './proof-files.ts'
import { readmeOf } from './readme.ts'
import { timelineHtml } from './timeline-html.ts'

/** All files of a pack, signed by the device that makes it. */
export function writePack(
  crypto: Crypto,
  content: PackContent,
  version: AgreementVersion<RoleCertificate>,
  maker: { readonly secret: SecretKey; sha256(bytes: Uint8Array): string },
): readonly PackFile[] {
  const { entries, roles } = checkLog(crypto, content)
  const files: readonly PackFile[] = [
    { name: README, bytes: utf8(readmeOf(crypto, content)) },
    {
      name: TIMELINE,
      bytes: utf8(
        timelineHtml(crypto, content, version, {
          entries,
          approvals: checkApprovals(crypto, content, roles).approvals,
        }),
      ),
    },
    { name: INDEX, bytes: indexOf(content) },
    ...proofFiles(crypto, content),
  ]
  const manifest = utf8(writeManifest(files, (bytes) => maker.sha256(bytes)))
  const signature = crypto.sign(MANIFEST_LABEL, maker.secret, manifest)
  return [...files, { name: MANIFEST, bytes: manifest }, { name: MANIFEST_SIGNATURE, bytes: signature }]
}

const indexOf = (content: PackContent): Uint8Array =>
  writeIndex({
    format: formatOf(content.approvals.length),
    madeAt: content.madeAt,
    madeBy: content.madeBy,
    workspace: content.workspace,
    channel: content.channel,
    artifact: content.artifact,
    type: content.type,
    version: content.version,
    hash: content.hash,
    title: content.title,
    companies: content.companies.map(({ company, rotations }) => ({ company, rotations: rotations.length })),
    roles: content.roles.map(({ device, company }) => ({
      device,
      company: content.companies.findIndex((one) => one.company === company) + 1,
    })),
    revocations: content.revocations.map(({ issuer }) => ({ issuer: issuer !== null })),
    log: content.log.map(({ signed, key }) => ({ signed, opened: key !== null })),
    signatures: content.signatures.map(({ field }) => ({ field })),
    revocationLists: content.revocationLists.length,
    certified: content.certified !== null,
    ...(content.approvals.length > 0 && { approvals: content.approvals.map(() => ({})) }),
  })
