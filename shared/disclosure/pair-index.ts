/**
 * Gives each distinct pair of small non-negative integers the next number, starting at 0. An open-addressed table: a `Map` would
 * need one boxed key per lookup, and this is looked up several times for each of 100,000 rows.
 */
export class PairIndex {
  size = 0
  /** By number, the two halves of its pair. Only the first `size` entries mean anything. */
  lefts = new Int32Array(1024)
  rights = new Int32Array(1024)
  /** Number + 1, or 0 for a free slot. Its length is a power of two, at least twice `size`. */
  #slots = new Int32Array(2048)

  numberOf(left: number, right: number): number {
    const mask = this.#slots.length - 1
    let slot = scatter(left, right) & mask
    for (;;) {
      const held = this.#slots[slot]! - 1
      if (held < 0) return this.#add(left, right, slot)
      if (this.lefts[held] === left && this.rights[held] === right) return held
      slot = (slot + 1) & mask
    }
  }

  #add(left: number, right: number, slot: number): number {
    const number = this.size++
    if (number === this.lefts.length) {
      this.lefts = grown(this.lefts)
      this.rights = grown(this.rights)
    }
    this.lefts[number] = left
    this.rights[number] = right
    this.#slots[slot] = number + 1
    if (this.size * 2 > this.#slots.length) this.#rebuild()
    return number
  }

  #rebuild(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.size; number++) {
      let slot = scatter(this.lefts[number]!, this.rights[number]!) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}

function scatter(left: number, right: number): number {
  let mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right + 1, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

/** Twice the room, the same contents. */
export function grown<A extends Int32Array | Uint32Array | Float64Array>(array: A): A {
  const wider = new (array.constructor as new (length: number) => A)(array.length * 2)
  wider.set(array)
  return wider
}
