import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import { canonicalText, FIELDS } from './sample-agreement.ts'
import { must, partsOf, PREPARED, signedSample, spaceOf, WHEN, type SignedSample } from './signed-sample.ts'
import { at, orderOf } from './two-signers.ts'
import { fontsOf, inFolder, outcome, pem, tell, told } from './tools.ts'

const TIME = String(at('2026-11-27T00:00:00Z') / 1000)

describe.each([
  ['ecdsa-p256', 'rsa-3072'],
  ['rsa-3072', 'ecdsa-p256'],
] as const)('an agreement signed with %s and with %s', (first, second) => {
  let sample: SignedSample
  beforeAll(async () => {
    sample = await signedSample([first, second])
  }, 60_000)

  it('[SIG-3] pdfsig calls both signatures valid and both certificates trusted', () => {
    inFolder({ 'a.pdf': sample.twice, 'ca0.der': sample.signers[0].ca, 'ca1.der': sample.signers[1].ca }, (folder) => {
      const store = join(folder, 'nss')
      tell('mkdir', [store])
      tell('certutil', ['-N', '-d', store, '--empty-password'])
      for (const index of [0, 1])
        tell('certutil', ['-A', '-d', store, '-n', `ca${index}`, '-t', 'C,C,C', '-i', join(folder, `ca${index}.der`)])
      const said = tell('pdfsig', ['-nssdir', store, join(folder, 'a.pdf')])
      expect(said.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(2)
      expect(said.match(/Certificate Validation: Certificate is Trusted\./g)).toHaveLength(2)
      expect(said.match(/Signature Type: ETSI\.CAdES\.detached/g)).toHaveLength(2)
      expect(said.match(/Total document signed/g)).toHaveLength(1)
      expect(said).toContain('Signer Certificate Common Name: Salma Al-Harbi')
      expect(said).toContain('Signer Certificate Common Name: Omar Al-Otaibi')
      expect(said).toContain('Signing Time: Nov 26 2026 09:30:00')
    })
  })

  it.each([0, 1] as const)(
    '[SIG-3] openssl accepts signature %i as CAdES, without a signing time among its attributes',
    (index) => {
      const { der, content } = partsOf(sample.twice, index)
      const ca = pem('CERTIFICATE', sample.signers[index].ca)
      const other = pem('CERTIFICATE', sample.signers[1 - index]!.ca)
      inFolder(
        { 'a.der': der, content, 'ca.pem': ca, 'other.pem': other, changed: content.with(1_000, content[1_000]! ^ 1) },
        (folder) => {
          const verify = (of: string, root: string) =>
            outcome('openssl', [
              'cms',
              '-verify',
              '-cades',
              '-binary',
              '-inform',
              'DER',
              '-in',
              join(folder, 'a.der'),
              '-content',
              join(folder, of),
              '-CAfile',
              join(folder, root),
              '-attime',
              TIME,
              '-out',
              '/dev/null',
            ])
          expect(verify('content', 'ca.pem')).toMatchObject({ code: 0 })
          expect(verify('changed', 'ca.pem').code).not.toBe(0)
          expect(verify('content', 'other.pem').code).not.toBe(0)
          const printed = tell('openssl', [
            'cms',
            '-cmsout',
            '-print',
            '-noout',
            '-inform',
            'DER',
            '-in',
            join(folder, 'a.der'),
          ])
          expect(printed).toContain('id-smime-aa-signingCertificateV2')
          expect(printed).not.toContain('signingTime')
        },
      )
    },
  )

  it('[SIG-3] mutool finds both signatures valid, and qpdf a sound file', () => {
    const said = told(sample.twice, 'mutool', 'sign', '-v', 'FILE')
    expect(said).not.toMatch(/invalid|failure/i)
    expect(said).toContain('The document is unchanged since signing.')
    expect(said.match(/Distinguished name: cn=(Salma Al-Harbi|Omar Al-Otaibi)/g)).toHaveLength(2)
    expect(told(sample.twice, 'qpdf', '--check', 'FILE')).toContain('No syntax or stream encoding errors')
  })

  it('[SIG-4] the second signature leaves every byte of the first alone', () => {
    expect(Buffer.compare(sample.twice.subarray(0, sample.once.length), sample.once)).toBe(0)
    expect(Buffer.compare(sample.once.subarray(0, sample.prepared.length), sample.prepared)).toBe(0)
    expect(spaceOf(sample.twice, 0).end).toBe(sample.once.length)
    expect(spaceOf(sample.twice, 1).end).toBe(sample.twice.length)
  })

  it('[SIG-5] the first signature alone certifies: further signing is allowed, nothing else', () => {
    const text = Buffer.from(sample.twice).toString('latin1')
    expect(text.match(/\/TransformMethod \/DocMDP/g)).toHaveLength(1)
    expect(text).toMatch(/\/TransformParams <<[^>]*\/P 2\b/)
    expect(text.lastIndexOf('/DocMDP')).toBeLessThan(sample.once.length)
  })

  it('[SIG-6] the attached text is inside what the first person signed', () => {
    const { content } = partsOf(sample.twice, 0)
    expect(content.length).toBeGreaterThan(sample.prepared.length)
    inFolder({ 'a.pdf': sample.prepared, 'b.pdf': sample.twice }, (folder) => {
      for (const name of ['a.pdf', 'b.pdf']) {
        tell('pdfdetach', ['-save', '1', '-o', join(folder, 'out'), join(folder, name)])
        expect(Buffer.from(tell('cat', [join(folder, 'out')])).equals(canonicalText)).toBe(true)
      }
    })
  })

  it('[SIG-7] every signature is seen in its box, in bundled fonts, in both languages', () => {
    const page = told(sample.twice, 'pdftotext', '-f', '4', '-l', '4', 'FILE', '-')
    expect(page.match(/Electronically signed by/g)).toHaveLength(2)
    expect(page).toContain('26 Nov 2026, 09:30:00 UTC')
    expect(page).toContain('26 Nov 2026, 10:15:00 UTC')
    expect(page).toContain(sample.signers[1].fingerprint.slice(0, 8))
    expect(
      told(sample.once, 'pdftotext', '-f', '4', '-l', '4', 'FILE', '-').match(/Electronically signed by/g),
    ).toHaveLength(1)
    expect(
      fontsOf(sample.twice).every(
        ({ name, embedded }) => embedded && /^(IBMPlexSans|ScheherazadeNew|NotoSansMath)-/.test(name),
      ),
    ).toBe(true)
  })
})

describe('preparing and signing refuse', () => {
  let sample: SignedSample
  beforeAll(async () => {
    sample = await signedSample(['ecdsa-p256', 'ecdsa-p256'])
  }, 60_000)
  const refused = (refusal: string) => ({ ok: false, refusal })

  it('[SIG-8] a document whose boxes are not those of its signatories, one prepared before, and none', async () => {
    const { prepare } = signedPdfs
    expect(await prepare(sample.printed, { ...PREPARED, fields: [...FIELDS, 'third'] })).toEqual(
      refused('field-missing'),
    )
    expect(await prepare(sample.printed, { ...PREPARED, fields: [FIELDS[0]] })).toEqual(refused('field-unknown'))
    expect(await prepare(sample.printed, { ...PREPARED, fields: [] })).toEqual(refused('field-unknown'))
    expect(await prepare(sample.printed, { ...PREPARED, bookmarks: ['one'] })).toEqual(refused('bookmarks-differ'))
    expect(await prepare(sample.prepared, PREPARED)).toEqual(refused('pdf-has-form'))
    expect(await prepare(new Uint8Array(100), PREPARED)).toEqual(refused('pdf-unreadable'))
    expect(await prepare(sample.boxes[0], PREPARED)).toEqual(refused('field-missing'))
  })

  it('[SIG-8] a field that is signed or not there, a key of somebody else, a look that is none', async () => {
    const { sign } = signedPdfs
    const [salma, omar] = sample.signers
    const order = orderOf(omar, sample.boxes[1], WHEN[1])
    expect(await sign(sample.twice, order)).toEqual(refused('field-signed'))
    expect(await sign(sample.once, { ...order, field: 'third' })).toEqual(refused('field-missing'))
    expect(await sign(sample.printed, order)).toEqual(refused('field-missing'))
    expect(await sign(sample.once, { ...order, secret: salma.key.secret })).toEqual(refused('key-mismatch'))
    expect(await sign(sample.once, { ...order, secret: new Uint8Array(10) })).toEqual(refused('key-mismatch'))
    expect(await sign(sample.once, { ...order, appearance: new Uint8Array(10) })).toEqual(
      refused('appearance-unreadable'),
    )
    expect(await sign(sample.once, { ...order, appearance: sample.printed })).toEqual(refused('appearance-unreadable'))
    expect(await sign(sample.once.subarray(0, 5_000), order)).toEqual(refused('pdf-unreadable'))
    expect(must(await sign(sample.once, order)).length).toBeGreaterThan(sample.once.length)
  })
})
