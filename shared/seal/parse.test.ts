import { Author, doc, head, seededCrypto } from '#test/vectors/author.ts'
import { equal, toHex } from '#shared/kernel/bytes.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BytesWriter } from './bytes-writer.ts'
import type { Expected, Run } from './entry.ts'
import { MAX_ENTRIES, MAX_HEADS, MAX_RUN } from './layout.ts'
import { openEntry } from './open.ts'
import { packRun } from './pack.ts'
import { parseRun } from './parse.ts'
import { chain, verifyRun } from './verify.ts'

const crypto = await seededCrypto('parse')
const author = new Author(crypto, 'a')
const heads = [[head(crypto, 'b', 1), head(crypto, 'c', 300)], [], [head(crypto, 'b', 2)]]
const expected: Expected = author.expected
const good = author.write([doc('one'), doc('two'), doc('three')], heads).bytes
const refusalOf = (bytes: Uint8Array) => {
  const run = parseRun(bytes)
  return run.ok ? 'taken' : run.refusal
}
/** Offset of the count of entries: magic, version, suite, four ids, seq. */
const COUNT = 4 + 2 + 32 + 32 + 48 + 1 + 32 + 32
const FIRST = COUNT + 1

/** Everything a receiver does with bytes, in order; the first refusal, or 'taken'. */
function receive(bytes: Uint8Array): string {
  const run = parseRun(bytes)
  if (!run.ok) return run.refusal
  const entries = verifyRun(crypto, run.value, expected)
  if (!entries.ok) return entries.refusal
  for (const entry of entries.value) {
    const opened = openEntry(crypto, entry, author.epoch.key)
    if (!opened.ok) return opened.refusal
  }
  return 'taken'
}

const splice = (bytes: Uint8Array, at: number, drop: number, put: readonly number[]): Uint8Array =>
  Uint8Array.of(...bytes.subarray(0, at), ...put, ...bytes.subarray(at + drop))

