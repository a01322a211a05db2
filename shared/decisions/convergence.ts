import { readConvergence, type ConvergenceContent } from '#shared/artifacts/convergence-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import {
  offerRefusal, outcomeOf, standingOffers, type Acceptance, type ConvergenceDeps, type ConvergenceFact, type ConvergenceRefusal, type Of, type Offer, type Outcome,
} from './convergence-offers.ts' // prettier-ignore
import { inOrder, isOf, seenBy } from './facts.ts'

/**
 * `requested`: no offer yet; `offered`; `accepted`: an offer by the other company; `agreed`: the offerer has signed the outcome;
 * `verified`: the other has signed the same hash, and that is proven to have been in time; `finalized`: it became drafts;
 * `terminated`: a company ended it (`ended`), or both signed two outcomes apart (`two-outcomes`).
 */
export type Stage = 'requested' | 'offered' | 'accepted' | 'agreed' | 'verified' | 'finalized' | 'terminated'

export interface Negotiation<A> {
  readonly hash: string
  readonly content: ConvergenceContent
  readonly request: Of<'negotiation-requested', A>
  readonly stage: Stage
  readonly cause: 'ended' | 'two-outcomes' | null
  /** Every offer that counts, in order. */
  readonly offers: readonly Offer<A>[]
  /** Those that no later offer has replaced; from an acceptance on the accepted one alone. More than one: made apart. */
  readonly standing: readonly Offer<A>[]
  readonly accepted: Acceptance<A> | null
  /** Both accepted, apart from each other, different offers: neither counts until somebody speaks knowing both. */
  readonly crossed: boolean
  /** What the accepted offer comes to. */
  readonly outcome: Outcome | null
  readonly confirmed: Of<'outcome-confirmed', A> | null
  /** Signed by who accepted; while the stage is `agreed` not yet proven to be in time. */
  readonly verified: Of<'outcome-verified', A> | null
  readonly became: readonly Of<'outcome-finalised', A>[]
  readonly endings: readonly Of<'negotiation-ended', A>[]
}
export interface ConvergenceState<A> {
  readonly current: Negotiation<A> | null
  /** Texts requested apart from each other: none counts until somebody requests one knowing all. */
  readonly contested: readonly Of<'negotiation-requested', A>[]
  /** Facts without effect. */
  readonly refusals: ReadonlyMap<string, ConvergenceRefusal>
}

interface Judged<A> {
  readonly counts: Set<string>
  readonly contents: Map<string, ConvergenceContent>
  readonly refusals: Map<string, ConvergenceRefusal>
  readonly deps: ConvergenceDeps<A>
}

/**
 * The state of a negotiation: a pure fold over its facts. Each fact is judged once, by its own ancestry, in topological order; what
 * words made apart come to is read off the whole set. So no outcome depends on which fact came first.
 */
export function convergenceState<A>(given: readonly ConvergenceFact<A>[], artifact: string, deps: ConvergenceDeps<A>): ConvergenceState<A> {
  const facts = inOrder(given)
  const judged: Judged<A> = { counts: new Set(), contents: new Map(), refusals: new Map(), deps }
  for (const fact of facts) {
    const refusal = refusalOf(fact, seenBy(facts, fact), artifact, judged)
    if (refusal) judged.refusals.set(fact.id, refusal)
    else judged.counts.add(fact.id)
  }
  const state = fold(facts, judged)
  return { ...state, refusals: new Map([...judged.refusals, ...state.refusals]) }
} // prettier-ignore

function refusalOf<A>(
  fact: ConvergenceFact<A>,
  before: readonly ConvergenceFact<A>[],
  artifact: string,
  judged: Judged<A>,
): ConvergenceRefusal | undefined {
  if (isOf(fact, 'outcome-witnessed')) return undefined
  const state = fold(before, judged)
  if (isOf(fact, 'negotiation-requested')) return requestRefusal(fact, state, artifact, judged)
  const { current } = state
  if (current?.hash !== (fact.fact as { readonly negotiation: string }).negotiation) return 'no-such-negotiation'
  const { content, stage } = current
  const { company, roles } = fact.author
  if (!content.parties.some((party) => party.company === company)) return 'not-a-party'
  const { offerRoles, signRoles } = content.policy
  const may = isOf(fact, 'offer-made') ? offerRoles : isOf(fact, 'negotiation-ended', 'outcome-finalised') ? [...offerRoles, ...signRoles] : signRoles // prettier-ignore
  if (!roles.some((role) => may.includes(role))) return 'not-authorised'
  if (stage === 'terminated') return 'over'
  if (isOf(fact, 'offer-made')) return offerRefusal(fact, current)
  if (isOf(fact, 'offer-accepted')) return acceptanceRefusal(fact, current)
  if (isOf(fact, 'outcome-confirmed')) return confirmRefusal(fact, current, judged.deps)
  if (isOf(fact, 'outcome-verified')) return verifyRefusal(fact, current)
  if (isOf(fact, 'outcome-finalised')) return finalRefusal(fact, current, judged.deps)
  if (stage === 'verified' || stage === 'finalized') return 'over'
  return isBound(current, company) ? 'bound' : undefined
}

