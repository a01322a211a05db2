import { DisputeCase } from '#shared/artifacts/dispute-case.v1.ts'
import type { RuledOn } from '#shared/decisions/change-ruled.ts'
import type { FactPlace } from '#shared/decisions/facts.ts'
import { disputesAbout, standingOutcome, type StandingOutcome, type SubjectKey } from '#shared/disputes/standing.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { disputeFacts, disputesIn, type Case } from './place.ts'

interface Asked {
  readonly kind: SubjectKey['kind']
  readonly id: string
  readonly hash: string
}
type Saw = (place: FactPlace) => boolean
const EVERYTHING: Saw = () => true

/** The disputes about exactly this text. It costs one look at each opening of the channel where nobody disputes it. */
export function disputesOn(hub: Hub, runtime: ChannelRuntime, subject: Asked, saw: Saw = EVERYTHING): readonly Case[] {
  const named = runtime.facts.artifacts(DisputeCase.type).filter(({ id }) => runtime.facts.eventsOf(id, 'dispute-opened').some(({ fact }) => fact.text.includes(subject.hash))) // prettier-ignore
  const cases = named.flatMap(({ id }) => {
    const place = { runtime, id }
    return disputesIn(
      hub,
      place,
      disputeFacts(place).filter((one) => saw(one.place)),
    ).cases
  })
  return disputesAbout(cases, subject).filter(({ content }) => content.subject.hash === subject.hash)
}

/** What stands about a text; null: nothing, or outcomes that contradict each other. */
function standingOn(hub: Hub, runtime: ChannelRuntime, subject: Asked, saw: Saw = EVERYTHING): StandingOutcome<RoleCertificate> | null {
  const standing = standingOutcome(disputesOn(hub, runtime, subject, saw), subject)
  return standing === 'contested' ? null : standing
} // prettier-ignore

/** The same for whoever acts on the finding alone. `saw`: what somebody had seen. */
export function ruledOn(hub: Hub, runtime: ChannelRuntime, subject: Asked, saw: Saw = EVERYTHING): RuledOn | null {
  const standing = standingOn(hub, runtime, subject, saw)
  if (!standing) return null
  const { outcome, case: found } = standing
  return {
    finding: outcome.finding,
    opener: found.opening.author.company,
    parties: found.content.parties.map(({ company }) => company),
    knew: (place) => outcome.words.some((word) => word.saw(place)),
  }
}
