import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { readClipboard } from './clipboard.ts'
import { readPaste, type PasteChoice, type PasteKnown } from './paste.ts'
import { PASTE_KINDS, type PasteKind } from './paste-columns.ts'

const A = 'aa'.repeat(32) as CompanyId
const KNOWN: PasteKnown = {
  companies: [{ id: A, names: ['Najd Foods', 'أغذية نجد'] }],
  milestones: [{ id: 'kept', names: ['Charter, signed', 'الميثاق'] }],
  currency: 'SAR',
}
const EXISTING = [{ id: 'kept', names: ['Charter, signed', 'الميثاق'] }]
const read = (kind: PasteKind, text: string, choice: PasteChoice = {}, known = KNOWN) => {
  const found = readPaste(kind, text, known, EXISTING, choice)
  if (!found.ok) throw new Error(found.refusal)
  return found.value
}

describe('clipboard', () => {
  it('[INI-15] cells may hold tabs, line breaks and quotes, as a spreadsheet copies them', () => {
    expect(readClipboard('a\t"b\n""c""\td"\t5" pipe\r\n\t\t\r\nlast')).toEqual([
      ['a', 'b\n"c"\td', '5" pipe'],
      ['', '', ''],
      ['last'],
    ])
  })

  it('[INI-15] whatever is copied out of a sheet reads back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', 'ع') })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const copied = rows.map((row) => row.map((one) => (/["\t\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join('\t')).join('\n') // prettier-ignore
        expect(readClipboard(`${copied}\n`)).toEqual(rows)
      }),
    )
  })
})

describe('headers', () => {
  it('[INI-15, AR-3] are known in English', () => {
    const { columns, header } = read('milestones', 'Milestone\tArabic title\tStart\tDue date\tPredecessors\tCompany\tIn charge\tColour\nx') // prettier-ignore
    expect(header).toBe(true)
    expect(columns.map(({ field }) => field)).toEqual([
      'titleEn',
      'titleAr',
      'start',
      'due',
      'depends',
      'owner',
      'person',
      null,
    ])
  })

  it('[INI-15, AR-3] are known in Arabic', () => {
    const fields = (kind: PasteKind, header: string) => read(kind, `${header}\nx`).columns.map(({ field }) => field)
    expect(fields('milestones', 'المرحلة\tتاريخ البداية\tتاريخ الاستحقاق\tتعتمد على\tالشركة')).toEqual(['titleEn', 'start', 'due', 'depends', 'owner']) // prettier-ignore
    expect(fields('risks', 'الخطر\tالاحتمال\tالأثر\tإجراء التخفيف\tالحالة')).toEqual(['text', 'likelihood', 'impact', 'mitigation', 'status']) // prettier-ignore
    expect(fields('kpis', 'المؤشر\tالوحدة\tخط الأساس\tالمستهدف\tبحلول')).toEqual(['metric', 'unit', 'baseline', 'target', 'by']) // prettier-ignore
    expect(fields('budget', 'البند\tالشركة\tالمبلغ\tالعملة\tالحصة')).toEqual(['item', 'party', 'amount', 'currency', 'share']) // prettier-ignore
  })

  it('[INI-15] without a header nothing is guessed, and the person may say what the columns are', () => {
    const text = 'Pilot\t2026-05-03\nScale\t2026-06-03'
    expect(read('milestones', text)).toMatchObject({
      header: false,
      rows: [],
      columns: [{ field: null }, { field: null }],
    })
    const told = read('milestones', text, { header: false, columns: ['titleEn', 'due'] })
    expect(told.rows.map(({ values }) => values)).toEqual([
      { titleEn: 'Pilot', due: '2026-05-03' },
      { titleEn: 'Scale', due: '2026-06-03' },
    ])
    expect(readPaste('risks', ' \n\t', KNOWN, [])).toEqual({ ok: false, refusal: 'paste-empty' })
    expect(readPaste('risks', 'a\tb\nc\td', KNOWN, [], { header: true })).toEqual({
      ok: false,
      refusal: 'paste-no-columns',
    })
    expect(readPaste('risks', 'Risk\n'.repeat(2_002), KNOWN, [])).toEqual({ ok: false, refusal: 'paste-too-large' })
  })
})

