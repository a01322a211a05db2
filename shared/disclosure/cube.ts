import type { Cell } from '#shared/artifacts/table.ts'
import type { PermittedMeasure } from '#shared/policy/permit.ts'
import { grown, PairIndex } from './pair-index.ts'

/** One cell of the aggregate. All arrays are per measure. */
export interface CubeCell {
  /** One interned id per group column; -1 where a total sums over the column. */
  readonly key: readonly number[]
  records: number
  /** Records without an entity. */
  nobody: number
  readonly present: number[]
  readonly sums: number[]
  readonly least: number[]
  readonly most: number[]
  /** Of the values themselves: equal for equal sets of values in whatever order, and additive over cells. */
  readonly prints: number[]
}

/** What single entities contribute to single cells: one member per (cell, entity), those of a cell next to each other. */
export interface Members {
  /** Cell `at` has the members from `starts[at]` up to `starts[at + 1]`. */
  readonly starts: Uint32Array
  /** Interned entity id of each member. */
  readonly entity: Uint32Array
  /** Per measure and member: how many values, their sum, their print. */
  readonly present: readonly Uint32Array[]
  readonly sums: readonly Float64Array[]
  readonly prints: readonly Uint32Array[]
}

/** A finished aggregate: what suppression, report and ledger are computed from. */
export interface Aggregate {
  readonly cells: readonly CubeCell[]
  readonly members: Members
}

export function emptyCell(key: readonly number[], measures: number): CubeCell {
  const all = (value: number): number[] => new Array<number>(measures).fill(value)
  return { key, records: 0, nobody: 0, present: all(0), sums: all(0), least: all(Infinity), most: all(-Infinity), prints: all(0) } // prettier-ignore
}

/** Aggregates row by row. It holds cells and contributions, never rows. */
export class Cube {
  readonly #cells: CubeCell[] = []
  readonly #steps: readonly PairIndex[]
  readonly #measures: readonly PermittedMeasure[]
  readonly #members = new PairIndex()
  #present: Uint32Array[]
  #sums: Float64Array[]
  #prints: Uint32Array[]

  constructor(groups: number, measures: readonly PermittedMeasure[]) {
    this.#measures = measures
    this.#steps = Array.from({ length: groups }, () => new PairIndex())
    this.#present = measures.map(() => new Uint32Array(1024))
    this.#sums = measures.map(() => new Float64Array(1024))
    this.#prints = measures.map(() => new Uint32Array(1024))
  }

  /** `ids`: the interned group ids of the row; `entity`: its interned entity, or -1 when missing. */
  add(ids: readonly number[], entity: number, row: readonly Cell[]): void {
    let at = 0
    for (let group = 0; group < this.#steps.length; group++) at = this.#steps[group]!.numberOf(at, ids[group]!)
    if (at === this.#cells.length) this.#cells.push(emptyCell([...ids], this.#measures.length))
    const cell = this.#cells[at]!
    cell.records++
    let member = -1
    if (entity < 0) cell.nobody++
    else member = this.#memberOf(at, entity)
    for (let measure = 0; measure < this.#measures.length; measure++) {
      const scan = this.#measures[measure]!.scan
      const value = scan === null ? 1 : row[scan]
      if (typeof value !== 'number') continue
      const print = printOf(value)
      cell.present[measure]!++
      cell.sums[measure]! += value
      cell.prints[measure] = (cell.prints[measure]! + print) >>> 0
      if (value < cell.least[measure]!) cell.least[measure] = value
      if (value > cell.most[measure]!) cell.most[measure] = value
      if (member < 0) continue
      this.#present[measure]![member]!++
      this.#sums[measure]![member]! += value
      this.#prints[measure]![member]! += print // wraps at 2^32, as the cell's does
    }
  }

  /** Cells in the order that `order` gives them (positions), with their members side by side. */
  finish(order: (cells: readonly CubeCell[]) => readonly number[]): Aggregate {
    const positions = order(this.#cells)
    const rank = new Uint32Array(positions.length)
    positions.forEach((from, to) => (rank[from] = to))
    const { size, lefts, rights } = this.#members
    const starts = new Uint32Array(positions.length + 1)
    for (let member = 0; member < size; member++) starts[rank[lefts[member]!]! + 1]!++
    for (let at = 0; at < positions.length; at++) starts[at + 1]! += starts[at]!
    const next = starts.slice()
    const place = new Uint32Array(size)
    for (let member = 0; member < size; member++) place[member] = next[rank[lefts[member]!]!]!++
    const entity = new Uint32Array(size)
    for (let member = 0; member < size; member++) entity[place[member]!] = rights[member]!
    const moved = <A extends Uint32Array | Float64Array>(from: A, into: A): A => {
      for (let member = 0; member < size; member++) into[place[member]!] = from[member]!
      return into
    }
    return {
      cells: positions.map((from) => this.#cells[from]!),
      members: {
        starts,
        entity,
        present: this.#present.map((array) => moved(array, new Uint32Array(size))),
        sums: this.#sums.map((array) => moved(array, new Float64Array(size))),
        prints: this.#prints.map((array) => moved(array, new Uint32Array(size))),
      },
    }
  }

  #memberOf(cell: number, entity: number): number {
    const member = this.#members.numberOf(cell, entity)
    if (member === this.#present[0]?.length) {
      this.#present = this.#present.map(grown)
      this.#sums = this.#sums.map(grown)
      this.#prints = this.#prints.map(grown)
    }
    return member
  }
}

/** 32 well-mixed bits of a number: enough to notice that an entity's records changed; it hides nothing. */
function printOf(value: number): number {
  let mixed = value | 0
  if (mixed !== value) {
    const whole = Math.floor(value)
    mixed ^= Math.imul(Math.floor(whole / 2 ** 32) | 0, 0x9e3779b1) ^ Math.imul(Math.round((value - whole) * 1e6), 0x85ebca6b) // prettier-ignore
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return ((mixed ^ (mixed >>> 16)) + 1) >>> 0
}

/** The numbers of several cells together. */
export function addUp(key: readonly number[], cells: readonly CubeCell[]): CubeCell {
  const whole = emptyCell(key, cells[0]?.sums.length ?? 0)
  for (const cell of cells) {
    whole.records += cell.records
    whole.nobody += cell.nobody
    for (let at = 0; at < cell.sums.length; at++) {
      whole.present[at]! += cell.present[at]!
      whole.sums[at]! += cell.sums[at]!
      whole.prints[at] = (whole.prints[at]! + cell.prints[at]!) >>> 0
      whole.least[at] = Math.min(whole.least[at]!, cell.least[at]!)
      whole.most[at] = Math.max(whole.most[at]!, cell.most[at]!)
    }
  }
  return whole
}
