import { generateNKeysBetween } from 'fractional-indexing'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import { treeOf } from '#shared/standards/rich-text.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { writeTree } from './shared-text.ts'

/** What writing an import needs of an open document. */
export type ImportTaker = Pick<LiveDocument, 'add' | 'set' | 'fragment' | 'doc' | 'mayWrite'>

export interface Existing {
  readonly id: string
  readonly order: string | null
}

const FIELDS = { en: { heading: 'headingEn', text: 'textEn' }, ar: { heading: 'headingAr', text: 'textAr' } } as const

/**
 * Writes an import as one change: all of it is kept or none. A clause whose anchor is already here gets heading and text in that
 * language; every other is added behind the last. Answers how many were added and how many were filled in.
 */
export function writeImported(
  live: ImportTaker,
  { clauses }: ImportedStandard,
  language: 'en' | 'ar',
  existing: readonly Existing[],
): { readonly added: number; readonly changed: number } {
  const here = new Set(existing.map(({ id }) => id))
  const isNew = ({ anchor }: ImportedStandard['clauses'][number]): boolean => anchor === null || !here.has(anchor)
  const fresh = clauses.filter(isNew)
  const places = placesAfter(existing.at(-1)?.order ?? null, fresh.length)
  const { heading, text } = FIELDS[language]
  live.doc.transact(() => {
    for (const clause of clauses) {
      const place = isNew(clause) ? places[fresh.indexOf(clause)] : undefined
      const id = place === undefined ? (clause.anchor ?? '') : add(live, clause, place, heading)
      if (place === undefined) live.set('clauses', id, heading, clause.heading)
      const fragment = live.fragment('clauses', id, text)
      fragment.delete(0, fragment.length)
      writeTree(fragment, treeOf(clause.blocks))
    }
  })
  return { added: fresh.length, changed: clauses.length - fresh.length }
}

function add(live: ImportTaker, clause: ImportedStandard['clauses'][number], order: string, heading: string): string {
  const { level, start, anchor } = clause
  const values = {
    order,
    level,
    ...(start === null ? {} : { start }),
    nature: 'requirement',
    [heading]: clause.heading,
  }
  return anchor === null ? live.add('clauses', values) : live.add('clauses', values, anchor)
}

/** Places behind the last one; where that is none, by a stranger's program, they come somewhere rather than not at all. */
export function placesAfter(last: string | null, count: number): readonly string[] {
  try {
    return generateNKeysBetween(last, null, count)
  } catch {
    return generateNKeysBetween(null, null, count)
  }
}
