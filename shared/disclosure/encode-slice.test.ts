import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import { by, crypto, disclosed, permitOf, type Order } from '#test/support/disclosure.ts'
import { decodeSlice, encodeSlice, MOST_SLICE_BYTES } from './encode-slice.ts'

const orders: Order[] = [...by(5, { sku: 'A' }), ...by(2, { sku: 'B' }), ...by(4, { sku: 'C' })]
const { slice } = disclosed(permitOf({ totals: [['sku'], []] }), orders)
const { bytes, id } = encodeSlice(crypto, slice)

/** The slice with one thing changed by an enemy who encodes correctly. */
function forged(change: (content: any) => void): string {
  const content = structuredClone(slice) as unknown as Canonical
  change(content)
  const outcome = decodeSlice(crypto, encode(content))
  return outcome.ok ? 'accepted' : outcome.refusal
}

describe('the encoded slice', () => {
  it('[DIS-12] [GV-2] gives the same content and the same id on the other side', () => {
    const outcome = decodeSlice(crypto, bytes)
    expect(outcome).toEqual({ ok: true, value: { content: slice, id } })
    expect(id).toMatch(/^[0-9a-f]{64}$/)
  })

  it('[DIS-12] any text of a table survives, control characters aside', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(text, fc.integer(), (region, quantity) => {
        const permit = permitOf({
          fields: [{ column: 'region', transform: { kind: 'keep' }, clause: 'any text, for the test' }],
        })
        const made = disclosed(permit, by(3, { region, quantity }))
        const sent = encodeSlice(crypto, made.slice)
        expect(decodeSlice(crypto, sent.bytes)).toEqual({ ok: true, value: { content: made.slice, id: sent.id } })
      }),
    )
  })

  it('[DIS-12] half a surrogate pair and a text that is too long are made fit before the preview', () => {
    for (const region of ['a\ud800b', `${'x'.repeat(999)}\u{1f600}`]) {
      const made = disclosed(permitOf({ fields: [{ column: 'region', transform: { kind: 'keep' }, clause: null }] }), by(3, { region })) // prettier-ignore
      const { bytes: sent } = encodeSlice(crypto, made.slice)
      expect(decodeSlice(crypto, sent)).toMatchObject({ ok: true, value: { content: { rows: made.slice.rows } } })
    }
  })

  it('[DIS-13] every truncation and every flipped bit is refused or another id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        expect(decodeSlice(crypto, bytes.subarray(0, at)).ok).toBe(false)
        const flipped = bytes.slice()
        flipped[at]! ^= 1 << bit
        const outcome = decodeSlice(crypto, flipped)
        expect(outcome.ok ? outcome.value.id : 'refused').not.toBe(id)
      }),
      { numRuns: 500 },
    )
  })

  it('[DIS-13] hostile content is refused by its fault', () => {
    expect(decodeSlice(crypto, new Uint8Array(MOST_SLICE_BYTES + 1))).toMatchObject({ refusal: 'slice-too-long' })
    expect(decodeSlice(crypto, new Uint8Array([...bytes, 0]))).toMatchObject({ refusal: 'slice-not-canonical' })
    expect(forged(() => {})).toBe('accepted')
    const malformed: ((content: any) => void)[] = [
      (content) => (content.extra = 1),
      (content) => (content.columns[0].dataClass = 'private'),
      (content) => (content.roles = ['owner']),
      (content) => (content.expiresOn = '2026-02-30'),
      (content) => (content.title.en = 'a\u001b[2J'),
      (content) => delete content.k,
    ]
    expect(malformed.map(forged)).toEqual(malformed.map(() => 'slice-malformed'))
    const inconsistent: ((content: any) => void)[] = [
      (content) => content.rows[0].push(1),
      (content) => (content.rows[0][3] = 'many'),
      (content) => (content.rows[0][3] = 0.5),
      (content) => (content.rows[0][1] = 'a\nb'),
      (content) => (content.suppressed[0] = [9, 3, 'below-k']),
      (content) => (content.suppressed[0] = [0, 0, 'below-k']),
      (content) => content.suppressed.push(content.suppressed[0]),
      (content) => (content.rows[content.suppressed[0][0]][3] = 7),
      (content) => (content.totals[0].over = [3]),
      (content) => (content.totals[0].rows[0][2] = 'North'),
      (content) => (content.supersedes = id),
      (content) => (content.necessity = 'none'),
    ]
    expect(inconsistent.map(forged)).toEqual(inconsistent.map(() => 'slice-inconsistent'))
  })
})
