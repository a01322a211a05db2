import { DisputeCase } from '#shared/artifacts/dispute-case.v1.ts'
import type { RuledOn } from '#shared/decisions/change-ruled.ts'
import type { FactPlace } from '#shared/decisions/facts.ts'
import { disputesAbout, standingOutcome, type SubjectKey } from '#shared/disputes/standing.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { disputeFacts, disputesIn, type Case } from './place.ts'

interface Asked {
  readonly kind: SubjectKey['kind']
  readonly id: string
  readonly hash: string
}
interface Party {
  readonly company: CompanyId
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

/**
 * What disputes about a text between all of its parties and nobody else came to; null: nothing, or outcomes that contradict each other.
 * Others may disagree about the same text among themselves: what they come to neither follows nor contradicts it. `saw`: what somebody had
 * seen.
 */
export function ruledOn(hub: Hub, runtime: ChannelRuntime, subject: Asked, parties: readonly Party[], saw: Saw = EVERYTHING): RuledOn | null {
  const between = disputesOn(hub, runtime, subject, saw).filter(({ content }) => sameCompanies(content.parties, parties))
  const standing = standingOutcome(between, subject)
  if (!standing || standing === 'contested') return null
  const { outcome, case: found } = standing
  return {
    finding: outcome.finding,
    opener: found.opening.author.company,
    parties: found.content.parties.map(({ company }) => company),
    knew: (place) => outcome.words.some((word) => word.saw(place)),
  }
} // prettier-ignore

const sameCompanies = (left: readonly Party[], right: readonly Party[]): boolean =>
  left.length === right.length && left.every(({ company }) => right.some((party) => party.company === company))
