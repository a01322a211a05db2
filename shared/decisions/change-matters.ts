import { sideCompany, type ChangeContent, type Matter } from '#shared/artifacts/change-content.ts'
import type { ChangeEvent, ChangeVerdict } from '#shared/artifacts/change-event.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { SignedFact, SignedOf } from './facts.ts'

export type ChangeFact<A = unknown> = SignedFact<ChangeEvent, A>
export type ChangeOf<T extends ChangeEvent['type'], A = unknown> = SignedOf<ChangeEvent, T, A>
export type Verdict<A = unknown> = ChangeOf<'matter-decided', A>

/** Why a fact about a change is without effect. */
export type ChangeRefusal =
  | 'text-unreadable' | 'not-a-party' | 'owner-left-out' | 'not-authorised' | 'parties-differ' | 'revision-differs' | 'no-such-change' | 'superseded'
  | 'over' | 'bound' | 'not-a-matter' | 'not-its-matter' | 'reason-missing' | 'conditions-missing' | 'conditions-differ' | 'late'
  | 'not-witnessed' | 'duplicate' | 'crossed' | 'set-aside' | 'no-such-condition' | 'not-its-mark' | 'conditions-open'
  | 'remitted' | 'not-approvable' | 'outcome-differs' | 'not-approved' | 'no-drafts' // prettier-ignore

export interface ConditionState<A> {
  readonly id: string
  readonly text: string
  /** The first who says so, with the evidence. */
  readonly met: ChangeOf<'condition-met', A> | null
}
export interface MatterState<A> {
  readonly matter: Matter
  /** The one company whose word on this counts. */
  readonly decider: CompanyId
  readonly until: Instant
  /** The word that counts; null: none yet, one that is not proven to be in time, or several apart that cancel out. */
  readonly verdict: Verdict<A> | null
  /** Here, and no fact of the other company within the time-box shows yet that it was there in time. */
  readonly unproven: Verdict<A> | null
  readonly crossed: boolean
  readonly conditions: readonly ConditionState<A>[]
  readonly confirmed: ChangeOf<'conditions-confirmed', A> | null
  /** A yes, or conditions that were met and confirmed. */
  readonly settled: boolean
}

/** What both companies sign. */
export interface ChangeOutcome {
  readonly text: string
  readonly hash: string
}

/** What a verdict says, as text: equal for equal words from two devices. */
const wordsOf = ({ fact: { matter, verdict, reason, category, conditions } }: Verdict): string =>
  canonicalJson({ matter, verdict, reason, category, conditions: conditions as unknown as Json })

/** Why a verdict says nothing that could count, whoever gave it when. */
export function verdictRefusal({
  matter,
  verdict,
  reason,
  category,
  conditions,
}: Verdict['fact']): ChangeRefusal | undefined {
  const isInfeasible = matter === 'feasibility' && verdict === 'no'
  const named = matter === 'feasibility' && verdict !== 'yes'
  if (verdict === 'conditional' && matter !== 'feasibility') return 'conditions-differ'
  if (verdict === 'no' && reason.trim() === '') return 'reason-missing'
  if (isInfeasible && category === null) return 'reason-missing'
  if (named && conditions.length === 0) return 'conditions-missing'
  if (!isInfeasible && category !== null) return 'conditions-differ'
  if (!named && conditions.length > 0) return 'conditions-differ'
  return new Set(conditions.map(({ id }) => id)).size === conditions.length ? undefined : 'conditions-differ'
}

/**
 * Whether a word is proven to be within `until`: a fact of the other company that claims such a time has it in its ancestry. So
 * nothing is gained by claiming an earlier time.
 */
export const isWitnessed = <A>(
  word: ChangeFact<A>,
  facts: readonly ChangeFact<A>[],
  { parties }: Pick<ChangeContent, 'parties'>,
  until: Instant,
): boolean =>
  facts.some(
    ({ author, at, saw }) =>
      author.company !== word.author.company &&
      parties.some(({ company }) => company === author.company) &&
      at <= until &&
      saw(word.place),
  )

