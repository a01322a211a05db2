import { runtimeOf } from '../artifacts/forecast-screen.ts'
import { writtenBy } from '../live/authors.ts'
import { createDocument, JOINT, listDocuments } from '../live/documents.ts'
import { dismiss, heldBackDrafts, takeIn } from '../live/held-back-drafts.ts'
import { mergedTexts } from '../live/merged.ts'
import { changesAt, historyOf, nameVersion, restoreVersion, versionAt } from '../live/history.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function documentAreas({ documents }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  return {
    documents: {
      list: documents.list.handler(({ input }) => listDocuments(hub(), input.workspace)),
      create: documents.create.handler(({ input }) => ({ artifact: createDocument(hub(), input) })),
      open: documents.open.handler(({ input }) => engine.desk.session.live.open(input.artifact, input.section)),
      written: documents.written.handler(({ input }) => {
        const { runtime, id } = runtimeOf(hub(), input.artifact)
        return writtenBy(runtime, id, JOINT, input.items, hub().identity.card.company)
      }),
      merged: documents.merged.handler(({ input }) => mergedTexts(hub(), input.artifact)),
      history: documents.history.handler(({ input }) => historyOf(hub(), input.artifact)),
      changes: documents.changes.handler(({ input }) => changesAt(hub(), input.artifact, input.version)),
      versionAt: documents.versionAt.handler(({ input }) => versionAt(hub(), input.artifact, input.version)),
      nameVersion: documents.nameVersion.handler(({ input }) => nameVersion(hub(), input.artifact, input.name)),
      heldBack: documents.heldBack.handler(({ input }) => heldBackDrafts(hub(), input.artifact)),
      takeIn: documents.takeIn.handler(({ input }) => takeIn(hub(), input.artifact, input.draft)),
      dismiss: documents.dismiss.handler(({ input }) => dismiss(hub(), input.artifact, input.draft)),
      restore: documents.restore.handler(({ input }) => restoreVersion(hub(), input.artifact, input.version)),
    },
  }
}
