import { describe, expect, it } from 'vitest'
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfStream, PdfString } from '@libpdf/core'
import { permittedUpdate, type Revision } from './permitted-update.ts'

const open = async (bytes: Uint8Array): Promise<Revision> => ({ bytes, pdf: await PDF.load(bytes, { lenient: false }) })
/** A number that the file names and does not define. */
const DANGLING = 900

/** A page with two empty signature fields, and a reference to an object that is not there. */
async function prepared(): Promise<Uint8Array> {
  const pdf = PDF.create()
  const page = pdf.addPage({ width: 300, height: 300 })
  page.drawText('price 100', { x: 20, y: 200 })
  page.dict.set('Extra', PdfRef.of(DANGLING))
  const refs = ['one', 'two'].map((name, at) =>
    pdf.register(
      PdfDict.of({
        Type: PdfName.of('Annot'), Subtype: PdfName.of('Widget'), FT: PdfName.of('Sig'), T: PdfString.fromString(name),
        Rect: new PdfArray([10, 10 + at * 60, 100, 60 + at * 60].map((number) => PdfNumber.of(number))), P: page.ref,
      }),
    ),
  ) // prettier-ignore
  page.dict.set('Annots', new PdfArray([...refs]))
  pdf.getCatalog().set('AcroForm', PdfDict.of({ Fields: new PdfArray([...refs]), SigFlags: PdfNumber.of(3) }))
  return pdf.save()
}

const fieldOf = (pdf: PDF, name: string): PdfDict => {
  const fields = pdf.getCatalog().getDict('AcroForm')!.getArray('Fields')!.toArray()
  const found = fields
    .map((ref) => pdf.getObject(ref as PdfRef) as PdfDict)
    .find((dict) => dict.getString('T')?.asString() === name)
  return found!
}
/** Puts a value and an appearance into a field, as a signature does. */
function fill(
  pdf: PDF,
  name: string,
  more: (value: PdfDict, field: PdfDict, form: PdfStream) => void = () => undefined,
): void {
  const field = fieldOf(pdf, name)
  const value = PdfDict.of({ Type: PdfName.of('Sig'), Contents: PdfString.fromBytes(new Uint8Array(20)) })
  const form = PdfStream.fromDict({ Type: PdfName.of('XObject'), Subtype: PdfName.of('Form') }, new Uint8Array([10]))
  field.set('V', pdf.register(value))
  field.set('AP', PdfDict.of({ N: pdf.register(form) }))
  more(value, field, form)
}
async function updated(bytes: Uint8Array, change: (pdf: PDF) => void): Promise<Uint8Array> {
  const pdf = await PDF.load(bytes)
  change(pdf)
  return pdf.save({ incremental: true, useXRefStream: false })
}
const allows = async (before: Uint8Array, after: Uint8Array, field = 'two') =>
  permittedUpdate(await open(before), await open(after), field)

