/** One line of `bench-results.json`. */
export interface BenchRow {
  readonly name: string
  readonly ratio: number
  readonly budget: number
  readonly direction: 'at-most' | 'at-least'
  readonly detail: string
}
