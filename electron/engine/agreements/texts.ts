import { textOfContent, textOfDraft, type AgreementText } from '#shared/agreement/agreement-text.ts'
import { readDraft } from '#shared/agreement/draft.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { TextVersionView } from '#shared/projection/negotiation-views.ts'
import { placeName } from '../channels/replay-updates.ts'
import { Refused } from '../edge.ts'
import { authorView } from '../live/authors.ts'
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
  if (key === DRAFT_KEY) return textOfDraft(place.kind, draftOf(place))
  const [kind, ...rest] = key.split('/')
  if (kind === 'closed') return textOfContent(versionOf(hub, place, rest.join('/')).content)
  if (kind !== 'named') throw new Refused('agreements', 'no-such-version')
  const registers = readerAt(hub, place.id, rest.join('/'), false).registers()
  const fields = artifactOf(place.kind.type)?.sections['joint']?.fields ?? {}
  return textOfDraft(place.kind, readDraft(place.kind, registers, fields))
}
