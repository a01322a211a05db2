import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { treeOfFragment } from './fragment.ts'
import { numberClauses, placeNumbered, splitNumber } from './number-clauses.ts'
import { blocksOf, openSuggestions, plainText, treeOf, type Block, type RichNode } from './rich-text.ts'
import { contentBytes, readContent } from './content.ts'
import { paragraph, sampleClause, sampleStandard } from './sample.ts'

const levels = (...given: readonly (number | readonly [number, number])[]) =>
  numberClauses(
    given.map((one) => (typeof one === 'number' ? { level: one, start: null } : { level: one[0], start: one[1] })),
  )

describe('numbers', () => {
  it('[STD-1] [AR-2] count within their level and begin again below each clause', () => {
    expect(levels(1, 2, 2, 3, 1, 2)).toEqual(['1', '1.1', '1.2', '1.2.1', '2', '2.1'])
  })
  it('[STD-1] a level that was skipped is no level, and none at all is the outermost', () => {
    expect(levels(3, 3, 1, 4)).toEqual(['1', '1.1', '2', '2.1'])
    expect(numberClauses([{ level: null, start: null }])).toEqual(['1'])
  })
  it('[STD-1] start anew where somebody said so, and count on from there', () => {
    expect(levels([1, 4], 2, [2, 7], 2, 1)).toEqual(['4', '4.1', '4.7', '4.8', '5'])
  })
  it('[STD-2] numbers of a document come back, gaps and all', () => {
    const part = fc.integer({ min: 1, max: 30 })
    const numbering = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 4 }), part), { minLength: 1, maxLength: 30 })
      .map((steps) => {
        let previous: number[] = []
        return steps.map(([depth, last]) => {
          const kept = Math.min(depth - 1, previous.length)
          previous = [...previous.slice(0, kept), last]
          return previous.join('.')
        })
      })
    fc.assert(
      fc.property(numbering, (numbers) => {
        const placed = placeNumbered(numbers.map((number) => ({ number, level: 1 })))
        expect(numberClauses(placed)).toEqual(numbers)
      }),
    )
  })
  it('[STD-2] a start is written only where counting would give another number', () => {
    const placed = placeNumbered(['1', '1.1', '1.2', '2', '4'].map((number) => ({ number, level: 1 })))
    expect(placed.map(({ start }) => start)).toEqual([null, null, null, null, 4])
  })
  it.each([
    ['3.2 Scope', '3.2', 'Scope'],
    ['3.2. Scope', '3.2', 'Scope'],
    ['Clause 4: Terms', '4', 'Terms'],
    ['البند ٣٫٢ النطاق', '3.2', 'النطاق'],
    ['2) Scope', '2', 'Scope'],
    ['2024 was a good year', null, '2024 was a good year'],
    ['0.1 Scope', null, '0.1 Scope'],
    ['Scope', null, 'Scope'],
    ['12', null, '12'],
  ])('[STD-2] "%s" has the number %s', (text, number, heading) =>
    expect(splitNumber(text)).toEqual({ number, heading }),
  )
})

const text = (letters: string, ...marks: readonly string[]): RichNode => ({
  type: 'text',
  text: letters,
  marks: marks.map((type) => ({ type, attrs: { id: letters } })),
})
const doc = (...content: readonly RichNode[]): RichNode => ({ type: 'doc', content })
const p = (...content: readonly RichNode[]): RichNode => ({ type: 'paragraph', content })

