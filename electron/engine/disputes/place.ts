import { DisputeCase as CaseArtifact } from '#shared/artifacts/dispute-case.v1.ts'
import { DISPUTE_FACTS, type DisputeEvent } from '#shared/artifacts/dispute-event.ts'
import type { DisputeFact, DisputeRefusal } from '#shared/disputes/facts.ts'
import { refusalOfWord, type Word } from '#shared/disputes/judge.ts'
import { standingAt, type DisputeStanding } from '#shared/disputes/standing.ts'
import { disputesOf, type DisputeCase, type Disputes } from '#shared/disputes/state.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChannelFacts } from '../channels/facts.ts'
import { hashOf } from '../decisions/decision.ts'
import { placesOfType, type Place } from '../decisions/places.ts'
import { signedFacts } from '../decisions/signed-facts.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreedPath } from './agreed.ts'

/** The document of a dispute in its channel. */
export type DisputePlace = Place
export type Fact = DisputeFact<RoleCertificate>
export type Case = DisputeCase<RoleCertificate>

export const { at: disputePlace, in: disputePlaces } = placesOfType(CaseArtifact.type, 'disputes', 'no-such-dispute')

export const disputeFacts = ({ runtime, id }: DisputePlace): readonly Fact[] =>
  signedFacts<DisputeEvent>(runtime, id, DISPUTE_FACTS)

/**
 * What the same facts come to is the same for as long as their channel is not read anew, so it is folded once: a change asks what a
 * dispute came to for each of its own facts, and every piece of news asks where all of them stand.
 */
const folded = new WeakMap<ChannelFacts, Map<string, Disputes<RoleCertificate>>>()

export function disputesIn(hub: Hub, { runtime }: DisputePlace, facts: readonly Fact[]): Disputes<RoleCertificate> {
  const known = folded.get(runtime.facts) ?? new Map<string, Disputes<RoleCertificate>>()
  folded.set(runtime.facts, known)
  const key = facts.map(({ id }) => id).join(' ')
  const before = known.get(key)
  if (before) return before
  const found = disputesOf(facts, {
    sha256: hashOf(hub),
    agreedPath: (source, opening) => agreedPath(hub, runtime, source, opening),
  })
  known.set(key, found)
  return found
}

/** One dispute as it stands, with all that was said in its document. `hash` null: the first that was opened there. @throws Refused */
export function disputeIn(
  hub: Hub,
  artifact: string,
  hash: string | null,
): { readonly place: DisputePlace; readonly facts: readonly Fact[]; readonly all: Disputes<RoleCertificate>; readonly found: Case } {
  const place = disputePlace(hub, artifact)
  const facts = disputeFacts(place)
  const all = disputesIn(hub, place, facts)
  const found = hash === null ? all.cases[0] : all.cases.find((one) => one.hash === hash)
  if (!found) throw new Refused('disputes', 'no-such-dispute')
  return { place, facts, all, found }
} // prettier-ignore

/** The day of a moment by the calendar of the path, in whatever zone the machine stands. */
export const dayIn = ({ content }: Case, at: Instant): IsoDate => dateOf((at + content.path.calendar.utcOffset * 60_000) as Instant) // prettier-ignore
/** A window that ends at midnight ends with the day before. */
export const lastDayIn = (found: Case, until: Instant): IsoDate => dayIn(found, (until - 1) as Instant)

export const standingIn = (hub: Hub, found: Case): DisputeStanding => standingAt(found, hub.context.clock.now())

/**
 * Why this person's word would be without effect now; undefined: it would count. The rule is that of the fold, so no window offers what
 * another engine refuses.
 */
export function obstacleTo(hub: Hub, found: Case, fact: Word<RoleCertificate>['fact']): DisputeRefusal | undefined {
  const author = certificateIn(hub.identity.certified)
  const word = {
    id: '', place: { feed: '', seq: 0 }, lamport: Number.MAX_SAFE_INTEGER, at: hub.context.clock.now(), author, fact, saw: () => true,
  } as unknown as Word<RoleCertificate> // prettier-ignore
  return refusalOfWord(word, found, { sha256: hashOf(hub), agreedPath: () => undefined }, new Map())
}
