import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDocument } from '#adapters/files/read-document.ts'
import { WorkerStandardFiles } from '#adapters/files/standard-files.ts'
import { writeDocx } from '#adapters/files/write-docx.ts'
import { numberClauses } from '#shared/standards/number-clauses.ts'
import type { ClauseContent } from '#shared/standards/content.ts'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import { joined, span, type Block, type Span } from '#shared/standards/rich-text.ts'
import { writeMarkdown } from '#shared/standards/write-markdown.ts'
import { zipParts } from './zip-parts.ts'

const files = new WorkerStandardFiles()
const utf8 = (text: string) => new TextEncoder().encode(text)
const file = (bytes: Uint8Array, name = 'standard') => ({ name, bytes })
const read = async (text: string): Promise<ImportedStandard> => {
  const result = await readDocument(file(utf8(text)))
  if (!result.ok) throw new Error(result.refusal)
  return result.value
}
const numbers = ({ clauses }: ImportedStandard) => numberClauses(clauses)

/** What came back, in the form of what was written. */
const back = ({ clauses }: ImportedStandard, language: 'en' | 'ar') =>
  numberClauses(clauses).map((number, at) => {
    const { anchor, heading, blocks } = clauses[at] as ImportedStandard['clauses'][number]
    return { id: anchor, number, heading, blocks, language }
  })
const sent = (clauses: readonly ClauseContent[], language: 'en' | 'ar') =>
  clauses.map(({ id, number, heading, text }) => ({
    id,
    number,
    heading: heading[language],
    blocks: text[language],
    language,
  }))

const LETTERS = ['a', 'b', 'Z', '7', 'م', 'ي', 'ث', '.', '*', '_', '#', '|', '<', '>', '&', '[', ']', '\\', '`', '~', '-', '+', '!', '(', ')', ':', '{', '=', '1.', '"'] as const // prettier-ignore
const word = fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 5 }).map((letters) => letters.join(''))
const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
const styled = fc.record({ text: phrase, bold: fc.boolean(), italic: fc.boolean(), gap: fc.boolean() })
const paragraph = fc.array(styled, { minLength: 1, maxLength: 4 }).map((given): Block => {
  const spans = given.flatMap(({ text, bold, italic, gap }, at): Span[] => [
    ...(at > 0 && gap ? [span(' ')] : []),
    span(text, bold, italic),
  ])
  return { kind: 'paragraph', text: joined(spans) }
})
const list = (depth: number): fc.Arbitrary<Block> =>
  fc.record({
    kind: fc.constantFrom('bullets' as const, 'numbers' as const),
    items: fc.array(
      depth > 1
        ? paragraph.map((one) => [one])
        : fc
            .tuple(paragraph, fc.option(list(depth + 1), { nil: undefined }))
            .map(([one, more]) => (more ? [one, more] : [one])),
      { minLength: 1, maxLength: 3 },
    ),
  })
