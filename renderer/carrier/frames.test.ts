import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { FRAME_BYTES, MESSAGE_LIMIT, Reassembly, split, type Lane } from './frames.ts'

const lane = fc.constantFrom<Lane>('mesh', 'auth', 'runs')

it('puts messages of interleaved lanes together again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(lane, fc.nat(FRAME_BYTES * 3)), { maxLength: 6 }),
      fc.infiniteStream(fc.nat(2)),
      (sent, pick) => {
        const fits = sent.filter(([to, length]) => length <= MESSAGE_LIMIT[to])
        const queues = new Map<Lane, Uint8Array[]>()
        const messages = fits.map(([to, length], n) => ({ lane: to, message: new Uint8Array(length).fill(n + 1) }))
        for (const { lane: to, message } of messages) queues.set(to, [...(queues.get(to) ?? []), ...split(to, message)])
        const reassembly = new Reassembly()
        const got: { lane: Lane; message: Uint8Array }[] = []
        while ([...queues.values()].some((queue) => queue.length > 0)) {
          const open = [...queues.values()].filter((queue) => queue.length > 0)
          const whole = reassembly.take(open[(pick.next().value as number) % open.length]?.shift() as Uint8Array)
          if (whole) got.push(whole)
        }
        for (const to of ['mesh', 'auth', 'runs'] as const)
          expect(got.filter((one) => one.lane === to)).toEqual(messages.filter((one) => one.lane === to))
      },
    ),
    { numRuns: 50 },
  )
})

it('refuses an unknown lane, an oversized frame, and a message that never ends', () => {
  expect(() => new Reassembly().take(Uint8Array.of(3, 1))).toThrow(RangeError)
  expect(() => new Reassembly().take(Uint8Array.of())).toThrow(RangeError)
  expect(() => new Reassembly().take(new Uint8Array(FRAME_BYTES + 2))).toThrow(RangeError)
  const reassembly = new Reassembly()
  const more = new Uint8Array(FRAME_BYTES + 1).fill(0)
  more[0] = 1
  reassembly.take(more)
  expect(() => reassembly.take(more)).toThrow(RangeError)
})
