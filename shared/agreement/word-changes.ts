import type { AgreementExport, ExportedClause } from '#shared/artifacts/agreement-export.ts'
import type { Terms } from '#shared/artifacts/agreement-terms.ts'
import type { Wording } from '#shared/artifacts/negotiation-event.ts'
import { longestRising } from '#shared/kernel/longest-rising.ts'
import { matchBlocks, type MatchedBlock } from './match-word-blocks.ts'
import { readValue, restoreTerms, type TouchedTerm } from './restore-terms.ts'
import { acceptedText, claimedNames, withoutTheirs, type CellText } from './word-text.ts'
import { termAnchor, type WordBlock, type WordLoss, type WordReading } from './word-file.ts'

/** What the file says of one clause, or what could not be told apart as one. */
export interface WordItem {
  /** Stable for one file: the place of its block. */
  readonly id: string
  /** `clause`: new words for `clause`; `missing`: the clause is not in the file any more; `unplaced`: a person has to say. */
  readonly kind: 'clause' | 'missing' | 'unplaced'
  readonly clause: string | null
  /** How it was found; null for what a person has to place. */
  readonly by: 'anchor' | 'likeness' | null
  /** The clause that stands before it in the file. */
  readonly after: string | null
  /** As it went out, terms unfilled; null where nothing of it went out. */
  readonly before: { readonly en: Wording; readonly ar: Wording } | null
  /** As the file has it, every tracked change taken in. */
  readonly en: Wording
  readonly ar: Wording
  /** Values that somebody typed over a term's words. */
  readonly terms: readonly TouchedTerm[]
  /** Names that the file gives for its tracked changes: claims. */
  readonly names: readonly string[]
  /** Something was changed without tracking. */
  readonly untracked: boolean
}
export interface WordChanges {
  readonly items: readonly WordItem[]
  /** Clauses that stand elsewhere among the others than when they went out. */
  readonly moved: readonly string[]
  readonly comments: WordReading['comments']
  readonly dropped: readonly WordLoss[]
}

/** What an edited Word file would change in the text that went out: everything that differs, and nothing left out. */
export function wordChanges(base: AgreementExport, reading: WordReading, terms: Terms): WordChanges {
  const matches = matchBlocks(base, reading.blocks)
  const found = new Set(matches.flatMap(({ clause }) => (clause === null ? [] : [clause])))
  const items = matches.flatMap(({ block, at, clause, by, after }): readonly WordItem[] => {
    const place = { id: `b${String(at)}`, after }
    const exported = base.clauses.find(({ id }) => id === clause)
    if (exported && by) {
      const item = clauseItem(base, exported, block, terms)
      if (!item) return []
      const emptied = [item.en, item.ar].every(({ heading, text }) => heading === '' && text === '')
      return [{ ...place, ...item, kind: emptied ? 'missing' : 'clause', clause, by }]
    }
    const [en, ar] = looseTexts(block)
    if (!en.heading && !en.text && !ar.heading && !ar.text) return []
    const names = claimedNames(block)
    return [{ ...place, kind: 'unplaced', clause: null, by: null, before: null, en, ar, terms: termIn(base, block, terms), names, untracked: names.length === 0 }] // prettier-ignore
  })
  const missing = base.clauses
    .filter(({ id }) => !found.has(id))
    .map((clause): WordItem => {
      const gone = reading.blocks.find((block) => block.state.kind === 'deleted' && mentions(block, clause.id))
      const names = gone ? claimedNames(gone) : []
      const before = rawOf(clause)
      return {
        id: `m${clause.id}`, kind: 'missing', clause: clause.id, by: gone ? 'anchor' : null, after: null, before,
        en: EMPTY, ar: EMPTY, terms: [], names, untracked: names.length === 0,
      } // prettier-ignore
    })
  return {
    items: [...items, ...missing],
    moved: movedIn(base, matches),
    comments: reading.comments,
    dropped: reading.dropped,
  }
}

