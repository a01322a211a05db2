import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { toBase64, toBase64Url, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { disclose } from '#shared/disclosure/disclose.ts'
import { encodeSlice } from '#shared/disclosure/encode-slice.ts'
import type { FieldTransform } from '#shared/policy/transform.ts'
import { columns, context, crypto, permitOf } from '#test/support/disclosure.ts'

/** Every private column holds a value that occurs nowhere else; `secrets` are those values. */
const privateColumns: readonly Column[] = columns.map((column) =>
  column.type === 'text' && column.name !== 'sku' ? { ...column, dataClass: 'private' } : column,
)
const secretsOf = (row: number) => ({
  region: `Wadi${row}Canary`,
  customer: `Zarqa${row}Canary`,
  note: `Hidd${row}Canary`,
})

const COUNT = 24
const table = Array.from({ length: COUNT }, (_, row): Readonly<Record<string, Cell>> => ({
  date: '2026-10-05', sku: row % 2 === 0 ? 'A' : 'B', quantity: 70_000_000 + row * 7919, ...secretsOf(row % 6), customer: secretsOf(row).customer,
})) // prettier-ignore
const secrets = [...new Set(table.flatMap((row) => [row['region'], row['customer'], row['note']].map(String)))]
const amounts = table.map((row) => Number(row['quantity']))

/** The forms in which bytes could carry a text: UTF-8, UTF-16 either way, hex, base64 at each of three offsets. */
function carries(bytes: Uint8Array, secret: string): boolean {
  const hex = toHex(bytes)
  const text = String.fromCharCode(...bytes)
  const utf16 = Uint8Array.from([...secret].flatMap((letter) => [letter.charCodeAt(0), 0]))
  const swapped = Uint8Array.from([...secret].flatMap((letter) => [0, letter.charCodeAt(0)]))
  const encodings = [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array([...new Uint8Array(offset), ...utf8(secret)])
    // The letters that depend on neighbours outside the secret are cut off.
    return [toBase64(padded), toBase64Url(padded)].map((encoded) => encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor((padded.length * 8) / 6))) // prettier-ignore
  })
  return (
    [utf8(secret), utf16, swapped].some((form) => hex.includes(toHex(form))) ||
    [toHex(utf8(secret)), ...encodings].some((form) => text.includes(form))
  )
}

function sent(region: FieldTransform, note: FieldTransform, detail: boolean): Uint8Array {
  const open = privateColumns.map((column): Column => ({ ...column, dataClass: 'shared-confidential' }))
  const isKept = region.kind === 'keep' || note.kind === 'keep'
  const permit = permitOf(
    {
      mode: detail ? 'detail' : 'aggregate',
      necessity: detail ? 'Needed for the test of leaks' : null,
      k: detail ? 1 : 3,
      fields: [
        { column: 'sku', transform: { kind: 'keep' }, clause: null },
        { column: 'region', transform: region, clause: null },
        { column: 'note', transform: note, clause: null },
      ],
      rows: [{ kind: 'not-in', column: 'customer', values: [secretsOf(23).customer] }],
      totals: detail ? [] : [['sku'], []],
    },
    isKept ? open : privateColumns,
  )
  const rows = table.map((row) => permit.scanColumns.map((name) => row[name] ?? null))
  const outcome = disclose(permit, rows, context)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return encodeSlice(crypto, outcome.value.slice).bytes
}

const hiding: fc.Arbitrary<FieldTransform> = fc.constantFrom<FieldTransform>(
  { kind: 'drop' },
  { kind: 'suppress' },
  { kind: 'mask', shape: true, start: 2, end: 2 },
  { kind: 'mask', shape: false, start: 0, end: 4 },
  { kind: 'replace', prefix: 'R-' },
  { kind: 'hash' },
  { kind: 'generalise-place', map: { [secretsOf(1).region]: 'West' }, other: 'Elsewhere' },
)

describe('what leaves', () => {
  it('[DIS-2] [PV-2] no private value is in the bytes of a slice, whatever hides it', () => {
    fc.assert(
      fc.property(hiding, hiding, fc.boolean(), (region, note, detail) => {
        // Fine groups may all fall below k: then nothing leaves, which is no leak and no test.
        let bytes: Uint8Array
        try {
          bytes = sent(region, note, detail)
        } catch (error) {
          expect((error as Error).message).toBe('everything-suppressed')
          return
        }
        expect(secrets.filter((secret) => carries(bytes, secret))).toEqual([])
        const hex = toHex(bytes)
        expect(amounts.filter((amount) => hex.includes(amount.toString(16).padStart(8, '0')))).toEqual([])
      }),
    )
  })

  it('[DIS-2] control: the same scan finds what a policy keeps', () => {
    const bytes = sent({ kind: 'keep' }, { kind: 'drop' }, true)
    expect(secrets.filter((secret) => carries(bytes, secret))).toHaveLength(6)
  })

  it('[DIS-2] control: the scan sees each encoding', () => {
    const secret = 'Zarqa7Canary'
    const utf16 = Uint8Array.from([...secret].flatMap((letter) => [letter.charCodeAt(0), 0]))
    const forms = [utf8(secret), utf16, utf8(toHex(utf8(secret))), ...['', 'x', 'xy'].map((lead) => utf8(toBase64(utf8(lead + secret + 'tail'))))] // prettier-ignore
    expect(forms.map((form) => carries(new Uint8Array([7, ...form, 9]), secret))).toEqual(forms.map(() => true))
  })
})
