import { diffArrays } from 'diff'

/** A run of words that is in both versions, only in the earlier one, or only in the later one. */
export interface WordRun {
  readonly kind: 'same' | 'deleted' | 'inserted'
  readonly text: string
  /** The same word on the other side differs in diacritics or in tatweel alone. */
  readonly marks?: true
}

/** Beyond this many edits the texts have nothing in common worth showing: the whole is shown as replaced. */
const MOST_EDITS = 2_000

/** Letters of a word with what stands on them, runs of white space, and every other sign by itself: Arabic and Latin alike. */
const WORDS = /[\p{L}\p{N}\p{M}\u0640_]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu
/** Vowel marks, signs of recitation and tatweel; a hamza is part of its letter and stays. */
const MARKS = /[\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed\u0640]/g

/** A text cut into words, spaces and signs; together they are the text. */
export const wordsOf = (text: string): readonly string[] => text.match(WORDS) ?? []

interface Word {
  readonly text: string
  /** Without diacritics and tatweel: what finds the counterpart on the other side. */
  readonly bare: string
}
const wordOf = (text: string): Word => ({ text, bare: text.normalize('NFC').replace(MARKS, '') || text })

/** The words that differ between two texts of one language. Nothing of either is lost: the runs read as both of them. */
export function diffWords(before: string, after: string): readonly WordRun[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const [old, now] = [wordsOf(before).map(wordOf), wordsOf(after).map(wordOf)]
  const comparator = (left: Word, right: Word): boolean => left.bare === right.bare
  const parts = diffArrays(old, now, { comparator, maxEditLength: MOST_EDITS })
  if (parts === undefined) return joined([run('deleted', before), run('inserted', after)])
  let [at, to] = [0, 0]
  const runs = parts.flatMap(({ added, removed, count }): readonly WordRun[] => {
    if (added) return now.slice(to, (to += count)).map(({ text }) => run('inserted', text))
    if (removed) return old.slice(at, (at += count)).map(({ text }) => run('deleted', text))
    const [left, right] = [old.slice(at, (at += count)), now.slice(to, (to += count))]
    return left.flatMap(({ text }, index): readonly WordRun[] => {
      const other = right[index]?.text ?? text
      if (other === text) return [run('same', text)]
      return [{ ...run('deleted', text), marks: true }, { ...run('inserted', other), marks: true }] // prettier-ignore
    })
  })
  return joined(withoutGaps(runs))
}

const run = (kind: WordRun['kind'], text: string): WordRun => ({ kind, text })

/** `a`→`the`, a space, `fox`→`dog` is read as one change of two words, not as two. */
function withoutGaps(runs: readonly WordRun[]): readonly WordRun[] {
  return runs.flatMap((one, at): readonly WordRun[] => {
    const gap = one.kind === 'same' && one.text.trim() === ''
    if (!gap || !replaced(runs, at, -1) || !replaced(runs, at, 1)) return [one]
    return [run('deleted', one.text), run('inserted', one.text)]
  })
}

/** Whether words were both taken out and put in right beside a place. */
function replaced(runs: readonly WordRun[], from: number, step: -1 | 1): boolean {
  const kinds = new Set<string>()
  for (let at = from + step; runs[at] && runs[at]?.kind !== 'same' && !runs[at]?.marks; at += step)
    kinds.add(runs[at]?.kind ?? '')
  return kinds.size === 2
}

/** Neighbours of one kind as one run; within a change, what was deleted stands before what was inserted. */
function joined(runs: readonly WordRun[]): readonly WordRun[] {
  const found: WordRun[] = []
  let change: { deleted: string; inserted: string; marks: boolean } | undefined
  const flush = (): void => {
    if (!change) return
    const marks = change.marks ? ({ marks: true } as const) : {}
    if (change.deleted !== '') found.push({ ...run('deleted', change.deleted), ...marks })
    if (change.inserted !== '') found.push({ ...run('inserted', change.inserted), ...marks })
    change = undefined
  }
  for (const { kind, text, marks = false } of runs) {
    if (text === '') continue
    if (kind === 'same') {
      flush()
      const last = found.at(-1)
      if (last?.kind === 'same') found[found.length - 1] = run('same', last.text + text)
      else found.push(run('same', text))
      continue
    }
    if (change && change.marks !== marks) flush()
    change ??= { deleted: '', inserted: '', marks }
    change[kind] += text
  }
  flush()
  return found
}
