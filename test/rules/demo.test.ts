import { describe, expect, it } from 'vitest'
import { CUSTOMERS, PRODUCTS, REGIONS } from '#demo/catalogue.ts'
import { DEMO_HEADERS, generateTransactions, transactionsCsv } from '#demo/transactions.ts'
import { proposeColumns } from '#shared/intake/columns.ts'
import { toHijri } from '#shared/kernel/hijri.ts'
import type { IsoDate } from '#shared/kernel/time.ts'

const column = Object.fromEntries(DEMO_HEADERS.map((header, at) => [header, at])) as Record<
  (typeof DEMO_HEADERS)[number],
  number
>
const ledger = [...generateTransactions({ rows: 6_000, seed: 1 })]
const cell = (row: readonly string[], header: (typeof DEMO_HEADERS)[number]): string => row[column[header]] ?? ''

describe('the sample ledger', () => {
  it('is the same for the same seed, another for another, and as long as asked', () => {
    const text = (seed: number, rows = 500) => transactionsCsv({ rows, seed })
    expect(text(1)).toBe(text(1))
    expect(text(1)).not.toBe(text(2))
    expect(ledger).toHaveLength(6_000)
    expect([...generateTransactions({ rows: 7, seed: 1 })]).toHaveLength(7)
    expect(new Set(ledger.map((row) => cell(row, 'Order no'))).size).toBe(6_000)
  })

  it('spans two years in order, in both scripts, with at least sixty customers and twelve SKUs', () => {
    const dates = ledger.map((row) => cell(row, 'Order date'))
    expect(dates).toEqual(dates.toSorted())
    expect(new Set(dates.map((date) => date.slice(0, 7))).size).toBe(24)
    const customers = new Set(ledger.map((row) => cell(row, 'Customer')))
    expect(customers.size).toBe(CUSTOMERS.length)
    expect(customers.size).toBeGreaterThanOrEqual(60)
    expect([...customers].filter((name) => /[\u0600-\u06ff]/.test(name)).length).toBeGreaterThan(20)
    expect(new Set(ledger.map((row) => cell(row, 'SKU'))).size).toBe(PRODUCTS.length)
    expect(CUSTOMERS).toHaveLength(REGIONS.reduce((sum, { customers: count }) => sum + count, 0))
  })

  it('adds up: amount is quantity times price, and some orders are cancelled or returned', () => {
    for (const row of ledger) {
      expect(Math.round(Number(cell(row, 'Amount (SAR)')) * 100)).toBe(
        Math.round(Number(cell(row, 'Unit price (SAR)')) * 100) * Number(cell(row, 'Quantity')),
      )
    }
    const statuses = ledger.map((row) => cell(row, 'Status'))
    expect(statuses.filter((status) => status === 'Cancelled' || status === 'ملغي').length).toBeGreaterThan(100)
    expect(ledger.every((row) => Number(cell(row, 'Quantity')) < 0 === (cell(row, 'Status') === 'Returned'))).toBe(true)
  })

  it('sells more in Ramadan than in the months around it', () => {
    const perDay = (wanted: (month: number) => boolean): number => {
      const days = new Map<string, number>()
      for (const row of ledger) {
        const date = cell(row, 'Order date') as IsoDate
        if (wanted(toHijri(date)?.month ?? 0)) days.set(date, (days.get(date) ?? 0) + Number(cell(row, 'Quantity')))
      }
      return [...days.values()].reduce((sum, quantity) => sum + quantity, 0) / days.size
    }
    expect(perDay((month) => month === 9)).toBeGreaterThan(1.7 * perDay((month) => month !== 8 && month !== 9))
  })

  it('gives a monthly cell by SKU and region enough customers in the large regions and too few in the small ones', () => {
    const groups = new Map<string, Set<string>>()
    for (const row of ledger) {
      const key = `${cell(row, 'Order date').slice(0, 7)}|${cell(row, 'SKU')}|${cell(row, 'Region')}`
      groups.set(key, (groups.get(key) ?? new Set()).add(cell(row, 'Customer')))
    }
    const share = (region: string): number => {
      const sizes = [...groups].filter(([key]) => key.endsWith(region)).map(([, customers]) => customers.size)
      return sizes.filter((size) => size >= 5).length / sizes.length
    }
    expect(share('Riyadh')).toBeGreaterThan(0.4)
    expect(share('Asir')).toBeLessThan(0.1)
  })

  it('is proposed for import without a question', () => {
    const { columns, cancellation } = proposeColumns(DEMO_HEADERS, ledger.slice(0, 200))
    expect(columns.flatMap(({ questions }) => questions)).toEqual([])
    expect(columns.map(({ meaning }) => meaning)).toEqual([
      'date', 'order', 'customer', 'person-name', 'email', 'phone', 'sku', 'product', 'region', 'quantity', 'price', 'amount', 'status', 'note',
    ]) // prettier-ignore
    expect(cancellation?.proposal).toBe('net')
  })
})
