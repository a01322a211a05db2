import { splitNumber } from '#shared/standards/number-clauses.ts'
import { plainText, type Block } from '#shared/standards/rich-text.ts'
import type { Dropped, RawClause, RawDocument } from '#shared/standards/imported.ts'

/** A document in reading order: headings, and what stands below them. */
export type Piece =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly anchor: string | null }
  | { readonly kind: 'block'; readonly block: Block }

/**
 * Pieces as clauses. A single outermost heading at the top is the title. A document without any heading is read by its numbered
 * first words (`1.2 Scope`), as many are written.
 */
export function gatherClauses(pieces: readonly Piece[], dropped: ReadonlySet<Dropped>): RawDocument {
  const headed = pieces.some(({ kind }) => kind === 'heading') ? pieces : pieces.map(asHeading)
  const lost = new Set(dropped)
  const headings = headed.filter((piece) => piece.kind === 'heading')
  const [first] = headings
  const outermost = Math.min(...headings.map(({ level }) => level))
  const isAlone = headings.filter(({ level }) => level === outermost).length === 1
  const titled =
    first && isAlone && first.level === outermost && headings.length > 1 && splitNumber(first.text).number === null
      ? first
      : null
  const named = headed.find((piece) => piece.kind === 'title')
  const clauses: { clause: Omit<RawClause, 'blocks'>; blocks: Block[] }[] = []
  for (const piece of headed) {
    if (piece === titled || piece.kind === 'title') continue
    if (piece.kind === 'heading')
      clauses.push({ clause: { level: piece.level, heading: piece.text, anchor: piece.anchor }, blocks: [] })
    else if (clauses.length > 0) clauses.at(-1)?.blocks.push(piece.block)
    else if (plainText([piece.block]).trim() !== '') lost.add('text-before-first-heading')
  }
  return {
    title: named?.text ?? titled?.text ?? null,
    clauses: clauses.map(({ clause, blocks }) => ({ ...clause, blocks })),
    dropped: [...lost].toSorted(),
  }
}

const LONGEST_HEADING = 120

function asHeading(piece: Piece): Piece {
  if (piece.kind !== 'block' || piece.block.kind !== 'paragraph') return piece
  const text = plainText([piece.block]).trim()
  const { number } = splitNumber(text)
  if (number === null || text.length > LONGEST_HEADING) return piece
  return { kind: 'heading', level: number.split('.').length, text, anchor: null }
}
