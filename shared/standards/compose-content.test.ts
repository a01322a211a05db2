import { describe, expect, it } from 'vitest'
import { readRegister, type Plain, type Register } from '#shared/living/register.ts'
import { addRecord, setField } from '#shared/living/write.ts'
import { composeContent, openQuestions, type Draft } from './compose-content.ts'
import type { RichNode } from './rich-text.ts'

/** A draft as `client` wrote it; texts by root. */
class Writing {
  readonly registers: Register[] = []
  readonly texts = new Map<string, RichNode>()
  add(set: string, record: string, values: Readonly<Record<string, Plain>>, client = 7): this {
    return this.#take(addRecord({ set, record, client }, values), client)
  }
  /** Written without having seen what is there. */
  blind(set: string, record: string, field: string, value: Plain, client: number): this {
    return this.#take(setField([], { set, record, client }, field, value), client)
  }
  get draft(): Draft {
    const empty: RichNode = { type: 'doc', content: [] }
    return {
      registers: this.registers,
      text: (set, record, field) => this.texts.get(`${set}/${record}/${field}`) ?? empty,
    }
  }
  #take(writes: ReturnType<typeof setField>, client: number): this {
    for (const { key, value } of writes) {
      const made = value === undefined ? undefined : readRegister(key, value, client, this.registers.length)
      if (made) this.registers.push(made)
    }
    return this
  }
}
const written = (): Writing =>
  new Writing()
    .add('about', 'it', { title: { en: 'Notes', ar: 'إشعارات' }, purpose: 'One form' })
    .add('clauses', 'c2', { order: 'b', level: 2, headingEn: 'Format' })
    .add('clauses', 'c1', { order: 'a', level: 1, headingEn: 'Scope', headingAr: 'النطاق', nature: 'guidance' })
    .add('versions', 'v1', { number: '1.0.0', changeLog: 'First' })
    .add('migrations', 'm1', { order: 'a', version: 'v1', step: 'Renumber' })
    .add('migrations', 'm2', { order: 'a', version: 'v2', step: 'Other' })
    .add('tests', 't1', { order: 'a', title: { en: 'Is JSON', ar: 'ملف JSON' }, method: 'json-schema', input: 'true' })
const letters = (text: string, ...marks: string[]): RichNode => ({
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text, marks: marks.map((type) => ({ type, attrs: { id: 1 } })) }] },
  ],
})

describe('a draft as content', () => {
  it('[STD-7] [AR-2] is the clauses in their order with numbers, texts, tests and the steps of that version', () => {
    const writing = written()
    writing.texts.set('clauses/c1/textEn', letters('All notes.'))
    expect(composeContent(writing.draft, 'v1')).toMatchObject({
      title: { en: 'Notes', ar: 'إشعارات' },
      purpose: { en: 'One form', ar: '' },
      changeLog: { en: 'First', ar: '' },
      clauses: [
        {
          id: 'c1',
          number: '1',
          nature: 'guidance',
          heading: { ar: 'النطاق' },
          text: { en: [{ kind: 'paragraph', text: [{ text: 'All notes.' }] }], ar: [] },
        },
        { id: 'c2', number: '1.1', nature: 'requirement', heading: { en: 'Format', ar: '' } },
      ],
      tests: [{ id: 't1', strength: 'must', method: 'json-schema', input: 'true' }],
      migration: [{ id: 'm1', step: { en: 'Renumber', ar: '' } }],
    })
    expect(composeContent(writing.draft, null).migration).toEqual([])
    expect(composeContent(new Writing().draft, null)).toMatchObject({ title: { en: '', ar: '' }, clauses: [] })
  })

  it('[STD-4] counts what somebody still has to decide', () => {
    const writing = written().blind('clauses', 'c1', 'headingEn', 'Range', 9)
    writing.texts.set('clauses/c2/textAr', letters('جديد', 'insertion'))
    writing
      .add('comments', 'k1', { clause: 'c1', body: 'Why?' })
      .add('comments', 'k2', { thread: 'k1', body: 'Because.' })
    writing.add('comments', 'k3', { clause: 'c1', body: 'Done', resolved: 'resolved' })
    writing.blind('clauses', 'c2', 'order', 'c', 9)
    expect(openQuestions(writing.draft)).toEqual({ conflicts: 1, suggestions: 1, comments: 1 })
    expect(openQuestions(written().draft)).toEqual({ conflicts: 0, suggestions: 0, comments: 0 })
  })

  it('[STD-22] [STD-4] a suggested clause moves no number and is in no text; one that is to go stays; each waits for somebody', () => {
    const writing = written()
      .add('clauses', 'c0', { order: 'Z', level: 1, headingEn: 'Purpose', proposed: 'add' })
      .add('clauses', 'c3', { order: 'c', level: 1, headingEn: 'Old', proposed: 'remove' })
    expect(composeContent(writing.draft, null).clauses.map(({ id, number }) => [id, number])).toEqual([
      ['c1', '1'],
      ['c2', '1.1'],
      ['c3', '2'],
    ])
    expect(openQuestions(writing.draft)).toEqual({ conflicts: 0, suggestions: 2, comments: 0 })
    // Suggested by two apart, in ways that cannot both be: one of them stands, and nothing has to be untied.
    writing.blind('clauses', 'c3', 'proposed', 'add', 9)
    expect(openQuestions(writing.draft)).toEqual({ conflicts: 0, suggestions: 2, comments: 0 })
  })
})
