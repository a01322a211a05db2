import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clause } from '#shared/artifacts/agreement-content.ts'
import type { AgreementText, TextEntry } from './agreement-text.ts'
import { redline } from './redline.ts'
import { diffWords, type WordRun } from './word-diff.ts'

const reads = (runs: readonly WordRun[], without: WordRun['kind']): string =>
  runs.filter(({ kind }) => kind !== without).map(({ text }) => text).join('') // prettier-ignore
const shown = (before: string, after: string): string =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'deleted' ? `[-${text}]` : `[+${text}]`))
    .join('')
const marks = (before: string, after: string): readonly boolean[] =>
  diffWords(before, after).filter(({ kind }) => kind !== 'same').map(({ marks: only }) => only === true) // prettier-ignore

const clause = (id: string, number: number, en: string, ar = 'نص'): Clause => ({
  id,
  number,
  heading: { en: `Heading ${id}`, ar: `عنوان ${id}` },
  text: { en, ar },
})
const version = (ids: readonly string[], entries: readonly TextEntry[] = []): AgreementText => ({
  entries,
  clauses: ids.map((id, at) => clause(id, at + 1, `Text of ${id}.`)),
})
const states = (before: AgreementText, after: AgreementText) =>
  redline(before, after).clauses.map(({ id, state, moved }) => `${id} ${state}${moved ? ' moved' : ''}`)

describe('words', () => {
  it('[RDL-1] any two texts come back out of their redline', () => {
    const piece = fc.constantFrom('the', 'party', 'shall', 'الطَّرف', 'الطرف', 'الطـرف', 'يلتزم', ' ', '  ', '\n', ',', '؛', '٣٠', '30', '{noticeDays}', 'é', 'e\u0301') // prettier-ignore
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = diffWords(before, after)
        expect(reads(runs, 'inserted')).toBe(before)
        expect(reads(runs, 'deleted')).toBe(after)
        for (const { text: each } of runs) expect(each).not.toBe('')
      }),
    )
  })

  it('[RDL-2] compares whole words and signs, and reads words replaced in a row as one change', () => {
    expect(shown('within 30 days.', 'within 45 days.')).toBe('within [-30][+45] days.')
    expect(shown('خلال ٣٠ يومًا.', 'خلال ٤٥ يومًا.')).toBe('خلال [-٣٠][+٤٥] يومًا.')
    expect(shown('the quick fox', 'a slow fox')).toBe('[-the quick][+a slow] fox')
    expect(shown('party, and', 'party and')).toBe('party[-,] and')
    expect(shown('notice', 'notices')).toBe('[-notice][+notices]')
  })

  it('[RDL-3] finds a word under other marks and still shows the difference, as one of marks', () => {
    expect(shown('يلتزم الطَّرف بالسداد', 'يلتزم الطرف بالسداد')).toBe('يلتزم [-الطَّرف][+الطرف] بالسداد')
    expect(marks('يلتزم الطَّرف بالسداد', 'يلتزم الطرف بالسداد')).toEqual([true, true])
    expect(marks('الســداد', 'السداد')).toEqual([true, true])
    // A hamza is spelling, and a word may mean another thing without it.
    expect(marks('أن', 'ان')).toEqual([false, false])
    // The words behind a bare one still stand opposite their own.
    expect(shown('كتب الطَّرف العقد كله', 'كتب الطرف عقدًا كله')).toBe('كتب [-الطَّرف][+الطرف] [-العقد][+عقدًا] كله')
  })

  it('[RDL-6] shows texts with nothing in common as replaced whole', () => {
    const [before, after] = ['a', 'b'].map((letter) => Array.from({ length: 4_000 }, (_, at) => `${letter}${String(at)}`).join('|')) // prettier-ignore
    expect(diffWords(before ?? '', after ?? '')).toHaveLength(2)
  })
})

describe('clauses and facts', () => {
  it('[RDL-4] tells inserted, deleted, changed and moved clauses apart, and does not count new numbers', () => {
    const before = version(['a', 'b', 'c', 'd'])
    expect(states(before, before)).toEqual(['a same', 'b same', 'c same', 'd same'])
    expect(states(before, version(['x', 'a', 'b', 'd']))).toEqual(['x inserted', 'a same', 'b same', 'c deleted', 'd same']) // prettier-ignore
    expect(states(before, version(['b', 'c', 'd', 'a']))).toEqual(['b same', 'c same', 'd same', 'a same moved'])
    const changed = { ...before, clauses: [clause('a', 1, 'Text of a.', 'نص آخر'), ...before.clauses.slice(1)] }
    const [first] = redline(before, changed).clauses
    expect(first).toMatchObject({ id: 'a', state: 'changed', moved: false, was: 1, is: 1 })
    expect(first?.text.en).toEqual([{ kind: 'same', text: 'Text of a.' }])
    expect(reads(first?.text.ar ?? [], 'deleted')).toBe('نص آخر')
    // Both ends deleted: each behind what it followed.
    expect(states(version(['a', 'b', 'c']), version(['b']))).toEqual(['a deleted', 'b same', 'c deleted'])
    expect(states(version([]), version(['a']))).toEqual(['a inserted'])
  })

  it('[RDL-5] lists what differs besides clauses, and counts it with them', () => {
    const term = (days: string): TextEntry => ({ kind: 'term', id: 'noticeDays', text: { en: `${days} days`, ar: `${days} يومًا` } }) // prettier-ignore
    const title: TextEntry = { kind: 'title', id: 'it', text: { en: 'Peer agreement', ar: 'اتفاقية' } }
    const found = redline(version(['a'], [title, term('60')]), version(['b'], [term('90'), { ...title, kind: 'law' }]))
    expect(found.entries.map(({ kind, state }) => [kind, state])).toEqual([
      ['term', 'changed'],
      ['law', 'inserted'],
      ['title', 'deleted'],
    ])
    expect(found.changes).toBe(5)
    expect(redline(version(['a'], [title]), version(['a'], [title])).changes).toBe(0)
  })
})
