import type { CompanyPosition, DecisionContent } from '#shared/artifacts/decision-content.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { isOf, type DecisionFact, type FactOf } from './facts.ts'
import type { CountedPosition, CountedVeto } from './tally.ts'

/** Why a voter's word is without effect. */
export type VoteRefusal =
  | 'no-such-round'
  | 'not-a-voter'
  | 'not-authorised'
  | 'over-weight'
  | 'options-differ'
  | 'wrong-form'
  | 'after-close'
  | 'late'
  | 'not-witnessed'
  | 'duplicate'
  | 'contradictory'
  | 'no-seal'
  | 'seal-broken'
  | 'too-early'

export interface OpenRound {
  readonly hash: string
  readonly content: DecisionContent
}
type Word<A> = FactOf<'position-given' | 'position-sealed' | 'position-revealed' | 'veto-cast', A>

export interface Votes<A> {
  /** What counts, by company. */
  readonly positions: readonly (CountedPosition & { readonly by: DecisionFact<A>; readonly shown: CompanyPosition | null })[]
  readonly vetoes: readonly (CountedVeto & { readonly by: DecisionFact<A>; readonly reason: string })[]
  /** Hashes of the entries that count, sorted. */
  readonly counted: readonly string[]
  /** Every voter has said something that counts, and shown it. */
  readonly complete: boolean
  readonly refusals: ReadonlyMap<string, VoteRefusal>
} // prettier-ignore

/**
 * Which positions and vetoes of a round count among `facts`: a pure function of them in any order. `openings` and `closings` are the
 * ids of the valid ones. A word counts when its author may speak for a company that the round names, claims a time within the
 * deadline, and a fact of another company that claims such a time, too, has it in its ancestry: nobody can write a vote into the past
 * alone. Of two words of one company the one that the other had seen counts; two that did not know of each other and differ
 * cancel out until the company speaks again knowing both.
 */
export function votesIn<A>(
  facts: readonly DecisionFact<A>[],
  round: OpenRound,
  known: { readonly openings: readonly DecisionFact<A>[]; readonly closings: readonly DecisionFact<A>[] },
  sha256: (text: string) => string,
): Votes<A> {
  const { content } = round
  const { policy, closesAt, revealBy } = content
  const refusals = new Map<string, VoteRefusal>()
  const spoken = facts.filter(
    (fact): fact is Word<A> =>
      isOf(fact, 'position-given', 'position-sealed', 'position-revealed', 'veto-cast') &&
      fact.fact.round === round.hash,
  )
  const inTime = spoken.filter((word) => {
    const refusal = personal(word, content) ?? timed(word, facts, known, word.fact.type === 'position-revealed' ? revealBy : closesAt) // prettier-ignore
    if (refusal) refusals.set(word.id, refusal)
    return refusal === undefined
  })
  const first = policy.sealed ? 'position-sealed' : 'position-given'
  const positions: Votes<A>['positions'][number][] = []
  const counted: string[] = []
  let complete = true
  for (const { company } of content.voters) {
    const own = inTime.filter(({ author }) => author.company === company)
    const word = settled(own.filter((one) => isOf(one, first)), refusals) // prettier-ignore
    const reveals = own.filter((one): one is FactOf<'position-revealed', A> => isOf(one, 'position-revealed'))
    const shown = policy.sealed ? revealed(word, reveals, facts, round, sha256, refusals) : word
    if (!word || !shown) complete = false
    if (!word) continue
    counted.push(word.id)
    if (shown && shown !== word) counted.push(shown.id)
    const position = shown && 'position' in shown.fact ? shown.fact.position : null
    positions.push({ company, position: position ?? { stance: 'abstain', options: [] }, by: word, shown: position })
  }
  const vetoes = inTime.filter((one): one is FactOf<'veto-cast', A> => isOf(one, 'veto-cast'))
  counted.push(...vetoes.map(({ id }) => id))
  return {
    positions,
    vetoes: vetoes.map((by) => ({ company: by.author.company, option: by.fact.option, reason: by.fact.reason, by })),
    counted: counted.toSorted(),
    complete,
    refusals,
  }
}

/** What the word itself and its author's certificate say. */
function personal<A>({ fact, author }: Word<A>, content: DecisionContent): VoteRefusal | undefined {
  const { policy, voters, options } = content
  const voter = voters.find(({ company }) => company === author.company)
  if (!voter) return 'not-a-voter'
  const allowed = fact.type === 'veto-cast' ? policy.vetoRoles : policy.approvers
  // Who shows a position only says again what somebody approved.
  if (fact.type !== 'position-revealed' && !author.roles.some((role) => allowed.includes(role))) return 'not-authorised'
  switch (fact.type) {
    case 'veto-cast':
      return fact.option === null || options.some(({ id }) => id === fact.option) ? undefined : 'options-differ'
    case 'position-sealed':
      return policy.sealed ? undefined : 'wrong-form'
    case 'position-given':
    case 'position-revealed':
      if (policy.sealed !== (fact.type === 'position-revealed')) return 'wrong-form'
      if (fact.position.weight !== voter.weight) return 'over-weight'
      return sameOptions(fact.position, content) ? undefined : 'options-differ'
  }
}

