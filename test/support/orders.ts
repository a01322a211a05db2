import { utf8 } from '#shared/kernel/bytes.ts'

export const SKUS = ['DT-0101', 'CF-0201'] as const
export const REGIONS = ['Riyadh', 'Makkah'] as const
export const MONTHS = Array.from({ length: 22 }, (_, at) => {
  const month = new Date(Date.UTC(2025, at, 1)).toISOString().slice(0, 7)
  return month
})
export const HEADERS = ['Order date', 'Order no', 'Customer', 'Contact person', 'Contact e-mail', 'Phone', 'SKU', 'Region', 'Quantity', 'Unit price (SAR)', 'Notes'] as const // prettier-ignore

export interface Order {
  readonly month: string
  readonly sku: string
  readonly region: string
  readonly customer: number
  readonly quantity: number
}

/** Every month, product and region has one order of each of `customers` customers; quantities follow from the place. */
export function* regularOrders(customers = 8, months: readonly string[] = MONTHS): Generator<Order> {
  for (const [at, month] of months.entries())
    for (const [product, sku] of SKUS.entries())
      for (const [place, region] of REGIONS.entries())
        for (let customer = 0; customer < customers; customer++)
          yield { month, sku, region, customer, quantity: 100 + at * 3 + product * 40 + place * 20 + customer }
}

/** Orders as a ledger with private columns; `Order no` is a key. */
export function ledger(orders: Iterable<Order>): Uint8Array {
  const lines = [HEADERS.join(',')]
  let number = 0
  for (const { month, sku, region, customer, quantity } of orders) {
    number++
    lines.push(
      [`${month}-${String((number % 28) + 1).padStart(2, '0')}`, `SO-${String(number).padStart(6, '0')}`, `Customer ${customer}`, `Contact ${customer}`, `mail${customer}@customer.example`, `+9665000000${customer % 100}`, sku, region, quantity, '12.50', 'Gate 3'].join(','),
    ) // prettier-ignore
  }
  return utf8(`${lines.join('\r\n')}\r\n`)
}