describe('parsing', () => {
  it('[SEAL-2] re-encodes to the very same bytes', () => {
    const run = parseRun(good)
    if (!run.ok) expect.fail(run.refusal)
    expect(toHex(packRun(run.value))).toBe(toHex(good))
  })

  it('[SEAL-2] whatever parses re-encodes to itself, however it was bent', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
        const bent = good.slice()
        bent[at] = value
        const run = parseRun(bent)
        if (!run.ok) return
        taken += 1
        expect(equal(packRun(run.value), bent)).toBe(true)
      }),
      { seed: 21, numRuns: 3000 },
    )
    expect(taken).toBeGreaterThan(500)
  })

  it('[SEAL-2] refuses every second way to write the same run', () => {
    expect(refusalOf(splice(good, COUNT, 1, [0x83, 0x00]))).toBe('malformed') // 3 in two bytes
    expect(refusalOf(Uint8Array.of(...good, 0))).toBe('malformed') // trailing byte
    const restated = splice(good, FIRST, 0, [])
    restated[FIRST] = 4 // unknown flag
    expect(refusalOf(restated)).toBe('malformed')
    const run = parseRun(good)
    if (!run.ok) expect.fail()
    const [one, two, three] = run.value.entries
    if (one === undefined || two === undefined || three === undefined) expect.fail()
    const unsorted = { ...one, heads: one.heads.toReversed() }
    expect(refusalOf(packRun({ ...run.value, entries: [unsorted, two, three] }))).toBe('malformed')
    const twice = { ...one, heads: one.heads.flatMap((each) => [each, each]) }
    expect(refusalOf(packRun({ ...run.value, entries: [twice, two, three] }))).toBe('malformed')
    const own = { ...two, heads: [{ feed: run.value.feed, seq: 1, hash: one.heads[0]?.hash ?? expect.fail() }] }
    expect(refusalOf(packRun({ ...run.value, entries: [one, own, three] }))).toBe('malformed')
    const repeated = { ...two, nonce: one.nonce }
    expect(refusalOf(packRun({ ...run.value, entries: [one, repeated, three] }))).toBe('malformed')
  })

  it('[SEAL-3] looks at size, then at version, and only then at the rest', () => {
    const newer = good.slice(0, 6)
    newer[4] = 2
    expect(refusalOf(newer)).toBe('newer-version')
    expect(refusalOf(Uint8Array.of(...newer.subarray(0, 4), 1, 2))).toBe('newer-version')
    expect(refusalOf(Uint8Array.of(...newer.subarray(0, 4), 0, 1))).toBe('malformed')
    const huge = new Uint8Array(MAX_RUN + 1)
    huge.set(newer)
    expect(refusalOf(huge)).toBe('too-large')
    expect(refusalOf(new Uint8Array(0))).toBe('malformed')
  })

  it('[SEAL-5] refuses counts over the limits without reading what they count', () => {
    const header = good.subarray(0, COUNT)
    const entries = new BytesWriter().put(header).uvar(MAX_ENTRIES + 1).bytes() // prettier-ignore
    expect(refusalOf(entries)).toBe('too-many-entries')
    const many = new BytesWriter().put(header).uvar(1).byte(3).put(new Uint8Array(16)).uvar(MAX_HEADS + 1).bytes() // prettier-ignore
    expect(refusalOf(many)).toBe('too-many-heads')
    const long = new BytesWriter().put(header).uvar(1).byte(1).put(new Uint8Array(16)).uvar(2 ** 40).bytes() // prettier-ignore
    expect(refusalOf(long)).toBe('malformed')
  })

  it('[SEAL-4] random bytes behind a good beginning never throw', () => {
    fc.assert(
      fc.property(fc.nat(FIRST + 60), fc.uint8Array({ maxLength: 400 }), (keep, rest) => {
        const outcome = receive(Uint8Array.of(...good.subarray(0, keep), ...rest))
        expect(outcome).not.toBe('taken')
      }),
      { seed: 22, numRuns: 3000 },
    )
  })

  it('[SEAL-4] flipped, cut, extended and doubled runs never throw and never pass', () => {
    const bend = fc.oneof(
      fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
        const bent = good.slice()
        bent[at] = (bent[at] ?? 0) ^ mask
        return bent
      }),
      fc.nat(good.length - 1).map((length) => good.slice(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 80 }).map((more) => Uint8Array.of(...good, ...more)),
      fc
        .tuple(fc.nat(good.length), fc.nat(20), fc.uint8Array({ maxLength: 20 }))
        .map(([at, drop, put]) => splice(good, at, drop, [...put]))
        .filter((bent) => !equal(bent, good)),
    )
    fc.assert(
      fc.property(bend, (bent) => {
        expect(receive(bent)).not.toBe('taken')
      }),
      { seed: 23, numRuns: 4000 },
    )
  })

  it('[SEAL-6] no single byte of a run can change', () => {
    expect(receive(good)).toBe('taken')
    const codes = new Set<string>()
    for (let at = 0; at < good.length; at++) {
      const bent = good.slice()
      bent[at] = (bent[at] ?? 0) ^ 0x41
      const code = receive(bent)
      codes.add(code)
      expect(code, `byte ${at}`).not.toBe('taken')
    }
    for (const code of ['malformed', 'wrong-workspace', 'wrong-channel', 'bad-signature', 'newer-version']) {
      expect(codes).toContain(code)
    }
  })

  it('[SEAL-7] the header is authenticated with the ciphertext: an insider cannot lift it to another place', () => {
    const run = parseRun(good)
    if (!run.ok) expect.fail()
    const [one, two, three] = run.value.entries
    if (one === undefined || two === undefined || three === undefined) expect.fail()
    const swapped = [{ ...one, ciphertext: two.ciphertext }, { ...two, ciphertext: one.ciphertext }, three]
    expect(openInsider(packRun({ ...run.value, entries: swapped }))).toBe('cannot-open')
    const otherHead = [{ ...one, heads: [] }, two, three]
    expect(openInsider(packRun({ ...run.value, entries: otherHead }))).toBe('cannot-open')
  })

  it('[SEAL-15] a body of a later kind is told apart from a broken one', () => {
    expect(openInsider(bodyOf(Uint8Array.of(0x83, 0x01, 0x09, 0xf6)))).toBe('newer-version') // [1, 9, null]
    expect(openInsider(bodyOf(Uint8Array.of(0x83, 0x01, 0x00, 0xf6)))).toBe('taken')
    for (const broken of [
      [0x82, 0x01, 0x00], // two items
      [0x83, 0x20, 0x00, 0xf6], // a time before 1970
      [0x83, 0x18, 0x01, 0x00, 0xf6], // 1 in two bytes
      [0xf6],
      [0x83, 0x01, 0x00, ...new Array<number>(40).fill(0x81), 0xf6], // nested 40 deep
      [0x83, 0x01, 0x00, 0xf6, 0x00],
    ]) {
      expect(openInsider(bodyOf(Uint8Array.from(broken)))).toBe('bad-body')
    }
  })
})

/** A run of one entry with these plain bytes, correctly encrypted by somebody who holds the key. */
function bodyOf(plain: Uint8Array): Uint8Array {
  const draft = parseRun(new Author(crypto, 'a').write([doc('x')]).bytes)
  if (!draft.ok) expect.fail()
  const [entry] = draft.value.entries
  if (entry === undefined) expect.fail()
  const [link] = chain(crypto, draft.value)
  const ciphertext = crypto.encrypt(author.epoch.key, entry.nonce, link?.header ?? expect.fail(), plain)
  return packRun({ ...draft.value, entries: [{ ...entry, ciphertext }] })
}

/** Receives a run after its author itself signed it, whatever it says. */
function openInsider(bytes: Uint8Array): string {
  const run: Run | undefined = take(bytes)
  if (run === undefined) return 'malformed'
  const last = chain(crypto, run).at(-1)
  const signed = bytes.slice()
  signed.set(crypto.sign('mithaq/run/v1', author.device.secretKey, last?.hash ?? expect.fail()), bytes.length - 64)
  return receive(signed)
}
function take(bytes: Uint8Array): Run | undefined {
  const run = parseRun(bytes)
  return run.ok ? run.value : undefined
}
