import { webcrypto } from 'node:crypto'
import { PDF, PdfDict, PdfRef, PdfString } from '@libpdf/core'
import * as pkijs from 'pkijs'
import type { AddedSignature } from '#shared/evidence/report.ts'
import { arrayAt, dictAt, numbersAt, resolved, textAt } from './pdf-objects.ts'
import { readTimestamp } from './timestamp.ts'
import { claimedTime } from './verify.ts'
import { bufferOf, hex, readableName, sha256 } from './x509-parts.ts'

/** Our own: a library beside us may put another in the place that all of them share. */
const ENGINE = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never })
/** Form fields nested deeper than this are nobody's. */
const DEEPEST = 8
const MOST = 64

/** Other people's software writes other forms than ours: what is read here is told, and never counts as a party's signature. */
export async function addedSignatures(bytes: Uint8Array, from: number): Promise<readonly AddedSignature[]> {
  try {
    const pdf = await PDF.load(bytes)
    const found: { readonly end: number; readonly signature: AddedSignature }[] = []
    for (const value of signatureValues(pdf)) {
      const range = numbersAt(pdf, value, 'ByteRange')
      const [start = -1, first = -1, second = -1, rest = -1] = range
      const end = second + rest
      const sound = range.length === 4 && start === 0 && range.every(Number.isSafeInteger) && first > 0
      if (!sound || second < first || end > bytes.length || end <= from || found.length >= MOST) continue
      const contents = value.get('Contents')
      if (!(contents instanceof PdfString)) continue
      const covered = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, end)])
      const claimed = claimedTime(textAt(pdf, value, 'M'))
      const read =
        value.getName('SubFilter')?.value === 'ETSI.RFC3161'
          ? timestamp(contents.bytes, covered)
          : await signature(contents.bytes, covered)
      found.push({ end, signature: { claimedAt: claimed, ...read, reachesEnd: end === bytes.length } })
    }
    return found.toSorted((a, b) => a.end - b.end).map(({ signature }) => signature)
  } catch {
    return []
  }
}

/** Values of all signature fields, wherever in the form they stand. */
function signatureValues(pdf: PDF): readonly PdfDict[] {
  const values: PdfDict[] = []
  const walk = (form: PdfDict, key: string, depth: number): void => {
    for (const each of arrayAt(pdf, form, key)?.toArray() ?? []) {
      const field = each instanceof PdfRef ? resolved(pdf, each) : each
      if (!(field instanceof PdfDict) || depth > DEEPEST) continue
      const value = dictAt(pdf, field, 'V')
      if (value?.has('ByteRange')) values.push(value)
      walk(field, 'Kids', depth + 1)
    }
  }
  const form = dictAt(pdf, pdf.getCatalog(), 'AcroForm')
  if (form) walk(form, 'Fields', 0)
  return values
}

type Read = Omit<AddedSignature, 'claimedAt' | 'reachesEnd'> & Partial<Pick<AddedSignature, 'claimedAt'>>
const UNREAD = { signer: '', issuer: '', fingerprint: '', holds: false } as const

/** The space behind a signature is filled with zeros: its own length says where it ends. */
const withoutFill = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, derEnd(bytes) ?? bytes.length)

function derEnd(bytes: Uint8Array): number | undefined {
  const first = bytes[1] ?? 0x80
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count < 1 || count > 4) return undefined
  const end = 2 + count + bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
  return end <= bytes.length ? end : undefined
}

async function signature(contents: Uint8Array, covered: Uint8Array): Promise<Read> {
  try {
    const outer = pkijs.ContentInfo.fromBER(bufferOf(withoutFill(contents)))
    const content = new pkijs.SignedData({ schema: outer.content })
    const { signatureVerified, signerCertificate } = await content.verify(
      { signer: 0, data: bufferOf(covered), extendedMode: true },
      ENGINE,
    )
    if (!signerCertificate) return { kind: 'signature', ...UNREAD }
    return { kind: 'signature', ...namesOf(signerCertificate), holds: signatureVerified === true }
  } catch (problem) {
    // The library throws for a signature that does not hold, and says whose it would be.
    const of = (problem as { readonly signerCertificate?: pkijs.Certificate | null }).signerCertificate
    return { kind: 'signature', ...UNREAD, ...(of ? namesOf(of) : {}), holds: false }
  }
}

function timestamp(contents: Uint8Array, covered: Uint8Array): Read {
  const read = readTimestamp(withoutFill(contents), covered)
  const [first] = read?.certificates ?? []
  if (!read || !first) return { kind: 'timestamp', ...UNREAD }
  return { kind: 'timestamp', ...namesOf(pkijs.Certificate.fromBER(bufferOf(first))), holds: true, claimedAt: read.at }
}

const namesOf = (certificate: pkijs.Certificate) => ({
  signer: readableName(certificate.subject),
  issuer: readableName(certificate.issuer),
  fingerprint: hex(sha256(new Uint8Array(certificate.toSchema().toBER()))),
})
