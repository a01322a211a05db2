import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, Hash, PublicKey } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { appendAudit } from './append.ts'
import { canonicalEntry } from './canonical.ts'
import { AUDIT_KINDS, GENESIS, type AuditEntry, type AuditEvent, type ChainHead } from './chain.ts'
import { exportCheckpoint, holdsCheckpoint, importCheckpoint, signCheckpoint, type SignedCheckpoint } from './checkpoint.ts' // prettier-ignore
import { verifyChain } from './verify.ts'
import { searchWords } from './words.ts'

let crypto: Crypto
beforeAll(async () => {
  crypto = await createCrypto()
})

const DISCLOSED: AuditEvent = {
  kind: 'disclosure',
  code: 'slice-disclosed',
  actor: 'سارة',
  subject: { id: 'ab', name: 'Forecast “Q1”' },
  detail: { k: 5, role: 'coo', final: true, share: 0.25 },
}
const at = (milliseconds: number): Instant => milliseconds as Instant

const text = fc.string({ unit: 'binary', maxLength: 12 })
const event: fc.Arbitrary<AuditEvent> = fc.record({
  kind: fc.constantFrom(...AUDIT_KINDS),
  code: text,
  actor: text,
  subject: fc.record({ id: text, name: text }),
  detail: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
    maxKeys: 4,
  }),
})

function chainOf(events: readonly AuditEvent[], from: ChainHead = GENESIS): AuditEntry[] {
  const entries: AuditEntry[] = []
  let head = from
  for (const [index, one] of events.entries()) {
    const entry = appendAudit(crypto, head, at(index * 1_000), one)
    entries.push(entry)
    head = entry
  }
  return entries
}

describe('the audit chain', () => {
  it('[AUD-1] numbers entries from 1 and links each to the one before', () => {
    const entries = chainOf([DISCLOSED, DISCLOSED, DISCLOSED])
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(entries.map(({ previous }) => previous)).toEqual([GENESIS.hash, entries[0]?.hash, entries[1]?.hash])
    expect(toHex(GENESIS.hash)).toBe('00'.repeat(32))
    expect(verifyChain(crypto, [])).toEqual({ ok: true, value: GENESIS })
    expect(verifyChain(crypto, entries)).toEqual({ ok: true, value: { seq: 3, hash: entries[2]?.hash } })
  })

  it('[AUD-2] hashes to the frozen vector', () => {
    // Computed apart from this code, with Python's hashlib over the bytes that RULES.md describes.
    const entry = appendAudit(crypto, GENESIS, at(1_790_000_000_000), DISCLOSED)
    expect(toHex(entry.hash)).toBe('cc699e0689b735a13c37f1c2029bb4c9bbb61ac05b4b2a9536b6aa6caa4de1a3')
  })

  it('[AUD-3] does not care in which order a detail was written', () => {
    const turned = { ...DISCLOSED, detail: { share: 0.25, final: true, role: 'coo', k: 5 } }
    expect(canonicalEntry(1, at(0), turned)).toEqual(canonicalEntry(1, at(0), DISCLOSED))
  })

  it('[AUD-4] gives two different entries two different forms', () => {
    const form = (seq: number, when: number, one: AuditEvent): string => toHex(canonicalEntry(seq, at(when), one))
    const base = form(1, 0, DISCLOSED)
    const others = [
      form(2, 0, DISCLOSED),
      form(1, 1, DISCLOSED),
      form(1, 0, { ...DISCLOSED, kind: 'export' }),
      form(1, 0, { ...DISCLOSED, code: 'slice-withdrawn' }),
      form(1, 0, { ...DISCLOSED, actor: '' }),
      form(1, 0, { ...DISCLOSED, subject: { id: 'ac', name: 'Forecast “Q1”' } }),
      form(1, 0, { ...DISCLOSED, subject: { id: 'ab', name: 'Forecast “Q2”' } }),
      form(1, 0, { ...DISCLOSED, detail: { ...DISCLOSED.detail, k: '5' } }),
      form(1, 0, { ...DISCLOSED, detail: { ...DISCLOSED.detail, k: 4 } }),
      form(1, 0, { ...DISCLOSED, detail: { k: 5 } }),
      // The boundary between a name and its value may not be moved.
      form(1, 0, { ...DISCLOSED, detail: { 'k,5': '' } }),
    ]
    expect(new Set([base, ...others]).size).toBe(others.length + 1)
  })

  it('[AUD-5] stores what it hashed: text well-formed, numbers finite', () => {
    const entry = appendAudit(crypto, GENESIS, at(0), {
      ...DISCLOSED,
      actor: 'half \ud83d',
      detail: { why: '\udc00x' },
    })
    expect(entry.event.actor).toBe('half \ufffd')
    expect(entry.event.detail).toEqual({ why: '\ufffdx' })
    expect(verifyChain(crypto, [entry]).ok).toBe(true)
    for (const value of [Number.NaN, Infinity, -Infinity])
      expect(() => appendAudit(crypto, GENESIS, at(0), { ...DISCLOSED, detail: { value } })).toThrow(RangeError)
  })

  it('[AUD-6] names the first entry that cannot be relied on', () => {
    const honest = chainOf(Array.from({ length: 6 }, (_, index) => ({ ...DISCLOSED, detail: { index } })))
    const broken = (seq: number, change: (entry: AuditEntry) => AuditEntry): readonly AuditEntry[] =>
      honest.map((entry) => (entry.seq === seq ? change(entry) : entry))
    const verdict = (entries: readonly AuditEntry[]): unknown => {
      const result = verifyChain(crypto, entries)
      return result.ok ? 'holds' : result.refusal
    }
    expect(verdict(broken(3, (entry) => ({ ...entry, event: { ...entry.event, actor: 'Omar' } })))).toEqual({
      code: 'audit-entry-altered',
      seq: 3,
    })
    expect(verdict(broken(4, (entry) => ({ ...entry, at: at(entry.at + 1) })))).toEqual({
      code: 'audit-entry-altered',
      seq: 4,
    })
    expect(verdict(broken(2, (entry) => ({ ...entry, hash: new Uint8Array(32) as Hash })))).toEqual({
      code: 'audit-entry-altered',
      seq: 2,
    })
    expect(verdict(honest.filter(({ seq }) => seq !== 4))).toEqual({ code: 'audit-entry-missing', seq: 4 })
    expect(verdict(honest.slice(1))).toEqual({ code: 'audit-entry-missing', seq: 1 })
    expect(verdict([...honest.slice(0, 2), honest[3] as AuditEntry, honest[2] as AuditEntry])).toEqual({
      code: 'audit-entry-missing',
      seq: 3,
    })
    // Rewritten from the third on, every hash in it right: the link at the seam gives it away.
    const other = chainOf([DISCLOSED, DISCLOSED, DISCLOSED, DISCLOSED])
    expect(verdict([...honest.slice(0, 2), ...other.slice(2)])).toEqual({ code: 'audit-link-broken', seq: 3 })
  })

  it('[AUD-6] finds any single change, anywhere', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), fc.nat(), event, (events, where, other) => {
        const entries = chainOf(events)
        expect(verifyChain(crypto, entries).ok).toBe(true)
        const index = where % entries.length
        const target = entries[index] as AuditEntry
        const changed = { ...target, event: { ...other, code: `${target.event.code}!` } }
        const result = verifyChain(crypto, entries.with(index, changed))
        expect(result).toEqual({ ok: false, refusal: { code: 'audit-entry-altered', seq: index + 1 } })
      }),
    )
  })

  it('[AUD-7] goes on from a head that is already relied on', () => {
    const entries = chainOf([DISCLOSED, DISCLOSED, DISCLOSED, DISCLOSED])
    const head = entries[1] as AuditEntry
    expect(verifyChain(crypto, entries.slice(2), head)).toEqual(verifyChain(crypto, entries))
    expect(verifyChain(crypto, entries.slice(2), { seq: 2, hash: GENESIS.hash })).toEqual({
      ok: false,
      refusal: { code: 'audit-link-broken', seq: 3 },
    })
  })

  it('[AUD-11] is found by any word that a person could read in it', () => {
    const words = searchWords(DISCLOSED)
    for (const part of ['disclosure', 'slice-disclosed', 'سارة', 'forecast “q1”', 'coo', '0.25', 'true'])
      expect(words).toContain(part)
  })
})

