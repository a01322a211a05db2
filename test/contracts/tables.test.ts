import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { probeCsv, readCsv } from '#adapters/files/csv.ts'
import { WorkerTables } from '#adapters/files/tables.ts'
import { probeXlsx } from '#adapters/files/xlsx.ts'
import type { RawBatch, RawCell, TableChoice } from '#engine/ports.ts'
import { type HandmadeWorkbook, workbookParts, zipParts } from './zip-parts.ts'

const tables = new WorkerTables()
const never = { aborted: false }
const file = (bytes: Uint8Array, name = 'ledger') => ({ name, bytes })

async function readAll(bytes: Uint8Array, choice: TableChoice = {}) {
  const rows: { line: number; cells: readonly RawCell[] }[] = []
  const malformed: RawBatch['malformed'][number][] = []
  for await (const batch of tables.read(file(bytes), choice, never)) {
    if (!batch.ok) return { refusal: batch.refusal, rows, malformed }
    rows.push(...batch.value.rows)
    malformed.push(...batch.value.malformed)
  }
  return { rows, malformed }
}

/** The same reader without its thread, for properties with many cases. */
function readHere(bytes: Uint8Array, choice: TableChoice) {
  const batches = [...readCsv(bytes, choice)]
  const read = batches.flatMap((batch) => (batch.ok ? [batch.value] : []))
  return {
    rows: read.flatMap(({ rows }) => rows),
    malformed: read.flatMap(({ malformed }) => malformed),
    refusals: batches.length - read.length,
  }
}

/** Windows-1256 for the letters that these tests use, taken from the decoder itself. */
const WINDOWS_1256 = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(new Uint8Array([byte])), byte]),
)
const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  'utf-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
  'utf-16le': (text) => new Uint8Array(Buffer.from(text, 'utf16le')),
  'utf-16le with a mark': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
  'utf-16be': (text) => new Uint8Array(Buffer.from(text, 'utf16le').swap16()),
  'utf-16be with a mark': (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
  'windows-1256': (text) => Uint8Array.from(text, (letter) => WINDOWS_1256.get(letter) ?? 63),
}
const cases = Object.keys(ENCODERS).flatMap((name) => [',', ';', '\t'].map((delimiter) => [name, delimiter] as const))

const LEDGER = (delimiter: string): string =>
  [
    ['التاريخ', 'الصنف', 'Quantity', 'Amount', 'ملاحظة'],
    ['2026-01-01', 'تمر سكري', '5', '"1,5"', '"سطر أول\nسطر ""ثان"""'],
    ['2026-01-02', 'B', '6'],
    ['2026-01-03', 'C', '"7', '1', 'x'],
    ['2026-01-04', '"D"', '8', '2', ''],
    ['2026-01-05', 'E', '9', '3', 'بعد', 'زائد'],
    ['2026-01-06', 'F', '10', '4', 'ok'],
  ]
    .map((cells) => cells.join(delimiter))
    .join('\r\n')