/** The verdicts on a matter that no later one of its decider replaces, and whether those made apart differ. */
export function lastVerdicts<A>(verdicts: readonly Verdict<A>[]): { readonly words: readonly Verdict<A>[]; readonly crossed: boolean } {
  const words = verdicts.filter(({ place }) => !verdicts.some((other) => other.saw(place)))
  return { words, crossed: new Set(words.map(wordsOf)).size > 1 }
} // prettier-ignore

interface About<A> {
  readonly content: ChangeContent
  /** Every fact, counted or not: what they had seen proves times. */
  readonly facts: readonly ChangeFact<A>[]
  /** Those about this text that count so far. */
  readonly valid: readonly ChangeFact<A>[]
  readonly refusals: Map<string, ChangeRefusal>
}

const of = <T extends ChangeEvent['type'], A>(facts: readonly ChangeFact<A>[], type: T): readonly ChangeOf<T, A>[] =>
  facts.filter((one): one is ChangeOf<T, A> => one.fact.type === type)

/** Where every matter of a text stands. */
export function mattersOf<A>({ content, facts, valid, refusals }: About<A>): readonly MatterState<A>[] {
  const signatures = of(valid, 'change-signed')
  return content.policy.matters.map(({ matter, decider: side, until }): MatterState<A> => {
    const decider = sideCompany(content, side)
    if (!decider) throw new Error('a matter without a decider')
    const given = of(valid, 'matter-decided').filter(({ fact }) => fact.matter === matter)
    // Who has signed cannot have said something else, as if it had not known of its own signature.
    const own = signatures.filter(({ author }) => author.company === decider)
    const verdicts = given.filter(({ id, place }) => {
      const aside = own.length > 0 && !own.some((signature) => signature.saw(place))
      if (aside) refusals.set(id, 'set-aside')
      return !aside
    })
    const { words, crossed } = lastVerdicts(verdicts)
    if (crossed) for (const { id } of words) refusals.set(id, 'crossed')
    const proven = crossed ? [] : words.filter((word) => isWitnessed(word, facts, content, until))
    const [verdict = null] = proven
    if (!crossed && !verdict) for (const { id } of words) refusals.set(id, 'not-witnessed')
    const named = new Set(words.map(({ id }) => id))
    const conditions = (verdict?.fact.conditions ?? []).map(({ id, text }) => ({
      id,
      text,
      met: of(valid, 'condition-met').find(({ fact }) => named.has(fact.verdict) && fact.condition === id) ?? null,
    }))
    const confirmed = verdict && (of(valid, 'conditions-confirmed').find(({ fact }) => named.has(fact.verdict)) ?? null)
    const said: ChangeVerdict | undefined = verdict?.fact.verdict
    return {
      matter, decider, until, verdict, crossed, conditions, confirmed,
      unproven: crossed || verdict ? null : (words[0] ?? null),
      settled: said === 'yes' || confirmed !== null,
    } // prettier-ignore
  })
}

/**
 * What both sign, once every matter is settled: the text's hash and every verdict in its own words. It names no entries, so equal words
 * from two devices come to one text.
 */
export function changeOutcome<A>(
  change: string,
  { artifact }: Pick<ChangeContent, 'artifact'>,
  matters: readonly MatterState<A>[],
  sha256: (text: string) => string,
): ChangeOutcome | null {
  if (matters.some(({ settled }) => !settled)) return null
  const text = canonicalJson({
    format: 'mithaq.change-outcome.v1',
    artifact,
    change,
    verdicts: matters.flatMap(({ decider, verdict, confirmed }) => {
      if (!verdict) return []
      const { matter, verdict: said, reason, category, conditions } = verdict.fact
      return [{ company: decider, matter, verdict: said, reason, category, conditions: conditions as unknown as Json, confirmed: confirmed !== null }]
    }),
  }) // prettier-ignore
  return { text, hash: sha256(text) }
}
