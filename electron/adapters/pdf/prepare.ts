import { type PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString } from '@libpdf/core'
import type { PrepareOrder, PrepareRefusal } from '#engine/agreements/ports.ts'
import { SIGNATURE_LINK } from '#shared/agreement/print-html.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { arrayAt, dictAt, openPdf, textAt } from './pdf-objects.ts'

/** Print, and locked: a reader shows it on paper and lets nobody move it. */
const FLAGS = 4 | 128

export async function prepare(printed: Uint8Array, order: PrepareOrder): Promise<Result<Uint8Array, PrepareRefusal>> {
  const pdf = await openPdf(printed)
  if (!pdf || pdf.canSaveIncrementally() !== null) return refuse('pdf-unreadable')
  if (pdf.hasForm()) return refuse('pdf-has-form')
  const links = signatureLinks(pdf)
  if (links.some(({ field }) => !order.fields.includes(field))) return refuse('field-unknown')
  const once = (field: string) => links.filter((link) => link.field === field).length === 1
  if (order.fields.length === 0 || !order.fields.every(once)) return refuse('field-missing')
  if (!retitle(pdf, order.bookmarks)) return refuse('bookmarks-differ')

  for (const link of links) becomeField(link)
  const fields = new PdfArray(links.map(({ ref }) => ref))
  // Signatures exist, and the file is only ever appended to.
  const form = pdf.register(PdfDict.of({ Fields: fields, SigFlags: PdfNumber.of(3) }))
  pdf.getCatalog().set('AcroForm', form)
  const { name, bytes, description, mimeType } = order.attachment
  const made = new Date(order.at)
  pdf.addAttachment(name, bytes, { description, mimeType, createdAt: made, modifiedAt: made })
  pdf.setCreator('Mithaq')
  return ok(await pdf.save({ incremental: true }))
}

interface Link {
  readonly field: string
  readonly ref: PdfRef
  readonly dict: PdfDict
  readonly page: PdfRef
}

function signatureLinks(pdf: PDF): readonly Link[] {
  return pdf.getPages().flatMap((page) => {
    const annotations = arrayAt(pdf, page.dict, 'Annots')
    return (annotations?.toArray() ?? []).flatMap((found, at): Link[] => {
      const dict = found instanceof PdfRef ? pdf.getObject(found) : found
      if (!annotations || !(dict instanceof PdfDict)) return []
      const action = dictAt(pdf, dict, 'A')
      const target = action && textAt(pdf, action, 'URI')
      if (!target?.startsWith(SIGNATURE_LINK)) return []
      const ref = found instanceof PdfRef ? found : pdf.register(dict)
      if (ref !== found) annotations.set(at, ref)
      return [{ field: decodeURIComponent(target.slice(SIGNATURE_LINK.length)), ref, dict, page: page.ref }]
    })
  })
}

/** The link's own object becomes the field and its widget in one: page, place and tag stay. */
function becomeField({ field, dict, page }: Link): void {
  for (const key of ['A', 'Border', 'BS', 'C', 'H', 'PA', 'QuadPoints']) dict.delete(key)
  dict.set('Type', PdfName.of('Annot'))
  dict.set('Subtype', PdfName.of('Widget'))
  dict.set('FT', PdfName.of('Sig'))
  dict.set('T', PdfString.fromString(field))
  dict.set('F', PdfNumber.of(FLAGS))
  dict.set('P', page)
}

/** Gives the outline's entries their titles, from top to bottom. */
function retitle(pdf: PDF, titles: readonly string[]): boolean {
  const entries: PdfDict[] = []
  const walk = (ref: PdfRef | undefined, depth: number): void => {
    for (let next = ref; next && entries.length <= titles.length && depth < 8;) {
      const entry = pdf.getObject(next)
      if (!(entry instanceof PdfDict)) return
      entries.push(entry)
      walk(entry.getRef('First'), depth + 1)
      next = entry.getRef('Next')
    }
  }
  walk(dictAt(pdf, pdf.getCatalog(), 'Outlines')?.getRef('First'), 0)
  if (entries.length !== titles.length) return false
  for (const [at, entry] of entries.entries()) entry.set('Title', PdfString.fromString(titles[at] ?? ''))
  return true
}