describe('delimited text', () => {
  it.each(cases)('is recognised in %s with %j, and each malformed row is told by its line', (name, delimiter) => {
    const bytes = (ENCODERS[name] as (text: string) => Uint8Array)(LEDGER(delimiter))
    const probe = probeCsv(bytes, {})
    expect(probe).toMatchObject({
      ok: true,
      value: {
        format: 'csv',
        encoding: name.split(' ')[0],
        delimiter,
        headerRow: 0,
        headers: ['التاريخ', 'الصنف', 'Quantity', 'Amount', 'ملاحظة'],
      },
    })
    expect(probe.ok && probe.value.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const { rows, malformed } = readHere(bytes, {})
    expect(malformed).toEqual([
      { line: 4, problem: 'column-count' },
      { line: 5, problem: 'unclosed-quote' },
      { line: 7, problem: 'column-count' },
    ])
    expect(rows).toEqual([
      { line: 2, cells: ['2026-01-01', 'تمر سكري', '5', '1,5', 'سطر أول\nسطر "ثان"'] },
      { line: 6, cells: ['2026-01-04', 'D', '8', '2', ''] },
      { line: 8, cells: ['2026-01-06', 'F', '10', '4', 'ok'] },
    ])
  })

  it('names the lines whose bytes are no UTF-8, and keeps the others', async () => {
    const text = 'اسم,قيمة\nألف,1\nXX,2\nباء,3\nجيم,4\nدال,5\n'
    const bytes = new TextEncoder().encode(text)
    bytes.set([0xff, 0xfe], Buffer.from(bytes).indexOf('XX'))
    expect(await readAll(bytes)).toMatchObject({ rows: [{ line: 2 }, { line: 4 }, { line: 5 }, { line: 6 }], malformed: [{ line: 3, problem: 'bad-encoding' }] }) // prettier-ignore
  })

  it('lets the person overrule encoding, delimiter and header row', async () => {
    const bytes = (ENCODERS['windows-1256'] as (text: string) => Uint8Array)('تقرير;;\nاسم;قيمة;x\nألف;1;2\n')
    const probe = await tables.probe(file(bytes), { encoding: 'windows-1256', delimiter: ';', headerRow: 1 })
    expect(probe).toMatchObject({ ok: true, value: { headers: ['اسم', 'قيمة', 'x'], sample: [['ألف', '1', '2']] } })
    expect(await tables.probe(file(bytes), { delimiter: '\t' })).toMatchObject({
      ok: true,
      value: { headers: ['تقرير;;'] },
    })
  })

  it('passes over a title above the header', async () => {
    const bytes = new TextEncoder().encode('Sales report\n\nA,B,C\n1,2,3\n4,5,6\n')
    expect(await tables.probe(file(bytes), {})).toMatchObject({ ok: true, value: { headers: ['A', 'B', 'C'], sample: [['1', '2', '3'], ['4', '5', '6']] } }) // prettier-ignore
    expect((await readAll(bytes)).rows.map(({ line }) => line)).toEqual([4, 5])
  })

  it.each([
    ['nothing', new Uint8Array(), 'empty'], ['blank lines', new TextEncoder().encode('\n \n'), 'empty'],
    ['a picture', Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7919) % 251 === 3 ? 0 : (at * 31) % 256), 'not-a-table'],
  ] as const)('refuses %s', async (_, bytes, refusal) => {
    expect(await tables.probe(file(bytes), {})).toEqual({ ok: false, refusal })
  }) // prettier-ignore

  it('gives back what was written, whatever the cells hold and wherever the chunks are cut', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', 'ع', ' ', '1'), maxLength: 6 })
      .map((text) => text.replace(/\r(?!\n)/g, ''))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (cells) => {
        const filler = `${'x'.repeat(60_000)},y\n`.repeat(5)
        const text = `h1,h2\n${filler}${cells.map((row) => row.map(quoted).join(',')).join('\n')}\n`
        const { rows, malformed } = readHere(new TextEncoder().encode(text), {
          headerRow: 0,
          delimiter: ',',
          encoding: 'utf-8',
        })
        expect(malformed).toEqual([])
        expect(rows.slice(5).map((row) => row.cells)).toEqual(cells.filter((row) => row.some((part) => part !== '')))
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('survives bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const probe = probeCsv(bytes, {})
        const { rows, malformed, refusals } = readHere(bytes, {})
        const records = rows.length + malformed.length
        return probe.ok ? refusals === 0 && records < 400 : refusals === 1 && records === 0
      }),
      { seed: 5, numRuns: 2_000 },
    )
  })

  it('stops between batches when it is told to', async () => {
    const bytes = new TextEncoder().encode(`a,b\n${'1,2\n'.repeat(50_000)}`)
    const signal = { aborted: false }
    let seen = 0
    for await (const batch of tables.read(file(bytes), {}, signal)) {
      seen += batch.ok ? batch.value.rows.length : 0
      signal.aborted = true
    }
    expect(seen).toBeLessThan(5_000)
  })
})

