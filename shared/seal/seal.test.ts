import { AT, Author, doc, fixed, head, seededCrypto } from '#test/vectors/author.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Body, Expected, Run, SealedRun, VerifiedEntry } from './entry.ts'
import { MAX_BODY, MAX_ENTRIES, MAX_HEADS } from './layout.ts'
import { openEntry } from './open.ts'
import { parseRun } from './parse.ts'
import { sealEntry, signRun, startRun } from './seal.ts'
import { chain, channelOf, runHashes, verifyRun } from './verify.ts'

const crypto = await seededCrypto('seal')
const parsed = (sealed: SealedRun): Run => {
  const run = parseRun(sealed.bytes)
  return run.ok ? run.value : expect.fail(run.refusal)
}
const verified = (sealed: SealedRun, expected: Expected): readonly VerifiedEntry[] => {
  const entries = verifyRun(crypto, parsed(sealed), expected)
  return entries.ok ? entries.value : expect.fail(entries.refusal)
}
const first = (author: Author): Expected => ({ ...author.expected, nextSeq: 1, previousHash: null })

const payload: fc.Arbitrary<Canonical> = fc.letrec<{ value: Canonical }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ maxLength: 20, unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 6 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value
const body: fc.Arbitrary<Body> = fc.record({
  at: fc.maxSafeNat() as fc.Arbitrary<number> as fc.Arbitrary<Instant>,
  kind: fc.constantFrom('doc', 'event', 'control', 'blob'),
  payload,
})

describe('sealing and opening', () => {
  it('[SEAL-1] gives back every body, in order, with its heads', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(body, fc.nat(3)), { minLength: 1, maxLength: 6 }), (items) => {
        const author = new Author(crypto, 'a')
        const heads = items.map(([, count]) =>
          Array.from({ length: count }, (_, n) => head(crypto, `other ${n}`, n + 1)),
        )
        const sealed = author.write(items.map(([one]) => one), heads) // prettier-ignore
        const entries = verified(sealed, first(author))
        expect(entries.map((entry) => entry.hash)).toEqual(sealed.hashes)
        for (const [at, entry] of entries.entries()) {
          const opened = openEntry(crypto, entry, author.epoch.key)
          expect(opened.ok && opened.value.body).toEqual(items[at]?.[0])
          expect(new Set(entry.heads)).toEqual(new Set(heads[at]))
          expect([entry.seq, entry.device, entry.feed]).toEqual([
            at + 1,
            toHex(author.device.publicKey),
            author.position.feed,
          ])
        }
      }),
      { seed: 11, numRuns: 60 },
    )
  })

  it('[SEAL-11] never uses a nonce twice: not within a run, not for the same bodies at the same place again', () => {
    const author = new Author(crypto, 'a')
    const start = author.position
    const nonces = [1, 2, 3].flatMap(() =>
      parsed(author.seal(start, [doc('x'), doc('x'), doc('y')])).entries.map((entry) => toHex(entry.nonce)),
    )
    expect(new Set(nonces).size).toBe(9)
  })

  it('[SEAL-11] a signed draft seals nothing more', () => {
    const author = new Author(crypto, 'a')
    const draft = startRun(crypto, author.position, author.epoch)
    sealEntry(crypto, draft, doc('x'))
    signRun(crypto, draft, author.device.secretKey)
    expect(() => sealEntry(crypto, draft, doc('y'))).toThrow()
    expect(() => signRun(crypto, draft, author.device.secretKey)).toThrow()
  })

  it('[SEAL-5] refuses what is over a limit before it is sealed', () => {
    const author = new Author(crypto, 'a')
    const draft = startRun(crypto, author.position, author.epoch)
    const big: Body = { at: AT, kind: 'blob', payload: new Uint8Array(MAX_BODY) }
    expect(sealEntry(crypto, draft, big)).toEqual({ ok: false, refusal: 'too-large' })
    const many = Array.from({ length: MAX_HEADS + 1 }, (_, n) => head(crypto, `h${n}`, 1))
    expect(sealEntry(crypto, draft, doc('x'), many)).toEqual({ ok: false, refusal: 'too-many-heads' })
    let deep: Canonical = 1
    for (let level = 0; level < 40; level++) deep = [deep]
    expect(sealEntry(crypto, draft, { at: AT, kind: 'event', payload: deep })).toEqual({
      ok: false,
      refusal: 'bad-body',
    })
    for (let count = 0; count < MAX_ENTRIES; count++) sealEntry(crypto, draft, doc(''))
    expect(sealEntry(crypto, draft, doc('x'))).toEqual({ ok: false, refusal: 'too-many-entries' })
    expect(parsed(signRun(crypto, draft, author.device.secretKey)).entries).toHaveLength(MAX_ENTRIES)
  })

  it('[SEAL-5] a full run stays under the size that a receiver takes', () => {
    const author = new Author(crypto, 'a')
    const draft = startRun(crypto, author.position, author.epoch)
    const chunk: Body = { at: AT, kind: 'blob', payload: new Uint8Array(MAX_BODY - 64) }
    let sealed = 0
    while (sealEntry(crypto, draft, chunk).ok) sealed += 1
    expect(sealed).toBeGreaterThan(5)
    expect(parseRun(signRun(crypto, draft, author.device.secretKey).bytes).ok).toBe(true)
  })

  it('[SEAL-14] needs the key of the epoch, and no other opens it', () => {
    const author = new Author(crypto, 'a')
    const [entry] = verified(author.write([doc('x')]), first(author))
    if (entry === undefined) expect.fail()
    expect(openEntry(crypto, entry, undefined)).toEqual({ ok: false, refusal: 'no-key' })
    const other = crypto.hash('other') as Uint8Array as SymmetricKey
    expect(openEntry(crypto, entry, other)).toEqual({ ok: false, refusal: 'cannot-open' })
  })
})

