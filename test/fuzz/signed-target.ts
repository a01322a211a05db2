import { PDF } from '@libpdf/core'
import { certificates } from '#adapters/pdf/certificates.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import { SIGNATURE_LINK } from '#shared/agreement/print-html.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { must } from '#test/agreements/signed-sample.ts'
import { orderOf, signerOf } from '#test/agreements/two-signers.ts'
import type { Target } from './fuzz.ts'

const WHEN = Date.UTC(2026, 10, 26, 9) as Instant
const signers = [await signerOf(0, 'ecdsa-p256'), await signerOf(1, 'ecdsa-p256')] as const

/** A small agreement that two people signed, without a browser: what it looks like does not matter here. */
async function signedTwice(): Promise<Uint8Array> {
  const pdf = PDF.create()
  const page = pdf.addPage({ width: 300, height: 300 })
  page.drawText('Price: SAR 1,000', { x: 20, y: 250 })
  for (const [at, { field }] of signers.entries())
    page.addLinkAnnotation({
      rect: { x: 20, y: 20 + at * 80, width: 200, height: 60 },
      uri: `${SIGNATURE_LINK}${field}`,
    })
  const look = PDF.create()
  look.addPage({ width: 200, height: 60 }).drawText('signed', { x: 10, y: 20 })
  const appearance = await look.save()
  const attachment = {
    name: 'text.json',
    description: 'text',
    mimeType: 'application/json',
    bytes: utf8('{"price":1000}'),
  }
  const fields = signers.map(({ field }) => field)
  let file = must(await signedPdfs.prepare(await pdf.save(), { fields, attachment, bookmarks: [], at: WHEN }))
  for (const signer of signers) file = must(await signedPdfs.sign(file, orderOf(signer, appearance, WHEN)))
  return file
}

const list = await certificates.revocationList({
  ca: signers[0].ca, caKey: signers[0].caKey, number: 1, at: WHEN, next: (WHEN + 1) as Instant,
  revoked: [{ serial: signers[0].serial, at: WHEN }],
}) // prettier-ignore
const expected = {
  cas: signers.map(({ ca }) => ca),
  revocations: [],
  signers: signers.map(({ field, fingerprint }) => ({ field, fingerprint })),
  now: WHEN,
}
const honest = await signedTwice()

const signedPdf: Target = {
  name: 'signed-pdf',
  samples: [honest],
  async read(input) {
    const { valid } = await signedPdfs.verify(input, expected)
    if (valid && !equal(input, honest)) throw new Error('a changed file is called valid')
    return valid
  },
}

const revocations: Target = {
  name: 'revocation-list',
  samples: [list],
  async read(input) {
    const { valid } = await signedPdfs.verify(honest, { ...expected, revocations: [input] })
    // Another issuer's list says nothing; a list of this one that was bent must not clear anybody.
    if (valid && equal(input, list)) throw new Error('a revoked signer is called valid')
    return valid
  },
}

/** Parsers that meet a signed file, and what a company says of its certificates. */
export const SIGNED_TARGETS: readonly Target[] = [signedPdf, revocations]
