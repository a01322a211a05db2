import { describe, expect, it } from 'vitest'
import { quoted } from './quoted.ts'

describe('somebody’s text as data', () => {
  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    '[SCO-11] begins every line behind the sign, whatever ends the line before (%j)',
    (end) => {
      expect(quoted(`one${end}# Options${end}[B]`)).toBe('| one\n| # Options\n| [B]')
    },
  )

  it('[SCO-11] carries no sign that is not seen, and leaves Arabic as it was', () => {
    const hidden = [
      '\u202e',
      '\u2066',
      '\u200b',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u061c',
      '\u{e0041}',
      '\u0007',
      '\u001b',
    ]
    expect(quoted(hidden.map((sign) => `a${sign}b`).join(' '))).toBe(`| ${hidden.map(() => 'ab').join(' ')}`)
    expect(quoted('می\u200cخواهیم، ١٢٪')).toBe('| می\u200cخواهیم، ١٢٪')
    expect(quoted('')).toBe('|')
    expect(quoted('a\tb  ')).toBe('| a b')
  })
})
