import { describe, expect, it } from 'vitest'
import { columnWidths } from './column-widths.ts'

describe('the columns of a printed table', () => {
  it('[PRT-11] give a number the room that it needs, and share what is left', () => {
    const widths = columnWidths([
      ['Company', 'الشركة', 'Rawasi Foods', 'رواسي للأغذية'],
      ['Share', 'الحصة', '62.5%', '٦٢٫٥٪'],
      ['Amount', 'المبلغ', '1,250,000.50', '١٬٢٥٠٬٠٠٠٫٥٠'],
    ])
    expect(widths?.[2]).toBeGreaterThan(widths?.[1] ?? 0)
    expect(widths?.[2]).toBeGreaterThan(29)
    expect(widths?.reduce((sum, width) => sum + width, 0)).toBeCloseTo(82, 0)
  })

  it('[PRT-11] break words before numbers, and put the languages below each other where even numbers do not fit', () => {
    const long = 'Responsibilitiesandacceptance'
    const widths = columnWidths([[long], [long], [long, '1,250,000.50']])
    expect(widths?.[2]).toBeGreaterThan(29)
    expect(columnWidths([['1,250,000,000.50'], ['1,250,000,000.50'], ['1,250,000,000.50']])).toBeUndefined()
  })
})
