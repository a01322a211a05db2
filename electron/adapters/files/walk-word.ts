import type { WordBlock, WordLoss, WordParagraph, WordPiece } from '#shared/agreement/word-file.ts'
import { attribute, childrenOf, holds, isWord, textOf, wordName, type XmlElement } from './word-xml.ts'

type Change = Omit<WordPiece, 'text'>
const KEPT: Change = { kind: 'kept', author: null }

/** Nobody reads more in a contract, and no editor nests deeper: what goes beyond is refused. */
const MOST_TEXT = 4_000_000
const MOST_PARAGRAPHS = 40_000
const DEEPEST = 80

/** Goes through a document's body once, in reading order. */
export class WordWalk {
  readonly blocks: WordBlock[] = []
  readonly dropped = new Set<WordLoss>()
  #text = 0
  #paragraphs = 0
  /** Bookmarks that begin between two paragraphs belong to the next. */
  #anchors: string[] = []

  /** False when it is more than anybody reads. */
  body(body: XmlElement): boolean {
    return this.#each(body, 0)
  }

  #each(parent: XmlElement, depth: number): boolean {
    if (depth > DEEPEST) return false
    for (const node of childrenOf(parent)) {
      if (isWord(node, 'p')) {
        const paragraph = this.#paragraph(node)
        if (!paragraph) return false
        this.blocks.push({ cells: [[paragraph]], row: false, state: KEPT })
      } else if (isWord(node, 'tbl')) {
        for (const row of rowsOf(node)) if (!this.#row(row)) return false
      } else if (isWord(node, 'bookmarkStart')) this.#anchors.push(attribute(node, 'name') ?? '')
      else if (!isWord(node, 'sectPr') && !this.#each(node, depth + 1)) return false
    }
    return true
  }

  #row(row: XmlElement): boolean {
    const properties = childrenOf(row).find((node) => isWord(node, 'trPr'))
    const state = properties ? markOf(properties) : KEPT
    const cells: WordParagraph[][] = []
    for (const cell of inside(row, 'tc')) {
      const paragraphs: WordParagraph[] = []
      for (const node of paragraphsIn(cell, 0)) {
        if (isWord(node, 'bookmarkStart')) {
          this.#anchors.push(attribute(node, 'name') ?? '')
          continue
        }
        const paragraph = this.#paragraph(node)
        if (!paragraph) return false
        paragraphs.push(paragraph)
      }
      cells.push(paragraphs)
    }
    this.blocks.push({ cells, row: true, state })
    return true
  }

  #paragraph(node: XmlElement): WordParagraph | undefined {
    if (++this.#paragraphs > MOST_PARAGRAPHS) return undefined
    const properties = childrenOf(node).find((child) => isWord(child, 'pPr'))
    const own = properties && childrenOf(properties)
    const style = own?.find((child) => isWord(child, 'pStyle'))
    const mark = own?.find((child) => isWord(child, 'rPr'))
    const anchors = this.#anchors.splice(0)
    const pieces: WordPiece[] = []
    if (!this.#runs(node, KEPT, pieces, anchors, 0)) return undefined
    return {
      heading: /^(?:heading|berschrift|titre)?\s*-?(?:heading)?2$/i.test((style && attribute(style, 'val')) ?? ''),
      pieces,
      end: mark ? markOf(mark) : KEPT,
      anchors,
    }
  }

  /** The runs below a node, each with what became of it: a change inside a change that undoes it is no text at all. */
  #runs(parent: XmlElement, change: Change, pieces: WordPiece[], anchors: string[], depth: number): boolean {
    if (depth > DEEPEST) return false
    for (const node of childrenOf(parent)) {
      const localName = wordName(node)
      if (localName === '') {
        this.#lose(node)
        continue
      }
      if (localName === 'bookmarkStart') anchors.push(attribute(node, 'name') ?? '')
      else if (localName === 'ins' || localName === 'moveTo') {
        if (change.kind !== 'deleted' && !this.#runs(node, changed('inserted', node), pieces, anchors, depth + 1)) return false // prettier-ignore
      } else if (localName === 'del' || localName === 'moveFrom') {
        // Put in and taken out again: neither was it there before nor is it there now.
        if (change.kind !== 'inserted' && !this.#runs(node, changed('deleted', node), pieces, anchors, depth + 1)) return false // prettier-ignore
      } else if (localName === 'r') {
        const text = this.#run(node)
        this.#text += text.length
        if (this.#text > MOST_TEXT) return false
        if (text !== '') pieces.push({ ...change, text })
      } else if (!SILENT.has(localName) && !this.#runs(node, change, pieces, anchors, depth + 1)) return false
    }
    return true
  }

  /** A drawing and its older twin stand beside each other: one of them is enough to know. */
  #lose(node: XmlElement): void {
    if (node.name.endsWith('AlternateContent')) this.dropped.add(holds(node, 'txbxContent') ? 'text-boxes' : 'images')
  }

  #run(run: XmlElement): string {
    let text = ''
    for (const node of childrenOf(run)) {
      const localName = wordName(node)
      if (localName === 't' || localName === 'delText') text += textOf(node)
      else if (localName === 'tab') text += '\t'
      else if (localName === 'br' || localName === 'cr') text += '\n'
      else if (localName === 'noBreakHyphen') text += '\u2011'
      else if (localName === 'drawing' || localName === 'pict' || localName === 'object') this.dropped.add('images')
      else if (localName === 'footnoteReference' || localName === 'endnoteReference') this.dropped.add('footnotes')
      else if (localName === '') this.#lose(node)
    }
    return text
  }
}

/** Properties and instructions: no text of the document. */
const SILENT = new Set(['pPr', 'rPr', 'sdtPr', 'sdtEndPr', 'bookmarkEnd', 'commentRangeStart', 'commentRangeEnd', 'proofErr']) // prettier-ignore

const changed = (kind: 'inserted' | 'deleted', node: XmlElement): Change => ({
  kind,
  author: attribute(node, 'author')?.slice(0, 100) ?? null,
})

/** What became of a paragraph's end or of a row, by the mark among its properties. */
function markOf(properties: XmlElement): Change {
  for (const node of childrenOf(properties)) {
    if (isWord(node, 'ins') || isWord(node, 'moveTo')) return changed('inserted', node)
    if (isWord(node, 'del') || isWord(node, 'moveFrom')) return changed('deleted', node)
  }
  return KEPT
}

/** Rows of a table; content controls and tracked changes may stand around them. */
const rowsOf = (table: XmlElement): readonly XmlElement[] => inside(table, 'tr')

function inside(parent: XmlElement, name: string, depth = 0): readonly XmlElement[] {
  return childrenOf(parent).flatMap((node): readonly XmlElement[] => {
    if (isWord(node, name)) return [node]
    const around = isWord(node, 'sdt') || isWord(node, 'sdtContent') || isWord(node, 'ins') || isWord(node, 'customXml')
    return around && depth < 8 ? inside(node, name, depth + 1) : []
  })
}

/** Paragraphs of a cell in reading order, those of tables inside it as well, with the bookmarks between them. */
function paragraphsIn(cell: XmlElement, depth: number): readonly XmlElement[] {
  if (depth > 16) return []
  return childrenOf(cell).flatMap((node): readonly XmlElement[] => {
    if (isWord(node, 'p') || isWord(node, 'bookmarkStart')) return [node]
    return isWord(node, 'tcPr') ? [] : paragraphsIn(node, depth + 1)
  })
}
