import {
  judgeArtifactEvent,
  readArtifactEvent,
  type ArtifactEvent,
  type DeclaredArtifact,
} from '#shared/artifacts/artifact-event.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { CheckedEntry } from './check-log.ts'
import type { DecisionClaim } from './decision-index.ts'
import { DECISION_RULES, type Decided, type PackFact } from './decision-rules.ts'
import type { PackProofs } from './pack-content.ts'
import type { Finding } from './report.ts'

export interface JudgedDecision {
  /** Facts about the decision, in the order of the log. */
  readonly facts: readonly (PackFact & { readonly folder: string })[]
  readonly decided: Decided | null
  readonly refusals: ReadonlyMap<string, string>
  readonly findings: readonly Finding[]
}
type Stated = JudgedDecision['facts'][number]

/** Entries in the one order that hashes give: by how many of the pack they have in their past, then by their hashes. */
export const inPackOrder = <E extends Pick<CheckedEntry, 'past' | 'hash'>>(entries: readonly E[]): readonly E[] =>
  entries.toSorted((left, right) => left.past.size - right.past.size || (left.hash < right.hash ? -1 : 1))

/** Ids of documents that facts name, wherever in their words. */
export const namedIn = (facts: readonly ArtifactEvent[]): ReadonlySet<string> =>
  new Set(facts.flatMap((fact) => JSON.stringify(fact).match(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g) ?? []))

/** What the opened entries come to, by the rules of this kind of decision: the same fold as in every engine. */
export function judgeDecision(
  crypto: Crypto,
  { artifact, type }: Pick<PackProofs, 'artifact' | 'type'>,
  entries: readonly CheckedEntry[],
  sha256: (bytes: Uint8Array) => string,
): JudgedDecision {
  const rules = DECISION_RULES.get(type)
  const hashAt = new Map(entries.map(({ header: { feed, seq }, hash }) => [`${feed}/${String(seq)}`, hash]))
  const stated = entries.flatMap((entry) => statedIn(entry, hashAt) ?? [])
  const about = stated.filter(({ fact }) => fact.artifact === artifact && rules?.facts.has(fact.type))
  const named = namedIn(about.map(({ fact }) => fact))
  const created = stated.filter(({ fact }) => fact.type === 'artifact-created' && (fact.artifact === artifact || named.has(fact.artifact))) // prettier-ignore
  const seenAs = (id: string, { saw }: Pick<PackFact, 'saw'>) => declaredIn(created, id, saw)
  const admitted = about.filter((one) => mayState(crypto, one, seenAs(artifact, one)))
  const { decided, refusals } = rules?.judge(admitted, artifact, {
    sha256: (text) => sha256(utf8(text)),
    typeOf: (id, fact) => seenAs(id, fact)?.type,
    ownerOf: (fact) => seenAs(artifact, fact)?.owner,
  }) ?? { decided: null, refusals: new Map<string, string>() }
  const opened = entries.filter(({ said }) => said !== null)
  return {
    facts: about,
    decided,
    refusals,
    findings: [
      ...twice(entries),
      ...opened
        .filter(({ hash }) => ![...about, ...created].some(({ id }) => id === hash))
        .map(({ folder }): Finding => ({ code: 'fact-foreign', about: folder })),
      ...[...created.filter((one) => !mayState(crypto, one, undefined)), ...about.filter((one) => !admitted.includes(one))].map(
        ({ folder }): Finding => ({ code: 'fact-not-admitted', about: folder }),
      ),
      ...(decided ? [] : missing(about)),
      ...(inPackOrder(entries).some(({ folder }, at) => folder !== entries[at]?.folder)
        ? [{ code: 'facts-out-of-order' } as const]
        : []),
    ],
  } // prettier-ignore
}

/** What a pack of this decision claims; null while nothing is decided. */
export function claimOf({ facts, decided, refusals }: JudgedDecision): DecisionClaim | null {
  if (!decided) return null
  const { round, hash, resultHash, signatures } = decided
  return {
    round,
    hash,
    result: resultHash,
    signed: [...new Set(signatures.map(({ author }) => author.company))].toSorted(),
    refused: facts.flatMap(({ id, folder }) => {
      const code = refusals.get(id)
      return code === undefined ? [] : [{ entry: Number(folder.split('/')[1]), code }]
    }),
  }
}

function statedIn(
  { folder, header: { feed, seq }, hash, said, past }: CheckedEntry,
  hashAt: ReadonlyMap<string, string>,
): Stated | undefined {
  if (said?.body.kind !== 'event') return undefined
  const fact = readArtifactEvent(said.body.payload)
  if (typeof fact === 'string') return undefined
  const saw: PackFact['saw'] = (place) => past.has(hashAt.get(`${place.feed}/${String(place.seq)}`) ?? '')
  return {
    folder,
    id: hash,
    place: { feed, seq },
    lamport: past.size,
    fact,
    author: said.author,
    at: said.body.at,
    saw,
  }
}

const declaredIn = (
  created: readonly Stated[],
  artifact: string,
  saw: PackFact['saw'],
): DeclaredArtifact | undefined => {
  const found = created.find((one) => one.fact.artifact === artifact && saw(one.place))
  return found?.fact.type === 'artifact-created'
    ? { type: found.fact.artifactType, owner: found.author.company, maker: found.author.person }
    : undefined
}

const mayState = (crypto: Crypto, { fact, author }: { readonly fact: ArtifactEvent; readonly author: RoleCertificate }, declared: DeclaredArtifact | undefined): boolean =>
  judgeArtifactEvent(crypto, fact, author, declared) === 'admit' // prettier-ignore

function twice(entries: readonly CheckedEntry[]): readonly Finding[] {
  const seen = new Set<string>()
  return entries.flatMap(({ hash, folder }): Finding[] => {
    const again = seen.has(hash)
    seen.add(hash)
    return again ? [{ code: 'fact-twice', about: folder }] : []
  })
}

/** A list names what it counts: whoever leaves one of them out is found. A list without effect may name what never was. */
function missing(facts: readonly Stated[]): readonly Finding[] {
  const held = new Set(facts.map(({ id }) => id))
  return facts.flatMap(({ fact, folder }): Finding[] =>
    fact.type === 'round-closed' && countedIn(fact.text).some((id) => !held.has(id)) ? [{ code: 'fact-missing', about: folder }] : [],
  ) // prettier-ignore
}

function countedIn(text: string): readonly string[] {
  try {
    const { counted } = JSON.parse(text) as { readonly counted?: unknown }
    return Array.isArray(counted) ? counted.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
