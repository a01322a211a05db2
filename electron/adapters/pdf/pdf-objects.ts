import { PDF, PdfArray, PdfDict, PdfNumber, PdfRef, PdfString, type PdfObject } from '@libpdf/core'

/** Opens a file whose structure is as it says: nothing is repaired. `undefined` when it cannot be read so, or is encrypted. */
export async function openPdf(bytes: Uint8Array): Promise<PDF | undefined> {
  try {
    const pdf = await PDF.load(bytes, { lenient: false })
    return pdf.recoveredViaBruteForce || pdf.isEncrypted || pdf.getPageCount() === 0 ? undefined : pdf
  } catch {
    return undefined
  }
}

/** What a value is, after following a reference. */
export const resolved = (pdf: PDF, value: PdfObject | null | undefined): PdfObject | undefined =>
  (value instanceof PdfRef ? pdf.getObject(value) : value) ?? undefined
export const dictAt = (pdf: PDF, dict: PdfDict, key: string): PdfDict | undefined => {
  const value = resolved(pdf, dict.get(key))
  return value instanceof PdfDict ? value : undefined
}
export const arrayAt = (pdf: PDF, dict: PdfDict, key: string): PdfArray | undefined => {
  const value = resolved(pdf, dict.get(key))
  return value instanceof PdfArray ? value : undefined
}
export const textAt = (pdf: PDF, dict: PdfDict, key: string): string | undefined => {
  const value = resolved(pdf, dict.get(key))
  return value instanceof PdfString ? value.asString() : undefined
}
export const numbersAt = (pdf: PDF, dict: PdfDict, key: string): readonly number[] =>
  (arrayAt(pdf, dict, key)?.toArray() ?? []).map((each) => (each instanceof PdfNumber ? each.value : Number.NaN))

export interface SignatureField {
  readonly name: string
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** The signature, when there is one. */
  readonly value: PdfDict | undefined
}

/** The signature fields of a file. Ours are all at the top of the form; what is not is no field of ours. */
export function signatureFields(pdf: PDF): readonly SignatureField[] {
  const form = dictAt(pdf, pdf.getCatalog(), 'AcroForm')
  const fields = form ? (arrayAt(pdf, form, 'Fields')?.toArray() ?? []) : []
  return fields.flatMap((ref) => {
    const dict = ref instanceof PdfRef ? pdf.getObject(ref) : undefined
    if (!(ref instanceof PdfRef) || !(dict instanceof PdfDict) || dict.getName('FT')?.value !== 'Sig') return []
    return [{ name: textAt(pdf, dict, 'T') ?? '', ref, dict, value: dictAt(pdf, dict, 'V') }]
  })
}