describe('the chain', () => {
  it('[SEAL-8] takes runs in their order: a gap and a repetition are told apart', () => {
    const author = new Author(crypto, 'a')
    const one = author.write([doc('1'), doc('2')])
    const two = author.write([doc('3')])
    expect(verifyRun(crypto, parsed(two), first(author))).toEqual({ ok: false, refusal: 'seq-gap' })
    const after = { ...author.expected, nextSeq: 3, previousHash: one.hashes[1] ?? null }
    expect(verified(two, after).map((entry) => entry.seq)).toEqual([3])
    expect(verifyRun(crypto, parsed(one), after)).toEqual({ ok: false, refusal: 'already-held' })
  })

  it('[SEAL-8] a run that begins before what is held gives only what is new', () => {
    const author = new Author(crypto, 'a')
    const start = author.position
    const bodies = [doc('1'), doc('2'), doc('3')]
    const sealed = author.seal(start, bodies)
    const expected = { ...first(author), nextSeq: 3, previousHash: sealed.hashes[1] ?? null }
    const entries = verified(sealed, expected)
    expect(entries.map((entry) => [entry.seq, entry.previous])).toEqual([[3, sealed.hashes[1]]])
  })

  it('[SEAL-10] another past under a good signature is a fork; without one it is nothing', () => {
    const author = new Author(crypto, 'a')
    const start = author.position
    const held = author.write([doc('1')])
    const forged = author.seal(start, [doc('another 1'), doc('2')])
    const expected = author.expected
    expect(verifyRun(crypto, parsed(forged), expected)).toEqual({ ok: false, refusal: 'forked' })
    const unsigned = forged.bytes.slice()
    unsigned[unsigned.length - 1] = (unsigned.at(-1) ?? 0) ^ 1
    const run = parseRun(unsigned)
    if (!run.ok) expect.fail()
    expect(verifyRun(crypto, run.value, expected)).toEqual({ ok: false, refusal: 'bad-signature' })
    expect(runHashes(crypto, run.value)).toBeUndefined()
    expect(runHashes(crypto, parsed(forged))?.[0]).not.toBe(held.hashes[0])
  })

  it('[SEAL-9] only the device that the feed is named after signs it', () => {
    const author = new Author(crypto, 'a')
    const thief = new Author(crypto, 'b')
    const draft = startRun(crypto, author.position, author.epoch)
    sealEntry(crypto, draft, doc('x'))
    expect(() => signRun(crypto, draft, thief.device.secretKey)).toThrow()
    const forged = author.seal(author.position, [doc('x')]).bytes.slice()
    forged.set(thief.device.publicKey, 70)
    const run = parseRun(forged)
    if (!run.ok) expect.fail()
    expect(verifyRun(crypto, run.value, first(author))).toEqual({ ok: false, refusal: 'bad-signature' })
  })

  it('[SEAL-7] a run counts in its own workspace and channel only', () => {
    const author = new Author(crypto, 'a')
    const run = parsed(author.write([doc('x')]))
    const expected = first(author)
    expect(verifyRun(crypto, run, { ...expected, workspace: fixed<WorkspaceId>(crypto, 'w2') })).toEqual({
      ok: false,
      refusal: 'wrong-workspace',
    })
    expect(verifyRun(crypto, run, { ...expected, channel: fixed<ChannelId>(crypto, 'c2') })).toEqual({
      ok: false,
      refusal: 'wrong-channel',
    })
  })
})