const book = (workbook: HandmadeWorkbook) => zipParts(workbookParts(workbook))
const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`

describe('workbooks', () => {
  it('reads dates of both systems, the leap day that never was, times, shared and inline text, booleans, errors and formula results', async () => {
    const cells = `<row r="1">${text('A1', 'Date')}${text('B1', 'Kind')}${text('C1', 'Value')}</row>
      <row r="2"><c r="A2" s="1"><v>46023</v></c><c r="B2" t="s"><v>0</v></c><c r="C2"><v>1.5</v></c></row>
      <row r="3"><c r="A3" s="3"><v>61</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="b"><v>1</v></c></row>
      <row r="4"><c r="A4" s="1"><v>59</v></c>${text('B4', 'inline &amp; عربي')}<c r="C4" t="e"><v>#DIV/0!</v></c></row>
      <row r="5"><c r="A5" s="1"><v>1</v></c><c r="B5" t="str"><f>A1&amp;"x"</f><v>Datex</v></c><c r="C5"><f>1+1</f><v>2</v></c></row>
      <row r="6"><c r="A6" s="2"><v>46023.75</v></c><c r="C6"><v>46023</v></c></row>
      <row r="8"><c r="A8" t="d"><v>2026-05-06T00:00:00</v></c></row>`
    const shared = ['<t>plain</t>', '<r><t>rich </t></r><r><t>text</t></r>']
    const { rows } = await readAll(book({ sheets: { Data: cells }, shared }))
    expect(rows).toEqual([
      { line: 2, cells: ['2026-01-01', 'plain', 1.5] },
      { line: 3, cells: ['1900-03-01', 'rich text', true] },
      { line: 4, cells: ['1900-02-28', 'inline & عربي', '#DIV/0!'] },
      { line: 5, cells: ['1900-01-01', 'Datex', 2] },
      { line: 6, cells: ['2026-01-01T18:00:00', null, 46023] },
      { line: 8, cells: ['2026-05-06', null, null] },
    ])
  })

  it.each(['1', 'true'])('counts from 1904 when date1904 is %s', async (date1904) => {
    const cells = `<row r="1">${text('A1', 'Date')}</row><row r="2"><c r="A2" s="1"><v>44561</v></c></row><row r="3"><c r="A3" s="1"><v>0</v></c></row>`
    const { rows } = await readAll(book({ sheets: { Data: cells }, date1904 }))
    expect(rows.map(({ cells: [date] }) => date)).toEqual(['2026-01-01', '1904-01-01'])
  })

  it('lists the sheets, reads the chosen one and finds the header below a title', async () => {
    const data = `<row r="1">${text('A1', 'Report')}</row><row r="3">${text('A3', 'SKU')}${text('B3', 'الكمية')}</row><row r="4">${text('A4', 'X')}<c r="B4"><v>3</v></c></row>`
    const bytes = book({ sheets: { 'First &amp; last': `<row r="1">${text('A1', 'x')}</row>`, المبيعات: data } })
    expect(await tables.probe(file(bytes), {})).toMatchObject({
      ok: true,
      value: { sheets: ['First & last', 'المبيعات'], sheet: 'First & last' },
    })
    expect(await tables.probe(file(bytes), { sheet: 'المبيعات' })).toMatchObject({
      ok: true,
      value: { format: 'xlsx', headerRow: 2, headers: ['SKU', 'الكمية'], sample: [['X', '3']] },
    })
    expect(await tables.probe(file(bytes), { sheet: 'none' })).toEqual({ ok: false, refusal: 'no-such-sheet' })
    expect(await readAll(bytes, { sheet: 'none' })).toMatchObject({ refusal: 'no-such-sheet' })
  })

  it('tells rows that are wider than the header', async () => {
    const cells = `<row r="1">${text('A1', 'A')}${text('B1', 'B')}</row><row r="2"><c r="A2"><v>1</v></c></row>`
    const wide = `${Array.from({ length: 250 }, (_, at) => `<row r="${at + 3}"><c r="A${at + 3}"><v>1</v></c></row>`).join('')}<row r="300"><c r="A300"><v>1</v></c><c r="D300"><v>9</v></c></row>`
    expect((await readAll(book({ sheets: { Data: cells + wide } }))).malformed).toEqual([
      { line: 300, problem: 'column-count' },
    ])
  })

  it('proposes from the beginning of a long sheet what it reads from the whole', async () => {
    const row = (at: number) =>
      `<row r="${at}">${text(`A${at}`, `SKU ${at % 7}`)}<c r="B${at}"><v>${at}</v></c><c r="C${at}" s="1"><v>${46000 + (at % 300)}</v></c></row>`
    const header = `<row r="1">${text('A1', 'SKU')}${text('B1', 'Qty')}${text('C1', 'Date')}</row>`
    const bytes = book({
      sheets: { Other: '', Data: header + Array.from({ length: 15_000 }, (_, at) => row(at + 2)).join('') },
    })
    const probe = await tables.probe(file(bytes), { sheet: 'Data' })
    const { rows, malformed } = await readAll(bytes, { sheet: 'Data' })
    expect([rows.length, malformed.length]).toEqual([15_000, 0])
    expect(rows.at(-1)).toEqual({ line: 15_001, cells: ['SKU 0', 15_001, '2025-12-10'] })
    expect(probe).toMatchObject({ ok: true, value: { headers: ['SKU', 'Qty', 'Date'], sheets: ['Other', 'Data'] } })
    expect(probe.ok && probe.value.sample).toEqual(rows.slice(0, 200).map(({ cells }) => cells.map(String)))
  })

  it('reads only the parts that the directory lists', async () => {
    const honest = workbookParts({
      sheets: { Data: `<row r="1">${text('A1', 'A')}</row><row r="2">${text('A2', 'true part')}</row>` },
    })
    const other = workbookParts({
      sheets: { Data: `<row r="1">${text('A1', 'A')}</row><row r="2">${text('A2', 'slipped in')}</row>` },
    })
    const slipped = other.filter(({ name }) => name.includes('sheet1')).map((part) => ({ ...part, hidden: true }))
    expect((await readAll(zipParts([...honest, ...slipped]))).rows).toEqual([{ line: 2, cells: ['true part'] }])
    expect((await readAll(zipParts([...slipped, ...honest]))).rows).toEqual([{ line: 2, cells: ['true part'] }])
  })

  it('answers a damaged workbook with a refusal or a table, and never with silence', async () => {
    const parts = workbookParts({
      sheets: {
        Data: `<row r="1">${text('A1', 'A')}</row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>46023</v></c></row>`,
      },
      shared: ['<t>x</t>'],
    })
    const wound = fc.record({
      part: fc.nat(parts.length - 1),
      at: fc.nat(),
      cut: fc.nat(12),
      put: fc.string({ maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 3 }), async (wounds) => {
        const damaged = parts.map((part, index) =>
          wounds.reduce((whole, { part: struck, at, cut, put }) => {
            const from = at % whole.text.length
            return struck === index
              ? { ...whole, text: `${whole.text.slice(0, from)}${put}${whole.text.slice(from + cut)} ` }
              : whole
          }, part),
        )
        const probe = await probeXlsx(zipParts(damaged), {})
        return probe.ok || ['not-a-table', 'empty'].includes(probe.refusal)
      }),
      { seed: 13, numRuns: 300 },
    )
  })

  it('stops when it is told to while the worker is still silent', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, at) => `<row r="${at + 2}"><c r="A${at + 2}"><v>${at}</v></c></row>`,
    ).join('')
    const signal = { aborted: false }
    const reading = tables.read(
      file(book({ sheets: { Data: `<row r="1">${text('A1', 'A')}</row>${rows}` } })),
      {},
      signal,
    )
    const first = reading.next()
    signal.aborted = true
    expect(await first).toEqual({ done: true, value: undefined })
  })

  it('refuses what it cannot vouch for, each with its code', async () => {
    const parts = workbookParts({ sheets: { Data: `<row r="1">${text('A1', 'A')}</row>` } })
    const probe = async (bytes: Uint8Array) => {
      const result = await tables.probe(file(bytes), {})
      return result.ok ? 'ok' : result.refusal
    }
    expect(await probe(zipParts(parts))).toBe('ok')
    expect(await probe(zipParts(parts.map((part) => ({ ...part, encrypted: true }))))).toBe('encrypted')
    expect(await probe(zipParts([...parts, { name: 'xl/bomb.xml', text: ' '.repeat(5_000_000), claims: 100 }]))).toBe(
      'too-large',
    )
    expect(await probe(zipParts([...parts, { name: 'xl/bomb.xml', text: ' ', claims: 4_000_000_000 }]))).toBe(
      'too-large',
    )
    expect(await probe(zipParts(parts.slice(1)))).toBe('not-a-table')
    expect(await probe(zipParts(parts).subarray(0, 700))).toBe('not-a-table')
    expect(await probe(zipParts([{ name: 'readme.txt', text: 'hello' }]))).toBe('not-a-table')
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])
    expect(await probe(new Uint8Array(ole))).toBe('legacy-workbook')
    expect(await probe(new Uint8Array(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])))).toBe(
      'encrypted',
    )
  })

  it('writes text that looks like a formula as text, from right to left in Arabic, and reads it back', async () => {
    const cells = ['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(A1)', '=cmd|x', 'عادي\u0007', ' طرف ']
    const bytes = await tables.writeWorkbook([
      {
        name: 'بيانات/2026',
        rightToLeft: true,
        columns: [{ header: '=A' }, { header: 'B' }],
        rows: cells.map((cell, at) => [cell, at + 0.5]),
      },
      { name: 'المصدر', rightToLeft: true, columns: [{ header: 'k', width: 30 }], rows: [['v'], [true], [null]] },
    ])
    const { rows } = await readAll(bytes, { headerRow: 0 })
    expect(rows.map((row) => row.cells[0])).toEqual([...cells.slice(0, 5), 'عادي', 'طرف'])
    const sheet = await sheetXml(bytes)
    expect(sheet).not.toMatch(/<f[ >]/)
    expect(sheet).toContain('rightToLeft="1"')
    expect(await tables.probe(file(bytes), {})).toMatchObject({
      ok: true,
      value: { sheets: ['بيانات 2026', 'المصدر'] },
    })
  })
})

async function sheetXml(bytes: Uint8Array): Promise<string> {
  const { openZip } = await import('#adapters/files/zip.ts')
  const zip = openZip(bytes)
  if (!zip.ok) throw new Error(zip.refusal)
  return new TextDecoder().decode(zip.value.get('xl/worksheets/sheet1.xml')?.content())
}
