import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from '#shared/kernel/canonical.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { decodeMessage, encodeMessage, MESSAGE_LIMITS, type Message } from './message.ts'
import { PUBLIC_CODES } from './refusal.ts'

const id = <T extends string>(length: number): fc.Arbitrary<T> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => toHex(bytes) as T)
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
const count = fc.nat(2 ** 31)
const channel = id<Extract<Message, { type: 'done' }>['channel']>(32)
const feed = id<Extract<Message, { type: 'need' }>['feed']>(48)

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ type: fc.constant('hello' as const), version: count, channels: fc.array(channel, { maxLength: 4 }) }),
  fc.record({
    type: fc.constant('frontier' as const), channel, whole: fc.boolean(), taken: count,
    tips: fc.array(fc.record({ feed, seq: count.map((seq) => seq + 1), hash: id(32) }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('runs' as const), channel,
    runs: fc.array(fc.record({ feed, lastSeq: count, bytes }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('piece' as const), channel, feed, lastSeq: count, at: fc.nat(1000), total: fc.integer({ min: 1040, max: 5000 }), bytes,
  }),
  fc.record({ type: fc.constant('need' as const), channel, feed, fromSeq: count.map((seq) => seq + 1) }),
  fc.record({ type: fc.constant('done' as const), channel }),
  fc.record({ type: fc.constant('refused' as const), channel, code: fc.constantFrom(...PUBLIC_CODES) }),
  fc.record({ type: fc.constant('presence' as const), channel, bytes }),
) as fc.Arbitrary<Message> // prettier-ignore

describe('messages', () => {
  it('[SYN-40] decode to what was encoded', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeMessage(encodeMessage(one))).toEqual({ ok: true, value: one })
      }),
    )
  })

  it('[SYN-40] never throw for hostile bytes, and have one encoding each', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(7), (one, place, bit) => {
        const bent = encodeMessage(one)
        const at = place % bent.length
        bent[at] = (bent[at] as number) ^ (1 << bit)
        const decoded = decodeMessage(bent)
        if (decoded.ok && decoded.value.type !== 'hello') expect(encodeMessage(decoded.value)).toEqual(bent)
      }),
    )
  })

  it('[SYN-40] refuse what is too large, unknown, or has other fields', () => {
    const refusal = (value: Parameters<typeof encode>[0]) => {
      const decoded = decodeMessage(encode(value))
      return decoded.ok ? 'taken' : decoded.refusal
    }
    const id32 = new Uint8Array(32)
    expect(refusal([5, id32])).toBe('taken')
    expect(refusal([5, id32, 1])).toBe('message-malformed')
    expect(refusal([5, id32.slice(1)])).toBe('message-malformed')
    expect(refusal([99, id32])).toBe('message-unknown')
    expect(refusal(['5', id32])).toBe('message-malformed')
    expect(refusal([0, 2, [], { more: 'from a later version' }])).toBe('taken')
    expect(refusal([4, id32, new Uint8Array(48), 0])).toBe('message-malformed')
    expect(refusal([3, id32, new Uint8Array(48), 1, 5, 5, new Uint8Array(1)])).toBe('message-malformed')
    expect(refusal([3, id32, new Uint8Array(48), 1, 0, MESSAGE_LIMITS.run + 1, new Uint8Array(1)])).toBe(
      'message-malformed',
    )
    expect(refusal([2, id32, [[new Uint8Array(48), 1, new Uint8Array(MESSAGE_LIMITS.bytes)]]])).toBe(
      'message-too-large',
    )
  })
})
