import { afterEach } from 'vitest'
import type { LiveDocument } from '#ui/app/live-document.ts'
import type { Company } from './company.ts'
import { openWindow } from './window.ts'

/** The windows of a file's stories. When a story ends they close, and then `end` closes the companies below them. */
export function storyWindows(end: () => void) {
  const opened: LiveDocument[] = []
  const closeAll = (): void => {
    for (const live of opened.splice(0)) live.close()
  }
  afterEach(() => {
    closeAll()
    end()
  })
  const keep = (live: LiveDocument): LiveDocument => {
    opened.push(live)
    return live
  }
  return {
    closeAll,
    /** Closes a window with the others. */
    keep,
    open: async (company: Company, artifact: string): Promise<LiveDocument> =>
      keep(await openWindow(company, artifact)),
  }
}
