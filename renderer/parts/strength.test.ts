import { describe, expect, it } from 'vitest'
import { SHORTEST, strengthOf } from './strength.ts'

describe('strength of a passphrase', () => {
  it('calls everything under the shortest length short, whatever it is made of', () => {
    expect(strengthOf('aA1!xY9$kQ2').level).toBe('short')
    expect('aA1!xY9$kQ2').toHaveLength(SHORTEST - 1)
  })
  it('does not call a repeated letter strong', () => expect(strengthOf('a'.repeat(20)).level).toBe('fair'))
  it('calls four unrelated words strong in both scripts', () => {
    expect(strengthOf('copper violin harbour mint').level).toBe('strong')
    expect(strengthOf('نحاس كمان ميناء نعناع بعيد').level).toBe('strong')
  })
})
