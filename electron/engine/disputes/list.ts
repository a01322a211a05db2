import type { DisputeSubject } from '#shared/artifacts/dispute-content.ts'
import type { DisputeListView } from '#shared/projection/dispute-views.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { isAsked, listDrafts } from './draft.ts'
import { disputeFacts, disputePlaces, disputesIn } from './place.ts'
import { summaryOf } from './screen.ts'

interface Filter {
  readonly workspace?: string | undefined
  readonly subject?: Pick<DisputeSubject, 'kind' | 'id'> | undefined
}

/** Disputes and drafts, those that were opened last first. */
export function listDisputes(hub: Hub, { workspace, subject }: Filter): DisputeListView {
  const isAbout = (about: Pick<DisputeSubject, 'kind' | 'id'> | null): boolean =>
    subject === undefined || (about?.kind === subject.kind && about.id === subject.id)
  const disputes = disputePlaces(hub, workspace)
    .flatMap((place) => disputesIn(hub, place, disputeFacts(place)).cases.map((found) => ({ place, found })))
    .filter(({ found }) => isAbout(found.content.subject))
    .map(({ place, found }) => summaryOf(hub, place, found))
  const drafts = listDrafts(hub).flatMap(({ id, channel, values, changedAt }) => {
    const runtime = hub.runtime(channel)
    if (!runtime || (workspace !== undefined && runtime.workspace !== workspace) || !isAbout(values.subject)) return []
    const title = values.subject && titleOf(runtime, values.subject.id)
    return [{ id, workspace: runtime.workspace, title, issue: values.issue, changedAt, asked: isAsked(hub, id) }]
  })
  return {
    disputes: disputes.toSorted((left, right) => right.opened.at - left.opened.at),
    drafts: drafts.toSorted((left, right) => right.changedAt - left.changedAt),
  }
}
