import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { replacedBy } from '#shared/agreement/replacement.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { Refused } from '../edge.ts'
import { createDocument, JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreementPlace, type Place, type Version } from './agreement.ts'
import { firstDraft, takenOver } from './begin.ts'
import { lifeIn, signedVersion } from './life.ts'

/** Begins the draft of an agreement that takes the place of the one in force. @throws Refused */
export function replaceAgreement(hub: Hub, artifact: string, type: string, title: Bilingual): ArtifactId {
  const place = agreementPlace(hub, artifact)
  const kind = agreementKind(type)
  if (!kind) throw new Refused('documents', 'no-such-type')
  const version = signedVersion(hub, place)
  if (!version) throw new Refused('agreements', 'not-signed')
  const { state, replacements } = lifeIn(hub, place, version)
  if (replacements.length > 0) throw new Refused('agreements', 'already-replaced')
  if (state === 'ended') throw new Refused('agreements', 'agreement-ended')
  const { runtime } = place
  const registers = closedRegisters(place, version)
  const replaces = replacedBy(version.content, version.hash)
  return createDocument(hub, { channel: runtime.id, type, title }, (id) =>
    type === place.kind.type
      ? takenOver(runtime, id, kind, { registers, title, replaces })
      : firstDraft(hub, runtime, id, kind, title, replaces),
  )
}

/** The draft as whoever closed a text had it before them. */
function closedRegisters({ runtime, id }: Place, { hash }: Version) {
  const closed = runtime.facts.eventsOf(id, 'agreement-frozen').find(({ fact }) => fact.hash === hash)
  const line = closed && runtime.admission.index.line(closed.feed)
  if (!line) throw new Error('a signed text that nobody closed')
  const ancestry = runtime.admission.index.ancestryOf(line, closed.seq)
  return runtime.readAt(id, JOINT, (entry) => ancestry.includes(entry)).registers()
}
