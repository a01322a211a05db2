/**
 * Reads a byte string from front to back. Every read past the end sets `failed` and yields zeros, so that a grammar can be
 * read straight through and checked once; the caller must look at `failed` before it uses anything.
 */
export class BytesReader {
  readonly #bytes: Uint8Array
  #at = 0
  failed = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  /** A view, not a copy. */
  take(length: number): Uint8Array {
    const end = this.#at + length
    if (this.failed || end > this.#bytes.length) {
      this.failed = true
      return new Uint8Array(0)
    }
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (this.failed || value === undefined) {
      this.failed = true
      return 0
    }
    this.#at += 1
    return value
  }

  /** Unsigned LEB128, at most 2^53 - 1, in its shortest form: a trailing zero group is refused. */
  uvar(): number {
    let value = 0
    let scale = 1
    for (let group = 0; group < 8; group++) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        if ((byte === 0 && group > 0) || !Number.isSafeInteger(value)) this.failed = true
        return this.failed ? 0 : value
      }
      scale *= 128
    }
    this.failed = true
    return 0
  }
}
