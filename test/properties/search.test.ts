import { describe, expect, it } from 'vitest'
import { readSearch } from './search.ts'

const read = (...args: readonly string[]): ReturnType<typeof readSearch> => readSearch(args, () => 7)

describe('the arguments of a search', () => {
  it('a thousand runs of a fresh seed unless they say otherwise', () => {
    expect(read()).toEqual({ numRuns: 1000, seed: 7 })
    expect(read('50', '12345')).toEqual({ numRuns: 50, seed: 12345 })
    expect(read('1', '-12345', '7:3:1')).toEqual({ numRuns: 1, seed: -12345, path: '7:3:1' })
  })

  it.each([
    ['x'],
    [''],
    ['0'],
    ['-5'],
    ['1.5'],
    ['1e3'],
    ['99999999'],
    ['10', 'seed'],
    ['10', '99999999999'],
    ['10', '1', 'there'],
    ['1', '1', '1', '1'],
  ])('nonsense is answered with a sentence: %j %j %j %j', (...args) => {
    expect(read(...args)).toMatch(/^".*" is .*\.$/)
  })
})
