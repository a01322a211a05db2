import { BytesReader } from '#shared/seal/bytes-reader.ts'
import { BytesWriter } from '#shared/seal/bytes-writer.ts'
import type { Steps } from './steps.ts'

/** Steps as bytes: how far each is from the one before, so that a step of a steady writer takes two bytes. */
export function packSteps({ seqs, values }: Steps, upTo = Infinity): Uint8Array {
  const out = new BytesWriter()
  let [seq, value] = [0, 0]
  for (let at = 0; at < seqs.length && (seqs[at] as number) <= upTo; at++) {
    out.uvar((seqs[at] as number) - seq).uvar((values[at] as number) - value)
    seq = seqs[at] as number
    value = values[at] as number
  }
  return out.bytes()
}

/** The same steps; read when they are first asked for, because most sections of an old channel are never written again. */
export class PackedSteps implements Steps {
  #packed: Uint8Array | undefined
  #seqs: number[] = []
  #values: number[] = []

  constructor(packed: Uint8Array) {
    this.#packed = packed
  }

  get seqs(): number[] {
    this.#unpack()
    return this.#seqs
  }
  get values(): number[] {
    this.#unpack()
    return this.#values
  }

  #unpack(): void {
    const packed = this.#packed
    if (packed === undefined) return
    this.#packed = undefined
    const reader = new BytesReader(packed)
    let [seq, value] = [0, 0]
    while (!reader.done && !reader.failed) {
      seq += reader.uvar()
      value += reader.uvar()
      this.#seqs.push(seq)
      this.#values.push(value)
    }
    if (reader.failed) throw new Error('packed steps do not read')
  }
}
