import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Hash, SymmetricKey } from '#shared/kernel/crypto.ts'
import { encodeBody } from '#shared/seal/body.ts'
import { openEntry } from '#shared/seal/open.ts'
import { packRun } from '#shared/seal/pack.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { readSealedFile, writeSealedFile, type SealedFileKind } from '#shared/seal/sealed-file.ts'
import { chain, verifyRun } from '#shared/seal/verify.ts'
import { describe, expect, it } from 'vitest'
import { seededCrypto } from './author.ts'
import { outcomeOf, type InvalidVector, type RunVector } from './entry-v1.ts'

const crypto = await seededCrypto('replay')
const load = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? expect.fail('not hex')
const { runs } = load<{ readonly runs: readonly RunVector[] }>('entry-v1-runs.json')
const invalid = load<readonly InvalidVector[]>('entry-v1-invalid.json')
const files = load<readonly { kind: SealedFileKind; frames: readonly string[]; file: string }[]>('sealed-file-v1.json')

/** A hash of the vector files themselves: a released format is never edited, only added to. */
const FROZEN = { runs: '1cd911588b00148f', invalid: '09c64cb5cc29f1e2', files: 'b025eb737697ee5d' }
const stamp = (value: unknown): Hash => crypto.hash('test/frozen', new TextEncoder().encode(JSON.stringify(value)))

describe('the vectors of ENTRY.v1', () => {
  it('[SEAL-20] are the ones that were frozen', () => {
    expect(runs.map((vector) => vector.name)).toEqual(['one', 'three', 'later', 'merged', 'creation'])
    expect({
      runs: toHex(stamp(runs)).slice(0, 16),
      invalid: toHex(stamp(invalid)).slice(0, 16),
      files: toHex(stamp(files)).slice(0, 16),
    }).toEqual(FROZEN)
  })

  it.each(runs)('[SEAL-20] $name opens, hash by hash, and re-encodes to the same bytes', (vector) => {
    const parsed = parseRun(bytes(vector.run))
    if (!parsed.ok) expect.fail(parsed.refusal)
    expect(toHex(packRun(parsed.value))).toBe(vector.run)
    const links = chain(crypto, parsed.value).map(({ header, digest, id }) => [toHex(header), toHex(digest), id])
    expect(links).toEqual(vector.entries.map(({ header, digest, hash }) => [header, digest, hash]))
    const entries = verifyRun(crypto, parsed.value, vector.expected)
    if (!entries.ok) expect.fail(entries.refusal)
    for (const [at, entry] of entries.value.entries()) {
      const key = vector.key === null ? undefined : (bytes(vector.key) as SymmetricKey)
      const opened = openEntry(crypto, entry, key)
      if (!opened.ok) expect.fail(opened.refusal)
      expect(toHex(encodeBody(opened.value.body))).toBe(vector.entries[at]?.plain)
    }
  })

  it.each(invalid)('[SEAL-20] $name is refused as $refusal', (vector) => {
    const key = vector.key === null ? null : bytes(vector.key)
    expect(outcomeOf(crypto, bytes(vector.run), vector.expected, key)).toBe(vector.refusal)
  })

  it.each(files)('[SEAL-20] a sealed file of kind $kind reads and writes the same', ({ kind, frames, file }) => {
    expect(toHex(writeSealedFile(crypto, { kind, frames: frames.map(bytes) }))).toBe(file)
    expect(readSealedFile(crypto, bytes(file))).toEqual({ ok: true, value: { kind, frames: frames.map(bytes) } })
  })
})
