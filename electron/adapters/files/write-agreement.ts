import {
  AlignmentType, Bookmark, BorderStyle, DeletedTextRun, Document, Footer, HeadingLevel, InsertedTextRun, LevelFormat, LevelSuffix, Packer, Paragraph, Table,
  TableCell, TableLayoutType, TableRow, TextRun, WidthType, type IParagraphOptions,
} from 'docx' // prettier-ignore
import type { WordRun } from '#shared/agreement/word-diff.ts'
import { anchorOf, COLUMNS, termAnchor, type TrackedBy, type WordDraft } from '#shared/agreement/word-file.ts'

type Language = 'en' | 'ar'
type ClauseDraft = WordDraft['clauses'][number]
type Change = { readonly id: number; readonly author: string; readonly date: string }

/** Custom properties that say which agreement and which text a file is; Word and LibreOffice keep them. */
export const PROPERTIES = { artifact: 'MithaqAgreement', hash: 'MithaqText' } as const

/** A4 in twentieths of a point, without its margins. */
const WIDTH = 11_906 - 2 * 1_134
const HALF = Math.floor(WIDTH / 2)
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'BFC5C2' } as const

/** An agreement as a Word document: English left, Arabic right, each clause a row with bookmarks, differences as tracked changes. */
export async function writeAgreement(draft: WordDraft): Promise<Uint8Array> {
  const page = new Page()
  const document = new Document({
    title: draft.title.en,
    creator: 'Mithaq',
    customProperties: [
      { name: PROPERTIES.artifact, value: draft.artifact },
      { name: PROPERTIES.hash, value: draft.hash },
    ],
    // Whoever edits it from here on is tracked, unless they switch that off.
    features: { trackRevisions: true },
    styles: {
      default: {
        document: { run: { font: { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Arial' }, size: 21, sizeComplexScript: 22 } },
        title: { run: { size: 34, sizeComplexScript: 36, bold: true, boldComplexScript: true, color: '123C38' } },
        heading2: {
          run: { size: 22, sizeComplexScript: 24, bold: true, boldComplexScript: true, color: '123C38' },
          paragraph: { spacing: { before: 40, after: 60 }, keepNext: true },
        },
      },
    },
    numbering: {
      config: (['en', 'ar'] as const).map((language) => ({
        reference: `clauses-${language}`,
        levels: [
          {
            level: 0,
            format: LevelFormat.DECIMAL,
            text: '%1.',
            alignment: AlignmentType.LEFT,
            // Editors do not agree on which side a number hangs in Arabic: it does not hang, and its cell has room for it.
            suffix: LevelSuffix.SPACE,
            style: { paragraph: { indent: { left: 0, hanging: 0 } } },
          },
        ],
      })),
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1_134, bottom: 1_134, left: 1_134, right: 1_134 } } },
        footers: {
          default: new Footer({ children: [new Paragraph({ children: [new TextRun({ text: `Mithaq · SHA-256 ${draft.hash}`, size: 14, color: '6B7370' })] })] }),
        },
        children: [
          ...(['en', 'ar'] as const).map((language) => page.paragraph(language, [text(draft.title[language])], { heading: HeadingLevel.TITLE, spacing: { after: 80 } })),
          ...(['en', 'ar'] as const).map((language) => page.paragraph(language, [text(draft.about[language])], { spacing: { after: 160 } })),
          page.table(draft.entries.map((entry) => page.entry(entry))),
          new Paragraph({}),
          page.table([page.columns(), ...draft.clauses.map((clause) => page.clause(clause))]),
        ],
      },
    ],
  }) // prettier-ignore
  return new Uint8Array(await Packer.toBuffer(document))
}

const text = (words: string): WordRun => ({ kind: 'same', text: words })
const NOBODY: TrackedBy = { author: '', date: '' }

class Page {
  /** Every tracked change of a document has a number of its own. */
  #changes = 0

