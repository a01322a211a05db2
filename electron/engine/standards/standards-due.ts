import { StandardsDoc } from '#shared/artifacts/standards-doc.v1.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { waiversIn, windowsIn } from '#shared/standards/compose-content.ts'
import { dueOf, type Due } from '#shared/standards/due.ts'
import { JOINT, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { standardView } from './standing.ts'

/** What this company owes to each standard today (TR-13). A standard that nobody adopted or released asks nothing. */
export function standardsDue(
  hub: Hub,
): readonly { readonly artifact: ArtifactId; readonly subject: Bilingual; readonly dues: readonly Due[] }[] {
  const us = hub.identity.card.company
  const today = dateOf(hub.context.clock.now())
  return [...hub.runtimes()].flatMap((runtime) =>
    runtime.facts.artifacts(StandardsDoc.type).flatMap(({ id }) => {
      const adopted = runtime.facts.eventsOf(id, 'standard-adopted').some(({ author }) => author.company === us)
      if (!adopted) return []
      const { released, adoptions, runs } = standardView(hub, id)
      const registers = runtime.read(id, JOINT).registers()
      const standing = {
        released: released.map((each) => ({ ...each, definitions: new Map(Object.entries(each.definitions)) })),
        adoptions,
        runs,
        waivers: waiversIn(registers),
        windows: windowsIn(registers),
      }
      return [{ artifact: id, subject: titleOf(runtime, id), dues: dueOf(us, standing, today) }]
    }),
  )
}
