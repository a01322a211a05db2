import { describe, expect, it } from 'vitest'
import { type ColumnProposal, proposeColumns } from './columns.ts'
import { nameColumns } from './headers.ts'

const one = (header: string, values: readonly string[]): ColumnProposal => {
  const [column] = proposeColumns(
    [header],
    values.map((value) => [value]),
  ).columns
  if (column === undefined) throw new Error('no column')
  return column
}

describe('the proposal', () => {
  it('[INT-2] takes the decimal mark that the column shows and asks when it shows none', () => {
    expect(one('Amount', ['1.234', '12,5', '3'])).toMatchObject({ decimalMark: ',', type: 'decimal', questions: [] })
    expect(one('Quantity', ['1,234', '12', '3'])).toMatchObject({ questions: ['decimal-mark'] })
    expect(one('Amount', ['1,5', '2.5'])).toMatchObject({ questions: ['decimal-mark'] })
    expect(one('Quantity', ['12', '3'])).toMatchObject({ type: 'integer', questions: [] })
  })

  it('[INT-5] takes the order that the column shows and asks when it shows none', () => {
    expect(one('Date', ['1/2/2026', '13/2/2026'])).toMatchObject({ type: 'date', dateOrder: 'dmy', questions: [] })
    expect(one('Date', ['1/2/2026', '2/13/2026'])).toMatchObject({ type: 'date', dateOrder: 'mdy', questions: [] })
    expect(one('Date', ['1/2/2026', '3/4/2026'])).toMatchObject({ type: 'date', questions: ['date-order'] })
    expect(one('Date', ['13/2/2026', '2/13/2026'])).toMatchObject({ questions: ['date-order'] })
    expect(one('Date', ['2026-01-02', '2026-02-03'])).toMatchObject({ dateOrder: 'ymd', questions: [] })
    expect(one('التاريخ', ['1/2/1446', '5/3/1446'])).toMatchObject({ dateOrder: 'hijri', questions: [] })
  })

  it('[INT-9] gives every column a name of its own and says so', () => {
    expect(nameColumns(['Amount', '', 'amount', ' Amount ', 'Column 2', 'Amount (2)'])).toEqual([
      { name: 'Amount', note: undefined },
      { name: 'Column 2', note: 'empty' },
      { name: 'amount (2)', note: 'duplicate' },
      { name: 'Amount (3)', note: 'duplicate' },
      { name: 'Column 2 (2)', note: 'duplicate' },
      { name: 'Amount (2) (2)', note: 'duplicate' },
    ])
  })

  it('[INT-10] needs four in five values for a type', () => {
    expect(one('x', ['1', '2', '3', '4', 'five'])).toMatchObject({
      type: 'integer',
      evidence: { values: 5, integers: 4 },
    })
    expect(one('x', ['1', '2', '3', 'four', 'five']).type).toBe('text')
    expect(one('x', ['1', '2.5', '3', '4', '5']).type).toBe('decimal')
    expect(one('x', ['نعم', 'لا', 'yes', 'NO', '-']).type).toBe('boolean')
    expect(one('x', ['', 'N/A']).type).toBe('text')
  })

  it('[INT-10] leaves identifiers as text', () => {
    expect(one('Code', ['00123', '00124']).type).toBe('text')
    expect(one('x', ['1234567890123456', '1234567890123457']).type).toBe('text')
    expect(one('SKU', ['123', '124']).type).toBe('text')
  })

  it.each([
    ['Qty', ['5'], 'quantity'], ['الكمية', ['5'], 'quantity'], ['رمز الصنف', ['A1'], 'sku'], ['Item code', ['A1'], 'sku'], ['المنطقة', ['الرياض'], 'region'],
    ['اسم العميل', ['س'], 'customer'], ['Customer', ['A'], 'customer'], ['حالة الطلب', ['تم'], 'status'], ['Order date', ['2026-01-01'], 'date'],
    ['تاريخ الطلب', ['2026-01-01'], 'date'], ['Unit price', ['5'], 'price'], ['المبلغ', ['5'], 'amount'], ['Contact person', ['A'], 'person-name'],
    ['ملاحظات', ['س'], 'note'], ['zzz', ['q'], 'other'], ['Quantity', ['many'], 'other'],
  ] as const)('[INT-11] %s %j means %s', (header, values, meaning) => {
    expect(one(header, values).meaning).toBe(meaning)
  }) // prettier-ignore

  it.each([
    ['Remarks', ['a@b.sa', 'c@d.com'], 'email'], ['Ref', ['SA0380000000608010167519'], 'iban'], ['Ref', ['0551234567', '+966501234567'], 'phone'],
    ['Ref', ['٠٥٥١٢٣٤٥٦٧'], 'phone'], ['Number', ['310122393500003'], 'tax-id'], ['Number', ['1000000008'], 'national-id'],
  ] as const)('[INT-11] the values of %s %j make it %s', (header, values, meaning) => {
    expect(one(header, values).meaning).toBe(meaning)
  }) // prettier-ignore

  it('[INT-12] proposes private, and shared-confidential for what a forecast is made of', () => {
    const headers = [
      'Date',
      'SKU',
      'Region',
      'Quantity',
      'Customer',
      'Price',
      'Amount',
      'E-mail',
      'Product',
      'Notes',
      'Other',
    ]
    const row = ['2026-01-01', 'A', 'Riyadh', '1', 'C', '2', '3', 'a@b.sa', 'P', 'n', 'o']
    const classes = proposeColumns(headers, [row]).columns.map(({ dataClass }) => dataClass)
    expect(classes.slice(0, 4)).toEqual(Array(4).fill('shared-confidential'))
    expect(classes.slice(4)).toEqual(Array(7).fill('private'))
  })

  it('[INT-13] counts what was cancelled and proposes what to do', () => {
    const propose = (rows: readonly (readonly string[])[]) => proposeColumns(['Status', 'Quantity'], rows).cancellation
    expect(propose([['ok', '1']])).toBeUndefined()
    expect(propose([['ملغي', '1'], ['CANCELLED', '2'], ['ok', '3']])).toEqual({ cancelled: 2, credits: 0, negative: 0, proposal: 'exclude' }) // prettier-ignore
    expect(propose([['مرتجع', '-1'], ['ok', '(2)'], ['ok', '3']])).toEqual({ cancelled: 0, credits: 1, negative: 2, proposal: 'net' }) // prettier-ignore
  })
})
