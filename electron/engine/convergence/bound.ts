import { contentOf } from '#shared/approvals/commitment.ts'
import type { ClauseValue, ClauseValues, ConvergenceClause, ConvergenceContent } from '#shared/artifacts/convergence-content.ts' // prettier-ignore
import { AGREEMENT_CHOICES, SIDE_WORDS, UNIT_WORDS } from '#shared/artifacts/convergence-words.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ConvergenceEvent } from '#shared/artifacts/convergence-event.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { Bound } from '../approvals/gate.ts'

/**
 * What an approval of a word in a negotiation is bound to: the fact, with each clause's name and value in place of hashes and record
 * ids, so that whoever approves reads what would be agreed and not a number.
 */
export function boundTo({ clauses }: ConvergenceContent, event: ConvergenceEvent, values: ClauseValues): Bound {
  const { values: _, text: __, tradeOffs, ...said } = contentOf(event) as Readonly<Record<string, Canonical>>
  const labelOf = (id: Canonical): Canonical => (clauses.find((one) => one.id === id)?.label as Canonical | undefined) ?? null // prettier-ignore
  const exchanged = (tradeOffs as readonly Readonly<Record<string, Canonical>>[] | undefined)?.map(
    ({ clause = null, ...one }) => ({ ...one, clause: labelOf(clause) }),
  )
  return {
    content: {
      ...said,
      clauses: clauses.map((clause) => ({ clause: clause.label as Canonical, ...valueOf(clause, values[clause.id]) })),
      ...(exchanged ? { tradeOffs: exchanged } : {}),
    },
  }
}

/** What an approval of a request is bound to: the hash of its text, and of the text what a person decides by. */
export function boundToRequest({ topic, clauses, parties, policy, agreement, answerBy }: ConvergenceContent, hash: string): Bound {
  const { title, question, benefits } = topic
  const { rounds, mediationDays } = policy
  return {
    content: {
      hash,
      title,
      question,
      benefits,
      clauses: clauses.map(({ label, unit }) => ({ clause: label, unit: plain(UNIT_WORDS[unit]) })),
      parties: parties.map(({ name, side }) => ({ company: name, side: plain(SIDE_WORDS[side]) })),
      until: dateOf(answerBy),
      rounds,
      mediationDays,
      agreement: plain(AGREEMENT_CHOICES[agreement]),
    },
  }
} // prettier-ignore

const plain = ({ en, ar }: Words): Canonical => ({ en, ar })

/** Money and shares go by names of their own, because their numbers are hundredths. */
function valueOf({ unit, choices }: ConvergenceClause, value: ClauseValue | undefined): Readonly<Record<string, Canonical>> {
  if (value === undefined) return { value: null }
  if (unit === 'halalas') return { halalas: value }
  if (unit === 'basis-points') return { basisPoints: value }
  const chosen = unit === 'choice' ? choices.find(({ id }) => id === value)?.label : undefined
  return { value: (chosen as Canonical | undefined) ?? value }
} // prettier-ignore
