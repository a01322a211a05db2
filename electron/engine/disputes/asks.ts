import type { DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import { daysLeft } from '#shared/disputes/clock.ts'
import { isParty, type DisputeRefusal } from '#shared/disputes/facts.ts'
import { isOpen, type DisputeStanding } from '#shared/disputes/standing.ts'
import { acceptUntil } from '#shared/disputes/windows.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { DisputeAct, DisputeAsk } from '#shared/projection/dispute-views.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import {
  disputeFacts,
  disputePlaces,
  disputesIn,
  lastDayIn,
  obstacleTo,
  standingIn,
  type Case,
  type DisputePlace,
} from './place.ts'

/** A level of mediation ends soon when so many of its days begin until then. */
const SOON = 3

/** Days of its own unit that are left of the level that runs; null: no clock runs. */
export const leftOf = (hub: Hub, { content }: Case, { until, unit }: DisputeStanding): number | null =>
  until === null || unit === null ? null : daysLeft(hub.context.clock.now(), until, unit, content.path.calendar)

/** The arbitration that runs, else the next one, else the last; -1: there is none. */
function arbitrationOf({ content, levels }: Case, now: number): number {
  const isArbitration = ({ kind }: DisputeLevel): boolean => kind === 'arbitration'
  const open = content.path.levels.findIndex((level, at) => isArbitration(level) && now < (levels[at]?.until ?? Infinity)) // prettier-ignore
  return open >= 0 ? open : content.path.levels.findLastIndex(isArbitration)
}

/** Why this person cannot do something in a dispute now; null: they may. */
export function closedActs(hub: Hub, found: Case): Readonly<Record<DisputeAct, DisputeRefusal | null>> {
  const about = { artifact: found.content.artifact, dispute: found.hash }
  const obstacle = (fact: Parameters<typeof obstacleTo>[2]): DisputeRefusal | null => obstacleTo(hub, found, fact) ?? null // prettier-ignore
  const answer = obstacle({ type: 'dispute-answered', ...about, position: '-', path: 'accepted' })
  const upheld = { finding: 'upheld', terms: '' } as const
  const level = arbitrationOf(found, hub.context.clock.now())
  return {
    answer: found.answers.some(({ author }) => author.company === hub.identity.card.company) ? (answer ?? 'duplicate') : answer, // prettier-ignore
    'accept-path': answer ?? acceptanceClosed(hub, found),
    propose: obstacle({ type: 'settlement-proposed', ...about, finding: 'varied', terms: '-' }),
    sign: signable(hub, found) ? null : (obstacle({ type: 'settlement-signed', ...about, hash: '' }) ?? 'no-such-settlement'), // prettier-ignore
    rule: level < 0 ? 'no-arbitration' : obstacle({ type: 'dispute-ruled', ...about, level, ...upheld, rationale: '-' }), // prettier-ignore
    refer: obstacle({ type: 'dispute-referred', ...about, reference: '-', reason: '' }),
    award: obstacle({ type: 'award-recorded', ...about, award: '', reference: '-', ...upheld }),
    recuse: obstacle({ type: 'arbitrator-recused', ...about, reason: '-' }),
    withdraw: obstacle({ type: 'dispute-withdrawn', ...about, reason: '-' }),
  }
}

function acceptanceClosed(hub: Hub, { content, bound, started }: Case): DisputeRefusal | null {
  if (content.path.source !== null || bound) return 'duplicate'
  return started !== null && hub.context.clock.now() >= acceptUntil(started, content) ? 'late' : null
}

/** Why this person cannot sign some words of a settlement; null: they may. */
export const signingClosed = (hub: Hub, found: Case, hash: string): DisputeRefusal | null =>
  obstacleTo(hub, found, { type: 'settlement-signed', artifact: found.content.artifact, dispute: found.hash, hash }) ?? null // prettier-ignore

const signable = (hub: Hub, found: Case): boolean =>
  found.settlements.all.some(({ hash }) => signingClosed(hub, found, hash) === null)

/** What of a dispute waits for this person. */
export function disputeAsks(hub: Hub, found: Case): readonly DisputeAsk[] {
  const { content, answers, opening, awards } = found
  const { company, roles } = certificateIn(hub.identity.certified)
  const standing = standingIn(hub, found)
  if (!isParty(content, company) || !isOpen(standing)) return []
  const concerned = [...content.path.settleRoles, ...content.path.levels.flatMap((level) => level.roles)]
  if (!roles.some((role) => concerned.includes(role))) return []
  const closed = closedActs(hub, found)
  const asks: DisputeAsk[] = []
  const answered = answers.some(({ author }) => author.company === company)
  if (opening.author.company !== company && !answered && closed.answer === null) asks.push('answer')
  if (closed.sign === null) asks.push('sign')
  if (closed.rule === null) asks.push('rule')
  const left = leftOf(hub, found, standing)
  if (standing.stage === 'mediation' && left !== null && left <= SOON && closed.propose === null) asks.push('ending')
  if (closed.refer === null) asks.push('refer')
  if (closed.award === null && awards.length > 0) asks.push('award')
  return asks
}

/** What a dispute asks of this person today; `days`: how many are left of a level that ends soon. */
export interface DisputeNeed {
  readonly place: DisputePlace
  readonly found: Case
  readonly ask: DisputeAsk
  readonly on: IsoDate | null
  readonly days: number | null
}

/** Of every dispute what presses most, with the day on which the level ends by the calendar of its path. */
export const disputeNeeds = (hub: Hub): readonly DisputeNeed[] =>
  disputePlaces(hub).flatMap((place) =>
    disputesIn(hub, place, disputeFacts(place)).cases.flatMap((found): readonly DisputeNeed[] => {
      const [ask] = disputeAsks(hub, found)
      if (!ask) return []
      const standing = standingIn(hub, found)
      const on = standing.until === null ? null : lastDayIn(found, standing.until)
      return [{ place, found, ask, on, days: ask === 'ending' ? leftOf(hub, found, standing) : null }]
    }),
  )