function requestRefusal<A>(
  request: Of<'negotiation-requested', A>,
  { current, contested }: ConvergenceState<A>,
  artifact: string,
  { contents, deps }: Judged<A>,
): ConvergenceRefusal | undefined {
  const { fact, author } = request
  const content = contents.get(fact.hash) ?? readConvergence(fact.text)
  if (content?.artifact !== artifact || deps.sha256(fact.text) !== fact.hash) return 'text-unreadable'
  if (!content.parties.some(({ company }) => company === author.company)) return 'not-a-party'
  if (!content.parties.some(({ company }) => company === deps.ownerOf(request))) return 'owner-left-out'
  if (current !== null && contested.length === 0) return 'already-requested'
  contents.set(fact.hash, content)
  return undefined
}

function acceptanceRefusal<A>(
  { fact, author, at }: Of<'offer-accepted', A>,
  { stage, standing, offers, content }: Negotiation<A>,
): ConvergenceRefusal | undefined {
  if (stage !== 'requested' && stage !== 'offered') return 'accepted-already'
  const offer = offers.find(({ id }) => id === fact.offer)
  if (!offer) return 'no-such-offer'
  if (offer.author.company === author.company) return 'own-offer'
  if (!standing.includes(offer)) return 'superseded'
  return at > content.settleBy ? 'late' : undefined
}

function confirmRefusal<A>(
  { fact, author, at }: Of<'outcome-confirmed', A>,
  { stage, accepted, outcome, standing, content }: Negotiation<A>,
  { sha256 }: ConvergenceDeps<A>,
): ConvergenceRefusal | undefined {
  if (stage === 'requested' || stage === 'offered') return 'not-accepted'
  if (stage !== 'accepted' || !accepted || !outcome) return 'duplicate'
  if (standing[0]?.author.company !== author.company) return 'not-the-offerer'
  const same = fact.offer === accepted.fact.offer && fact.hash === outcome.hash && fact.text === outcome.text
  if (!same || sha256(fact.text) !== fact.hash) return 'outcome-differs'
  return at > content.settleBy ? 'late' : undefined
}

function verifyRefusal<A>(
  { fact, author, at }: Of<'outcome-verified', A>,
  { stage, confirmed, verified, outcome, content }: Negotiation<A>,
): ConvergenceRefusal | undefined {
  if (!confirmed || !outcome) return 'not-confirmed'
  if (confirmed.author.company === author.company) return 'own-offer'
  if (stage !== 'agreed' || verified) return 'duplicate'
  if (fact.offer !== outcome.offer || fact.hash !== outcome.hash) return 'outcome-differs'
  return at > content.settleBy ? 'late' : undefined
}

function finalRefusal<A>(
  fact: Of<'outcome-finalised', A>,
  { stage, outcome, content }: Negotiation<A>,
  { typeOf }: ConvergenceDeps<A>,
): ConvergenceRefusal | undefined {
  if (stage === 'finalized') return 'duplicate'
  if (stage !== 'verified') return 'not-verified'
  if (fact.fact.hash !== outcome?.hash) return 'outcome-differs'
  const drafts = typeOf(fact.fact.agreement, fact) === content.agreement && typeOf(fact.fact.plan, fact) === 'JointInitiativePlan.v1' // prettier-ignore
  return drafts ? undefined : 'no-drafts'
}

/** Whether a company has signed: it accepted what stands accepted, or has signed the outcome. */
const isBound = <A>({ accepted, confirmed, verified }: Negotiation<A>, company: CompanyId): boolean =>
  [accepted, confirmed, verified].some((signed) => signed?.author.company === company)

