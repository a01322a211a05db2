import { textOfContent, textOfDraft, type AgreementText } from '#shared/agreement/agreement-text.ts'
import { readDraft, type Draft } from '#shared/agreement/draft.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { Register } from '#shared/living/register.ts'
import type { TextVersionView } from '#shared/projection/negotiation-views.ts'
import { placeName } from '../channels/replay-updates.ts'
import { Refused } from '../edge.ts'
import { authorView } from '../live/authors.ts'
import { JOINT } from '../live/documents.ts'
import { namedOf, readerAt } from '../live/history.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreementPlace, draftOf, versionOf, versionsIn, type Place } from './agreement.ts'

/** The draft as it stands now. */
export const DRAFT_KEY = 'draft'

/** Everything of an agreement that can be compared: what was closed, what somebody gave a name, and the draft; latest first. */
export function textVersions(hub: Hub, artifact: string): readonly TextVersionView[] {
  const place = agreementPlace(hub, artifact)
  const { runtime, id } = place
  const own = hub.identity.card.company
  const closed = versionsIn(hub, place).map(({ hash, version, frozenBy, frozenAt }): TextVersionView => ({
    key: `closed/${hash}`,
    kind: 'closed',
    number: version,
    name: null,
    by: authorView(runtime, frozenBy, own),
    at: frozenAt,
  }))
  const named = namedOf(runtime, id).map(({ fact, feed, seq, author, at }): TextVersionView => ({
    key: `named/${placeName({ feed, seq })}`,
    kind: 'named',
    number: null,
    name: fact.name,
    by: authorView(runtime, author, own),
    at,
  }))
  const draft: TextVersionView = { key: DRAFT_KEY, kind: 'draft', number: null, name: null, by: null, at: null }
  return [draft, ...[...closed, ...named].toSorted((left, right) => (right.at ?? 0) - (left.at ?? 0))]
}

/** What one of those versions says. @throws Refused when there is no such version here. */
export function versionText(hub: Hub, place: Place, key: string): AgreementText {
  const [kind, ...rest] = key.split('/')
  if (kind === 'closed') return textOfContent(versionOf(hub, place, rest.join('/')).content)
  return textOfDraft(place.kind, versionDraft(hub, place, key))
}

/** The draft as it stands now, or as it stood when it got a name. @throws Refused */
export function versionDraft(hub: Hub, place: Place, key: string): Draft {
  if (key === DRAFT_KEY) return draftOf(place)
  const fields = artifactOf(place.kind.type)?.sections['joint']?.fields ?? {}
  return readDraft(place.kind, versionRegisters(hub, place, key), fields)
}

export function versionRegisters(hub: Hub, { runtime, id }: Place, key: string): readonly Register[] {
  if (key === DRAFT_KEY) return runtime.read(id, JOINT).registers()
  const [kind, ...rest] = key.split('/')
  if (kind !== 'named') throw new Refused('agreements', 'no-such-version')
  return readerAt(hub, id, rest.join('/'), false).registers()
}
