import type { Words } from '#shared/artifacts/words.ts'
import type { BothRuns, ClauseRedline } from './redline.ts'
import type { WordRun } from './word-diff.ts'

/*
 * An agreement on its way into a Word file and out of it. Nothing here knows the format: an adapter writes and reads it.
 */

/** Words in one line: what stands beside the clauses is compared so, whatever became of its breaks. */
export const lineOf = (...texts: readonly string[]): string => texts.join(' ').replaceAll(/\s+/g, ' ').trim()

/** The row above the clauses. */
export const COLUMNS: Words = { en: 'English', ar: 'العربية' }

/** Everything that stands in a file beside the clauses. */
export const aroundOf = ({ title, about, entries }: Pick<WordDraft, 'title' | 'about' | 'entries'>): readonly string[] => [
  lineOf(title.en), lineOf(title.ar), lineOf(about.en), lineOf(about.ar), lineOf(COLUMNS.en, COLUMNS.ar),
  ...entries.map(({ label, text }) => lineOf(`${label.en}: ${later(text.en)}`, `${label.ar}: ${later(text.ar)}`)),
] // prettier-ignore

/** A redline as the later version reads. */
const later = (runs: readonly WordRun[]): string => runs.filter(({ kind }) => kind !== 'deleted').map(({ text }) => text).join('') // prettier-ignore

/** Who a tracked change is said to be by, and when (ISO 8601). */
export interface TrackedBy {
  readonly author: string
  readonly date: string
}

/** What goes into the file. Runs that are not `same` become tracked changes. */
export interface WordDraft {
  /** Of the agreement, and SHA-256 of the exported text: how the file is known again when it comes back. */
  readonly artifact: string
  readonly hash: string
  readonly title: Words
  /** What this is: which version, compared with which. */
  readonly about: Words
  readonly entries: readonly {
    readonly name: string
    readonly label: Words
    readonly text: BothRuns
    readonly by: TrackedBy
  }[]
  readonly clauses: readonly (Pick<ClauseRedline, 'id' | 'state' | 'heading' | 'text'> & {
    readonly by: { readonly en: TrackedBy; readonly ar: TrackedBy }
  })[]
}

/** Names in files of ours end so, which tells them from what somebody changed in Word. */
export const OWN_MARK = ' · Mithaq'

/** A piece of a paragraph: as it was, put in, or taken out, by whom the file says. */
export interface WordPiece {
  readonly text: string
  readonly kind: 'kept' | 'inserted' | 'deleted'
  readonly author: string | null
}
export interface WordParagraph {
  readonly heading: boolean
  readonly pieces: readonly WordPiece[]
  /** What became of its end: a paragraph whose end was taken out goes on in the next one. */
  readonly end: Omit<WordPiece, 'text'>
  /** Bookmarks that begin in it. */
  readonly anchors: readonly string[]
}
/** A row of a table, or a paragraph outside of any. */
export interface WordBlock {
  readonly cells: readonly (readonly WordParagraph[])[]
  readonly row: boolean
  readonly state: Omit<WordPiece, 'text'>
}
/** What an agreement has no place for. Comments are handed on beside the text. */
export type WordLoss = 'images' | 'footnotes' | 'text-boxes'

/** A file as it was read: claims alone, for anybody may have written it. */
export interface WordReading {
  readonly artifact: string | null
  readonly hash: string | null
  readonly blocks: readonly WordBlock[]
  readonly comments: readonly { readonly author: string; readonly text: string }[]
  readonly dropped: readonly WordLoss[]
}

/** The bookmark of a term among the facts. */
export const termAnchor = (term: string): string => `e_term_${term}`

/** The bookmark of a clause's heading or text in one language, and of another entry. At most 40 characters, as Word wants it. */
export const anchorOf = (clause: string, part: 'h' | 't', language: 'en' | 'ar'): string => `c_${clause}_${part}${language === 'en' ? 'e' : 'a'}` // prettier-ignore
const ANCHOR = /^c_([a-z0-9]{1,32})_[ht]([ea])$/

export function readAnchor(name: string): { readonly clause: string; readonly language: 'en' | 'ar' } | undefined {
  const [, clause, letter] = ANCHOR.exec(name) ?? []
  return clause === undefined ? undefined : { clause, language: letter === 'e' ? 'en' : 'ar' }
}
