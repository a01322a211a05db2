import { isBoundTo, isSignedApproval, readApproval } from '#shared/approvals/approval-word.ts'
import { readContent } from '#shared/artifacts/agreement-content.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Roles } from './check-roles.ts'
import type { PackContent } from './pack-content.ts'
import { approvalFolder } from './proof-files.ts'
import type { CheckedApproval, Finding } from './report.ts'

type Approved = Pick<
  PackContent,
  'approvals' | 'madeBy' | 'madeAt' | 'channel' | 'artifact' | 'version' | 'hash' | 'text'
>

/**
 * What the company that made the pack states about its own approvals. Each is signed by a device that this same company certified,
 * not revoked, and bound to this text of this agreement, to the letter. That nobody else knows of it is in its nature.
 */
export function checkApprovals(
  crypto: Crypto,
  content: Approved,
  roles: Roles,
): { readonly approvals: readonly CheckedApproval[]; readonly findings: readonly Finding[] } {
  const maker = roles.of(content.madeBy, content.madeAt)
  const checked = content.approvals.map((given, at): CheckedApproval | Finding => {
    const about = approvalFolder(at + 1)
    const word = readApproval(given.statement)
    if (!word) return { code: 'approval-unreadable', about }
    if (!isSignedApproval(crypto, word, given)) return { code: 'approval-unsigned', about }
    const role = roles.of(word.device, word.at)
    if (typeof role === 'string') return { code: role, about }
    if (typeof maker === 'string' || role.company !== maker.company || word.company !== maker.company)
      return { code: 'approval-foreign', about }
    if (roles.isRevoked(word.device)) return { code: 'role-revoked', about }
    if (!isAboutThis(crypto, content, word)) return { code: 'approval-other-text', about }
    const { company, name, roles: held } = role
    return { company, person: name, roles: held, commitment: word.commitment, at: word.at }
  })
  return {
    approvals: checked.flatMap((one) => ('code' in one ? [] : [one])),
    findings: checked.flatMap((one) => ('code' in one ? [one] : [])),
  }
}

function isAboutThis(crypto: Crypto, content: Approved, word: NonNullable<ReturnType<typeof readApproval>>): boolean {
  const { channel, artifact, version, hash } = content
  if (word.channel !== channel || word.artifact !== artifact || word.version !== version || word.text !== hash)
    return false
  const text = textOf(content.text)
  const signatories = (text !== undefined && readContent(text)?.signatories) || []
  const ours = signatories.some(({ id, company }) => id === word.signatory && company === word.company)
  return text !== undefined && (word.signatory === null || ours) && isBoundTo(crypto, word, text)
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}
