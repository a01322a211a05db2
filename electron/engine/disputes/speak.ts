import type { DisputeEvent, Finding } from '#shared/artifacts/dispute-event.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToWord, findingWords } from './bound.ts'
import { disputeIn, lastDayIn, obstacleTo, standingIn, type Case } from './place.ts'

/** Which dispute a window speaks about. */
export interface About {
  readonly artifact: string
  readonly dispute: string
}
type Word = Exclude<DisputeEvent, { readonly type: 'dispute-opened' | 'dispute-witnessed' }>
type Said<W = Word> = W extends Word ? Omit<W, 'artifact' | 'dispute'> : never
interface Terms {
  readonly finding: Finding
  readonly terms: string
}

/**
 * The one way in which a word leaves: judged by the rule that every engine judges it by, at this engine's own time, and bound to what a
 * person reads where it commits the company. The line in the audit says where the dispute stood. @throws Refused
 */
function speak(
  hub: Hub,
  { artifact, dispute }: About,
  said: Said,
  shown: (found: Case) => Readonly<Record<string, Canonical>> = () => ({}),
  detail: Readonly<Record<string, string | number>> = {},
): void {
  const { place, found } = disputeIn(hub, artifact, dispute)
  const fact = { ...said, artifact: place.id, dispute: found.hash } as Word
  const obstacle = obstacleTo(hub, found, fact)
  if (obstacle) throw new Refused('disputes', obstacle)
  const { stage, until } = standingIn(hub, found)
  const stood = { stage, ...(until === null ? {} : { until: lastDayIn(found, until) }) }
  say(hub, place, fact, fact.type, { ...stood, ...detail }, undefined, boundToWord(found, shown(found)))
}

export const answerDispute = (hub: Hub, about: About, position: string, path: 'accepted' | 'declined'): void =>
  speak(hub, about, { type: 'dispute-answered', position, path }, () => ({ position, path }), { path })

/** Proposing is signing. */
export const proposeSettlement = (hub: Hub, about: About, { finding, terms }: Terms): void =>
  speak(hub, about, { type: 'settlement-proposed', finding, terms }, () => ({ finding: findingWords(finding), terms }), { finding }) // prettier-ignore

/** `hash`: of the words that the person has seen. */
export const signSettlement = (hub: Hub, about: About, hash: string): void =>
  speak(
    hub,
    about,
    { type: 'settlement-signed', hash },
    ({ settlements }) => {
      const words = settlements.all.find((one) => one.hash === hash)
      return words ? { hash, finding: findingWords(words.finding), terms: words.terms } : { hash }
    },
    { hash },
  )

export const rule = (hub: Hub, about: About, order: Terms & { readonly level: number; readonly rationale: string }): void => {
  const { level, finding, terms, rationale } = order
  speak(
    hub,
    about,
    { type: 'dispute-ruled', level, finding, terms, rationale },
    () => ({ level: level + 1, finding: findingWords(finding), terms, rationale }),
    { level: level + 1, finding },
  )
} // prettier-ignore

export const recuse = (hub: Hub, about: About, reason: string): void =>
  speak(hub, about, { type: 'arbitrator-recused', reason })

export const referDispute = (hub: Hub, about: About, reference: string, reason: string): void =>
  speak(hub, about, { type: 'dispute-referred', reference, reason }, ({ content: { path } }) => ({ reference, reason, institution: path.fallback && { ...path.fallback.institution } }), { reference }) // prettier-ignore

/** `award`: SHA-256 of the file. */
export const recordAward = (hub: Hub, about: About, order: Terms & { readonly award: string; readonly reference: string }): void => {
  const { award, reference, finding, terms } = order
  speak(hub, about, { type: 'award-recorded', award, reference, finding, terms }, () => ({ award, reference, finding: findingWords(finding), terms }), { reference, finding }) // prettier-ignore
} // prettier-ignore

export const withdrawDispute = (hub: Hub, about: About, reason: string): void =>
  speak(hub, about, { type: 'dispute-withdrawn', reason })
