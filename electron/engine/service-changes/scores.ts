import type { ChangeContent, ChangeSide, ServiceDimension } from '#shared/artifacts/change-content.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { ChangeContext } from '#shared/projection/change-views.ts'
import { THE_CHANGE } from '#shared/scoring/scored.ts'
import { record } from '../context.ts'
import { computedScores, dropSheet, sheetsIn, writeSheet, type SheetPlace, type WrittenSheet } from '../decisions/score-sheets.ts' // prettier-ignore
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changePlace, mayWriteChange, openChange, type ChangePlace } from './place.ts'

const sheetsOf = (place: ChangePlace, text: string): SheetPlace => ({ ...place, kind: 'change-scores', text })

/** What a role scores: the change itself, and what was considered instead. */
const scoredIds = ({ options }: ChangeContent): readonly string[] => [THE_CHANGE, ...options.map(({ id }) => id)]

/** What our roles think of a text of a change, and what it comes to. It stays in the vault. */
export function changeScores(hub: Hub, place: ChangePlace, hash: string, content: ChangeContent) {
  const scores = sheetsIn<ServiceDimension>(hub, sheetsOf(place, hash))
  const { dimensions } = content.policy
  return { scores, computed: computedScores({ dimensions, dissent: 20 }, scoredIds(content), scores) }
}

/** @throws Refused */
export function saveChangeScores(
  hub: Hub,
  artifact: string,
  order: WrittenSheet<ServiceDimension> & { readonly change: string },
): void {
  const { place, content } = scorableChange(hub, artifact, order.change)
  writeSheet(hub, place, scoredIds(content), order, new Refused('changes', 'changed-meanwhile'))
}

/** @throws Refused */
export const removeChangeScores = (hub: Hub, artifact: string, change: string, role: Role): void =>
  dropSheet(hub, scorableChange(hub, artifact, change).place, role)

/** The text that this company may score now, and the side from which it does: not one that is decided or was sent back. @throws Refused */
export function scorableChange(
  hub: Hub,
  artifact: string,
  change: string,
): { place: SheetPlace; content: ChangeContent; side: ChangeSide } {
  const place = changePlace(hub, artifact)
  if (!mayWriteChange(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  const { hash, content, stage } = openChange(hub, place, change)
  if (stage === 'approved' || stage === 'final') throw new Refused('changes', 'over')
  if (stage === 'remitted') throw new Refused('changes', 'remitted')
  const party = content.parties.find(({ company }) => company === hub.identity.card.company)
  if (!party) throw new Refused('changes', 'not-a-party')
  return { place: sheetsOf(place, hash), content, side: party.side }
}

const KIND = 'change-context'

/** Performance so far and current priorities, as our company sees them: of the whole request, for our own eyes. */
export const changeContext = ({ context }: Hub, { id }: ChangePlace): ChangeContext =>
  context.vault.records.get<ChangeContext>(KIND, id) ?? { history: '', priorities: '' }

/** The audit row names the request and nothing of what was written. @throws Refused */
export function saveChangeContext(hub: Hub, artifact: string, { history, priorities }: ChangeContext): void {
  const place = changePlace(hub, artifact)
  if (!mayWriteChange(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  hub.change(() => {
    hub.context.vault.records.put(KIND, place.id, { history, priorities } satisfies ChangeContext)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'update', code: 'context-kept', actor, subject: { id: place.id, name: titleOf(place.runtime, place.id).en }, detail: {} }) // prettier-ignore
    return undefined
  })
}
