import { utf8 } from '#shared/kernel/bytes.ts'
import { composeContent } from '#shared/standards/compose-content.ts'
import { writeMarkdown } from '#shared/standards/write-markdown.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { draftOf, releasesIn, standardOf } from './standing.ts'

/** A released version, or the draft, as a file in one language. */
export async function exportStandard(
  hub: Hub,
  order: { artifact: string; version: string | null; language: 'en' | 'ar'; format: 'docx' | 'markdown' },
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const place = standardOf(hub, order.artifact)
  const content =
    order.version === null
      ? composeContent(draftOf(place), null)
      : releasesIn(place).frozen.find(({ version }) => version === order.version)?.content
  if (!content) throw new Refused('standards', 'no-such-version')
  const title = titleOf(place.runtime, place.id)
  const named = { ...content, title: { en: content.title.en || title.en, ar: content.title.ar || title.ar } }
  const bytes =
    order.format === 'markdown'
      ? utf8(writeMarkdown(named, order.language))
      : await hub.context.standardFiles.writeDocx(named, order.language)
  hub.change(() => {
    record(hub.context, {
      kind: 'export',
      code: 'standard-exported',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: place.id, name: title.en },
      detail: { version: order.version ?? '', format: order.format },
    })
    return undefined
  })
  hub.context.changes.say('audit')
  const ending = order.format === 'markdown' ? 'md' : 'docx'
  const name = named.title[order.language].replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'standard'
  return { name: `${name}-${order.version ?? 'draft'}.${ending}`, bytes }
}
