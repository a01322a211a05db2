import type { PdfExpectations } from '#engine/agreements/ports.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import type { CertificateAlgorithm, SignOrder } from '#engine/agreements/ports.ts'
import { bookmarksOf, printHtml } from '#shared/agreement/print-html.ts'
import { signatureBoxHtml } from '#shared/agreement/signature-box-html.ts'
import { canonicalText, FIELDS, sampleAgreement } from './sample-agreement.ts'
import { at, orderOf, signerOf, type Signer } from './two-signers.ts'
import { print } from './tools.ts'

export const PREPARED = {
  fields: FIELDS,
  attachment: {
    name: sampleAgreement.attachment,
    description: 'The agreed text',
    mimeType: 'application/json',
    bytes: canonicalText,
  },
  bookmarks: bookmarksOf(sampleAgreement),
  at: at('2026-11-26T08:00:00Z'),
} as const
export const WHEN = [at('2026-11-26T09:30:00Z'), at('2026-11-26T10:15:00Z')] as const
export const NOW = at('2026-12-01T00:00:00Z')

export function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: string },
): T {
  if (!result.ok) throw new Error(result.refusal)
  return result.value
}

/** The look of a signatory's signature. */
export const boxOf = ({ fingerprint }: Signer, index: 0 | 1): Promise<Uint8Array> =>
  print(signatureBoxHtml({ ...sampleAgreement.signatories[index]!, at: WHEN[index], fingerprint }))

export interface SignedSample {
  readonly signers: readonly [Signer, Signer]
  readonly printed: Uint8Array
  readonly prepared: Uint8Array
  readonly boxes: readonly [Uint8Array, Uint8Array]
  /** Signed by the first, and by both. */
  readonly once: Uint8Array
  readonly twice: Uint8Array
  readonly expected: PdfExpectations
}

/** The sample agreement, printed by a real browser and signed by a person of each company. */
export async function signedSample(
  algorithms: readonly [CertificateAlgorithm, CertificateAlgorithm],
  more: Partial<SignOrder> = {},
): Promise<SignedSample> {
  const signers = [await signerOf(0, algorithms[0]), await signerOf(1, algorithms[1])] as const
  const printed = await print(printHtml(sampleAgreement))
  const boxes = [await boxOf(signers[0], 0), await boxOf(signers[1], 1)] as const
  const prepared = must(await signedPdfs.prepare(printed, PREPARED))
  const once = must(await signedPdfs.sign(prepared, { ...orderOf(signers[0], boxes[0], WHEN[0]), ...more }))
  const twice = must(await signedPdfs.sign(once, { ...orderOf(signers[1], boxes[1], WHEN[1]), ...more }))
  const expected = {
    cas: signers.map(({ ca }) => ca),
    revocations: [],
    signers: signers.map(({ field, fingerprint }) => ({ field, fingerprint })),
    now: NOW,
  }
  return { signers, printed, prepared, boxes, once, twice, expected }
}

/** Positions of a signature's space: the n-th of the file. */
export function spaceOf(
  pdf: Uint8Array,
  index: number,
): { readonly from: number; readonly to: number; readonly end: number } {
  const ranges = [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]/g),
  ]
  const [, from, to, rest] = ranges[index]!.map(Number)
  return { from: from!, to: to!, end: to! + rest! }
}

/** The signature itself, and the bytes that it is over. */
export function partsOf(pdf: Uint8Array, index: number): { readonly der: Uint8Array; readonly content: Uint8Array } {
  const { from, to, end } = spaceOf(pdf, index)
  const space = Buffer.from(Buffer.from(pdf.subarray(from + 1, to - 1)).toString('latin1'), 'hex')
  return {
    der: space.subarray(0, 4 + space.readUInt16BE(2)),
    content: Buffer.concat([pdf.subarray(0, from), pdf.subarray(to, end)]),
  }
}