/** What did not stay where it was, when as many as can be are said to have stayed. */
function movedIn(base: AgreementExport, matches: readonly MatchedBlock[]): readonly string[] {
  const order = matches.flatMap(({ clause }) => (clause === null ? [] : [clause]))
  const still = new Set(longestRising(order.map((id) => base.clauses.findIndex((clause) => clause.id === id))))
  return order.filter((_, at) => !still.has(at))
}

const EMPTY: Wording = { heading: '', text: '' }
const mentions = ({ cells }: WordBlock, clause: string): boolean =>
  cells.flat().some(({ anchors }) => anchors.some((name) => name.startsWith(`c_${clause}_`)))

/** The wording of a clause before its terms were filled in; of a closed one as it was closed. */
const rawOf = ({ raw, heading, text }: ExportedClause): { readonly en: Wording; readonly ar: Wording } =>
  raw ?? { en: { heading: heading.en, text: text.en }, ar: { heading: heading.ar, text: text.ar } }

function clauseItem(
  base: AgreementExport,
  exported: ExportedClause,
  block: WordBlock,
  terms: Terms,
): Pick<WordItem, 'before' | 'en' | 'ar' | 'terms' | 'names' | 'untracked'> | undefined {
  const before = rawOf(exported)
  const touched: TouchedTerm[] = []
  let untracked = false
  const side = (language: 'en' | 'ar', cell: number): Wording => {
    const filled = { heading: exported.heading[language], text: exported.text[language] }
    const paragraphs = block.cells[cell] ?? []
    const now = acceptedText(paragraphs, filled.heading)
    if (same(now, filled)) return before[language]
    // What is left without the tracked changes of others has to be what went out; if not, something was typed untracked.
    if (!same(withoutTheirs(paragraphs, filled.heading), filled)) untracked = true
    const restored = restoreTerms(before[language].text, base.fill, language, now.text, terms)
    for (const one of restored.touched)
      if (!touched.some(({ term, value }) => term === one.term && value === one.value)) touched.push(one)
    return { heading: now.heading, text: restored.text }
  }
  const [en, ar] = [side('en', 0), side('ar', 1)]
  const nothing = same(en, before.en) && same(ar, before.ar) && touched.length === 0
  return nothing ? undefined : { before, en, ar, terms: touched, names: claimedNames(block), untracked }
}

const same = (left: CellText, right: CellText): boolean => left.heading === right.heading && left.text === right.text

/** The row of a term among the facts, with another value. */
function termIn(base: AgreementExport, block: WordBlock, terms: Terms): readonly TouchedTerm[] {
  const anchors = new Set(block.cells.flat().flatMap((paragraph) => paragraph.anchors))
  return Object.entries(terms).flatMap(([term, spec]): readonly TouchedTerm[] => {
    if (!anchors.has(termAnchor(term))) return []
    // Each language may say another value, and whoever typed one need not have typed the other.
    const values = (['en', 'ar'] as const).flatMap((language, at): readonly number[] => {
      const { heading, text } = acceptedText(block.cells[at] ?? [], '')
      const value = readValue(`${heading} ${text}`, spec, base.fill[term]?.[language] ?? '')
      return value === null ? [] : [value]
    })
    return values.length === 0 ? [{ term, value: null }] : [...new Set(values)].map((value) => ({ term, value }))
  })
}

/** What stands in no place of ours: a row by its columns, anything else by the script that it is written in. */
function looseTexts(block: WordBlock): readonly [Wording, Wording] {
  if (block.row && block.cells.length > 1) {
    const [en = [], ar = [], ...more] = block.cells
    return [acceptedText([...en, ...more.flat()], ''), acceptedText(ar, '')]
  }
  const text = acceptedText(block.cells.flat(), '')
  return /\p{Script=Arabic}/u.test(text.heading + text.text) ? [EMPTY, text] : [text, EMPTY]
}
