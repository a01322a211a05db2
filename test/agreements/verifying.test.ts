import { beforeAll, describe, expect, it } from 'vitest'
import { PDF } from '@libpdf/core'
import type { PdfExpectations } from '#engine/agreements/ports.ts'
import { certificates } from '#adapters/pdf/certificates.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import type { PdfVerdict } from '#shared/agreement/pdf-verdict.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { canonicalText, FIELDS } from './sample-agreement.ts'
import { boxOf, must, NOW, signedSample, spaceOf, WHEN, type SignedSample } from './signed-sample.ts'
import { at, orderOf, signerOf, VALID, type Signer } from './two-signers.ts'

let sample: SignedSample
beforeAll(async () => {
  sample = await signedSample(['ecdsa-p256', 'rsa-3072'])
}, 60_000)

const verify = (pdf: Uint8Array, more: Partial<PdfExpectations> = {}) =>
  signedPdfs.verify(pdf, { ...sample.expected, ...more })
const problemsOf = ({ problems, signatures }: PdfVerdict) => ({
  file: problems,
  first: signatures[0]?.problems,
  second: signatures[1]?.problems,
})
const changed = (pdf: Uint8Array, position: number, by = 1) => pdf.with(position, pdf[position]! ^ by)
async function revoked(signer: Signer, since: Instant): Promise<Uint8Array> {
  return certificates.revocationList({
    ca: signer.ca,
    caKey: signer.caKey,
    number: 1,
    at: NOW,
    next: VALID.to,
    revoked: [{ serial: signer.serial, at: since }],
  })
}

