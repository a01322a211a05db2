import { plainText, span, type Block } from './rich-text.ts'
import { placeNumbered, splitNumber } from './number-clauses.ts'

/** A clause as a document brings it: its heading's level and words as they stand there, the blocks below it. */
export interface RawClause {
  readonly level: number
  readonly heading: string
  /** The permanent anchor that an earlier export wrote; null in a foreign document. */
  readonly anchor: string | null
  readonly blocks: readonly Block[]
}
export interface RawDocument {
  readonly title: string | null
  readonly clauses: readonly RawClause[]
  /** What the document has and a standard cannot hold, each named once. */
  readonly dropped: readonly Dropped[]
}
export type Dropped = 'images' | 'links' | 'footnotes' | 'code' | 'text-before-first-heading'

export interface ImportedClause {
  readonly level: number
  readonly start: number | null
  readonly heading: string
  readonly anchor: string | null
  readonly blocks: readonly Block[]
}
export interface ImportedStandard {
  readonly title: string | null
  readonly clauses: readonly ImportedClause[]
  readonly dropped: readonly Dropped[]
}

export const ANCHOR = /^[a-z0-9]{1,32}$/

/** Takes the numbers out of the headings and finds places that give the same numbers again. An anchor that stands twice is none. */
export function placeImported({ title, clauses, dropped }: RawDocument): ImportedStandard {
  const split = clauses.map(({ heading }) => splitNumber(heading))
  const outermost = Math.min(...clauses.map(({ level }) => level))
  const placed = placeNumbered(
    split.map(({ number }, at) => ({ number, level: (clauses[at]?.level ?? outermost) - outermost + 1 })),
  )
  const anchors = clauses.map(({ anchor }) => anchor)
  return {
    title,
    dropped,
    clauses: clauses.map(({ anchor, blocks }, at) => ({
      level: placed[at]?.level ?? 1,
      start: placed[at]?.start ?? null,
      heading: split[at]?.heading ?? '',
      anchor: anchor !== null && ANCHOR.test(anchor) && anchors.indexOf(anchor) === at ? anchor : null,
      blocks: within(blocks, NESTED),
    })),
  }
}

/** Shared types that the rules of updates let stand inside each other below a root: a paragraph takes two, with its letters. */
const NESTED = 16
const COST = { paragraph: 2, bullets: 2, numbers: 2, table: 3 } as const

/** Lists and tables that nest deeper than a shared text may become paragraphs: their words stay. */
function within(blocks: readonly Block[], left: number): readonly Block[] {
  return blocks.flatMap((block): readonly Block[] => {
    if (block.kind === 'paragraph') return [block]
    const inside = left - COST[block.kind]
    if (inside < COST.paragraph)
      return plainText([block])
        .split('\n')
        .map((line) => ({ kind: 'paragraph', text: line === '' ? [] : [span(line)] }))
    if (block.kind === 'table')
      return [
        {
          ...block,
          rows: block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => within(cell, inside)) })),
        },
      ]
    return [{ ...block, items: block.items.map((item) => within(item, inside)) }]
  })
}
