import { toHijri } from '#shared/kernel/hijri.ts'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { CONTACTS, CUSTOMERS, NOTES, PRODUCTS, REGIONS } from './catalogue.ts'

export interface DemoOptions {
  readonly rows: number
  readonly seed: number
  /** Last day of the two years that the orders span. */
  readonly until?: IsoDate
}

export const DEMO_HEADERS = [
  'Order date', 'Order no', 'Customer', 'Contact person', 'Contact e-mail', 'Phone', 'SKU', 'Product', 'Region', 'Quantity',
  'Unit price (SAR)', 'Amount (SAR)', 'Status', 'Notes',
] as const // prettier-ignore

const DAYS = 730

/** mulberry32: small, seeded, and the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** How busy a day is: steady growth, quiet Fridays, the weeks before and in Ramadan, and the two Eids. */
function busyness(date: IsoDate, day: number): { orders: number; ramadan: number } {
  const hijri = toHijri(date)
  const friday = new Date(`${date}T00:00:00Z`).getUTCDay() === 5
  let season = 1
  let ramadan = 0
  if (hijri !== undefined) {
    if (hijri.month === 8 && hijri.day > 14) ramadan = 0.6
    else if (hijri.month === 9) ramadan = hijri.day > 20 ? 1.2 : 1
    else if (hijri.month === 10 && hijri.day <= 4) season = 0.35
    else if (hijri.month === 12 && hijri.day <= 10) season = 1.35
  }
  return { orders: (1 + (day / DAYS) * 0.25) * (friday ? 0.35 : 1) * season * (1 + ramadan * 0.7), ramadan }
}

function picker<T extends { readonly share: number }>(items: readonly T[]): (at: number) => T {
  const total = items.reduce((sum, { share }) => sum + share, 0)
  return (at) => {
    let left = at * total
    return items.find(({ share }) => (left -= share) < 0) ?? (items[0] as T)
  }
}

const pickRegion = picker(REGIONS)
const firstCustomer = (region: (typeof REGIONS)[number]): number =>
  REGIONS.slice(0, REGIONS.indexOf(region)).reduce((sum, { customers }) => sum + customers, 0)

/** Orders of a Saudi distributor over 24 months, in order of their date: the same options give the same rows. */
export function* generateTransactions({
  rows,
  seed,
  until = '2026-10-31' as IsoDate,
}: DemoOptions): Generator<readonly string[]> {
  const random = randomOf(seed)
  const from = addDays(until, 1 - DAYS)
  const days = Array.from({ length: DAYS }, (_, day) => ({
    date: addDays(from, day),
    ...busyness(addDays(from, day), day),
  }))
  const total = days.reduce((sum, { orders }) => sum + orders, 0)
  let order = 0
  let due = 0
  for (const [day, { date, orders, ramadan }] of days.entries()) {
    due += (orders / total) * rows
    const pick = picker(
      PRODUCTS.map((product) => ({ ...product, share: product.share * (1 + ramadan * (product.ramadan - 1) * 0.5) })),
    )
    const upTo = day === DAYS - 1 ? rows : Math.round(due)
    while (order < upTo) yield transaction(random, ++order, date, pick(random()), 1 + (day / DAYS) * 0.06, ramadan)
  }
}

function transaction(
  random: () => number,
  order: number,
  date: IsoDate,
  product: (typeof PRODUCTS)[number] | { sku: string; name: string; price: number; carton: number; ramadan: number },
  inflation: number,
  ramadan: number,
): readonly string[] {
  const region = pickRegion(random())
  // Big customers order more often: the square favours the front of each region's list.
  const customer = firstCustomer(region) + Math.floor(random() ** 1.4 * region.customers)
  const [contact, mailbox] = CONTACTS[customer % CONTACTS.length] ?? ['', '']
  const uplift = 1 + ramadan * (product.ramadan - 1) * 0.5
  let quantity = Math.max(1, Math.round(product.carton * (0.4 + random() * 1.6) * uplift))
  const discount = random() < 0.2 ? 0.95 : 1
  const halalas = Math.round(product.price * inflation * discount * 100)
  const luck = random()
  const status =
    luck < 0.04
      ? luck < 0.01
        ? 'ملغي'
        : 'Cancelled'
      : luck < 0.055
        ? 'Returned'
        : luck < 0.08
          ? 'Pending'
          : 'Delivered'
  if (status === 'Returned') quantity = -Math.max(1, Math.round(quantity * 0.2))
  const note = random() < 0.08 ? (NOTES[Math.floor(random() * NOTES.length)] ?? '') : ''
  return [
    date, `SO-${String(order).padStart(7, '0')}`, CUSTOMERS[customer] ?? '', contact, `${mailbox}@customer${customer + 1}.example`,
    `+96650${String(1_000_000 + customer * 13_577).slice(0, 7)}`, product.sku, product.name, region.name, String(quantity),
    (halalas / 100).toFixed(2), ((halalas * quantity) / 100).toFixed(2), status, note,
  ] // prettier-ignore
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The same as CSV: UTF-8, commas, a header row. About 175 bytes a row. */
export function transactionsCsv(options: DemoOptions): string {
  const lines = [DEMO_HEADERS.join(',')]
  for (const row of generateTransactions(options)) lines.push(row.map(quoted).join(','))
  return `${lines.join('\r\n')}\r\n`
}