  table(rows: readonly TableRow[]): Table {
    return new Table({
      width: { size: WIDTH, type: WidthType.DXA },
      columnWidths: [HALF, HALF],
      layout: TableLayoutType.FIXED,
      borders: { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
      rows,
    })
  }

  columns(): TableRow {
    const cells = (['en', 'ar'] as const).map((language) => this.#cell([this.paragraph(language, [text(COLUMNS[language])], {})])) // prettier-ignore
    return new TableRow({ tableHeader: true, cantSplit: true, children: cells })
  }

  entry({ name, label, text: runs, by }: WordDraft['entries'][number]): TableRow {
    const cells = (['en', 'ar'] as const).map((language) => {
      const all = [text(`${label[language]}: `), ...runs[language]]
      return this.#cell(this.#paragraphs(language, all, by, language === 'en' ? termAnchor(name) : undefined, {}))
    })
    return new TableRow({ children: cells })
  }

  clause(clause: ClauseDraft): TableRow {
    const { id, state, heading, text: body, by } = clause
    const cells = (['en', 'ar'] as const).map((language) =>
      this.#cell(
        [
          ...this.#paragraphs(language, heading[language], by[language], anchorOf(id, 'h', language), {
            heading: HeadingLevel.HEADING_2,
            numbering: { reference: `clauses-${language}`, level: 0 },
          }),
          ...this.#paragraphs(language, body[language], by[language], anchorOf(id, 't', language), {
            spacing: { after: 100 },
          }),
        ],
        language === 'ar' ? 360 : 120,
      ),
    )
    const row = state === 'inserted' ? { insertion: this.#change(by.en) } : state === 'deleted' ? { deletion: this.#change(by.en) } : {} // prettier-ignore
    return new TableRow({ children: cells, ...row })
  }

  paragraph(language: Language, runs: readonly WordRun[], options: IParagraphOptions): Paragraph {
    return new Paragraph({ ...direction(language), ...options, children: runs.map((run) => this.#run(run, language, NOBODY)) })
  } // prettier-ignore

  /** Runs cut into paragraphs at their line breaks; the mark of a break that was put in or taken out is tracked as well. */
  #paragraphs(
    language: Language,
    runs: readonly WordRun[],
    by: TrackedBy,
    anchor: string | undefined,
    options: IParagraphOptions,
  ): readonly Paragraph[] {
    const lines: { runs: WordRun[]; end: WordRun['kind'] }[] = [{ runs: [], end: 'same' }]
    for (const run of runs) {
      const [first = '', ...more] = run.text.split('\n')
      const pieces = [first, ...more]
      pieces.forEach((piece, at) => {
        const line = lines.at(-1)
        if (line && piece !== '') line.runs.push({ ...run, text: piece })
        if (at === pieces.length - 1) return
        if (line) line.end = run.kind
        lines.push({ runs: [], end: 'same' })
      })
    }
    return lines.map(({ runs: own, end }, at) => {
      const children = own.map((run) => this.#run(run, language, by))
      const mark = end === 'inserted' ? { insertion: this.#change(by) } : end === 'deleted' ? { deletion: this.#change(by) } : undefined // prettier-ignore
      return new Paragraph({
        ...direction(language),
        ...options,
        ...(mark && { run: mark }),
        children: at === 0 && anchor !== undefined ? [new Bookmark({ id: anchor, children })] : children,
      })
    })
  }

  #run({ kind, text: words }: WordRun, language: Language, by: TrackedBy): TextRun | InsertedTextRun | DeletedTextRun {
    const options = language === 'ar' ? { text: words, rightToLeft: true, language: { bidirectional: 'ar-SA' } } : { text: words, language: { value: 'en-GB' } } // prettier-ignore
    if (kind === 'inserted') return new InsertedTextRun({ ...options, ...this.#change(by) })
    return kind === 'deleted' ? new DeletedTextRun({ ...options, ...this.#change(by) }) : new TextRun(options)
  }

  #change({ author, date }: TrackedBy): Change {
    return { id: ++this.#changes, author, date }
  }

  #cell(children: readonly Paragraph[], right = 120): TableCell {
    return new TableCell({
      width: { size: HALF, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 120, right },
      children,
    })
  }
}

const direction = (language: Language): IParagraphOptions => (language === 'ar' ? { bidirectional: true } : {})
