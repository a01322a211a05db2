import type { DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { isOf, seenBy, type DecisionFact, type FactOf } from './facts.ts'

export type SignatureRefusal =
  'not-a-voter' | 'not-authorised' | 'no-such-list' | 'round-over' | 'duplicate' | 'two-lists'

type Signed<A> = FactOf<'decision-signed', A>

export interface Signatures<A> {
  /** The signature of each company that counts. */
  readonly signed: ReadonlyMap<CompanyId, Signed<A>>
  /** The list that all voters have signed. */
  readonly final: string | null
  /** Companies that signed two lists, which voids the round; both signatures stay visible. */
  readonly twice: readonly { readonly company: CompanyId; readonly by: readonly Signed<A>[] }[]
  readonly refusals: ReadonlyMap<string, SignatureRefusal>
}

/**
 * The signatures of a round among `facts`. A signature counts when its author may sign for a voter and had seen the list, and no end
 * of the round (`over`). Who signs two lists voids the round. But once all have signed one list, a second signature of one of them
 * voids it only if another company had that one before it knew the set to be whole: nobody takes a finished decision back alone.
 */
export function signaturesIn<A>(
  facts: readonly DecisionFact<A>[],
  { hash, content }: { readonly hash: string; readonly content: DecisionContent },
  known: { readonly closings: readonly FactOf<'round-closed', A>[]; readonly over: readonly DecisionFact<A>[] },
): Signatures<A> {
  const refusals = new Map<string, SignatureRefusal>()
  const valid = facts.filter((one): one is Signed<A> => {
    if (!isOf(one, 'decision-signed') || one.fact.round !== hash) return false
    const refusal = refusalOf(one, content, known)
    if (refusal) refusals.set(one.id, refusal)
    return refusal === undefined
  })
  const whole = wholeLists(valid, content)
  // Two whole lists: everybody signed twice, and neither stands.
  const final = whole.length === 1 ? (whole[0] ?? null) : null
  const signed = new Map<CompanyId, Signed<A>>()
  const twice: { company: CompanyId; by: readonly Signed<A>[] }[] = []
  for (const { company } of content.voters) {
    const own = valid.filter(({ author }) => author.company === company)
    const firstOf = Map.groupBy(own, ({ fact }) => fact.hash)
    const distinct = [...firstOf.values()].map(([first]) => first as Signed<A>)
    for (const one of own) if (!distinct.includes(one)) refusals.set(one.id, 'duplicate')
    const counted = distinct.find(({ fact }) => fact.hash === final) ?? distinct[0]
    if (!counted) continue
    signed.set(company, counted)
    if (distinct.length === 1) continue
    for (const one of distinct) if (one !== counted) refusals.set(one.id, 'two-lists')
    if (final === null || witnessedBefore(facts, distinct, valid, content, company))
      twice.push({ company, by: distinct })
  }
  return { signed, final: twice.length > 0 ? null : final, twice, refusals }
}

function refusalOf<A>(
  { fact, author, saw }: Signed<A>,
  { voters, policy }: DecisionContent,
  { closings, over }: { readonly closings: readonly FactOf<'round-closed', A>[]; readonly over: readonly DecisionFact<A>[] }, // prettier-ignore
): SignatureRefusal | undefined {
  if (!voters.some(({ company }) => company === author.company)) return 'not-a-voter'
  if (!author.roles.some((role) => policy.approvers.includes(role))) return 'not-authorised'
  if (!closings.some((closing) => closing.fact.hash === fact.hash && saw(closing.place))) return 'no-such-list'
  return over.some(({ place }) => saw(place)) ? 'round-over' : undefined
}

/** The lists that every voter has signed. */
const wholeLists = <A>(signatures: readonly Signed<A>[], { voters }: DecisionContent): readonly string[] =>
  [...Map.groupBy(signatures, ({ fact }) => fact.hash)].flatMap(([list, on]) =>
    voters.every(({ company }) => on.some(({ author }) => author.company === company)) ? [list] : [],
  )

/** Whether another company had two signatures of `company` while no list was whole for it. */
const witnessedBefore = <A>(
  facts: readonly DecisionFact<A>[],
  both: readonly Signed<A>[],
  valid: readonly Signed<A>[],
  content: DecisionContent,
  company: CompanyId,
): boolean =>
  facts.some(
    (witness) =>
      witness.author.company !== company &&
      both.filter(({ place }) => witness.saw(place)).length > 1 &&
      wholeLists(seenBy(valid, witness) as readonly Signed<A>[], content).length === 0,
  )
