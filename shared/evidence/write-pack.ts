import type { AgreementVersion } from '#shared/agreement/state.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { checkApprovals } from './check-approvals.ts'
import { checkLog } from './check-log.ts'
import type { PackContent, PackProofs } from './pack-content.ts'
import { INDEX, README, TIMELINE, type PackFile } from './pack-file.ts'
import { formatOf, writeIndex, type PackIndex, type ProofsIndex } from './pack-index.ts'
import { signedFiles, type PackMaker } from './pack-maker.ts'
import { agreementFiles } from './proof-files.ts'
import { readmeOf } from './readme.ts'
import { timelineHtml } from './timeline-html.ts'

/** All files of a pack, signed by the device that makes it. */
export function writePack(
  crypto: Crypto,
  content: PackContent,
  version: AgreementVersion<RoleCertificate>,
  maker: PackMaker,
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
    ...agreementFiles(crypto, content),
  ]
  return signedFiles(crypto, files, maker)
}

const indexOf = (content: PackContent): Uint8Array =>
  writeIndex({
    format: formatOf(content.approvals.length),
    ...proofsIndex(content),
    version: content.version,
    hash: content.hash,
    signatures: content.signatures.map(({ field }) => ({ field })),
    revocationLists: content.revocationLists.length,
    certified: content.certified !== null,
    ...(content.approvals.length > 0 && { approvals: content.approvals.map(() => ({})) }),
  } satisfies PackIndex)

/** Which of the proofs are there. */
export const proofsIndex = (proofs: PackProofs): ProofsIndex => ({
  madeAt: proofs.madeAt,
  madeBy: proofs.madeBy,
  workspace: proofs.workspace,
  channel: proofs.channel,
  artifact: proofs.artifact,
  type: proofs.type,
  title: proofs.title,
  companies: proofs.companies.map(({ company, rotations }) => ({ company, rotations: rotations.length })),
  roles: proofs.roles.map(({ device, company }) => ({
    device,
    company: proofs.companies.findIndex((one) => one.company === company) + 1,
  })),
  revocations: proofs.revocations.map(({ issuer }) => ({ issuer: issuer !== null })),
  log: proofs.log.map(({ signed, key }) => ({ signed, opened: key !== null })),
})