describe('what may follow a signature', () => {
  it('[VER-3] is one more signature in an empty field, with its appearance', async () => {
    const before = await updated(await prepared(), (pdf) => fill(pdf, 'one'))
    expect(await allows(before, await updated(before, (pdf) => fill(pdf, 'two')))).toBe(true)
    expect(await allows(before, await updated(before, (pdf) => fill(pdf, 'two')), 'one')).toBe(false)
    expect(await allows(before, await updated(before, (pdf) => fill(pdf, 'one')), 'one')).toBe(false)
  })

  const page = (pdf: PDF) => pdf.getPages()[0]!
  it.each<[string, (pdf: PDF) => void]>([
    ['draws over a page', (pdf) => (fill(pdf, 'two'), page(pdf).drawText('price 900', { x: 20, y: 200 }))],
    [
      'exchanges a page’s content',
      (pdf) => (fill(pdf, 'two'), page(pdf).dict.set('Contents', pdf.createStream({}, new Uint8Array([10])))),
    ],
    ['turns a page', (pdf) => (fill(pdf, 'two'), page(pdf).dict.set('Rotate', PdfNumber.of(90)))],
    ['adds a page', (pdf) => (fill(pdf, 'two'), void pdf.addPage())],
    [
      'adds an annotation',
      (pdf) => (
        fill(pdf, 'two'),
        page(pdf)
          .dict.getArray('Annots')!
          .push(pdf.createDict({ Subtype: PdfName.of('Stamp') }))
      ),
    ],
    [
      'moves the field over the text',
      (pdf) =>
        fill(pdf, 'two', (_, field) =>
          field.set('Rect', new PdfArray([0, 0, 300, 300].map((each) => PdfNumber.of(each)))),
        ),
    ],
    ['touches the other signature’s field', (pdf) => (fill(pdf, 'two'), fieldOf(pdf, 'one').set('F', PdfNumber.of(2)))],
    [
      'exchanges the other signature’s look',
      (pdf) => (
        fill(pdf, 'two'),
        fieldOf(pdf, 'one').set('AP', PdfDict.of({ N: fieldOf(pdf, 'two').getDict('AP')!.getRef('N')! }))
      ),
    ],
    ['certifies anew', (pdf) => fill(pdf, 'two', (value) => value.set('Reference', new PdfArray([])))],
    ['changes the catalogue', (pdf) => (fill(pdf, 'two'), pdf.getCatalog().set('OpenAction', PdfName.of('x')))],
    ['adds a file', (pdf) => (fill(pdf, 'two'), pdf.addAttachment('b.json', new Uint8Array(3)))],
    ['adds what nothing uses', (pdf) => (fill(pdf, 'two'), void pdf.createDict({}))],
    [
      'leads from its look to a page',
      (pdf) => fill(pdf, 'two', (_, __, form) => form.set('Resources', PdfDict.of({ X: page(pdf).ref }))),
    ],
    [
      'has a second look',
      (pdf) => fill(pdf, 'two', (_, field) => field.getDict('AP')!.set('R', field.getDict('AP')!.getRef('N')!)),
    ],
    [
      'acts when it is clicked',
      (pdf) => fill(pdf, 'two', (_, field) => field.set('A', PdfDict.of({ S: PdfName.of('URI') }))),
    ],
    ['renames the document', (pdf) => (fill(pdf, 'two'), pdf.setTitle('other'))],
    ['fills no field', (pdf) => pdf.setTitle('other')],
    ['defines what was only named before', (pdf) => fill(pdf, 'two', (value) => value.set('Extra', defined(pdf)))],
  ])('[VER-3] is nothing that %s', async (_, change) => {
    const before = await updated(await prepared(), (pdf) => fill(pdf, 'one'))
    expect(await allows(before, await updated(before, change))).toBe(false)
  })

  /** An object under the dangling number. */
  function defined(pdf: PDF): PdfRef {
    const ref = PdfRef.of(DANGLING)
    pdf.context.registry.registerAt(ref, PdfDict.of({ S: PdfName.of('overlay') }))
    return ref
  }

  it('[VER-3] is one update, written so that every reader reads it alike', async () => {
    const before = await updated(await prepared(), (pdf) => fill(pdf, 'one'))
    const after = await updated(before, (pdf) => fill(pdf, 'two'))
    const twice = await updated(await updated(before, (pdf) => pdf.setTitle('a')), (pdf) => fill(pdf, 'two'))
    expect(await allows(before, twice)).toBe(false)
    const text = Buffer.from(after).toString('latin1')
    const bent = (change: (tail: string) => string) =>
      Buffer.from(text.slice(0, before.length) + change(text.slice(before.length)), 'latin1')
    const cases: readonly ((tail: string) => string)[] = [
      (tail) => tail.replace(/00000 n/, '00000 f'),
      (tail) => tail.replace(/\/Prev \d+/, (prev) => prev.replace(/\d/g, '1')),
      (tail) => tail.replace(/startxref/, 'startxxxx'),
      (tail) => tail.replace('trailer', '77 0 obj <<>> endobj\ntrailer'),
      (tail) => tail.replace(/(\d+) 0 obj/, (whole) => whole.replace(' 0 ', ' 1 ')),
      (tail) => tail.replace(/\d{10} 00000 n/, '0000000020 00000 n'),
      (tail) => `${tail}%`,
    ]
    const honest = await open(after)
    for (const [at, change] of cases.entries()) {
      const bytes = bent(change)
      expect(bytes.equals(after), `case ${at} changes something`).toBe(false)
      // Judged by its bytes alone: whatever a lenient reader makes of it.
      expect(permittedUpdate(await open(before), { bytes, pdf: honest.pdf }, 'two'), `case ${at}`).toBe(false)
    }
  })
})
