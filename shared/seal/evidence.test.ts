import { Author, doc, seededCrypto } from '#test/vectors/author.ts'
import { equal, toHex } from '#shared/kernel/bytes.ts'
import { describe, expect, it } from 'vitest'
import type { Run, SealedRun } from './entry.ts'
import { evidenceOf, evidencePartsOf, openProven, prove, verifyEvidence } from './evidence.ts'
import { readHeader } from './header.ts'
import { mergeRuns } from './merge.ts'
import { openEntry } from './open.ts'
import { parseRun } from './parse.ts'
import { verifyRun } from './verify.ts'

const crypto = await seededCrypto('evidence')
const parsed = (sealed: SealedRun): Run => {
  const run = parseRun(sealed.bytes)
  return run.ok ? run.value : expect.fail(run.refusal)
}

describe('evidence', () => {
  const author = new Author(crypto, 'a')
  const sealed = author.write([doc('one'), doc('the second'), doc('three'), doc('four')])
  const evidence = evidenceOf(crypto, parsed(sealed), 2) ?? expect.fail()

  it('[SEAL-17] proves one entry by the hashes up to the signed head', () => {
    const proven = verifyEvidence(crypto, evidence)
    if (!proven.ok) expect.fail(proven.refusal)
    expect(proven.value.hash).toBe(sealed.hashes[1])
    expect(proven.value.device).toBe(toHex(author.device.publicKey))
    expect(proven.value.evidence.digests).toHaveLength(2)
    expect(evidenceOf(crypto, parsed(sealed), 5)).toBeUndefined()
  })

  it('[SEAL-17] shows nothing of the other entries', () => {
    const others = parsed(sealed).entries.filter((_, at) => at !== 1)
    for (const { ciphertext } of others) expect(toHex(evidence)).not.toContain(toHex(ciphertext))
  })

  it('[SEAL-17] is refused when any byte of it changes', () => {
    for (let at = 0; at < evidence.length; at++) {
      const bent = evidence.slice()
      bent[at] = (bent[at] ?? 0) ^ 0x41
      expect(verifyEvidence(crypto, bent).ok, `byte ${at}`).toBe(false)
      expect(verifyEvidence(crypto, evidence.slice(0, at)).ok).toBe(false)
    }
    const newer = evidence.slice()
    newer[1] = 2
    expect(verifyEvidence(crypto, newer)).toEqual({ ok: false, refusal: 'newer-version' })
  })
})

describe('an opening key', () => {
  const author = new Author(crypto, 'a')
  const runs = [author.write([doc('one'), doc('two')]), author.write([doc('three')])]
  const provenIn = (sealed: SealedRun, seq: number) => {
    const proven = prove(crypto, evidencePartsOf(crypto, parsed(sealed), seq) ?? expect.fail())
    return proven.ok ? proven.value : expect.fail(proven.refusal)
  }
  const [one, two, three] = [provenIn(runs[0]!, 1), provenIn(runs[0]!, 2), provenIn(runs[1]!, 3)]
  const { nonce } = readHeader(one.evidence.header)
  const key = crypto.openingKey(author.epoch.key, nonce)

  it('[SEAL-22] opens the entries that were sealed in one breath, and none of another', () => {
    expect(openProven(crypto, one, key)).toEqual({ ok: true, value: doc('one') })
    expect(openProven(crypto, two, key)).toEqual({ ok: true, value: doc('two') })
    expect(openProven(crypto, three, key)).toEqual({ ok: false, refusal: 'cannot-open' })
    expect(openProven(crypto, one, undefined)).toEqual({ ok: false, refusal: 'no-key' })
    expect(toHex(key)).not.toBe(toHex(author.epoch.key))
  })

  it('[SEAL-22] a header says of itself where the entry stands', () => {
    expect(readHeader(three.evidence.header)).toMatchObject({
      feed: author.position.feed,
      seq: 3,
      previous: two.hash,
      workspace: author.position.workspace,
      channel: author.position.channel,
      epoch: author.epoch.id,
      heads: [],
    })
  })
})

describe('merging', () => {
  it('[SEAL-16] joins what was sealed one by one into one run, without a key, with the same hashes', () => {
    const author = new Author(crypto, 'a')
    const first = { ...author.expected }
    const runs = ['a', 'b', 'c', 'd'].map((text) => author.write([doc(text)]))
    const single = runs.reduce((length, run) => length + run.bytes.length, 0)
    const merged = runs.map(parsed).reduce((one, other) => {
      const both = mergeRuns(crypto, one, other)
      return both.ok ? both.value : expect.fail(both.refusal)
    })
    expect(merged.bytes.length).toBeLessThan(single / 2)
    const entries = verifyRun(crypto, merged, first)
    if (!entries.ok) expect.fail(entries.refusal)
    expect(entries.value.map((entry) => entry.hash)).toEqual(runs.flatMap((run) => run.hashes))
    for (const [at, entry] of entries.value.entries()) {
      const opened = openEntry(crypto, entry, author.epoch.key)
      expect(opened.ok && opened.value.body).toEqual(doc('abcd'.charAt(at)))
    }
  })

  it('[SEAL-16] refuses runs that do not follow each other, or whose signatures are not good', () => {
    const author = new Author(crypto, 'a')
    const one = author.write([doc('1')])
    const two = author.write([doc('2')])
    const three = author.write([doc('3')])
    const not = { ok: false, refusal: 'not-neighbours' }
    expect(mergeRuns(crypto, parsed(one), parsed(three))).toEqual(not)
    expect(mergeRuns(crypto, parsed(two), parsed(one))).toEqual(not)
    expect(mergeRuns(crypto, parsed(one), parsed(new Author(crypto, 'b').write([doc('2')])))).toEqual(not)
    const bent = one.bytes.slice()
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1
    const unsigned = parseRun(bent)
    if (!unsigned.ok) expect.fail()
    expect(mergeRuns(crypto, unsigned.value, parsed(two))).toEqual(not)
    expect(equal(one.bytes, bent)).toBe(false)
  })
})
