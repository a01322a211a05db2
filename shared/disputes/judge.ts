import { isOf } from '#shared/decisions/facts.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { isParty, settlementHash, type DisputeDeps, type DisputeFact, type DisputeRefusal, type Of } from './facts.ts'
import type { DisputeCase } from './state.ts'

/** For every ruling that counts: when its window ended, as its author could know it. */
export type Until = Map<string, Instant>

/** Everything but an opening and an engine's own statement. */
export type Word<A> = Of<Exclude<DisputeFact['fact']['type'], 'dispute-opened' | 'dispute-witnessed'>, A>

/** Why a word in a dispute is without effect, by what its author had seen. */
export function refusalOfWord<A>(
  word: Word<A>,
  known: DisputeCase<A>,
  { sha256 }: DisputeDeps<A>,
  until: Until,
): DisputeRefusal | undefined {
  const { content, opening, outcome, withdrawn } = known
  const { company, roles } = word.author
  if (!isParty(content, company)) return 'not-a-party'
  if (outcome || withdrawn) return 'over'
  const may = (some: readonly Role[]): boolean => roles.some((role) => some.includes(role))
  const { settleRoles, levels } = content.path
  if (isOf(word, 'dispute-answered')) return company === opening.author.company ? 'own-dispute' : answerRefusal(word, known) // prettier-ignore
  if (isOf(word, 'dispute-ruled')) return rulingRefusal(word, known, until)
  if (isOf(word, 'arbitrator-recused')) {
    if (!levels.some((level) => level.kind === 'arbitration' && may(level.roles))) return 'not-authorised'
    if (known.recusals.some(({ author }) => author.person === word.author.person)) return 'duplicate'
    return allRulings(known).some(({ author }) => author.person === word.author.person) ? 'already-ruled' : undefined
  }
  if (isOf(word, 'dispute-withdrawn')) {
    if (company !== opening.author.company) return 'not-the-opener'
    const answered = known.answers.length > 0 || known.settlements.all.some(({ signed }) => signed.some((one) => one !== company)) // prettier-ignore
    return answered || allRulings(known).length > 0 || known.referral ? 'answered-already' : undefined
  }
  if (!may(settleRoles)) return 'not-authorised'
  if (isOf(word, 'settlement-proposed')) {
    if (word.fact.finding === 'varied' && word.fact.terms.trim() === '') return 'terms-missing'
    const hash = settlementHash(sha256, known.hash, word.fact)
    return known.settlements.all.some((one) => one.hash === hash) ? 'duplicate' : undefined
  }
  if (isOf(word, 'settlement-signed')) {
    const settlement = known.settlements.all.find(({ hash }) => hash === word.fact.hash)
    if (!settlement) return 'no-such-settlement'
    if (settlement.signed.includes(company)) return 'duplicate'
    return settlement.superseded ? 'superseded' : undefined
  }
  if (isOf(word, 'dispute-referred')) return referralRefusal(word, known)
  if (!isOf(word, 'award-recorded')) return undefined
  if (word.fact.finding === 'varied' && word.fact.terms.trim() === '') return 'terms-missing'
  if (!known.referral) return 'not-referred'
  return known.awards.some(({ author }) => author.company === company) ? 'duplicate' : undefined
}

const allRulings = <A>({ levels }: DisputeCase<A>) =>
  levels.flatMap(({ rulings }) => (rulings ? [...rulings.given, ...rulings.unproven] : []))

/** A party answers once; having declined the path it may still accept it. */
function answerRefusal<A>(
  { fact, author }: Of<'dispute-answered', A>,
  { answers }: DisputeCase<A>,
): DisputeRefusal | undefined {
  const own = answers.filter((one) => one.author.company === author.company)
  if (own.length === 0) return undefined
  return fact.path === 'accepted' && own.every((one) => one.fact.path === 'declined') ? undefined : 'duplicate'
}

function rulingRefusal<A>(
  { id, fact, author, at }: Of<'dispute-ruled', A>,
  known: DisputeCase<A>,
  until: Until,
): DisputeRefusal | undefined {
  const { content, started, bound, levels, recusals } = known
  const asked = content.path.levels[fact.level]
  if (asked?.kind !== 'arbitration') return 'no-arbitration'
  if (!author.roles.some((role) => asked.roles.includes(role))) return 'not-authorised'
  if (recusals.some((one) => one.author.person === author.person)) return 'recused'
  if (fact.finding === 'varied' && fact.terms.trim() === '') return 'terms-missing'
  if (fact.rationale.trim() === '') return 'rationale-missing'
  if (started === null) return 'not-started'
  const window = levels[fact.level]
  if (!bound || !window) return 'no-arbitration'
  if (allRulings(known).some((one) => one.fact.level === fact.level && one.author.company === author.company)) return 'already-ruled' // prettier-ignore
  if (window.rulings?.differed !== null) return 'not-this-level'
  if (at < window.from) return 'not-yet'
  if (at >= window.until) return 'late'
  until.set(id, window.until)
  return undefined
}

function referralRefusal<A>(
  { at }: Of<'dispute-referred', A>,
  { content, started, bound, levels, referral }: DisputeCase<A>,
): DisputeRefusal | undefined {
  if (content.path.fallback === null || !bound) return 'no-fallback'
  if (started === null) return 'not-started'
  if (referral) return 'duplicate'
  return at < (levels.at(-1)?.until ?? started) ? 'not-yet' : undefined
}