const words = fc.string({ minLength: 1, maxLength: 8 }).filter((one) => !one.includes('\n') && !one.includes('\r'))
const spanOf = fc.record({ text: words, bold: fc.boolean(), italic: fc.boolean() })
const paragraphOf = fc.array(spanOf, { maxLength: 4 }).map((spans): Block => {
  const marks = ({ bold, italic }: { bold: boolean; italic: boolean }) => [
    ...(bold ? ['bold'] : []),
    ...(italic ? ['italic'] : []),
  ]
  return blocksOf(doc(p(...spans.map((one) => text(one.text, ...marks(one))))))[0] ?? paragraph('')
})
const blockOf: fc.Arbitrary<Block> = fc.letrec<{ block: Block; list: Block; table: Block }>((tie) => ({
  block: fc.oneof({ maxDepth: 2 }, paragraphOf, tie('list'), tie('table')),
  list: fc.record({
    kind: fc.constantFrom('bullets' as const, 'numbers' as const),
    items: fc.array(fc.tuple(paragraphOf, fc.array(tie('block'), { maxLength: 1 })).map(([first, rest]) => [first, ...rest]), { minLength: 1, maxLength: 3 }), // prettier-ignore
  }),
  table: fc.record({
    kind: fc.constant('table' as const),
    rows: fc.array(fc.record({ header: fc.boolean(), cells: fc.array(paragraphOf.map((one) => [one]), { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 3 }), // prettier-ignore
  }),
})).block

describe('text', () => {
  it('[STD-3] [STD-5] blocks come back through the editor’s tree and through a shared document, to the letter', () => {
    fc.assert(
      fc.property(fc.array(blockOf, { maxLength: 4 }), (blocks) => {
        const tree = treeOf(blocks)
        expect(blocksOf(tree)).toEqual(blocks)
        const fragment = new Y.Doc().getXmlFragment('text')
        fragment.insert(0, (tree.content ?? []).map(shared))
        expect(blocksOf(treeOfFragment(fragment))).toEqual(blocks)
      }),
      { numRuns: 60 },
    )
  })

  it('[STD-5] words typed in pieces are one span', () => {
    expect(blocksOf(doc(p(text('a', 'bold'), text('b', 'bold'), text('c'))))).toEqual([
      { kind: 'paragraph', text: [{ text: 'ab', bold: true }, { text: 'c' }] },
    ])
  })

  it('[STD-3] what is no text is not read, and no depth overflows', () => {
    const image: RichNode = { type: 'image', content: [] }
    const link = text('here', 'link')
    expect(blocksOf(doc(p(link), image))).toEqual([paragraph('here')])
    let deep: RichNode = p(text('x'))
    for (let at = 0; at < 50_000; at++) deep = { type: 'blockquote', content: [deep] }
    expect(blocksOf(doc(deep, p(text('y'))))).toEqual([paragraph('y')])
    expect(openSuggestions(doc(deep))).toBe(0)
    let nested: RichNode = p(text('x'))
    for (let at = 0; at < 40; at++)
      nested = { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('y')), nested] }] }
    const content = sampleStandard([sampleClause('a', '1', '', { text: { en: blocksOf(doc(nested)), ar: [] } })])
    expect(readContent(contentBytes(content)).ok).toBe(true)
  })

  it('[STD-4] what is to be inserted is not there yet, what is to go still is, and both are counted', () => {
    const tree = doc(p(text('keep '), text('old', 'deletion'), text('new', 'insertion'), text('er', 'insertion')))
    expect(plainText(blocksOf(tree))).toBe('keep old')
    expect(openSuggestions(tree)).toBe(3)
    expect(openSuggestions(doc(p(text('keep', 'bold'))))).toBe(0)
  })
})

/** As the editor's binding writes a tree into a shared document. */
function shared(node: RichNode): Y.XmlElement | Y.XmlText {
  if (node.type === 'text') return letters([node])
  const element = new Y.XmlElement(node.type)
  const made: (Y.XmlElement | Y.XmlText)[] = []
  let run: RichNode[] = []
  for (const inner of [...(node.content ?? []), undefined]) {
    if (inner?.type === 'text') run.push(inner)
    else {
      if (run.length > 0) made.push(letters(run))
      run = []
      if (inner) made.push(shared(inner))
    }
  }
  element.insert(0, made)
  return element
}
function letters(nodes: readonly RichNode[]): Y.XmlText {
  const made = new Y.XmlText()
  made.applyDelta(
    nodes.map((node) => ({
      insert: node.text,
      attributes: Object.fromEntries((node.marks ?? []).map(({ type }) => [type, {}])),
    })),
  )
  return made
}