function sameOptions({ stance, options }: CompanyPosition, content: DecisionContent): boolean {
  const named = options.map(({ option }) => option).toSorted()
  const asked = stance === 'vote' ? content.options.map(({ id }) => id).toSorted() : []
  return canonicalJson(named) === canonicalJson(asked)
}

function timed<A>(
  word: Word<A>,
  facts: readonly DecisionFact<A>[],
  { openings, closings }: { readonly openings: readonly DecisionFact<A>[]; readonly closings: readonly DecisionFact<A>[] }, // prettier-ignore
  until: Instant,
): VoteRefusal | undefined {
  if (!openings.some(({ place }) => word.saw(place))) return 'no-such-round'
  if (closings.some(({ place }) => word.saw(place))) return 'after-close'
  if (word.at > until) return 'late'
  return witnessed(word, facts, until) ? undefined : 'not-witnessed'
}

const witnessed = <A>(word: DecisionFact<A>, facts: readonly DecisionFact<A>[], until: Instant): boolean =>
  facts.some((other) => other.author.company !== word.author.company && other.at <= until && other.saw(word.place))

/** The one word of a company that counts; the refusals of the others are noted. */
function settled<A>(words: readonly Word<A>[], refusals: Map<string, VoteRefusal>): Word<A> | undefined {
  const roots = words.filter((word) => !words.some((other) => word.saw(other.place)))
  const [lowest] = roots.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const same = new Set(roots.map(({ fact }) => wordText(fact))).size <= 1
  const rest = words.filter((word) => !roots.includes(word))
  if (same) {
    for (const word of words) if (word !== lowest) refusals.set(word.id, 'duplicate')
    return lowest
  }
  for (const word of roots) refusals.set(word.id, 'contradictory')
  const knowing = rest.filter((word) => roots.every(({ place }) => word.saw(place)))
  for (const word of rest) if (!knowing.includes(word)) refusals.set(word.id, 'duplicate')
  return settled(knowing, refusals)
}

const wordText = (fact: Word<unknown>['fact']): string =>
  fact.type === 'position-sealed' ? fact.commitment : canonicalJson(('position' in fact ? fact.position : null) as Json)

/** The showing of a sealed position that fits what was sealed. Several that fit say the same. */
function revealed<A>(
  seal: Word<A> | undefined,
  reveals: readonly FactOf<'position-revealed', A>[],
  facts: readonly DecisionFact<A>[],
  { hash, content }: OpenRound,
  sha256: (text: string) => string,
  refusals: Map<string, VoteRefusal>,
): FactOf<'position-revealed', A> | undefined {
  const fitting = reveals.filter((one) => {
    const { artifact, position, salt } = one.fact
    const commitment = sha256(sealedText(artifact, hash, one.author.company, position, salt))
    const refusal = !seal
      ? 'no-seal'
      : seal.fact.type !== 'position-sealed' || seal.fact.commitment !== commitment || !one.saw(seal.place)
        ? 'seal-broken'
        : tooEarly(one, facts, hash, content)
          ? 'too-early'
          : undefined
    if (refusal) refusals.set(one.id, refusal)
    return refusal === undefined
  })
  const [first, ...others] = fitting.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  for (const { id } of others) refusals.set(id, 'duplicate')
  return first
}

/** Positions are shown once everybody has sealed one, or nobody can any more. */
const tooEarly = <A>(
  reveal: DecisionFact<A>,
  facts: readonly DecisionFact<A>[],
  hash: string,
  { voters, closesAt }: DecisionContent,
): boolean =>
  reveal.at <= closesAt &&
  !voters.every(({ company }) =>
    facts.some(
      (one) =>
        isOf(one, 'position-sealed') &&
        one.fact.round === hash &&
        one.author.company === company &&
        reveal.saw(one.place),
    ),
  )

/** What a commitment is the SHA-256 of: bound to voter, decision and round; `salt` is 32 random bytes in hex. */
export const sealedText = (
  artifact: string,
  round: string,
  company: CompanyId,
  position: CompanyPosition,
  salt: string,
): string =>
  canonicalJson({ format: 'mithaq.sealed-position.v1', artifact, round, company, position: position as unknown as Json, salt }) // prettier-ignore
