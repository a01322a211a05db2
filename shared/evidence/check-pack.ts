import type { PdfVerdict } from '#shared/agreement/pdf-verdict.ts'
import { fieldOf } from '#shared/agreement/signature-field.ts'
import { replacementsOf } from '#shared/agreement/replacement.ts'
import { versionsOf, type AgreementVersion, type StatedFact } from '#shared/agreement/state.ts'
import { readArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { equal, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { checkApprovals } from './check-approvals.ts'
import { copyFindings, differs, PROOF_FOLDERS } from './check-copies.ts'
import { checkDecisionPack } from './check-decision.ts'
import { companiesIn, rootFindings, shortOf } from './check-roots.ts'
import { V3 } from './decision-index.ts'
import { checkLog, type CheckedEntry } from './check-log.ts'
import { checkManifest } from './manifest.ts'
import type { PackContent, PackSignature } from './pack-content.ts'
import { CERTIFIED_PDF, INDEX, SIGNED_PDF } from './pack-file.ts'
import { formatIn } from './pack-index.ts'
import { makerFindings } from './pack-maker.ts'
import { agreementFiles } from './proof-files.ts'
import { readPack } from './read-pack.ts'
import {
  EMPTY_REPORT,
  failedCheck,
  finding,
  type AddedSignature,
  type CheckedApproval,
  type CheckReport,
  type Finding,
  type Note,
} from './report.ts'

export interface PackExpectations {
  readonly cas: readonly Uint8Array[]
  readonly revocations: readonly Uint8Array[]
  readonly timestampRoots?: readonly Uint8Array[]
  readonly signers: readonly { readonly field: string; readonly fingerprint?: string; readonly witnessedAt?: Instant }[]
  readonly now: Instant
}
export interface PackCheck {
  readonly crypto: Crypto
  sha256(bytes: Uint8Array): string
  verifyPdf(pdf: Uint8Array, expected: PackExpectations): Promise<PdfVerdict>
  added(pdf: Uint8Array, from: number): Promise<readonly AddedSignature[]>
  /** Whether one of these roots signed a list of revoked certificates as its own. */
  isListOf(list: Uint8Array, roots: readonly Uint8Array[]): boolean
  readonly now: Instant
  /** Fingerprints of companies' roots that the reader has from elsewhere, as `fingerprintOf` writes them. */
  readonly roots?: readonly string[]
  readonly timestampRoots?: readonly Uint8Array[]
}

const FOLDERS = ['agreement', 'x509', 'approvals', ...PROOF_FOLDERS]

/** Checks the files of a pack of either kind. Whatever they are, this ends with a report. */
export async function checkPack(files: ReadonlyMap<string, Uint8Array>, check: PackCheck): Promise<CheckReport> {
  if (formatIn(files.get(INDEX) ?? new Uint8Array()) === V3) return checkDecisionPack(files, check)
  const listing = checkManifest(files, check.sha256)
  const read = readPack(files)
  if (!('content' in read)) return failedCheck([...listing, ...read])
  if (read.findings.length > 0) return failedCheck([...listing, ...read.findings])
  const bare: PackContent = { ...read.content, signatures: [] }
  const log = checkLog(check.crypto, bare)
  const version = versionIn(bare, log.entries, check.sha256)
  const judged = version && (await judgeFile(bare, version, log.entries, check))
  const content: PackContent = { ...bare, signatures: judged?.signatures ?? [] }
  const approved = checkApprovals(check.crypto, bare, log.roles)
  const findings: readonly Finding[] = [
    ...listing,
    ...(listing.length > 0 ? [] : copyFindings(agreementFiles(check.crypto, content), files, FOLDERS)),
    ...makerFindings(check.crypto, content, log.roles, files),
    ...log.findings,
    ...approved.findings,
    ...(check.sha256(content.text) === content.hash ? [] : [{ code: 'text-changed' } as const]),
    ...(version ? statedFindings(content, version, check.sha256) : [{ code: 'closing-missing' } as const]),
    ...(judged?.verdict.problems ?? []).map((code): Finding => ({ code })),
    ...rootFindings(check.crypto, content, check.roots),
    ...foreignLists(check, content, version),
  ]
  return reportOf({
    check,
    content,
    entries: log.entries,
    findings,
    version,
    approvals: approved.approvals,
    ...(judged && { judged }),
  })
}

type Version = AgreementVersion<RoleCertificate>

/** What the opened entries say about this text, by the same rules as in every engine. */
function versionIn(
  { artifact, hash }: PackContent,
  entries: readonly CheckedEntry[],
  sha256: PackCheck['sha256'],
): Version | undefined {
  return allVersions(artifact, entries, sha256).find((version) => version.hash === hash)
}

/** What the opened entries say took this text's place; whether a pack has such entries depends on when it was made. */
function replacementsIn(version: Version, entries: readonly CheckedEntry[], sha256: PackCheck['sha256']) {
  const named = entries.flatMap(({ said }) => {
    const fact = said?.body.kind === 'event' ? readArtifactEvent(said.body.payload) : undefined
    return typeof fact === 'object' && fact.type === 'agreement-frozen' ? [fact.artifact] : []
  })
  return replacementsOf(
    version,
    [...new Set(named)].flatMap((one) => allVersions(one, entries, sha256)),
  )
}

function allVersions(
  artifact: PackContent['artifact'],
  entries: readonly CheckedEntry[],
  sha256: PackCheck['sha256'],
): readonly Version[] {
  const facts = entries.flatMap(({ said }): StatedFact<RoleCertificate>[] => {
    const fact = said?.body.kind === 'event' ? readArtifactEvent(said.body.payload) : undefined
    return said && typeof fact === 'object' && fact.artifact === artifact
      ? [{ fact, author: said.author, at: said.body.at }]
      : []
  })
  return versionsOf(facts, artifact, (text) => sha256(utf8(text)))
}

function statedFindings(content: PackContent, version: Version, sha256: PackCheck['sha256']): readonly Finding[] {
  const { text, pdf, certified } = content
  return [
    ...(content.version === version.version && content.type === version.content.type ? [] : [differs({ name: INDEX })]),
    ...(sameText(version.text, text) ? [] : [{ code: 'text-changed' } as const]),
    ...version.content.signatories
      .filter(({ id }) => !version.signed.has(id))
      .map(({ name }): Finding => ({ code: 'word-missing', about: name.en || name.ar })),
    ...(version.file === sha256(pdf) ? [] : [finding('file-not-stated', SIGNED_PDF)]),
    ...(certified && !version.certified.some(({ to }) => to === sha256(certified))
      ? [finding('file-not-stated', CERTIFIED_PDF)]
      : []),
  ]
}

function sameText(left: string, right: Uint8Array): boolean {
  try {
    return fromUtf8(right) === left
  } catch {
    return false
  }
}

interface Judged {
  readonly verdict: PdfVerdict
  readonly signatures: readonly PackSignature[]
  /** By field. */
  readonly seen: ReadonlyMap<string, Instant>
  readonly added: readonly AddedSignature[] | null
}

async function judgeFile(
  content: PackContent,
  version: Version,
  entries: readonly CheckedEntry[],
  check: PackCheck,
): Promise<Judged> {
  const seen = new Map(
    version.content.signatories.flatMap(({ id }) => {
      const at = wordSeen(content, entries, id)
      return at === null ? [] : [[fieldOf(id), at] as const]
    }),
  )
  const cas = version.pages.map(({ ca }) => ca)
  const verdict = await check.verifyPdf(content.pdf, {
    cas,
    revocations: content.revocationLists,
    ...(check.timestampRoots && { timestampRoots: check.timestampRoots }),
    signers: version.content.signatories.map(({ id }) => {
      const [field, word] = [fieldOf(id), version.signed.get(id)]
      const witnessedAt = seen.get(field)
      return { field, ...(word && { fingerprint: word.certificate }), ...(witnessedAt !== undefined && { witnessedAt }) }
    }),
    now: check.now,
  }) // prettier-ignore
  const signatures = verdict.signatures.flatMap(({ field, covers, claimedAt, parts }): PackSignature[] => {
    const root = version.pages.find(({ signatory }) => fieldOf(signatory) === field)?.ca
    return parts && root ? [{ field, root, covers, at: claimedAt ?? content.madeAt, certificate: parts.certificate, der: parts.der, from: parts.from, to: parts.to }] : []
  }) // prettier-ignore
  const { certified, pdf } = content
  const inside = certified && certified.length > pdf.length && equal(certified.subarray(0, pdf.length), pdf)
  return { verdict, signatures, seen, added: inside ? await check.added(certified, pdf.length) : null }
}

/** When another company had seen that this person's signature is in the file: the entry that states it, not the word before it. */
function wordSeen(content: PackContent, entries: readonly CheckedEntry[], signatory: string): Instant | null {
  for (const { said, witnessedAt } of entries) {
    const fact = said?.body.kind === 'event' ? readArtifactEvent(said.body.payload) : undefined
    if (typeof fact !== 'object' || fact.type !== 'agreement-file-signed') continue
    if (fact.artifact === content.artifact && fact.hash === content.hash && fact.signatory === signatory)
      return witnessedAt
  }
  return null
}

/** A list that nobody here signed says nothing, and may have stood in the place of one that does. */
const foreignLists = (
  { isListOf }: PackCheck,
  { revocationLists }: PackContent,
  version: Version | undefined,
): readonly Finding[] =>
  revocationLists.flatMap((list, at) =>
    isListOf(list, version?.pages.map(({ ca }) => ca) ?? [])
      ? []
      : [finding('list-wrong', `x509/crl-${String(at + 1)}.pem`)],
  )

interface Outcome {
  readonly check: PackCheck
  readonly content: PackContent
  readonly entries: readonly CheckedEntry[]
  readonly findings: readonly Finding[]
  readonly version: Version | undefined
  readonly approvals: readonly CheckedApproval[]
  readonly judged?: Judged
}

function reportOf({ check, content, entries, findings, version, approvals, judged }: Outcome): CheckReport {
  const added = judged?.added
  const certifiedWrong = content.certified !== null && (!added || added.length === 0)
  const problems: readonly Finding[] = [...findings, ...(certifiedWrong ? [differs({ name: CERTIFIED_PDF })] : [])] // prettier-ignore
  const good = problems.length === 0 && judged?.verdict.valid === true
  const notes: readonly Note[] = [
    ...(check.roots ? [] : (['roots-from-file'] as const)),
    ...(judged?.verdict.signatures.every((one) => one.timestampedAt !== null) ? [] : (['times-claimed'] as const)),
    'readable-pages-unchecked',
    content.approvals.length > 0 ? 'approvals-own-word' : 'approvals-none',
    ...(added && added.length > 0 ? (['added-by-others'] as const) : []),
  ]
  const nameOf = (company: string) => version?.content.parties.find((party) => party.company === company)?.name
  return {
    ...EMPTY_REPORT,
    answer: good ? 'holds' : 'fails',
    problems,
    notes,
    agreement: version ? { title: version.content.title, version: version.version, hash: version.hash } : null,
    companies: companiesIn(check.crypto, content, nameOf),
    signatures: (judged?.verdict.signatures ?? []).map((one) => ({
      person: one.person,
      company: one.company,
      fingerprint: one.fingerprint,
      claimedAt: one.claimedAt,
      timestampedAt: one.timestampedAt,
      witnessedAt: judged?.seen.get(one.field) ?? null,
      problems: one.problems,
    })),
    added: added ?? [],
    replacedBy: version ? replacementsIn(version, entries, check.sha256) : [],
    approvals: approvals.map(({ company, ...one }) => ({ ...one, company: nameOf(company) ?? shortOf(company) })),
  }
}
