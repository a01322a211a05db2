import { StandardsDoc } from '#shared/artifacts/standards-doc.v1.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { textRoot } from '#shared/living/register.ts'
import type { StandardView } from '#shared/projection/standard-views.ts'
import type { Draft } from '#shared/standards/compose-content.ts'
import { releasesOf, type Releases } from '#shared/standards/releases.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'

export interface StandardPlace {
  readonly runtime: ChannelRuntime
  readonly id: ArtifactId
}

/** @throws Refused when there is no such standard. */
export function standardOf(hub: Hub, artifact: string): StandardPlace {
  const { runtime, id, type } = runtimeOf(hub, artifact)
  if (type !== StandardsDoc.type) throw new Refused('artifacts', 'no-such-artifact')
  return { runtime, id }
}

export function mustWrite(hub: Hub, { runtime, id }: StandardPlace): void {
  if (!runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified)))
    throw new Refused('artifacts', 'role-may-not-write')
}

/** What the companies of the channel released. */
export const releasesIn = ({ runtime, id }: StandardPlace): Releases =>
  releasesOf(
    runtime.crypto,
    runtime.facts
      .eventsOf(id, 'standard-released')
      .map(({ fact, author, at }) => ({ ...fact, by: author.company, at })),
  )

/** The draft as this engine holds it. */
export function draftOf({ runtime, id }: StandardPlace): Draft {
  const reader = runtime.read(id, JOINT)
  return {
    registers: reader.registers(),
    text: (set, record, field) => ({ type: 'doc', content: reader.rich(textRoot(set, record, field)) }),
  }
}

export function standardView(hub: Hub, artifact: string): StandardView {
  const place = standardOf(hub, artifact)
  const { runtime, id } = place
  const { frozen, contested } = releasesIn(place)
  const us = hub.identity.card.company
  return {
    artifact: id,
    us,
    today: dateOf(hub.context.clock.now()),
    mayWrite: runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified)),
    parties: [...runtime.members.companies].map(([company, { card }]) => ({
      id: company,
      name: card.name,
      own: company === us,
    })),
    released: frozen.map(({ version, hash, by, at, content, definitions }) => ({
      version,
      hash,
      by,
      at,
      content,
      definitions: Object.fromEntries(definitions),
    })),
    contested,
    adoptions: runtime.facts
      .eventsOf(id, 'standard-adopted')
      .map(({ fact: { version, status, on }, author }) => ({ party: author.company, version, status, on })),
    runs: runtime.facts
      .eventsOf(id, 'standard-tested')
      .map(({ fact: { version, test, definition, result, evidence, note }, author, at }) => ({
        party: author.company,
        version,
        test,
        definition,
        result,
        at,
        evidence,
        note,
      })),
  }
}