describe('cells', () => {
  it('[INI-16, AR-3] each bad cell is told by row and column', () => {
    const text =
      'Milestone\tDue\tCompany\tGate\nPilot\tsoon\tNobody\tyes\n\n\t2026-05-03\t\t\nScale\t#REF!\tأغذية نجد\tmaybe'
    const { defects, rows } = read('milestones', text)
    expect(defects.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 2, 'not-a-date'],
      [2, 3, 'unknown-company'],
      [4, 1, 'nothing-named'],
      [5, 2, 'spreadsheet-error'],
      [5, 4, 'unknown-choice'],
    ])
    expect(defects[0]?.value).toBe('soon')
    expect(rows.at(-1)?.values).toEqual({ titleEn: 'Scale', owner: A })
  })

  it('[INI-16] ratings, shares and money have their limits', () => {
    expect(read('risks', 'Risk\tLikelihood\tImpact\nFire\t6\t٣').defects).toMatchObject([
      { row: 2, column: 2, code: 'not-a-rating' },
    ])
    const budget = read('budget', 'Item\tAmount\tShare\na\t10.005\t60%\nb\t-4\t-1\nc\tten\t٤٠٪')
    expect(budget.defects.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 2, 'money-too-fine'],
      [3, 2, 'negative'],
      [3, 3, 'negative'],
      [4, 2, 'not-a-number'],
    ])
    expect(budget.rows.map(({ values }) => values['share'])).toEqual([60, undefined, 40])
    const none = readPaste('budget', 'Item\tAmount\na\t10', { ...KNOWN, currency: null }, [])
    expect(none.ok && none.value.defects[0]?.code).toBe('no-currency')
  })

  it('[INI-17, AR-3] Arabic-Indic digits and Hijri dates are read; the currency decides the minor units', () => {
    const { rows, dateOrder } = read('milestones', 'المرحلة\tتاريخ الاستحقاق\nتجربة\t١٤٤٧/٠٩/٠١\nتوسع\t١٥ رمضان ١٤٤٧')
    expect(dateOrder).toBe('hijri')
    expect(rows.map(({ values }) => values['due'])).toEqual(['2026-02-18', '2026-03-04'])
    const budget = read('budget', 'البند\tالمبلغ\tالعملة\nأ\t١٬٢٣٤٫٥٠\t\nب\t١٫٢٣٤\tKWD\nج\t5 د.ك\t')
    expect(budget.rows.map(({ values }) => [values['amount'], values['currency'] ?? null])).toEqual([[123_450, null], [1_234, 'KWD'], [5_000, 'KWD']]) // prettier-ignore
  })

  it('[INI-17] open dates and decimals are asked about, and the answer decides', () => {
    const text = 'KPI\tTarget\tBy\nSpeed\t1,500\t03/05/2026'
    const open = read('kpis', text)
    expect(open.questions).toEqual(['date-order', 'decimal-mark'])
    const settled = read('kpis', text, { dateOrder: 'mdy', decimalMark: ',' })
    expect(settled).toMatchObject({ questions: [], rows: [{ values: { target: 1.5, by: '2026-03-05' } }] })
    expect(read('kpis', 'KPI\tBy\na\t03/05/2026\nb\t30/05/2026').questions).toEqual([])
  })

  it('[INI-18, AR-3] dependencies name milestones of the plan or of the paste, a comma in a name included', () => {
    const { rows, defects } = read('milestones', 'Milestone\tDepends on\nDesign\tCharter, signed\nPilot\tDesign; الميثاق\nScale\tPilot, Design\nEnd\tDesign, Nowhere') // prettier-ignore
    expect(rows.map(({ depends }) => depends)).toEqual([[{ id: 'kept' }], [{ row: 2 }, { id: 'kept' }], [{ row: 3 }, { row: 2 }], null]) // prettier-ignore
    expect(defects).toMatchObject([{ row: 5, column: 2, code: 'unknown-milestone', value: 'Design, Nowhere' }])
  })

  it('[INI-18] a row with the name of one in the plan says so', () => {
    expect(read('milestones', 'Milestone\tDue\nالميثاق\t2026-05-03\nNew\t').rows.map(({ same }) => same)).toEqual([
      'kept',
      null,
    ])
  })

  it('[INI-16] whatever is pasted, every cell ends as a value, nothing, or a defect', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('2026-05-03', '1,5', '60%', 'Najd Foods', '٣', '=1', '-'))
    const table = fc.array(
      fc.array(cell, { maxLength: 6 }).map((row) => row.join('\t')),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...PASTE_KINDS), table, (kind, rows) => {
        const header = { milestones: 'Milestone\tDue\tDepends\tCompany\tGate', risks: 'Risk\tLikelihood\tImpact\tStatus', kpis: 'KPI\tTarget\tBy\tUnit', budget: 'Item\tAmount\tShare\tCurrency\tCompany' } // prettier-ignore
        const found = readPaste(kind, [header[kind], ...rows].join('\n'), KNOWN, EXISTING)
        if (!found.ok) return
        for (const { values } of found.value.rows)
          for (const value of Object.values(values)) expect(['string', 'number']).toContain(typeof value)
        for (const { row, column } of found.value.defects) expect(row > 1 && column > 0).toBe(true)
      }),
    )
  })
})
