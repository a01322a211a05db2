import { expect, it } from 'vitest'
import { readWords } from '#ui/parts/kit-words.ts'

it('reads words with numbers, punctuation and any case', () => {
  expect(readWords('1. Abandon\n2) ABILITY,  able')).toEqual(['abandon', 'ability', 'able'])
})