describe('announcements', () => {
  const created: Body = {
    at: AT,
    kind: 'control',
    payload: { kind: 'channel-created', definition: new Uint8Array(32) },
  }
  const announcer = () => new Author(crypto, 'a')

  it('[SEAL-13] a channel is named by the hash of the entry that creates it', () => {
    const author = announcer()
    const position = { ...author.position, channel: null }
    const sealed = author.seal(position, [created], [], null)
    expect(sealed.channel).toBe(sealed.hashes[0])
    expect(channelOf(crypto, parsed(sealed))).toBe(sealed.channel)
    const [entry] = verified(sealed, { ...first(author), channel: sealed.channel })
    expect([entry?.channel, entry?.creation, entry?.epoch]).toEqual([sealed.channel, true, null])
    expect(verifyRun(crypto, parsed(sealed), first(author))).toEqual({ ok: false, refusal: 'wrong-channel' })
  })

  it('[SEAL-13] a creation is first in its feed, in clear, and alone in its run', () => {
    const author = announcer()
    const position = { ...author.position, channel: null }
    expect(() => startRun(crypto, position, author.epoch)).toThrow()
    const previous = fixed<EntryHash>(crypto, 'p')
    expect(() => startRun(crypto, { ...position, nextSeq: 2, previous }, null)).toThrow()
    const draft = startRun(crypto, position, null)
    expect(sealEntry(crypto, draft, created).ok).toBe(true)
    expect(sealEntry(crypto, draft, created)).toEqual({ ok: false, refusal: 'too-many-entries' })
  })

  it('[SEAL-12] only the two kinds without names travel in clear', () => {
    const author = announcer()
    const draft = startRun(crypto, author.position, null)
    const named: Body = { at: AT, kind: 'control', payload: { kind: 'certificate', name: 'Fatimah' } }
    expect(sealEntry(crypto, draft, named)).toEqual({ ok: false, refusal: 'not-an-announcement' })
    expect(sealEntry(crypto, draft, { ...created, kind: 'event' })).toEqual({
      ok: false,
      refusal: 'not-an-announcement',
    })
    expect(sealEntry(crypto, draft, created).ok).toBe(true)
  })

  it('[SEAL-12] an announcement of anything else is refused when it arrives', () => {
    const author = announcer()
    const sealed = author.seal(author.position, [created], [], null).bytes
    // The same run with a kind of the same length in place of the announced one, signed by the author itself.
    const forged = resigned(author, replaced(sealed, 'channel-created', 'channel-renamed'))
    const run = parseRun(forged)
    if (!run.ok) expect.fail()
    const entries = verifyRun(crypto, run.value, first(author))
    if (!entries.ok || entries.value[0] === undefined) expect.fail()
    expect(openEntry(crypto, entries.value[0], undefined)).toEqual({ ok: false, refusal: 'not-an-announcement' })
  })
})

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const at = toHex(bytes).indexOf(toHex(utf8(from))) / 2
  if (at < 0) throw new Error('not there')
  const out = bytes.slice()
  out.set(utf8(to), at)
  return out
}

/** Puts the author's good signature under a changed run: an insider who breaks the rules. */
function resigned(author: Author, bytes: Uint8Array): Uint8Array {
  const run = parseRun(bytes)
  if (!run.ok) throw new Error(run.refusal)
  const out = bytes.slice()
  out.set(crypto.sign('mithaq/run/v1', author.device.secretKey, lastHash(run.value)), bytes.length - 64)
  return out
}
const lastHash = (run: Run): Uint8Array => chain(crypto, run).at(-1)?.hash ?? expect.fail()
