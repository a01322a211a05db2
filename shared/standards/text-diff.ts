import { diffArrays } from 'diff'

/** A run of text that is in both versions, only in the earlier one, or only in the later one. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Beyond this many edits the texts have nothing in common worth showing: the whole is shown as replaced. */
const MOST_EDITS = 2_000

/** Words and the spaces between them: cut at white space, so that Arabic and Latin words are whole alike. */
const tokens = (text: string): string[] => text.match(/\s+|\S+/gu) ?? []

export function diffText(before: string, after: string): readonly DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const parts = diffArrays(tokens(before), tokens(after), { maxEditLength: MOST_EDITS })
  if (parts === undefined)
    return [
      { kind: 'removed' as const, text: before },
      { kind: 'added' as const, text: after },
    ].filter(({ text }) => text !== '')
  return parts.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}
