import { localPipe } from '#engine/local-pipe.ts'
import { recordsOf } from '#shared/living/records.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { LiveDocument } from '#ui/app/live-document.ts'
import { until, type Company } from './company.ts'

/** The window's own copy of a document, over a local port in place of a socket. */
export async function openWindow(
  company: Pick<Company, 'engine' | 'client'>,
  artifact: string,
  section = 'joint',
): Promise<LiveDocument> {
  const live = new LiveDocument({
    open: () => company.client.documents.open({ artifact, section }),
    port: (token, hears) => {
      const [mine, theirs] = localPipe()
      let closed = false
      mine.onMessage((bytes) => {
        if (!closed) hears.message(bytes)
      })
      mine.onClose(() => {
        if (!closed) hears.lost()
      })
      company.engine.attachLive(token, theirs)
      return {
        send: (bytes) => mine.send(bytes),
        close: () => {
          closed = true
          mine.close()
        },
      }
    },
  })
  live.start()
  await until('the window is live', () => live.status === 'live')
  return live
}

type Row = Projected<Readonly<Record<string, unknown>>>

/** The records of a set as a window shows them. */
export function rows(live: LiveDocument, set: string): readonly Row[] {
  const fields = artifactOf(live.opened?.type ?? '')?.sections['joint']?.fields[set]?.fields ?? {}
  return projectSet(fields, recordsOf(live.registers, set, live.textsOf))
}

/** Everything that a window wrote is committed. */
export const kept = (live: LiveDocument): Promise<unknown> => until('all is kept', () => live.unkept === 0)
