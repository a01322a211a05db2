import { Author, doc, seededCrypto } from '#test/vectors/author.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSealedFile, SEALED_FILE_KINDS, writeSealedFile } from './sealed-file.ts'

const crypto = await seededCrypto('file')
const author = new Author(crypto, 'a')
const frames = [author.write([doc('x')]).bytes, author.write([doc('y'), doc('z')]).bytes]
const good = writeSealedFile(crypto, { kind: 'sync', frames })

describe('a sealed file', () => {
  it('[SEAL-18] gives back its kind and its parts', () => {
    expect(readSealedFile(crypto, good)).toEqual({ ok: true, value: { kind: 'sync', frames } })
    fc.assert(
      fc.property(
        fc.constantFrom(...SEALED_FILE_KINDS),
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
        (kind, parts) => {
          const file = { kind, frames: parts }
          expect(readSealedFile(crypto, writeSealedFile(crypto, file))).toEqual({ ok: true, value: file })
        },
      ),
      { seed: 31, numRuns: 100 },
    )
  })

  it('[SEAL-18] shows damage at any byte, and any length that is not its own', () => {
    for (let at = 0; at < good.length; at++) {
      const bent = good.slice()
      bent[at] = (bent[at] ?? 0) ^ 0x10
      expect(readSealedFile(crypto, bent).ok, `byte ${at}`).toBe(false)
      expect(readSealedFile(crypto, good.slice(0, at)).ok, `cut at ${at}`).toBe(false)
    }
    expect(readSealedFile(crypto, Uint8Array.of(...good, 0))).toEqual({ ok: false, refusal: 'file-damaged' })
  })

  it('[SEAL-18] tells a file of a later version, of another kind and a damaged one apart', () => {
    const newer = good.slice()
    newer[8] = 2
    expect(readSealedFile(crypto, newer)).toEqual({ ok: false, refusal: 'newer-file-version' })
    expect(readSealedFile(crypto, utf8('PK\u0003\u0004 a spreadsheet'))).toEqual({
      ok: false,
      refusal: 'not-a-sealed-file',
    })
    expect(readSealedFile(crypto, new Uint8Array(0))).toEqual({ ok: false, refusal: 'not-a-sealed-file' })
    expect(readSealedFile(crypto, good.slice(0, 40))).toEqual({ ok: false, refusal: 'file-damaged' })
  })

  it('[SEAL-4] never throws, even where the hash of hostile content is right', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (rest) => {
        const body = Uint8Array.of(...good.subarray(0, 9), ...rest)
        const file = Uint8Array.of(...body, ...crypto.hash('mithaq/sealed-file/v1', body))
        const read = readSealedFile(crypto, file)
        if (read.ok) expect(writeSealedFile(crypto, read.value)).toEqual(file)
      }),
      { seed: 32, numRuns: 3000 },
    )
  })
})
