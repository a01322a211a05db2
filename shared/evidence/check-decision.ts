import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { copyFindings, differs, PROOF_FOLDERS } from './check-copies.ts'
import { checkLog, type CheckedEntry } from './check-log.ts'
import { companiesIn, rootFindings, shortOf } from './check-roots.ts'
import { readDecisionIndex } from './decision-index.ts'
import { DECISION_RESULT, DECISION_TEXT, decisionFiles, type DecisionPack } from './decision-pack.ts'
import { DECISION_RULES, type Decided } from './decision-rules.ts'
import { claimOf, judgeDecision, type JudgedDecision } from './judge-decision.ts'
import { checkManifest } from './manifest.ts'
import { INDEX } from './pack-file.ts'
import { makerFindings } from './pack-maker.ts'
import { PackReader } from './read-pack.ts'
import { EMPTY_REPORT, failedCheck, type CheckedDecision, type CheckReport, type Finding } from './report.ts'

export interface DecisionCheck {
  readonly crypto: Crypto
  sha256(bytes: Uint8Array): string
  /** Fingerprints of companies' roots that the reader has from elsewhere, as `fingerprintOf` writes them. */
  readonly roots?: readonly string[]
}

const FOLDERS = ['decision', ...PROOF_FOLDERS]

/** Checks the files of a pack of a decision. Whatever they are, this ends with a report. */
export function checkDecisionPack(files: ReadonlyMap<string, Uint8Array>, check: DecisionCheck): CheckReport {
  const { crypto, sha256, roots } = check
  const listing = checkManifest(files, (bytes) => sha256(bytes))
  const { pack, findings: unread } = readDecisionPack(files)
  if (!pack || unread.length > 0) return failedCheck([...listing, ...unread])
  const log = checkLog(crypto, pack)
  const judged = judgeDecision(crypto, pack, log.entries, (bytes) => sha256(bytes))
  const problems: readonly Finding[] = [
    ...listing,
    ...(listing.length > 0 ? [] : copyFindings(decisionFiles(crypto, pack), files, FOLDERS)),
    ...makerFindings(crypto, pack, log.roles, files),
    ...log.findings,
    ...judged.findings,
    ...claimFindings(pack, judged),
    ...rootFindings(crypto, pack, roots),
  ]
  const nameOf = (company: string) => judged.decided?.parties.find((party) => party.company === company)?.name
  return {
    ...EMPTY_REPORT,
    answer: problems.length === 0 ? 'holds' : 'fails',
    problems,
    notes: [
      ...(roots ? [] : (['roots-from-file'] as const)),
      'times-claimed',
      'facts-as-given',
      'readable-pages-unchecked',
      'approvals-none',
    ],
    decision: judged.decided && toldOf(pack.type, judged.decided, judged, log.entries),
    companies: companiesIn(crypto, pack, nameOf),
  }
}

function readDecisionPack(files: ReadonlyMap<string, Uint8Array>): {
  readonly pack?: DecisionPack
  readonly findings: readonly Finding[]
} {
  const index = readDecisionIndex(files.get(INDEX) ?? new Uint8Array())
  if (!index.ok) return { findings: [{ code: index.refusal }] }
  // A kind of decision that this version knows no rules of.
  if (!DECISION_RULES.has(index.value.type)) return { findings: [{ code: 'newer-pack' }] }
  const reader = new PackReader(files)
  const pack: DecisionPack = {
    ...index.value,
    text: reader.take(DECISION_TEXT),
    result: reader.take(DECISION_RESULT),
    ...reader.proofs(index.value),
  }
  return { pack, findings: reader.findings }
}

/** What the pack says of itself is what its facts come to. */
function claimFindings(pack: DecisionPack, judged: JudgedDecision): readonly Finding[] {
  const { decided } = judged
  if (!decided) return [{ code: 'decision-not-final' }]
  const said: Json = { claim: pack.claim, title: pack.title } as unknown as Json
  const found: Json = { claim: claimOf(judged), title: decided.title } as unknown as Json
  return [
    ...(canonicalJson(said) === canonicalJson(found) ? [] : [{ code: 'outcome-differs' } as const]),
    ...(equal(pack.text, utf8(decided.text)) ? [] : [differs({ name: DECISION_TEXT })]),
    ...(equal(pack.result, utf8(decided.result)) ? [] : [differs({ name: DECISION_RESULT })]),
  ]
}

function toldOf(
  type: string,
  { round, hash, resultHash, title, outcome, parties, signatures }: Decided,
  { facts, refusals }: JudgedDecision,
  entries: readonly CheckedEntry[],
): CheckedDecision {
  const witnessed = new Map(entries.map((one) => [one.hash, one.witnessedAt]))
  return {
    kind: DECISION_RULES.get(type)?.kind ?? 'decision',
    title,
    round,
    hash,
    result: resultHash,
    outcome,
    signed: signatures.map(({ id, author: { company, name, roles }, at }) => ({
      company: parties.find((party) => party.company === company)?.name ?? shortOf(company),
      person: name,
      roles,
      claimedAt: at,
      witnessedAt: witnessed.get(id) ?? null,
    })),
    facts: facts.length,
    refused: facts.flatMap(({ id, folder, fact, author }) => {
      const code = refusals.get(id)
      return code === undefined ? [] : [{ entry: folder, type: fact.type, person: author.name, code }]
    }),
  }
}