describe('checkpoints', () => {
  const entries = (): AuditEntry[] => chainOf([DISCLOSED, DISCLOSED, DISCLOSED])
  function signed(): SignedCheckpoint {
    const { seq, hash } = entries()[1] as AuditEntry
    const bare = { checkpoint: { company: 'c0', seq, hash, at: at(5) }, signatures: [] }
    return signCheckpoint(crypto, bare, crypto.signingPair())
  }

  it('[AUD-8] are signed, and countersigned over the same statement', () => {
    const partner = crypto.signingPair()
    const both = signCheckpoint(crypto, signed(), partner)
    expect(both.signatures).toHaveLength(2)
    expect(importCheckpoint(crypto, exportCheckpoint(both))).toEqual({ ok: true, value: both })
    expect(both.signatures[1]?.signer).toEqual(partner.publicKey)
  })

  it('[AUD-9] are refused when unreadable, unsigned or forged', () => {
    const good = signed()
    const verdict = (bytes: Uint8Array): unknown => {
      const result = importCheckpoint(crypto, bytes)
      return result.ok ? 'taken' : result.refusal
    }
    expect(verdict(exportCheckpoint(good))).toBe('taken')
    expect(verdict(exportCheckpoint(good).slice(1))).toBe('audit-checkpoint-unreadable')
    expect(verdict(fromHex('a0') as Uint8Array)).toBe('audit-checkpoint-unreadable')
    expect(verdict(exportCheckpoint({ ...good, signatures: [] }))).toBe('audit-checkpoint-forged')
    expect(verdict(exportCheckpoint({ ...good, checkpoint: { ...good.checkpoint, seq: 3 } }))).toBe(
      'audit-checkpoint-forged',
    )
    const stranger = {
      signer: crypto.signingPair().publicKey as PublicKey,
      signature: good.signatures[0]?.signature as Uint8Array,
    }
    expect(verdict(exportCheckpoint({ ...good, signatures: [...good.signatures, stranger] }))).toBe(
      'audit-checkpoint-forged',
    )
  })

  it('[AUD-10] tell a chain that holds from one that was cut or rewritten', () => {
    const { checkpoint } = signed()
    const chain = entries()
    const head = chain[2] as AuditEntry
    expect(holdsCheckpoint(checkpoint, head, chain[1]).ok).toBe(true)
    expect(holdsCheckpoint(checkpoint, chain[0] as AuditEntry, undefined)).toEqual({
      ok: false,
      refusal: 'audit-behind-checkpoint',
    })
    const rewritten = chainOf([DISCLOSED, { ...DISCLOSED, actor: 'Omar' }, DISCLOSED])
    expect(verifyChain(crypto, rewritten).ok, 'a rewritten chain holds by itself').toBe(true)
    expect(holdsCheckpoint(checkpoint, rewritten[2] as AuditEntry, rewritten[1])).toEqual({
      ok: false,
      refusal: 'audit-differs-from-checkpoint',
    })
    expect(holdsCheckpoint(checkpoint, head, undefined).ok).toBe(false)
  })
})
