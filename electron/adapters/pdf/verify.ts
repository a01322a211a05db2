import { X509Certificate } from 'node:crypto'
import type { ExpectedSigner, PdfExpectations } from '#engine/agreements/ports.ts'
import type { FileProblem, PdfVerdict, SignatureProblem, SignatureVerdict } from '#shared/agreement/pdf-verdict.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { PDF } from '@libpdf/core'
import { factsOf } from './certificates.ts'
import { isCanonical, OID, readCms, type ReadCms } from './cms.ts'
import { issued, judgeCertificate, reaches, type SigningTime } from './judge-certificate.ts'
import { arrayAt, dictAt, openPdf, signatureFields, textAt } from './pdf-objects.ts'
import { permittedUpdate, type Revision } from './permitted-update.ts'
import { signatureSpace, type SignatureSpace } from './signature-space.ts'
import { readTimestamp, type ReadTimestamp } from './timestamp.ts'
import { bufferOf, sameBytes, sha256 } from './x509-parts.ts'

/** Objects are read when they are asked for, so that any step may meet what nobody can read: that ends with a verdict, too. */
export async function verify(bytes: Uint8Array, expected: PdfExpectations): Promise<PdfVerdict> {
  try {
    return await examine(bytes, expected)
  } catch {
    return verdict({ problems: ['unreadable'], expected })
  }
}

async function examine(bytes: Uint8Array, expected: PdfExpectations): Promise<PdfVerdict> {
  const pdf = (await openPdf(bytes)) ?? (await openPdf(untilEnd(bytes)))
  if (!pdf) return verdict({ problems: ['unreadable'], expected })
  const signed = signatureFields(pdf).filter(({ value }) => value)
  const spaces = signed.map((field) => ({ field, space: signatureSpace(pdf, bytes, field) }))
  const inOrder = spaces.flatMap(({ space }) => space ?? []).toSorted((a, b) => a.end - b.end)
  const revisions = await Promise.all(inOrder.map(({ end }) => revisionOf(bytes, end)))
  const last = inOrder.at(-1)?.end ?? bytes.length
  const behind = bytes.subarray(last)

  const signatures = inOrder.map((space, at) => {
    const changed =
      behind.length > 0 ||
      inOrder.some((next, index) => index > at && !follows(revisions[index - 1], revisions[index], next))
    const whole = revisions[at] !== undefined && sameSpace(revisions[at], space)
    const problems: readonly SignatureProblem[] = [
      ...(whole ? [] : (['not-whole'] as const)),
      ...(changed ? (['changed-after'] as const) : []),
      ...(space.padded ? (['padding-used'] as const) : []),
    ]
    return judge({ pdf, bytes, space, revision: at + 1, problems, expected })
  })
  const unread = spaces.flatMap(({ field, space }) => (space ? [] : [malformed(field.name)]))
  const attachment = revisions[0] ? attachmentOf(revisions[0].pdf) : null
  const problems: readonly FileProblem[] = [
    ...(signed.length === 0 ? (['unsigned'] as const) : []),
    ...(inOrder.length > 0 && behind.length > 0
      ? [/\bobj\b|xref/.test(latin1(behind)) ? ('changed-after-last' as const) : ('trailing-bytes' as const)]
      : []),
    ...(signed.length > 0 && !attachment ? (['attachment-missing'] as const) : []),
  ]
  return verdict({ problems, signatures: [...signatures, ...unread], attachment, expected })
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Up to the last mark of a file's end: what is behind it may be all that keeps the file from being read. */
function untilEnd(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('%%EOF')
  return at < 0 ? bytes.subarray(0, 0) : bytes.subarray(0, at + 5)
}

async function revisionOf(bytes: Uint8Array, end: number): Promise<Revision | undefined> {
  const upTo = bytes.subarray(0, end)
  const pdf = await openPdf(upTo)
  return pdf && { bytes: upTo, pdf }
}

function follows(before: Revision | undefined, after: Revision | undefined, { field }: SignatureSpace): boolean {
  try {
    return before !== undefined && after !== undefined && permittedUpdate(before, after, field.name)
  } catch {
    // An object that cannot be read is none that was permitted.
    return false
  }
}

/** In the file as it was then, the same field held the same signature. */
function sameSpace({ pdf, bytes }: Revision, { field, from, to }: SignatureSpace): boolean {
  const then = signatureFields(pdf).find(({ name }) => name === field.name)
  const space = then && signatureSpace(pdf, bytes, then)
  return space?.from === from && space.to === to
}

interface Judged {
  readonly pdf: PDF
  readonly bytes: Uint8Array
  readonly space: SignatureSpace
  readonly revision: number
  readonly problems: readonly SignatureProblem[]
  readonly expected: PdfExpectations
}

function judge({ pdf, bytes, space, revision, problems, expected }: Judged): SignatureVerdict {
  const { field, from, to, end, der } = space
  const cms = readCms(der, OID.data)
  if (!cms || !isCanonical(cms, der) || foreign(cms, expected))
    return { ...malformed(field.name), revision, covers: end }
  const others = certificatesOf(cms).filter((each) => !sameBytes(each, cms.certificateBytes))
  const signer = expected.signers?.find((each) => each.field === field.name)
  const stamp = stampOf(cms, expected)
  const claimedAt = claimedTime(textAt(pdf, field.value!, 'M'))
  // Anybody can call himself an authority: a stamp counts when the caller believes whose it is.
  const believed = stamp !== 'wrong' && expected.timestampRoots ? stamp : undefined
  const time = timeOf(believed, signer, claimedAt)
  const { person, company, fingerprint } = factsOf(cms.certificate, cms.certificateBytes)
  const intact = sameBytes(sha256(bytes.subarray(0, from), bytes.subarray(to, end)), cms.messageDigest)
  return {
    field: field.name, person, company, fingerprint, revision, covers: end, claimedAt,
    timestampedAt: believed?.at ?? null,
    timeFrom: time.from,
    certifies: arrayAt(pdf, field.value!, 'Reference') !== undefined,
    problems: [
      ...problems,
      ...(intact ? [] : (['bytes-changed'] as const)),
      ...(cms.holds ? [] : (['signature-wrong'] as const)),
      ...(stamp === 'wrong' ? (['timestamp-wrong'] as const) : []),
      ...(time.at !== null && time.at > expected.now + CLOCKS_DIFFER ? (['time-ahead'] as const) : []),
      ...judgeCertificate(cms.certificateBytes, time, expected),
      ...(signer?.fingerprint !== undefined && signer.fingerprint !== fingerprint ? (['other-signer'] as const) : []),
    ],
    parts: { from, to, der, certificate: cms.certificateBytes, others },
  } // prettier-ignore
}

/** Milliseconds by which two computers' clocks may disagree before it is called a time that has not come. */
const CLOCKS_DIFFER = 86_400_000

const certificatesOf = ({ content }: ReadCms): readonly Uint8Array[] =>
  (content.certificates ?? []).map((each) => new Uint8Array(each.toSchema().toBER()))

/** Not of the kind that is written here: another hash, the signing time among the attributes, certificates of strangers. */
function foreign(cms: ReadCms, { cas }: PdfExpectations): boolean {
  const { info, algorithm, certificateBytes } = cms
  const known = [certificateBytes, ...cas]
  const strangers = certificatesOf(cms).some((each) => !known.some((one) => sameBytes(one, each)))
  const others = info.unsignedAttrs?.attributes.some(({ type }) => type !== OID.timestampToken)
  const dated = info.signedAttrs?.attributes.some(({ type }) => type === OID.signingTime)
  // A certificate of an unknown company is a stranger as well: that is for the chain to say.
  const issuerKnown = cas.some((ca) => issued(new X509Certificate(certificateBytes), ca))
  return algorithm !== 'sha256' || (issuerKnown && strangers) || others === true || dated === true
}

function stampOf({ info }: ReadCms, { timestampRoots }: PdfExpectations): ReadTimestamp | 'wrong' | undefined {
  const [attribute, ...more] = info.unsignedAttrs?.attributes ?? []
  if (!attribute) return undefined
  const token = attribute.values[0] as { toBER(): ArrayBuffer } | undefined
  const signature = new Uint8Array(info.signature.valueBlock.valueHexView)
  const read = token && more.length === 0 ? readTimestamp(new Uint8Array(token.toBER()), signature) : undefined
  if (!read) return 'wrong'
  if (!timestampRoots) return read
  return timestampRoots.some((root) => reaches(read.certificates, root)) ? read : 'wrong'
}

/** The best that is known: an authority's word, another company's log, the signer's own claim. */
function timeOf(
  stamp: ReadTimestamp | undefined,
  signer: ExpectedSigner | undefined,
  claimed: Instant | null,
): SigningTime {
  if (stamp) return { at: stamp.at, from: 'timestamp' }
  return signer?.witnessedAt === undefined
    ? { at: claimed, from: 'claim' }
    : { at: signer.witnessedAt, from: 'witness' }
}

export function claimedTime(text: string | undefined): Instant | null {
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)'?)$/.exec(text ?? '')
  if (!parts) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const ahead = (parts[7] === '-' ? -1 : 1) * (Number(parts[8] ?? 0) * 60 + Number(parts[9] ?? 0))
  return (Date.UTC(year, month - 1, day, hour, minute, second) - ahead * 60_000) as Instant
}

