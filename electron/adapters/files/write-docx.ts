import {
  AlignmentType, Bookmark, Document, HeadingLevel, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType,
} from 'docx' // prettier-ignore
import type { ClauseContent, StandardContent } from '#shared/standards/content.ts'
import { depthOf } from '#shared/standards/number-clauses.ts'
import type { Block, Span } from '#shared/standards/rich-text.ts'

const HEADINGS = [
  HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4, HeadingLevel.HEADING_5, HeadingLevel.HEADING_6,
] as const // prettier-ignore
const BULLETS = 'standard-bullets'
const NUMBERS = 'standard-numbers'
const LEVELS = Array.from({ length: 9 }, (_, level) => level)
const INDENT = 360

/** A version as a Word document in one language: numbers are part of the headings' words, anchors are bookmarks. */
export async function writeDocx(
  { title, clauses }: Pick<StandardContent, 'title' | 'clauses'>,
  language: 'en' | 'ar',
): Promise<Uint8Array> {
  const page = new Page(language)
  const document = new Document({
    title: title[language],
    creator: 'Mithaq',
    styles: { default: { document: { run: { font: language === 'ar' ? 'Arial' : 'Calibri', size: 22 } } } },
    numbering: {
      config: [
        { reference: BULLETS, levels: LEVELS.map((level) => listLevel(level, LevelFormat.BULLET, '•')) },
        {
          reference: NUMBERS,
          levels: LEVELS.map((level) => listLevel(level, LevelFormat.DECIMAL, `%${String(level + 1)}.`)),
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            ...page.direction,
            children: page.runs([{ text: title[language] }]),
          }),
          ...clauses.flatMap((clause) => page.clause(clause)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const listLevel = (level: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
  level,
  format,
  text,
  alignment: AlignmentType.START,
  style: { paragraph: { indent: { left: INDENT * (level + 2), hanging: INDENT } } },
})

class Page {
  readonly #language: 'en' | 'ar'
  /** Each list counts from 1. */
  #lists = 0

  constructor(language: 'en' | 'ar') {
    this.#language = language
  }

  get direction() {
    return this.#language === 'ar' ? { bidirectional: true } : {}
  }

  clause({ id, number, heading, text }: ClauseContent): readonly (Paragraph | Table)[] {
    const words = `${number} ${heading[this.#language]}`.trim()
    const level = HEADINGS[Math.min(depthOf(number), HEADINGS.length) - 1] ?? HeadingLevel.HEADING_6
    const children = [new Bookmark({ id: `clause_${id}`, children: this.runs([{ text: words }]) })]
    return [new Paragraph({ heading: level, ...this.direction, children }), ...this.#blocks(text[this.#language], -1)]
  }

  runs(spans: readonly Span[]): TextRun[] {
    const rightToLeft = this.#language === 'ar'
    return spans.flatMap(({ text, bold = false, italic = false }) =>
      text
        .split('\n')
        .map(
          (part, at) =>
            new TextRun({ text: part, bold, italics: italic, rightToLeft, ...(at > 0 ? { break: 1 } : {}) }),
        ),
    )
  }

  #blocks(blocks: readonly Block[], level: number): readonly (Paragraph | Table)[] {
    return blocks.flatMap((block): readonly (Paragraph | Table)[] => {
      switch (block.kind) {
        case 'paragraph':
          return [
            new Paragraph({
              ...this.direction,
              children: this.runs(block.text),
              spacing: { after: 120 },
              ...(level >= 0 ? { indent: { left: INDENT * (level + 2) } } : {}),
            }),
          ]
        case 'bullets':
        case 'numbers':
          return this.#list(block, Math.min(level + 1, 8))
        case 'table':
          return [this.#table(block)]
      }
    })
  }

  #list(
    { kind, items }: Extract<Block, { kind: 'bullets' | 'numbers' }>,
    level: number,
  ): readonly (Paragraph | Table)[] {
    const numbering = { reference: kind === 'bullets' ? BULLETS : NUMBERS, level, instance: ++this.#lists }
    return items.flatMap((item) => {
      const [first, ...rest] = item
      const own = first?.kind === 'paragraph' ? first.text : []
      const others = first?.kind === 'paragraph' ? rest : item
      return [new Paragraph({ ...this.direction, numbering, children: this.runs(own) }), ...this.#blocks(others, level)]
    })
  }

  #table({ rows }: Extract<Block, { kind: 'table' }>): Table {
    const width = Math.max(1, ...rows.map(({ cells }) => cells.length))
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      visuallyRightToLeft: this.#language === 'ar',
      rows: rows.map(
        ({ header, cells }) =>
          new TableRow({
            // Its absence means no: readers take a mark that says false for a mark.
            ...(header ? { tableHeader: true } : {}),
            children: Array.from(
              { length: width },
              (_, at) => new TableCell({ children: this.#cell(cells[at] ?? []) }),
            ),
          }),
      ),
    })
  }

  /** Word wants a paragraph at the end of every cell. */
  #cell(blocks: readonly Block[]): (Paragraph | Table)[] {
    const written = this.#blocks(blocks, -1)
    return written.at(-1) instanceof Paragraph ? [...written] : [...written, new Paragraph({})]
  }
}
