import { versionsOf, type AgreementVersion } from '#shared/agreement/state.ts'
import { amountOf, authorityRefusal, signsAs, type AuthorityRefusal } from '#shared/agreement/authority.ts'
import {
  replacementRefusal,
  replacementsOf,
  type Replacement,
  type ReplacementRefusal,
} from '#shared/agreement/replacement.ts'
import { registrationExpired } from '#shared/agreement/gates.ts'
import { readDraft, type Draft } from '#shared/agreement/draft.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'

/** An agreement in its channel. */
export interface Place {
  readonly runtime: ChannelRuntime
  readonly id: ArtifactId
  readonly kind: AgreementKind
}
export type Version = AgreementVersion<RoleCertificate>

/** @throws Refused when there is no such agreement. */
export function agreementPlace(hub: Hub, artifact: string): Place {
  const { runtime, id, type } = runtimeOf(hub, artifact)
  const kind = agreementKind(type)
  if (!kind) throw new Refused('agreements', 'no-such-agreement')
  return { runtime, id, kind }
}

export function draftOf({ runtime, id, kind }: Place): Draft {
  const fields = artifactOf(kind.type)?.sections['joint']?.fields ?? {}
  return readDraft(kind, runtime.read(id, JOINT).registers(), fields)
}

/** What was closed for signature, oldest first. */
export function versionsIn(hub: Hub, { runtime, id }: Pick<Place, 'runtime' | 'id'>): readonly Version[] {
  const { sha256 } = hub.context.paper
  const facts = runtime.facts.eventsAbout(id)
  return versionsOf(facts, id, (text) => sha256(utf8(text)))
}

/** Whether the last day for signing a text is past. */
export const hasLapsed = (hub: Hub, { signBy, state }: Version): boolean =>
  state === 'signing' && signBy !== null && dateOf(hub.context.clock.now()) > signBy

/** @throws Refused */
export function versionOf(hub: Hub, place: Place, hash: string): Version {
  const found = versionsIn(hub, place).find((version) => version.hash === hash)
  if (!found) throw new Refused('agreements', 'no-such-version')
  return found
}

/** Why this person may not sign a text; undefined when they may. */
export function ownRefusal(
  hub: Hub,
  { runtime, kind }: Place,
  content: AgreementContent,
  signatory: string,
): AuthorityRefusal | ReplacementRefusal | 'already-replaced' | undefined {
  const certificate = certificateIn(hub.identity.certified)
  const named = content.signatories.find(({ id }) => id === signatory)
  if (!named || !signsAs(named, certificate)) return 'not-a-signatory'
  const now = hub.context.clock.now()
  if (content.parties.some((party) => registrationExpired(party, dateOf(now)))) return 'registration-expired'
  return authorityRefusal(certificate, content, amountOf(kind, content), now) ?? replacingRefusal(hub, runtime, content)
}

/**
 * Why a text may not replace what it names, as this device sees it; undefined when it may or names nothing. Whoever replaced the
 * other agreement first on another device at the same time is not known here: see `replacementsOf`.
 */
export function replacingRefusal(
  hub: Hub,
  runtime: ChannelRuntime,
  content: Parameters<typeof replacementRefusal>[0],
): ReplacementRefusal | 'already-replaced' | undefined {
  const { replaces } = content
  if (!replaces) return undefined
  const versions = versionsIn(hub, { runtime, id: replaces.artifact })
  const refusal = replacementRefusal(content, versions)
  if (refusal) return refusal
  const old = versions.find(({ hash }) => hash === replaces.hash)
  const other = old && replacementsIn(hub, runtime, old).find(({ artifact }) => artifact !== content.artifact)
  return other ? 'already-replaced' : undefined
}

/** What takes the place of a signed text, out of every agreement of its channel. */
export function replacementsIn(hub: Hub, runtime: ChannelRuntime, old: Version): readonly Replacement[] {
  const { artifact } = old.content
  const others = agreementsIn(runtime).filter(({ id }) =>
    // Most agreements replace nothing: their facts are not counted for it.
    runtime.facts.eventsOf(id, 'agreement-frozen').some(({ fact }) => id !== artifact && fact.text.includes(artifact)),
  )
  return replacementsOf(
    old,
    others.flatMap((place) => versionsIn(hub, place)),
  )
}

/** Every agreement of every workspace. */
export const placesOf = (hub: Hub): readonly Place[] => [...hub.runtimes()].flatMap(agreementsIn)

const agreementsIn = (runtime: ChannelRuntime): readonly Place[] =>
  [...runtime.facts.types()].flatMap((type) => {
    const kind = agreementKind(type)
    return kind ? runtime.facts.artifacts(type).map(({ id }) => ({ runtime, id, kind })) : []
  })
