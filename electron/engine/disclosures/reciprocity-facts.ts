import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { termsIdOf, type ReciprocityTerms, type Worth } from '#shared/artifacts/reciprocity-terms.ts'
import type { Checked, ReciprocityCase } from '#shared/disclosure/reciprocity.ts'
import type { Contribution } from '#shared/disclosure/value-ledger.ts'
import type { ArtifactId, CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'

export const SLICE_TYPES = ['SharedForecast.v1', 'ContextSlice.v1'] as const

/** A revision that is about to be stated: what a preview computes with. */
export interface Offer {
  readonly revision: number
  readonly terms: ReciprocityTerms | null
  readonly worth: Worth
  readonly expiresOn: IsoDate
  readonly at: Instant
}
/** A check as its event says it, or as it would. */
export interface SliceCheck {
  readonly artifact: ArtifactId
  readonly revision: number
  readonly by: CompanyId
  readonly at: Instant
  readonly terms: string
  readonly lacks: Checked['lacks']
  readonly worth: Worth | null
}

export interface StatedRevision {
  readonly fact: Extract<ArtifactEvent, { type: 'slice-disclosed' }>
  readonly at: Instant
}

/** Revisions of one artifact as its owner stated them, each number once, in their order. */
export function statedRevisions({ facts }: ChannelRuntime, artifact: ArtifactId): readonly StatedRevision[] {
  const byNumber = new Map<number, StatedRevision>()
  for (const stated of facts.eventsOf(artifact, 'slice-disclosed')) {
    if (!byNumber.has(stated.fact.revision)) byNumber.set(stated.fact.revision, stated)
  }
  return [...byNumber.values()].toSorted((left, right) => left.fact.revision - right.fact.revision)
}

/** What the owner of a slice asks for its newest revision. */
export const termsOf = (runtime: ChannelRuntime, artifact: ArtifactId): ReciprocityTerms | undefined =>
  statedRevisions(runtime, artifact).at(-1)?.fact.terms

export const companyOf = ({ members }: ChannelRuntime, device: DeviceId): CompanyId | undefined =>
  members.certificates.get(device)?.[0]?.certificate.company

/** When a key of a revision first went to a device of `company`; undefined: it has none. */
export function handedAt(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  revision: number,
  company: CompanyId,
): Instant | undefined {
  const section = sealedSectionKey(artifact, sliceSection(revision))
  return runtime.facts
    .handoversOf(section)
    .find(({ fact }) => fact.boxes.some(({ device }) => companyOf(runtime, device) === company))?.at
}

/** Slices of a channel that `company` owns. */
export const slicesOf = ({ facts }: ChannelRuntime, company: CompanyId) =>
  SLICE_TYPES.flatMap((type) =>
    facts.artifacts(type).flatMap(({ id, owner }) => (owner === company ? [{ id, type }] : [])),
  )

/**
 * What the channel's facts say about a conditional slice and one company that owes something for it: the same on the engines of
 * both, because every day and number in it comes from an admitted entry. undefined: that company owes nothing.
 */
export function reciprocityCase(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  owner: CompanyId,
  other: CompanyId,
  supposed: { readonly offer?: Offer; readonly checks?: readonly SliceCheck[] } = {},
): ReciprocityCase | undefined {
  const stated = statedRevisions(runtime, artifact)
  const history = [
    ...stated.map(({ fact, at }) => ({ terms: fact.terms ?? null, at })),
    ...(supposed.offer ? [{ terms: supposed.offer.terms, at: supposed.offer.at }] : []),
  ]
  const terms = history.at(-1)?.terms
  if (!terms?.companies.includes(other)) return undefined
  const named = termsIdOf(runtime.crypto, terms)
  let since = history.length - 1
  while (since > 0 && isNamed(runtime, history[since - 1]?.terms, named)) since--
  const handed = stated.map(({ fact }) => handedAt(runtime, artifact, fact.revision, other))
  const first = handed.filter((at) => at !== undefined).toSorted((left, right) => left - right)[0]
  const checks = [...checksBy(runtime, owner, other), ...(supposed.checks ?? [])]
  return {
    terms,
    owner,
    other,
    statedOn: dateOf(history[since]?.at ?? (0 as Instant)),
    handedOn: first === undefined ? null : dateOf(first),
    contributions: [
      ...given(runtime, owner, other, artifact),
      ...(supposed.offer ? [offered(runtime, owner, other, artifact, supposed.offer)] : []),
      ...received(runtime, owner, other, checks),
    ],
    checks: checks.flatMap((check) => (check.terms === named ? [{ ...check, on: dateOf(check.at) }] : [])),
  }
}

const isNamed = (runtime: ChannelRuntime, terms: ReciprocityTerms | null | undefined, id: string): boolean =>
  terms !== null && terms !== undefined && termsIdOf(runtime.crypto, terms) === id

const withdrawnOn = ({ facts }: ChannelRuntime, artifact: ArtifactId): IsoDate | null => {
  const at = facts.eventsOf(artifact, 'slice-withdrawn')[0]?.at
  return at === undefined ? null : dateOf(at)
}

/** What the owner gives, as it announced it. The conditional slice counts from the day it was stated, sealed or not. */
function given(
  runtime: ChannelRuntime,
  owner: CompanyId,
  other: CompanyId,
  conditional: ArtifactId,
): readonly Contribution[] {
  return slicesOf(runtime, owner).flatMap(({ id }) =>
    statedRevisions(runtime, id).flatMap(({ fact, at }): readonly Contribution[] => {
      const from = id === conditional ? at : handedAt(runtime, id, fact.revision, other)
      if (!fact.worth || from === undefined) return []
      const { revision, worth, expiresOn } = fact
      const since = dateOf(from)
      return [{ artifact: id, revision, from: owner, to: other, worth, since, expiresOn, withdrawnOn: withdrawnOn(runtime, id) }] // prettier-ignore
    }),
  )
}

function offered(
  runtime: ChannelRuntime,
  from: CompanyId,
  to: CompanyId,
  artifact: ArtifactId,
  { revision, worth, expiresOn, at }: Offer,
): Contribution {
  return { artifact, revision, from, to, worth, since: dateOf(at), expiresOn, withdrawnOn: withdrawnOn(runtime, artifact) } // prettier-ignore
}

/** What the other side gave, as the owner counted it after opening; an announcement that was false counts for nothing. */
function received(
  runtime: ChannelRuntime,
  owner: CompanyId,
  other: CompanyId,
  checks: readonly SliceCheck[],
): readonly Contribution[] {
  return checks.flatMap(({ artifact, revision, worth, lacks, at }): readonly Contribution[] => {
    const stated = statedRevisions(runtime, artifact).find(({ fact }) => fact.revision === revision)?.fact
    if (!worth || !stated || lacks.some(({ lack }) => lack === 'unsound' || lack === 'worth-differs')) return []
    const { expiresOn } = stated
    const since = dateOf(at)
    return [{ artifact, revision, from: other, to: owner, worth, since, expiresOn, withdrawnOn: withdrawnOn(runtime, artifact) }] // prettier-ignore
  })
}

/** Checks that `owner` made of slices of `other`, under whatever terms. */
export const checksBy = (runtime: ChannelRuntime, owner: CompanyId, other: CompanyId): readonly SliceCheck[] =>
  slicesOf(runtime, other).flatMap(({ id }) =>
    runtime.facts.eventsOf(id, 'slice-checked').flatMap(({ fact, author, at }) => {
      const { artifact, revision, terms, lacks, worth } = fact
      return author.company === owner ? [{ artifact, revision, terms, lacks, worth, by: owner, at }] : []
    }),
  )