const malformed = (field: string): SignatureVerdict => ({
  field, person: '', company: '', fingerprint: '', revision: 0, covers: 0, claimedAt: null, timestampedAt: null,
  timeFrom: 'claim', certifies: false, problems: ['signature-malformed'], parts: null,
}) // prettier-ignore

/** The first attachment, as it stood when the first person signed. */
function attachmentOf(pdf: PDF): PdfVerdict['attachment'] {
  try {
    const [name] = dictAt(pdf, pdf.getCatalog(), 'Names') ? pdf.getAttachments().keys() : []
    const bytes = name === undefined ? null : pdf.getAttachment(name)
    return name === undefined || !bytes ? null : { name, bytes: new Uint8Array(bufferOf(bytes)) }
  } catch {
    return null
  }
}

interface Found {
  readonly problems: readonly FileProblem[]
  readonly signatures?: readonly SignatureVerdict[]
  readonly attachment?: PdfVerdict['attachment']
  readonly expected: PdfExpectations
}

function verdict({ problems, signatures = [], attachment = null, expected: { signers } }: Found): PdfVerdict {
  const missing = (signers ?? []).flatMap(({ field }) =>
    signatures.some((each) => each.field === field) ? [] : [field],
  )
  const strangers = signers && signatures.some(({ field }) => !signers.some((each) => each.field === field))
  const all: readonly FileProblem[] = [
    ...problems,
    ...(missing.length > 0 ? (['signer-missing'] as const) : []),
    ...(strangers ? (['signer-unexpected'] as const) : []),
  ]
  const valid = all.length === 0 && signatures.every((each) => each.problems.length === 0)
  return { valid, problems: all, missing, signatures, attachment }
}
