import type { AgreementExport, ExportedClause } from '#shared/artifacts/agreement-export.ts'
import { acceptedText } from './word-text.ts'
import { wordsOf } from './word-diff.ts'
import { lineOf, readAnchor, type WordBlock } from './word-file.ts'

/** A block of a file that is not of our own making around the clauses, and the clause that it is. */
export interface MatchedBlock {
  readonly block: WordBlock
  readonly at: number
  readonly clause: string | null
  readonly by: 'anchor' | 'likeness' | null
  /** The clause before it in the file. */
  readonly after: string | null
}

/** Texts that share fewer of their words than this are not versions of each other. */
const LIKE = 0.6

/**
 * Finds each clause's row: by its anchor, then, where an editor lost the anchors, by the words that it shares with what went out.
 * Each clause is found once. What says word for word what went out beside the clauses is left out; all else is handed on.
 */
export function matchBlocks(base: AgreementExport, blocks: readonly WordBlock[]): readonly MatchedBlock[] {
  const known = new Map(base.clauses.map((clause) => [clause.id, clause]))
  const taken = new Map<string, number>()
  const clauseAt = new Map<number, { readonly clause: string; readonly by: 'anchor' | 'likeness' }>()
  const take = (at: number, clause: string, by: 'anchor' | 'likeness'): void => {
    taken.set(clause, at)
    clauseAt.set(at, { clause, by })
  }
  const shown = blocks.map((block, at) => ({ block, at })).filter(({ block }) => block.state.kind !== 'deleted')
  for (const { block, at } of shown) {
    const anchors = block.cells.flat().flatMap(({ anchors: names }) => names.flatMap((name) => readAnchor(name) ?? []))
    const clause = anchors.find((anchor) => known.has(anchor.clause) && !taken.has(anchor.clause))?.clause
    if (clause !== undefined) take(at, clause, 'anchor')
  }
  for (const { block, at } of shown) {
    if (clauseAt.has(at) || !block.row) continue
    const [best] = base.clauses
      .filter(({ id }) => !taken.has(id))
      .map((clause) => ({ clause, like: likeness(clause, block) }))
      .toSorted((left, right) => right.like - left.like)
    if (best && best.like >= LIKE) take(at, best.clause.id, 'likeness')
  }
  let after: string | null = null
  const around = new Set(base.around)
  return shown.flatMap(({ block, at }): readonly MatchedBlock[] => {
    const match = clauseAt.get(at)
    if (match) after = match.clause
    else if (around.has(blockWords(block))) return []
    return [{ block, at, clause: match?.clause ?? null, by: match?.by ?? null, after }]
  })
}

/** A block's words in one line, as they are compared with what went out beside the clauses. */
const blockWords = ({ cells }: WordBlock): string =>
  lineOf(...cells.map((cell) => acceptedText(cell, '')).flatMap(({ heading, text }) => [heading, text]))

/** Shared words by all words, of both languages (Sørensen–Dice over their multisets). */
function likeness({ heading, text }: ExportedClause, block: WordBlock): number {
  const words = (of: string): readonly string[] => wordsOf(of.toLowerCase()).filter((word) => word.trim() !== '')
  const left = words([heading.en, text.en, heading.ar, text.ar].join(' '))
  const right = words(blockWords(block))
  const rest = new Map<string, number>()
  for (const word of left) rest.set(word, (rest.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of right) {
    const count = rest.get(word) ?? 0
    if (count > 0) shared++
    rest.set(word, count - 1)
  }
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length)
}
