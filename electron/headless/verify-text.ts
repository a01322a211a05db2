import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport, DecisionKind } from '#shared/evidence/report.ts'
import type { Instant } from '#shared/kernel/time.ts'

type Tree = { readonly [key: string]: string | Tree }

/** The words of a report in one language: those that the screens use. */
export interface VerifyWords {
  readonly language: 'en' | 'ar'
  part(key: string, values?: Readonly<Record<string, string>>): string
  problem(code: string): string
  /** The name of a fact of some kind of decision, and why one had no effect. */
  fact(kind: DecisionKind, type: string): string
  refusal(kind: DecisionKind, code: string): string
}

export function verifyWords(root: string, language: 'en' | 'ar'): VerifyWords {
  const read = (name: string): Tree =>
    JSON.parse(readFileSync(join(root, 'renderer', 'locales', language, `${name}.json`), 'utf8')) as Tree
  const [evidence, agreement] = [read('evidence'), read('agreement')]
  const decisions = { decision: read('decision'), convergence: read('convergence'), change: read('change') }
  const at = (tree: Tree, path: string): string | undefined => {
    const found = path.split('.').reduce<string | Tree | undefined>((from, key) => (typeof from === 'object' ? from[key] : undefined), tree) // prettier-ignore
    return typeof found === 'string' ? found : undefined
  }
  return {
    language,
    part: (key, values = {}) =>
      (at(evidence, key.includes('.') ? key : `command.${key}`) ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''), // prettier-ignore
    problem: (code) =>
      at(evidence, `problem.${code}`) ?? at(agreement, `problem.${code}`) ?? at(agreement, 'problem.other') ?? code,
    fact: (kind, type) => at(decisions[kind], `fact.${type}`) ?? type,
    refusal: (kind, code) => at(decisions[kind], `refusal.${code}`) ?? code,
  }
}

/** A report as plain lines for a terminal: the answer first. Times are coordinated universal time. */
export function reportText(words: VerifyWords, report: CheckReport): string {
  const { part, problem, language } = words
  const heading = (key: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', `${part(`part.${key}`)}:`, ...lines.map((line) => `  ${line}`)]) // prettier-ignore
  const { agreement } = report
  const title = agreement?.title[language] || agreement?.title.en || agreement?.title.ar
  const version = agreement?.version == null ? '' : ` (${part('part.version', { number: String(agreement.version) })})`
  return [
    `${report.answer === 'holds' ? '✔' : report.answer === 'added' ? '!' : '✘'} ${part(`answer.${report.answer}`)}`,
    part(`meaning.${report.answer === 'holds' && report.decision ? 'decided' : report.answer}`),
    ...decisionLines(words, report),
    ...(agreement
      ? ['', `${part('part.agreement')}: ${plain(title ?? '')}${version}`, `${part('part.text')}: ${agreement.hash}`]
      : []),
    ...heading(
      'problems',
      report.problems.map(({ code, about }) => `${problem(code)}${about ? ` (${plain(about)})` : ''}`),
    ),
    ...heading(
      'signatures',
      report.signatures.flatMap((one) => [
        `${plain(one.person)} · ${plain(one.company)}: ${one.problems.length === 0 ? part('part.good') : part('part.notGood')}`,
        ...one.problems.map((code) => `  - ${problem(code)}`),
        ...timed(words, 'stamped', one.timestampedAt),
        ...timed(words, 'witnessed', one.witnessedAt),
        ...timed(words, 'claimed', one.claimedAt),
        `  ${part('part.certificate')} ${one.fingerprint}`,
      ]),
    ),
    ...heading(
      'added',
      report.added.flatMap((one) => [
        `${part(one.kind === 'timestamp' ? 'part.kindTimestamp' : 'part.kindSignature')} · ${plain(one.signer)}: ${one.holds ? part('part.good') : part('part.notGood')}`,
        `  ${part('part.issuedBy', { name: plain(one.issuer) })}`,
        ...timed(words, 'claimed', one.claimedAt),
        `  ${part('part.certificate')} ${one.fingerprint}`,
      ]),
    ),
    ...heading(
      'replaced',
      report.replacedBy.map(({ title: of, hash, on }) =>
        part('part.replacedBy', { title: plain(of[language] || of.en), day: on, hash }),
      ),
    ),
    ...heading(
      'approvals',
      report.approvals.flatMap(({ person, company, commitment, roles, at }) => [
        `${plain(person[language] || person.en)} · ${plain(company[language] || company.en)}: ${part(`part.approved-${commitment}`)} (${roles.join(', ')})`,
        ...timed(words, 'approved', at),
      ]),
    ),
    ...heading(
      'companies',
      report.companies.map(({ name, fingerprint }) => `${plain(name[language] || name.en)}: ${fingerprint}`),
    ),
    ...heading(
      'notes',
      report.notes.map((note) => part(`note.${note}`)),
    ),
    '',
  ].join('\n')
}

function decisionLines(words: VerifyWords, { decision }: CheckReport): readonly string[] {
  if (!decision) return []
  const { part, language, fact, refusal } = words
  const named = (name: { readonly en: string; readonly ar: string }) => plain(name[language] || name.en || name.ar)
  const { kind, title, round, hash, result, outcome, signed, facts, refused } = decision
  return [
    '',
    `${part('part.decision')}: ${named(title)} (${part('part.round', { number: String(round) })})`,
    ...(outcome ? [`${part('part.decided')}: ${named(outcome)}`] : []),
    `${part('part.text')}: ${hash}`,
    `${part('part.result')}: ${result}`,
    part('part.facts', { number: String(facts) }),
    '',
    `${part('part.signedResult')}:`,
    ...signed.flatMap(({ person, company, roles, claimedAt, witnessedAt }) => [
      `  ${named(person)} · ${named(company)} (${roles.join(', ')})`,
      ...timed(words, 'witnessed', witnessedAt).map((line) => `  ${line}`),
      ...timed(words, 'claimed', claimedAt).map((line) => `  ${line}`),
    ]),
    ...(refused.length === 0 ? [] : ['', `${part('part.refused')}:`]),
    ...refused.map(({ person, type, code }) => `  ${named(person)} · ${fact(kind, type)}: ${refusal(kind, code)}`),
  ]
} // prettier-ignore

const timed = ({ part }: VerifyWords, key: string, at: Instant | null): readonly string[] =>
  at === null ? [] : [`  ${part(`time.${key}`)} ${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`]

/** What a file says goes to a terminal: nothing in it may move the cursor or turn the words around it. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 400)