const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([width, height]) =>
    fc.array(fc.array(paragraph, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )
  .map((rows): Block => ({
    kind: 'table',
    rows: rows.map((cells, at) => ({ header: at === 0, cells: cells.map((one) => [one]) })),
  }))
/** Between lists and tables stands a paragraph: two lists that touch are one list in either kind of file. */
const body = fc
  .array(fc.tuple(paragraph, fc.option(fc.oneof(list(0), table), { nil: undefined })), { maxLength: 2 })
  .map((pairs) => pairs.flatMap(([one, more]): Block[] => (more ? [one, more] : [one])))
const heading = fc.array(fc.constantFrom('Scope', 'Notes', 'a_b', '*', '3rd', 'النطاق', '<x>', '&', 'C#'), { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')) // prettier-ignore
const standard = fc
  .array(
    fc.record({
      level: fc.integer({ min: 1, max: 4 }),
      start: fc.option(fc.integer({ min: 1, max: 40 })),
      heading,
      en: body,
      ar: body,
    }),
    { minLength: 1, maxLength: 5 },
  ) // prettier-ignore
  .map((given) => {
    const counted = numberClauses(given)
    return given.map(({ heading: words, en, ar }, at): ClauseContent => ({
      id: `c${String(at)}x`, number: counted[at] ?? '', nature: 'requirement', heading: { en: words, ar: words }, text: { en, ar }, deprecatedIn: null, replacedBy: null,
    })) // prettier-ignore
  })
const title = { en: 'Delivery *notes*', ar: 'إشعارات التسليم' }
const language = fc.constantFrom('en' as const, 'ar' as const)

describe('documents out and in again', () => {
  it('[STD-18] [AR-2] Markdown keeps numbers, anchors, headings and every word with its look', async () => {
    await fc.assert(
      fc.asyncProperty(standard, language, async (clauses, as) => {
        const imported = await read(writeMarkdown({ title, clauses }, as))
        expect(back(imported, as)).toEqual(sent(clauses, as))
        expect(imported.title).toBe(title[as])
        expect(imported.dropped).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('[STD-18] [AR-2] a Word document keeps them, too', async () => {
    await fc.assert(
      fc.asyncProperty(standard, language, async (clauses, as) => {
        const imported = await readDocument(file(await writeDocx({ title, clauses }, as)))
        if (!imported.ok) throw new Error(imported.refusal)
        expect(back(imported.value, as)).toEqual(sent(clauses, as))
        expect(imported.value.title).toBe(title[as])
      }),
      { numRuns: 40 },
    )
  })

  it('[STD-18] the threads write and read the same', async () => {
    const clauses: ClauseContent[] = [
      { id: 'c1', number: '4', nature: 'requirement', heading: { en: 'Scope', ar: 'النطاق' }, text: { en: [{ kind: 'paragraph', text: [span('All notes.', true)] }], ar: [] }, deprecatedIn: null, replacedBy: null },
    ] // prettier-ignore
    const imported = await files.readDocument(file(await files.writeDocx({ title, clauses }, 'en')))
    expect(imported.ok && back(imported.value, 'en')).toEqual(sent(clauses, 'en'))
  })
})

describe('documents of others', () => {
  it('[STD-2] [AR-2] numbers, gaps and all, are those of the document', async () => {
    const imported = await read(
      '# Delivery notes\n\nIntro\n\n## 1 Scope\n\ntext\n\n### 1.1. Terms\n\n## 3) Format\n\n### 3.4 Fields\n\n## Annex\n',
    )
    expect(imported.title).toBe('Delivery notes')
    expect(numbers(imported)).toEqual(['1', '1.1', '3', '3.4', '4'])
    expect(imported.clauses.map(({ heading: words }) => words)).toEqual(['Scope', 'Terms', 'Format', 'Fields', 'Annex'])
  })
  it('[STD-19] what a standard cannot hold is named', async () => {
    const imported = await read('Before.\n\n# A\n\n[words](https://example.com) ![x](y.png)\n\n```\ncode\n```\n\n# B\n')
    expect(imported.dropped).toEqual(['code', 'images', 'links', 'text-before-first-heading'])
    expect(imported.clauses[0]?.blocks).toEqual([
      { kind: 'paragraph', text: [span('words ')] },
      { kind: 'paragraph', text: [span('code')] },
    ])
  })
  it('[STD-19] no HTML of a document gets in', async () => {
    const imported = await read('# A\n\n<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> y\n\n# B\n')
    expect(JSON.stringify(imported.clauses)).not.toMatch(/script|onerror/)
  })
  it('[STD-2] a document without headings is read by its numbered first words', async () => {
    const imported = await read('1. Scope\n\nSome text that follows.\n\n1.1 Terms\n\nMore.')
    // A list item is a list in Markdown; the numbered line is not.
    expect(imported.clauses.map(({ heading: words }) => words)).toEqual(['Terms'])
  })
  it('[STD-19] an anchor that stands twice is no anchor', async () => {
    const imported = await read('# A {#x}\n\n# B {#x}\n\n# C {#Not-Ours}\n')
    expect(imported.clauses.map(({ anchor }) => anchor)).toEqual(['x', null, null])
  })
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['nothing', new Uint8Array(), 'document-empty'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'document-unreadable'],
    ['an old or encrypted Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'document-legacy'],
    ['half an archive', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'document-unreadable'],
    [
      'an archive that is no document',
      zipParts([{ name: 'xl/workbook.xml', text: '<workbook/>' }]),
      'document-unreadable',
    ],
    ['a document of broken XML', zipParts([{ name: 'word/document.xml', text: '<w:document' }]), 'document-unreadable'],
    ['prose without a clause', utf8('Only words.'), 'document-without-clauses'],
    ['too many clauses', utf8('# A\n\n'.repeat(2_001)), 'document-too-large'],
    ['too many words', utf8(`# A\n\n${'word '.repeat(200_000)}`), 'document-too-large'],
    ['quotations without end', utf8(`# A\n\n${'>'.repeat(100_000)} x`), 'document-unreadable'],
  ]
  it.each(refused)('[STD-19] %s is refused', async (_, bytes, refusal) => {
    expect(await files.readDocument(file(bytes))).toEqual({ ok: false, refusal })
  })
})

const check = (method: 'json-schema' | 'csv-rules', input: unknown, content: string) =>
  files.check({ method, input: typeof input === 'string' ? input : JSON.stringify(input) }, file(utf8(content)))

describe('tests on a file', () => {
  const schema = {
    type: 'object',
    required: ['no'],
    properties: { no: { type: 'string', pattern: '^N\\d+$' }, at: { format: 'date' } },
  }
  it('[STD-17] [AR-2] a JSON file passes or fails its schema, with the place and the hash', async () => {
    const text = '{"no":"N1","at":"2026-02-28"}'
    expect(await check('json-schema', schema, text)).toEqual({
      ok: true,
      value: { result: 'pass', findings: [], found: 0, sha256: createHash('sha256').update(text).digest('hex') },
    })
    const failed = await check('json-schema', schema, '{"no":"X","at":"2026-02-30"}')
    expect(failed).toMatchObject({ ok: true, value: { result: 'fail', found: 2 } })
    expect(failed.ok && failed.value.findings.map(({ at, rule, excerpt }) => [at, rule, excerpt])).toEqual([
      ['#/no', 'pattern', 'X'],
      ['#/at', 'format', '2026-02-30'],
    ])
    expect(await check('json-schema', schema, 'no json')).toMatchObject({
      ok: true,
      value: { result: 'fail', findings: [{ code: 'not-json' }] },
    })
  })
  it('[STD-16] [AR-2] a table passes or fails its rules, with line and column', async () => {
    const rules = {
      columns: [
        { name: 'no', unique: true },
        { name: 'qty', type: 'integer', min: 1 },
      ],
    }
    expect(await check('csv-rules', rules, 'no;qty\nN1;4\nN2;5\n')).toMatchObject({
      ok: true,
      value: { result: 'pass' },
    })
    const failed = await check('csv-rules', rules, 'no,qty\nN1,4\nN1,0\n')
    expect(failed.ok && failed.value.findings.map(({ at, rule, code }) => [at, rule, code])).toEqual([
      ['3', 'no', 'not-unique'],
      ['3', 'qty', 'too-small'],
    ])
    expect(await check('csv-rules', rules, '\u0000\u0001\u0002')).toMatchObject({ ok: true, value: { result: 'fail' } })
  })
  it('[STD-20] [AR-2] a pattern that never ends is ended, in a schema and in a table', async () => {
    const hurried = new WorkerStandardFiles(undefined, 2_000)
    const bait = `${'a'.repeat(60)}!`
    const json = { method: 'json-schema', input: '{"type":"string","pattern":"^(a+)+$"}' } as const
    expect(await hurried.check(json, file(utf8(JSON.stringify(bait))))).toEqual({ ok: false, refusal: 'too-slow' })
    const table = { method: 'csv-rules', input: '{"columns":[{"name":"x","pattern":"^(a+)+$"}]}' } as const
    expect(await hurried.check(table, file(utf8(`x\n${bait}\n${bait}\n`)))).toEqual({ ok: false, refusal: 'too-slow' })
  })
  it('[STD-20] a schema in circles, a file too deep and a pointer to elsewhere are refused', async () => {
    expect(await check('json-schema', '{"$ref":"#"}', '1')).toEqual({ ok: false, refusal: 'schema-too-large' })
    const nested = '{"properties":{"a":{"$ref":"#"}}}'
    expect(await check('json-schema', nested, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)).toEqual({
      ok: false,
      refusal: 'schema-too-large',
    })
    expect(await check('json-schema', '{"$ref":"https://example.com/s.json"}', '1')).toEqual({
      ok: false,
      refusal: 'schema-remote',
    })
    expect(await check('csv-rules', '{}', 'a\n1\n')).toEqual({ ok: false, refusal: 'rules-malformed' })
    expect(await check('csv-rules', '{}', '')).toEqual({ ok: false, refusal: 'file-empty' })
  })
})
