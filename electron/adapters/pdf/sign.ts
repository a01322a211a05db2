import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import { type PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfString } from '@libpdf/core'
import * as pkijs from 'pkijs'
import type { SignOrder, SignRefusal } from '#engine/agreements/ports.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { attachTimestamp, encodeCms, signCms } from './cms.ts'
import { openPdf, signatureFields, type SignatureField } from './pdf-objects.ts'
import { timestampRequest, tokenOf } from './timestamp.ts'
import { bufferOf, sameBytes, sha256 } from './x509-parts.ts'

/** Bytes kept free for a signature, without and with a timestamp's token, which brings its authority's certificates. */
const SPACE = { plain: 8_192, stamped: 24_576 } as const

export async function sign(bytes: Uint8Array, order: SignOrder): Promise<Result<Uint8Array, SignRefusal>> {
  const pdf = await openPdf(bytes)
  if (!pdf || pdf.canSaveIncrementally() !== null) return refuse('pdf-unreadable')
  const fields = signatureFields(pdf)
  const field = fields.find(({ name }) => name === order.field)
  if (!field) return refuse('field-missing')
  if (field.value) return refuse('field-signed')
  const key = keyOf(order)
  if (!key) return refuse('key-mismatch')
  const appearance = await openPdf(order.appearance)
  if (appearance?.getPageCount() !== 1) return refuse('appearance-unreadable')

  const space = order.timestamp ? SPACE.stamped : SPACE.plain
  const first = fields.every(({ value }) => !value)
  await fill(pdf, field, { order, appearance, space, first })
  const open = await pdf.save({ incremental: true })
  const gap = measure(open, bytes.length, space)
  const digest = sha256(open.subarray(0, gap.from), open.subarray(gap.to))

  const cms = signCms({ digest, key, certificate: order.certificate, chain: [order.ca] })
  const stamped = order.timestamp ? await stamp(cms, order.timestamp) : ok(null)
  if (!stamped.ok) return stamped
  const der = encodeCms(cms)
  // A token larger than the space is an authority that sends more than its certificates.
  if (der.length > space) return refuse('timestamp-refused')
  Buffer.from(open.buffer, open.byteOffset).write(Buffer.from(der).toString('hex'), gap.from + 1, 'latin1')
  return ok(open)
}

/** The secret half, when it is the certificate's. */
function keyOf({ secret, certificate }: SignOrder): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' })
    const open = createPublicKey(key).export({ format: 'der', type: 'spki' })
    const named = pkijs.Certificate.fromBER(bufferOf(certificate)).subjectPublicKeyInfo.toSchema().toBER()
    return sameBytes(open, new Uint8Array(named)) ? key : undefined
  } catch {
    return undefined
  }
}

interface Filling {
  readonly order: SignOrder
  readonly appearance: PDF
  readonly space: number
  /** Who signs first says what may happen afterwards. */
  readonly first: boolean
}

async function fill(pdf: PDF, field: SignatureField, { order, appearance, space, first }: Filling): Promise<void> {
  const value = new PdfDict([
    ['Type', PdfName.of('Sig')],
    ['Filter', PdfName.of('Adobe.PPKLite')],
    ['SubFilter', PdfName.of('ETSI.CAdES.detached')],
    ['ByteRange', new PdfArray([0, UNKNOWN, UNKNOWN, UNKNOWN].map((number) => PdfNumber.of(number)))],
    ['Contents', new PdfString(new Uint8Array(space), 'hex')],
    ['Name', PdfString.fromString(order.name)],
    ['Reason', PdfString.fromString(order.reason)],
    ['M', PdfString.fromString(pdfDate(order.at))],
  ])
  const ref = pdf.register(value)
  if (first) {
    value.set('Reference', new PdfArray([certification()]))
    pdf.getCatalog().set('Perms', PdfDict.of({ DocMDP: ref }))
  }
  const drawn = await pdf.embedPage(appearance, 0)
  field.dict.set('V', ref)
  field.dict.set('AP', PdfDict.of({ N: drawn.ref }))
}

/** The file may be signed further and its form filled in, and nothing else. */
const certification = () =>
  PdfDict.of({
    Type: PdfName.of('SigRef'),
    TransformMethod: PdfName.of('DocMDP'),
    TransformParams: PdfDict.of({ Type: PdfName.of('TransformParams'), P: PdfNumber.of(2), V: PdfName.of('1.2') }),
  })

/** As many digits as any file's length has, so that the true numbers fit in their place. */
const UNKNOWN = 9_999_999_999
const PLACE = Buffer.from(`[0 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN}]`)

/** Finds the space of the signature in what was appended, and writes into the file what the signature covers. */
function measure(open: Uint8Array, appendedAt: number, space: number): { readonly from: number; readonly to: number } {
  const file = Buffer.from(open.buffer, open.byteOffset, open.byteLength)
  const place = file.indexOf(PLACE, appendedAt)
  const from = file.indexOf(`<${'00'.repeat(space)}>`, appendedAt)
  if (place < 0 || from < 0) throw new Error('the signature that was just written is not there')
  const to = from + space * 2 + 2
  const range = `[0 ${from} ${to} ${file.length - to}`
  file.write(`${range.padEnd(PLACE.length - 1)}]`, place, 'latin1')
  return { from, to }
}

const pdfDate = (at: Instant): string => `D:${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`

async function stamp(
  cms: pkijs.SignedData,
  ask: NonNullable<SignOrder['timestamp']>,
): Promise<Result<null, SignRefusal>> {
  const signature = new Uint8Array(cms.signerInfos[0]!.signature.valueBlock.valueHexView)
  const nonce = new Uint8Array(randomBytes(16))
  const answer = await ask(timestampRequest(signature, nonce))
  if (!answer.ok) return answer
  const token = tokenOf(answer.value, signature, nonce)
  if (!token) return refuse('timestamp-refused')
  attachTimestamp(cms, token)
  return ok(null)
}
