/** Grows a byte string from front to back: the counterpart of `BytesReader`. */
export class BytesWriter {
  #bytes = new Uint8Array(512)
  #at = 0

  put(part: Uint8Array): this {
    this.#reserve(part.length)
    this.#bytes.set(part, this.#at)
    this.#at += part.length
    return this
  }

  byte(value: number): this {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
    return this
  }

  uvar(value: number): this {
    let rest = value
    while (rest >= 128) {
      this.byte((rest % 128) | 0x80)
      rest = Math.floor(rest / 128)
    }
    return this.byte(rest)
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at)
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more))
    grown.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = grown
  }
}
