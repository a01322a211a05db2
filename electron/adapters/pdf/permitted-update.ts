import { type PDF, PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString, type PdfObject } from '@libpdf/core'
import { dictAt, signatureFields } from './pdf-objects.ts'
import { readUpdate, tableStart } from './update-section.ts'

/** What a signature's value may say about itself. A second certification would change what the first permits. */
const VALUE_KEYS = new Set([
  'Type',
  'Filter',
  'SubFilter',
  'ByteRange',
  'Contents',
  'Name',
  'Reason',
  'M',
  'Location',
  'ContactInfo',
])

export interface Revision {
  readonly bytes: Uint8Array
  readonly pdf: PDF
}

/**
 * Whether `after` is `before` and one more signature: in one empty field there is now a value and an appearance, and all that is
 * new belongs to these two. Nothing that was there may be defined anew, and nothing that is new may have been waited for.
 */
export function permittedUpdate(before: Revision, after: Revision, field: string): boolean {
  const section = readUpdate(after.bytes, before.bytes.length)
  if (!section || section.previous !== tableStart(before.bytes)) return false
  const was = signatureFields(before.pdf).find(({ name }) => name === field)
  const is = signatureFields(after.pdf).find(({ name }) => name === field)
  if (!was || !is || was.value || was.ref !== is.ref || !is.value) return false
  if (!section.objects.has(is.ref.objectNumber) || !sameBut(was.dict, is.dict, ['V', 'AP'])) return false
  if (!sameBut(before.pdf.context.info.trailer, after.pdf.context.info.trailer, ['Prev', 'Size'])) return false

  const added = new Set([...section.objects].filter((number) => number !== is.ref.objectNumber))
  const known = reach(before.pdf, [before.pdf.context.info.trailer])
  if ([...added].some((number) => known.has(number) || before.pdf.getObject(PdfRef.of(number, 0)) !== null))
    return false

  const appearance = dictAt(after.pdf, is.dict, 'AP')
  const drawn = appearance && [...appearance.keys()].map(({ value }) => value).join() === 'N' && appearance.getRef('N')
  const form = drawn && after.pdf.getObject(drawn)
  const value = is.dict.getRef('V')
  if (!drawn || !(form instanceof PdfStream) || form.getName('Subtype')?.value !== 'Form' || !value) return false
  if (is.value.getName('Type')?.value !== 'Sig' || [...is.value.keys()].some((key) => !VALUE_KEYS.has(key.value)))
    return false
  const reached = reach(after.pdf, [value, drawn])
  return reached.size === added.size && [...reached].every((number) => added.has(number))
}

/** Numbers of all objects that can be reached, those that are only named among them. */
function reach(pdf: PDF, from: readonly PdfObject[]): ReadonlySet<number> {
  const seen = new Set<number>()
  const waiting = [...from]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next instanceof PdfRef) {
      if (seen.has(next.objectNumber)) continue
      seen.add(next.objectNumber)
      const object = pdf.getObject(next)
      if (object) waiting.push(object)
    } else if (next instanceof PdfArray) waiting.push(...next)
    else if (next instanceof PdfDict) waiting.push(...[...next].map(([, value]) => value))
  }
  return seen
}

function sameBut(a: PdfDict, b: PdfDict, except: readonly string[]): boolean {
  const kept = (dict: PdfDict) => new PdfDict([...dict].filter(([key]) => !except.includes(key.value)))
  return written(kept(a)) === written(kept(b))
}

/** A value as text, the same for the same value. */
function written(value: PdfObject): string {
  if (value instanceof PdfDict) {
    const entries = [...value].map(([key, of]) => `${JSON.stringify(key.value)}:${written(of)}`)
    return `<${entries.toSorted().join()}>`
  }
  if (value instanceof PdfArray) return `[${[...value].map(written).join()}]`
  if (value instanceof PdfString) return `(${Buffer.from(value.bytes).toString('hex')})`
  if (value instanceof PdfName) return `/${JSON.stringify(value.value)}`
  if (value instanceof PdfRef) return `${value.objectNumber} ${value.generation} R`
  return `${value.type} ${'value' in value ? String(value.value) : ''}`
}