describe('a signed agreement', () => {
  it('[VER-1] is valid when everything holds, and says who signed for whom and when', async () => {
    const verdict = await verify(sample.twice)
    expect(verdict).toMatchObject({ valid: true, problems: [], missing: [] })
    expect(verdict.signatures).toMatchObject([
      {
        field: FIELDS[0],
        person: 'Salma Al-Harbi',
        company: 'Rawasi Foods Company',
        revision: 1,
        certifies: true,
        claimedAt: WHEN[0],
        timestampedAt: null,
        timeFrom: 'claim',
        problems: [],
      },
      {
        field: FIELDS[1],
        person: 'Omar Al-Otaibi',
        company: 'Najd Packaging Company',
        revision: 2,
        certifies: false,
        claimedAt: WHEN[1],
        problems: [],
      },
    ])
    expect(verdict.signatures.map(({ fingerprint }) => fingerprint)).toEqual(
      sample.signers.map(({ fingerprint }) => fingerprint),
    )
    expect(verdict.signatures.map(({ covers }) => covers)).toEqual([sample.once.length, sample.twice.length])
    expect(Buffer.from(verdict.attachment!.bytes).equals(canonicalText)).toBe(true)
  })

  it('[VER-1] is judged without a list of signers, too, and as long as not all have signed', async () => {
    const { signers: _, ...rest } = sample.expected
    expect(await signedPdfs.verify(sample.twice, rest)).toMatchObject({ valid: true })
    expect(await signedPdfs.verify(sample.once, rest)).toMatchObject({ valid: true })
  })

  it('[VER-2] a changed byte anywhere in the signed ranges is noticed', async () => {
    const [one, two] = [spaceOf(sample.twice, 0), spaceOf(sample.twice, 1)]
    const verdict = await verify(changed(sample.twice, 30_000))
    expect(verdict.valid).toBe(false)
    let seed = 20_261_126
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed % below
    }
    const unnoticed: string[] = []
    for (let flip = 0; flip < 120; flip++) {
      let position = next(sample.twice.length)
      while (position >= two.from && position < two.to) position = next(sample.twice.length)
      const bit = 1 << next(8)
      if ((await verify(changed(sample.twice, position, bit))).valid)
        unnoticed.push(`${position}:${bit} (space of the first: ${one.from} to ${one.to})`)
    }
    expect(unnoticed).toEqual([])
  }, 120_000)

  it('[VER-2] a changed digit of a signature itself is noticed, in either case of letters', async () => {
    for (const index of [0, 1] as const) {
      const { from } = spaceOf(sample.twice, index)
      const unnoticed: number[] = []
      for (let at = from + 1; at < from + 2_400; at += 37) {
        const digit = Buffer.from(sample.twice.subarray(at, at + 1)).toString('latin1')
        const other = digit === '0' ? '1' : '0'
        if ((await verify(sample.twice.with(at, other.charCodeAt(0)))).valid) unnoticed.push(at)
        if (/[a-f]/.test(digit) && (await verify(sample.twice.with(at, digit.toUpperCase().charCodeAt(0)))).valid)
          unnoticed.push(at)
      }
      expect(unnoticed).toEqual([])
    }
  }, 120_000)

  it('[VER-3] a page drawn over after the last signature is noticed, though readers call it valid', async () => {
    const pdf = await PDF.load(sample.twice)
    pdf.getPages()[0]!.drawText('SAR 9,000,000', { x: 60, y: 500 })
    const verdict = await verify(await pdf.save({ incremental: true }))
    expect(problemsOf(verdict)).toEqual({
      file: ['changed-after-last'],
      first: ['changed-after'],
      second: ['changed-after'],
    })
  })

  it('[VER-3] a second signer who changes the text that the first one signed is noticed', async () => {
    const pdf = await PDF.load(sample.once)
    pdf.getPages()[0]!.drawText('SAR 9,000,000', { x: 60, y: 500 })
    const forged = await pdf.save({ incremental: true })
    const signed = must(await signedPdfs.sign(forged, orderOf(sample.signers[1], sample.boxes[1], WHEN[1])))
    expect(problemsOf(await verify(signed))).toEqual({ file: [], first: ['changed-after'], second: [] })
  })

  it.each([0, 1] as const)('[VER-4] something in the space behind signature %i is noticed', async (index) => {
    const { to } = spaceOf(sample.twice, index)
    const verdict = await verify(sample.twice.with(to - 20, 'a'.charCodeAt(0)))
    expect(verdict.valid).toBe(false)
    expect(verdict.signatures[index]?.problems).toContain('padding-used')
  })

  it.each([
    ['a line', '\n'],
    ['a comment', '%more'],
    ['another end', '\n%%EOF\n'],
    ['a page of zeros', '\0'.repeat(4_096)],
  ])('[VER-4] %s behind the end is noticed', async (_, tail) => {
    const verdict = await verify(Buffer.concat([sample.twice, Buffer.from(tail)]))
    expect(verdict.valid).toBe(false)
    expect(verdict.problems).toEqual(['trailing-bytes'])
  })

  it('[VER-5] a file rolled back to the first signer lacks the second', async () => {
    const verdict = await verify(sample.twice.subarray(0, sample.once.length))
    expect(verdict).toMatchObject({ valid: false, problems: ['signer-missing'], missing: [FIELDS[1]] })
    expect(await verify(sample.prepared)).toMatchObject({
      valid: false,
      problems: ['unsigned', 'signer-missing'],
      missing: [...FIELDS],
    })
  })

  it('[VER-5] somebody whom nobody named, and somebody else than expected, are noticed', async () => {
    const [salma, omar] = sample.expected.signers!
    expect(await verify(sample.twice, { signers: [salma!] })).toMatchObject({
      valid: false,
      problems: ['signer-unexpected'],
    })
    const other = await verify(sample.twice, { signers: [salma!, { ...omar!, fingerprint: salma!.fingerprint! }] })
    expect(problemsOf(other)).toEqual({ file: [], first: [], second: ['other-signer'] })
  })

  it('[VER-6] a certificate of a company that may not sign is noticed', async () => {
    const verdict = await verify(sample.twice, { cas: [sample.signers[0].ca] })
    expect(problemsOf(verdict)).toEqual({ file: [], first: [], second: ['chain-wrong'] })
  })

  it('[VER-6] a root of the same name with another key leads nowhere', async () => {
    const { company } = sample.signers[1]
    const key = await certificates.createKey('rsa-3072')
    const twin = await certificates.createCa({
      key,
      company,
      unique: 'company-1',
      serial: Uint8Array.of(1, 2, 3),
      ...VALID,
    })
    const verdict = await verify(sample.twice, { cas: [sample.signers[0].ca, twin] })
    expect(verdict.signatures[1]?.problems).toEqual(['chain-wrong'])
  })

  it('[VER-7] a certificate revoked before the signature does not count', async () => {
    const list = await revoked(sample.signers[1], at('2026-11-25T00:00:00Z'))
    expect(problemsOf(await verify(sample.twice, { revocations: [list] }))).toEqual({
      file: [],
      first: [],
      second: ['certificate-revoked'],
    })
  })

  it('[VER-7] one revoked afterwards counts when somebody else saw the signature before, and not on the signer’s word', async () => {
    const revocations = [await revoked(sample.signers[1], at('2026-11-28T00:00:00Z'))]
    expect(problemsOf(await verify(sample.twice, { revocations })).second).toEqual(['revocation-undecided'])
    const [salma, omar] = sample.expected.signers!
    const witnessed = (when: string) =>
      verify(sample.twice, { revocations, signers: [salma!, { ...omar!, witnessedAt: at(when) }] })
    expect(await witnessed('2026-11-27T00:00:00Z')).toMatchObject({
      valid: true,
      signatures: [{}, { timeFrom: 'witness' }],
    })
    expect(problemsOf(await witnessed('2026-11-29T00:00:00Z')).second).toEqual(['certificate-revoked'])
  })

  it('[VER-7] a list that is damaged or signed by somebody else leaves it undecided; another company’s list says nothing', async () => {
    const [salma, omar] = sample.signers
    const forged = await certificates.revocationList({
      ca: omar.ca,
      caKey: salma.caKey,
      number: 1,
      at: NOW,
      next: VALID.to,
      revoked: [],
    })
    expect(problemsOf(await verify(sample.twice, { revocations: [forged] })).second).toEqual(['revocation-undecided'])
    expect(await verify(sample.twice, { revocations: [new Uint8Array(30)] })).toMatchObject({ valid: false })
    const clean = await certificates.revocationList({
      ca: omar.ca,
      caKey: omar.caKey,
      number: 1,
      at: NOW,
      next: VALID.to,
      revoked: [{ serial: salma.serial, at: VALID.from }],
    })
    expect(await verify(sample.twice, { revocations: [clean] })).toMatchObject({ valid: true })
  })

  it.each([
    ['expired', { from: VALID.from, to: at('2026-11-26T10:00:00Z') }],
    ['not valid yet', { from: at('2026-11-26T11:00:00Z'), to: VALID.to }],
  ])('[VER-8] a certificate that was %s at the time of signing is noticed', async (_, validity) => {
    const late = await signerOf(1, 'ecdsa-p256', validity)
    const signed = must(await signedPdfs.sign(sample.once, orderOf(late, await boxOf(late, 1), WHEN[1])))
    const verdict = await verify(signed, {
      cas: [sample.signers[0].ca, late.ca],
      signers: FIELDS.map((field) => ({ field })),
    })
    expect(problemsOf(verdict)).toEqual({ file: [], first: [], second: ['certificate-expired'] })
  })

  it('[VER-8] a time of signing that has not come yet is noticed', async () => {
    const verdict = await verify(sample.twice, { now: at('2026-11-20T00:00:00Z') })
    expect(problemsOf(verdict)).toEqual({ file: [], first: ['time-ahead'], second: ['time-ahead'] })
  })

  it('[VER-9] hostile bytes give a verdict: nothing, noise, halves, an agreement that nobody signed', async () => {
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array(5_000).fill(37),
      sample.twice.subarray(0, 90_000),
      sample.twice.subarray(100_000),
    ])
      expect(await verify(bytes)).toMatchObject({ valid: false, problems: ['unreadable', 'signer-missing'] })
    expect(await verify(sample.printed)).toMatchObject({ valid: false, problems: ['unsigned', 'signer-missing'] })
  })
})
