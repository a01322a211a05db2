import type { MergedView } from '#shared/projection/document-views.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { Hub } from '../workspaces/hub.ts'
import { authorView } from './authors.ts'
import { JOINT } from './documents.ts'

/** Texts of a document that were merged and not read since, with their authors. */
export function mergedTexts(hub: Hub, artifactId: string): readonly MergedView[] {
  const { runtime, id } = runtimeOf(hub, artifactId)
  const own = hub.identity.card.company
  return runtime.mergedTexts(id, JOINT).map(({ path, by }) => {
    const [set = '', record = '', field = ''] = path.split('/')
    return {
      set,
      record,
      field,
      by: by.map(({ author: { author, at } }) => ({ by: authorView(runtime, author, own), at })),
    }
  })
}
