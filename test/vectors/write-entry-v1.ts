import { writeFileSync } from 'node:fs'
import { concat, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { Expected, Run, SealedRun } from '#shared/seal/entry.ts'
import { packRun } from '#shared/seal/pack.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { chain } from '#shared/seal/verify.ts'
import { AT, Author, doc, fixed, head, seededCrypto } from './author.ts'
import { outcomeOf, type InvalidVector, type RunVector } from './entry-v1.ts'

/*
 * Writes the vectors of ENTRY.v1. The files are frozen: run this only to add a vector, and look at the difference, which
 * must be additions alone. `node test/vectors/write-entry-v1.ts`
 */

const crypto = await seededCrypto('vectors')
const author = new Author(crypto, 'author')
const start = author.position
const expected: Expected = author.expected
const announce = { at: AT, kind: 'control', payload: { kind: 'channel-created', definition: crypto.hash('test/definition') } } as const
const parse = (bytes: Uint8Array): Run => {
  const run = parseRun(bytes)
  if (!run.ok) throw new Error(run.refusal)
  return run.value
}

function valid(name: string, note: string, run: SealedRun, against: Expected, key: Uint8Array | null): RunVector {
  const parsed = parse(run.bytes)
  return {
    name,
    note,
    expected: against,
    key: key && toHex(key),
    run: toHex(run.bytes),
    entries: chain(crypto, parsed).map((link, at) => {
      const ciphertext = parsed.entries[at]?.ciphertext ?? new Uint8Array(0)
      const nonce = parsed.entries[at]?.nonce
      const plain = key && nonce ? crypto.decrypt(key as never, nonce, link.header, ciphertext) : ciphertext
      return { header: toHex(link.header), digest: toHex(link.digest), hash: link.id, plain: toHex(plain ?? new Uint8Array(0)) }
    }),
  }
}

const key = author.epoch.key
const one = author.seal(start, [doc('one entry')])
const three = author.seal(start, [doc('one'), { at: AT, kind: 'event', payload: { kind: 'noted', amount: 12, note: 'ميثاق' } }, { at: AT, kind: 'blob', payload: Uint8Array.of(0, 1, 2, 255) }], [[head(crypto, 'peer one', 7), head(crypto, 'peer two', 300)], [], [head(crypto, 'peer one', 8)]])
const later = author.seal({ ...start, nextSeq: 4, previous: three.hashes[2] ?? null }, [doc('four')])
const merged = packRun({ ...parse(three.bytes), entries: [...parse(three.bytes).entries, ...parse(later.bytes).entries], signature: parse(later.bytes).signature })
const creation = author.seal({ ...start, channel: null }, [announce], [], null)
const runs: readonly RunVector[] = [
  valid('one', 'a run of one entry', one, expected, key),
  valid('three', 'three entries of different kinds with foreign heads', three, expected, key),
  valid('later', 'a run that goes on where `three` ended', later, { ...expected, nextSeq: 4, previousHash: three.hashes[2] ?? null }, key),
  valid('merged', '`three` and `later` joined without a key: two salts, one signature', { ...three, bytes: merged }, expected, key),
  valid('creation', 'the entry that creates a channel: in clear, channel of zeros in its header', creation, { ...expected, channel: creation.channel }, null),
]

const bytes = three.bytes
const bent = (at: number, mask: number): Uint8Array => {
  const out = bytes.slice()
  out[at] = (out[at] ?? 0) ^ mask
  return out
}
const resign = (run: Uint8Array): Uint8Array => {
  const last = chain(crypto, parse(run)).at(-1)?.hash ?? new Uint8Array(0)
  return concat(run.subarray(0, run.length - 64), crypto.sign('mithaq/run/v1', author.device.secretKey, last))
}
const inClear = (plain: Uint8Array): Uint8Array => {
  const run = parse(author.seal(start, [announce], [], null).bytes)
  return resign(packRun({ ...run, entries: run.entries.map((entry) => ({ ...entry, ciphertext: plain })) }))
}
const encrypted = (plain: Uint8Array): Uint8Array => {
  const run = parse(one.bytes)
  const header = chain(crypto, run)[0]?.header ?? new Uint8Array(0)
  return resign(packRun({ ...run, entries: run.entries.map((entry) => ({ ...entry, ciphertext: crypto.encrypt(key, entry.nonce, header, plain) })) }))
}
const count = 183 // where the count of entries stands
const unsortedHeads = (): Uint8Array => {
  const run = parse(bytes)
  return packRun({ ...run, entries: run.entries.map((entry) => ({ ...entry, heads: entry.heads.toReversed() })) })
}
const repeatedSalt = (): Uint8Array => {
  const run = parse(bytes)
  return packRun({ ...run, entries: run.entries.map((entry) => ({ ...entry, nonce: run.entries[0]?.nonce ?? entry.nonce })) })
}
const bad = (name: string, run: Uint8Array, against: Expected = expected, withKey: Uint8Array | null = key): InvalidVector => {
  const outcome = outcomeOf(crypto, run, against, withKey)
  if (outcome === 'opened') throw new Error(`${name} is valid`)
  return { name, expected: against, key: withKey && toHex(withKey), run: toHex(run), refusal: outcome }
}
const invalid: readonly InvalidVector[] = [
  bad('empty', new Uint8Array(0)),
  bad('magic', bent(0, 1)),
  bad('version-0', bent(4, 1)),
  bad('version-2', bent(4, 3)),
  bad('suite-3', bent(5, 2)),
  bad('cut-in-header', bytes.slice(0, 100)),
  bad('cut-in-entry', bytes.slice(0, 400)),
  bad('cut-in-signature', bytes.slice(0, bytes.length - 1)),
  bad('trailing-byte', concat(bytes, Uint8Array.of(0))),
  bad('count-not-shortest', concat(bytes.subarray(0, count), Uint8Array.of(0x83, 0), bytes.subarray(count + 1))),
  bad('count-zero', concat(bytes.subarray(0, count), Uint8Array.of(0), bytes.subarray(count + 1))),
  bad('count-over-limit', concat(bytes.subarray(0, count), Uint8Array.of(0x81, 0x20), bytes.subarray(count + 1))),
  bad('heads-over-limit', concat(bytes.subarray(0, count + 18), Uint8Array.of(0x81, 0x08), bytes.subarray(count + 19))),
  bad('first-entry-without-salt', bent(count + 1, 1)),
  bad('unknown-flag', bent(count + 1, 4)),
  bad('unsorted-heads', unsortedHeads()),
  bad('repeated-salt', repeatedSalt()),
  bad('first-with-previous', bent(119, 1)),
  bad('workspace-flipped', bent(6, 1)),
  bad('channel-flipped', bent(38, 1)),
  bad('device-flipped', bent(70, 1)),
  bad('incarnation-flipped', bent(102, 1)),
  bad('epoch-flipped', bent(160, 1)),
  bad('salt-flipped', bent(count + 2, 1)),
  bad('head-hash-flipped', bent(count + 2 + 16 + 1 + 49, 1)),
  bad('ciphertext-flipped', bent(bytes.length - 70, 1)),
  bad('signature-flipped', bent(bytes.length - 1, 1)),
  bad('foreign-workspace', bytes, { ...expected, workspace: fixed(crypto, 'another workspace') }),
  bad('foreign-channel', bytes, { ...expected, channel: fixed(crypto, 'another channel') }),
  bad('gap', later.bytes),
  bad('replayed', one.bytes, { ...expected, nextSeq: 2, previousHash: one.hashes[0] ?? null }),
  bad('forked', bytes, { ...expected, nextSeq: 2, previousHash: one.hashes[0] ?? null }),
  bad('no-key', bytes, expected, null),
  bad('another-key', bytes, expected, crypto.hash('test/another-key')),
  bad('clear-certificate', inClear(encode([AT, 2, { kind: 'certificate' }]))),
  bad('clear-document', inClear(encode([AT, 0, []]))),
  bad('body-not-canonical', encrypted(Uint8Array.of(0x83, 0x18, 0x01, 0x00, 0xf6))),
  bad('body-of-two', encrypted(encode([AT, 0]))),
  bad('body-kind-9', encrypted(encode([AT, 9, null]))),
  bad('body-nested-too-deep', encrypted(Uint8Array.of(0x83, 0x01, 0x00, ...new Array<number>(33).fill(0x81), 0xf6))),
]

const files = [
  { kind: 'sync', frames: [one.bytes, later.bytes] },
  { kind: 'invitation', frames: [utf8('an invitation')] },
  { kind: 'answer', frames: [] },
] as const
const write = (name: string, value: unknown): void =>
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(value, null, 2)}\n`)
write('entry-v1-runs.json', { seed: toHex(author.device.secretKey), runs })
write('entry-v1-invalid.json', invalid)
write('sealed-file-v1.json', files.map((file) => ({ kind: file.kind, frames: file.frames.map(toHex), file: toHex(writeSealedFile(crypto, file)) })))
