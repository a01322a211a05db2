/**
 * Messages of any length over a data channel that takes little at a time: each frame is one header byte and at most 64 KiB.
 * Header: bits 0-1 the lane, bit 7 set on a message's last frame. The channel is ordered and reliable, lanes interleave.
 */
export const FRAME_BYTES = 64 * 1024
/** Longest message per lane; the sync protocol keeps its own below 1 MiB. */
export const MESSAGE_LIMIT = { mesh: 64 * 1024, auth: 64 * 1024, runs: 2 * 1024 * 1024 } as const
export type Lane = keyof typeof MESSAGE_LIMIT

const LANES: readonly Lane[] = ['mesh', 'auth', 'runs']
const LAST = 0x80

/** The frames of one message, in order; an empty message is one empty frame. */
export function* split(lane: Lane, message: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  const header = LANES.indexOf(lane)
  let at = 0
  do {
    const end = Math.min(at + FRAME_BYTES, message.length)
    const frame = new Uint8Array(1 + end - at)
    frame[0] = end === message.length ? header | LAST : header
    frame.set(message.subarray(at, end), 1)
    yield frame
    at = end
  } while (at < message.length)
}

/** Puts frames together again. `undefined` from `take`: not whole yet. */
export class Reassembly {
  readonly #parts = new Map<Lane, { parts: Uint8Array[]; length: number }>()

  /** @throws RangeError for an unknown lane, an oversized frame or a message beyond its limit: the peer is then dropped. */
  take(frame: Uint8Array): { readonly lane: Lane; readonly message: Uint8Array } | undefined {
    const header = frame[0] ?? 0xff
    const lane = LANES[header & ~LAST]
    if (lane === undefined || frame.length > FRAME_BYTES + 1) throw new RangeError('frame')
    const held = this.#parts.get(lane) ?? { parts: [], length: 0 }
    held.parts.push(frame.subarray(1))
    held.length += frame.length - 1
    if (held.length > MESSAGE_LIMIT[lane]) throw new RangeError('message')
    if ((header & LAST) === 0) {
      this.#parts.set(lane, held)
      return undefined
    }
    this.#parts.delete(lane)
    return { lane, message: held.parts.length === 1 ? frame.subarray(1) : joined(held.parts, held.length) }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
