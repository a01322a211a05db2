import { isOf, seenBy } from '#shared/decisions/facts.ts'
import type { DisputeContent } from '#shared/artifacts/dispute-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { settlementHash, type DisputeFact, type Of, type Terms } from './facts.ts'

export type SettlementWord<A = unknown> = Of<'settlement-proposed' | 'settlement-signed', A>

/** Words of a settlement, who proposed them and who stands by them. */
export interface Settlement<A = unknown> extends Terms {
  readonly hash: string
  readonly proposals: readonly Of<'settlement-proposed', A>[]
  /** The word of each party: proposing is signing. */
  readonly words: readonly SettlementWord<A>[]
  readonly signed: readonly CompanyId[]
  /** Every party stands by it. */
  readonly complete: boolean
  /** Whoever proposed it has proposed something else since. */
  readonly superseded: boolean
}

export interface Settlements<A = unknown> {
  readonly all: readonly Settlement<A>[]
  /** The one that stands; null: none, or several that were signed apart (`crossed`). */
  readonly stands: Settlement<A> | null
  readonly crossed: boolean
}

/** What settlements come to among facts that count. */
export function settlementsIn<A>(
  facts: readonly DisputeFact<A>[],
  dispute: string,
  { parties }: DisputeContent,
  sha256: (text: string) => string,
): Settlements<A> {
  const words = facts.filter((one): one is SettlementWord<A> => isOf(one, 'settlement-proposed', 'settlement-signed'))
  const hashOf = ({ fact }: SettlementWord<A>): string =>
    fact.type === 'settlement-signed' ? fact.hash : settlementHash(sha256, dispute, fact)
  const proposals = words.filter((one): one is Of<'settlement-proposed', A> => isOf(one, 'settlement-proposed'))
  const all = [...Map.groupBy(words, hashOf)].flatMap(([hash, said]): readonly Settlement<A>[] => {
    const own = proposals.filter((one) => said.includes(one))
    const [first] = own
    if (!first) return []
    const signed = parties.map(({ company }) => company).filter((one) => said.some(({ author }) => author.company === one))
    return [{
      hash, finding: first.fact.finding, terms: first.fact.terms, proposals: own, words: said, signed,
      complete: signed.length === parties.length,
      superseded: own.every((one) => proposals.some((later) => later.author.company === one.author.company && later.saw(one.place))),
    }]
  }) // prettier-ignore
  const whole = all.filter(({ complete }) => complete)
  // What was proposed knowing both of two that were signed apart takes their place.
  const last = whole.filter((one) => !whole.some((other) => other !== one && other.proposals.every((later) => one.words.every(({ place }) => later.saw(place))))) // prettier-ignore
  return { all, stands: last.length === 1 ? (last[0] ?? null) : null, crossed: last.length > 1 }
}

/** Whether somebody knew of a settlement that stood. */
export const knewSettled = <A>(
  witness: Pick<DisputeFact<A>, 'saw'>,
  facts: readonly DisputeFact<A>[],
  dispute: string,
  content: DisputeContent,
  sha256: (text: string) => string,
): boolean => settlementsIn(seenBy(facts, witness), dispute, content, sha256).stands !== null
