import { sideCompany } from '#shared/artifacts/change-content.ts'
import { escalation } from '#shared/decisions/changes.ts'
import type { MatterState } from '#shared/decisions/change-matters.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChangeAsk } from '#shared/projection/change-views.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changeIn, changePlace, hasSigned, mayWriteChange, type ChangePlace, type OpenChange } from './place.ts'

type Matter = MatterState<RoleCertificate>

/** What this person may do about the text that counts. */
export interface ChangeMay {
  readonly decide: (matter: Matter) => boolean
  readonly meet: boolean
  readonly confirm: boolean
  readonly sign: boolean
  readonly revise: boolean
  readonly withdraw: boolean
  readonly finalise: boolean
}

export function changeMay(hub: Hub, place: ChangePlace, current: OpenChange): ChangeMay {
  const { content, stage, matters, outcome } = current
  const { company, roles } = certificateIn(hub.identity.certified)
  const now = hub.context.clock.now()
  const isParty = content.parties.some((party) => party.company === company)
  const { verdictRoles, signRoles, conditionsBy } = content.policy
  const may = (some: readonly Role[]): boolean =>
    isParty && mayWriteChange(hub, place) && roles.some((role) => some.includes(role))
  const open = ['deciding', 'blocked', 'approvable', 'signing'].includes(stage)
  const free = open && !hasSigned(hub, current)
  const goesOn = free || stage === 'remitted'
  const inTime = now <= content.signBy
  const conditional = matters.find(({ conditions, confirmed }) => conditions.length > 0 && !confirmed)
  const unmet = conditional?.conditions.some(({ met }) => !met) === true
  const any = [...verdictRoles, ...signRoles]
  return {
    decide: ({ decider, verdict, unproven, until }) =>
      free && decider === company && !verdict && !unproven && now <= until && may(verdictRoles),
    meet: free && inTime && unmet && may(verdictRoles) && (conditionsBy === 'either' || sideCompany(content, conditionsBy) === company), // prettier-ignore
    confirm: free && inTime && conditional?.decider === company && !unmet && may(verdictRoles),
    sign: free && inTime && outcome !== null && may(signRoles),
    revise: goesOn && may(any),
    withdraw: goesOn && may(any),
    finalise: stage === 'approved' && may(any),
  }
}

/** What waits for this person; empty for whoever waits for the other company. */
export function changeAsks(hub: Hub, place: ChangePlace, current: OpenChange): readonly ChangeAsk[] {
  const may = changeMay(hub, place, current)
  const asks: ChangeAsk[] = []
  if (current.matters.some(may.decide)) asks.push('decide')
  if (may.confirm) asks.push('confirm')
  if (may.meet) asks.push('meet')
  if (may.sign) asks.push('sign')
  // A refusal stands until somebody logs another text, and so do a time-box that ran out and a text that was sent back.
  const stuck =
    current.stage === 'blocked' ||
    current.stage === 'remitted' ||
    escalation(current, hub.context.clock.now()) === 'overdue'
  if (asks.length === 0 && stuck && may.revise) asks.push('revise')
  return may.finalise ? ['finalise'] : asks
}

/** What a change asks of this person today, with its date; null: nothing. */
export function changeNeed(hub: Hub, artifact: string): { readonly ask: ChangeAsk; readonly on: IsoDate | null } | null {
  const place = changePlace(hub, artifact)
  const { current } = changeIn(hub, place)
  const [ask] = current ? changeAsks(hub, place, current) : []
  if (!current || !ask) return null
  const may = changeMay(hub, place, current)
  const first = Math.min(...current.matters.filter(may.decide).map(({ until }) => until))
  const on = ask === 'decide' ? first : ask === 'finalise' || ask === 'revise' ? null : current.content.signBy
  return { ask, on: on === null ? null : dateOf(on as typeof current.content.signBy) }
} // prettier-ignore
