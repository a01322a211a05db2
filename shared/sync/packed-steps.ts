import { BytesReader } from '#shared/seal/bytes-reader.ts'
import { BytesWriter } from '#shared/seal/bytes-writer.ts'
import type { Steps } from './steps.ts'

/**
 * Steps as bytes: how far each is from the one before. A writer whose entries are all of one size, as whoever types or sets one cell
 * after another, takes a few bytes for all of them; any other takes two or three a step. The lowest bit of the first number says whether a
 * third one follows, which counts how often the two before it stand in a row.
 */
export function packSteps({ seqs, values }: Steps, upTo = Infinity): Uint8Array {
  const out = new BytesWriter()
  let [seq, value] = [0, 0]
  for (let at = 0; at < seqs.length && (seqs[at] as number) <= upTo;) {
    const [bySeq, byValue] = [(seqs[at] as number) - seq, (values[at] as number) - value]
    let times = 0
    do {
      seq += bySeq
      value += byValue
      times++
      at++
    } while ((seqs[at] as number) - seq === bySeq && (values[at] as number) - value === byValue && seq + bySeq <= upTo)
    out.uvar(bySeq * 2 + (times > 1 ? 1 : 0)).uvar(byValue)
    if (times > 1) out.uvar(times)
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
      const first = reader.uvar()
      const byValue = reader.uvar()
      const times = first % 2 === 1 ? reader.uvar() : 1
      const bySeq = Math.floor(first / 2)
      for (let count = 0; count < times; count++) {
        seq += bySeq
        value += byValue
        this.#seqs.push(seq)
        this.#values.push(value)
      }
    }
    if (reader.failed) throw new Error('packed steps do not read')
  }
}
