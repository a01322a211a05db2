import { clauseText } from '#shared/agreement/from-outcome.ts'
import { arabicDigits } from '#shared/agreement/term-text.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { PARTNERSHIP_WEIGHTS, type PartnershipDimension, type Side } from '#shared/artifacts/convergence-content.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { OfferScoresView } from '#shared/projection/convergence-views.ts'
import { scoredOffers, type Scored } from '#shared/scoring/scored.ts'
import { computedScores, dropSheet, sheetsIn, writeSheet, type SheetPlace, type WrittenSheet } from '../decisions/score-sheets.ts' // prettier-ignore
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { mayNegotiate, negotiationPlace, negotiationState, type NegotiationPlace, type OpenNegotiation } from './place.ts' // prettier-ignore

/** What offers come to does not depend on who dissents: nobody votes. */
const RULE = { dimensions: PARTNERSHIP_WEIGHTS, dissent: 20 }

/** The sheets of the offers that stand, under the last of them: another offer is judged anew. */
const sheetsOf = (place: NegotiationPlace, text: string): SheetPlace => ({ ...place, kind: 'offer-scores', text })

/** What stands to be judged, from our side; undefined where nothing does, or we are no party. */
function standingFor(hub: Hub, { content, standing }: OpenNegotiation): { readonly text: string; readonly scored: Scored } | undefined {
  const side: Side | undefined = content.parties.find(({ company }) => company === hub.identity.card.company)?.side
  const last = standing.at(-1)
  if (!side || !last) return undefined
  const nameOf = (company: string) => content.parties.find((party) => party.company === company)?.name ?? { en: '', ar: '' }
  const offers = standing.map(({ id, author, fact: { round, values } }) => ({
    id,
    title: titleOf(round, nameOf(author.company)),
    clauses: content.clauses.flatMap((clause) => {
      const value = values[clause.id]
      return value === undefined ? [] : [{ label: clause.label, says: clauseText(clause, value) }]
    }),
  }))
  return { text: last.id, scored: scoredOffers(content, offers, side) }
} // prettier-ignore

const titleOf = (round: number, by: Words): Words => ({
  en: `Offer of ${by.en || by.ar}, round ${String(round)}`,
  ar: `عرض ${by.ar || by.en}، الجولة ${arabicDigits(String(round))}`,
})

/** Why offers cannot be judged any more; undefined while they can: nobody can accept them. */
function closed(hub: Hub, { stage, content }: OpenNegotiation): 'over' | 'accepted-already' | 'late' | undefined {
  if (stage === 'terminated') return 'over'
  if (stage !== 'offered') return 'accepted-already'
  return hub.context.clock.now() > content.settleBy ? 'late' : undefined
}

/** What our roles think of the offers that stand, and what it comes to. It stays in the vault: nobody is told, and no rule counts it. */
export function offerScores(hub: Hub, place: NegotiationPlace, current: OpenNegotiation): OfferScoresView | null {
  const found = standingFor(hub, current)
  if (!found) return null
  const { text, scored } = found
  const scores = sheetsIn<PartnershipDimension>(hub, sheetsOf(place, text))
  const subjects = scored.options.map(({ id, title }) => ({ id, title }))
  return {
    text,
    subjects,
    scores,
    computed: computedScores(RULE, subjects.map(({ id }) => id), scores),
    open: closed(hub, current) === undefined && mayNegotiate(hub, place),
  } // prettier-ignore
}

/** The offers that this company may score now; `text` is the last of them. @throws Refused */
export function scorableOffers(hub: Hub, artifact: string, text: string): { readonly place: SheetPlace; readonly scored: Scored } {
  const place = negotiationPlace(hub, artifact)
  if (!mayNegotiate(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  const { current } = negotiationState(hub, place)
  if (!current) throw new Refused('convergence', 'no-such-negotiation')
  const found = standingFor(hub, current)
  if (!found) throw new Refused('convergence', current.standing.length === 0 ? 'superseded' : 'not-a-party')
  if (found.text !== text) throw new Refused('convergence', 'superseded')
  const refusal = closed(hub, current)
  if (refusal) throw new Refused('convergence', refusal)
  return { place: sheetsOf(place, text), scored: found.scored }
} // prettier-ignore

/** @throws Refused */
export function saveOfferScores(
  hub: Hub,
  artifact: string,
  order: WrittenSheet<PartnershipDimension> & { readonly text: string },
): void {
  const { place, scored } = scorableOffers(hub, artifact, order.text)
  const ids = scored.options.map(({ id }) => id)
  writeSheet(hub, place, ids, order, new Refused('convergence', 'superseded'))
}

/** @throws Refused */
export const removeOfferScores = (hub: Hub, artifact: string, text: string, role: Role): void =>
  dropSheet(hub, scorableOffers(hub, artifact, text).place, role)