/** The state among some facts that were judged before. */
function fold<A>(facts: readonly ConvergenceFact<A>[], { counts, contents, refusals, deps }: Judged<A>): ConvergenceState<A> {
  const found = new Map<string, ConvergenceRefusal>()
  const valid = facts.filter(({ id }) => counts.has(id))
  const requests = valid.filter((one): one is Of<'negotiation-requested', A> => isOf(one, 'negotiation-requested'))
  const words = valid.filter((one) => isOf(one, 'offer-made', 'offer-accepted', 'outcome-confirmed', 'outcome-verified'))
  // Who has spoken about one text cannot contest it with another, as if it had not.
  const effective = requests.filter((request) => {
    const spoken = words.some(
      (word) =>
        word.author.company === request.author.company &&
        (word.fact as { readonly negotiation: string }).negotiation !== request.fact.hash &&
        !request.saw(word.place),
    )
    if (spoken) found.set(request.id, 'spoken-already')
    return !spoken
  })
  const last = effective.filter((one) => !effective.some((other) => other.saw(one.place)))
  const hashes = new Set(last.map(({ fact }) => fact.hash))
  const [request] = last
  if (hashes.size !== 1 || !request) return { current: null, contested: last, refusals: found }
  const content = contents.get(request.fact.hash)
  if (!content) throw new Error('a request counts without a text')
  const about = facts.filter(({ fact }) => 'negotiation' in fact && fact.negotiation === request.fact.hash)
  const current = negotiationOf(request, content, about, counts, deps, found)
  for (const id of refusals.keys()) found.delete(id)
  return { current, contested: [], refusals: found }
} // prettier-ignore

function negotiationOf<A>(
  request: Of<'negotiation-requested', A>,
  content: ConvergenceContent,
  facts: readonly ConvergenceFact<A>[],
  counts: ReadonlySet<string>,
  deps: ConvergenceDeps<A>,
  refusals: Map<string, ConvergenceRefusal>,
): Negotiation<A> {
  const valid = facts.filter(({ id }) => counts.has(id))
  const of = <T extends ConvergenceFact['fact']['type']>(type: T) =>
    valid.filter((one): one is Of<T, A> => isOf(one, type))
  const offers = of('offer-made')
  const confirms = of('outcome-confirmed')
  const verifies = of('outcome-verified')
  const acceptances = of('offer-accepted')
  // An acceptance that somebody knew of when they offered or accepted anew had been crossed by another, and is replaced.
  const live = acceptances.filter(({ place }) => ![...offers, ...acceptances].some((later) => later.saw(place)))
  const endings = of('negotiation-ended').filter((ending) => {
    const signed = [...live, ...confirms, ...verifies].some((word) => word.author.company === ending.author.company && !ending.saw(word.place)) // prettier-ignore
    if (signed) refusals.set(ending.id, 'bound')
    return !signed
  })
  const proven = verifies.filter((word) => isProven(word, facts, content))
  const whole = distinct(proven)
  const signed = distinct(confirms)
  const wanted = distinct(live)
  const base = { hash: request.fact.hash, content, request, offers, endings, crossed: false, confirmed: null, verified: null, became: [] } // prettier-ignore
  const none = { ...base, accepted: null, outcome: null, standing: standingOffers(offers) }
  if (whole.length > 1 || (whole.length === 0 && signed.length > 1))
    return { ...none, stage: 'terminated', cause: 'two-outcomes' }
  if (whole.length === 0 && endings.length > 0) return { ...none, stage: 'terminated', cause: 'ended' }
  const [chosen = signed[0] ?? (wanted.length === 1 ? wanted[0] : undefined)] = whole
  const offer = offers.find(({ id }) => id === chosen)
  if (!offer) {
    for (const { id } of live) refusals.set(id, 'crossed')
    return { ...none, crossed: wanted.length > 1, stage: offers.length > 0 ? 'offered' : 'requested', cause: null }
  }
  for (const other of offers) if (other !== offer && !offer.saw(other.place)) refusals.set(other.id, 'set-aside')
  for (const { id, fact } of live) if (fact.offer !== offer.id) refusals.set(id, 'crossed')
  const on = <T extends { readonly fact: { readonly offer: string } }>(among: readonly T[]): T | null => among.find(({ fact }) => fact.offer === offer.id) ?? null // prettier-ignore
  const became = of('outcome-finalised')
  const stage = whole.length === 1 ? (became.length > 0 ? 'finalized' : 'verified') : on(confirms) ? 'agreed' : 'accepted' // prettier-ignore
  return {
    ...base,
    stage,
    cause: null,
    standing: [offer],
    accepted: on(live) ?? on(acceptances),
    outcome: outcomeOf(offer, offers, request.fact.hash, content, deps.sha256),
    confirmed: on(confirms),
    verified: on(proven) ?? on(verifies),
    became,
  }
}

const distinct = (words: readonly { readonly fact: { readonly offer: string } }[]): readonly string[] => [
  ...new Set(words.map(({ fact }) => fact.offer)),
]

/**
 * The last signature alone could be written into the past by whoever would rather have waited: it counts when the other company has a
 * fact that claims a time within the window and had it. Every word before it is proven by the signature that answers it.
 */
const isProven = <A>(word: ConvergenceFact<A>, facts: readonly ConvergenceFact<A>[], { parties, settleBy }: ConvergenceContent): boolean =>
  facts.some(
    ({ author, at, saw }) =>
      author.company !== word.author.company &&
      parties.some(({ company }) => company === author.company) &&
      at <= settleBy &&
      saw(word.place),
  ) // prettier-ignore
