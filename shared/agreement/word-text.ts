import { OWN_MARK, type WordBlock, type WordParagraph, type WordPiece } from './word-file.ts'

/** One language of a clause as a file has it. */
export interface CellText {
  readonly heading: string
  readonly text: string
}
type Change = Omit<WordPiece, 'text'>

/** Whether a piece counts. */
type Counts = (change: Change) => boolean
const accepted: Counts = ({ kind }) => kind !== 'deleted'
const own = ({ author }: Change): boolean => author?.endsWith(OWN_MARK) ?? false
/** As it went out: what others put in is not there, what they took out still is. */
const sent: Counts = (change) => (own(change) || change.kind === 'kept' ? accepted(change) : change.kind === 'deleted')

/** A cell with every tracked change taken in. A heading is known by its style, or by its words where the style was lost. */
export const acceptedText = (paragraphs: readonly WordParagraph[], heading: string): CellText =>
  cellText(paragraphs, heading, accepted)

/** A cell without the tracked changes of others: what went out, unless somebody changed it without tracking. */
export const withoutTheirs = (paragraphs: readonly WordParagraph[], heading: string): CellText =>
  cellText(paragraphs, heading, sent)

function cellText(paragraphs: readonly WordParagraph[], heading: string, counts: Counts): CellText {
  const lines: { heading: boolean; text: string }[] = []
  let goesOn = false
  for (const { heading: styled, pieces, end } of paragraphs) {
    const text = pieces.filter(counts).map((piece) => piece.text).join('') // prettier-ignore
    const last = lines.at(-1)
    if (goesOn && last) last.text += text
    else lines.push({ heading: styled, text })
    goesOn = !counts(end)
  }
  const [first, ...rest] = lines
  if (first && !lines.some((line) => line.heading) && heading !== '' && first.text.trim() === heading)
    return { heading, text: joined(rest) }
  const headings = lines.filter((line) => line.heading).map(({ text }) => text.trim())
  return { heading: headings.filter(Boolean).join(' '), text: joined(lines.filter((line) => !line.heading)) }
}

const joined = (lines: readonly { readonly text: string }[]): string => lines.map(({ text }) => text.trimEnd()).join('\n').trim() // prettier-ignore

/** Names that the tracked changes of a block carry, without ours. */
export function claimedNames({ cells, state }: WordBlock): readonly string[] {
  const changes = [state, ...cells.flat().flatMap(({ pieces, end }) => [...pieces, end])]
  const names = changes.flatMap((change) => (change.kind !== 'kept' && change.author && !own(change) ? [change.author] : [])) // prettier-ignore
  return [...new Set(names)].slice(0, 20)
}
