import { describe, expect, it } from 'vitest'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import { readContent, writeContent } from '#shared/artifacts/agreement-content.ts'
import { AGREEMENTS, agreementKind, isOffered } from '#shared/artifacts/agreement-kinds.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'
import { textOfContent, textOfDraft } from './agreement-text.ts'
import { clausesOf, freeze, readDraft, type Draft } from './draft.ts'
import { gatesOf } from './gates.ts'
import { latePaymentCharges } from './late-payment.ts'
import { redline } from './redline.ts'
import { basisPointsText, termText } from './term-text.ts'

const TODAY = '2026-11-26' as IsoDate
const [A, B, PERSON] = ['a1'.repeat(32), 'b2'.repeat(32), 'c3'.repeat(16)]
const START = '2027-01-01' as IsoDate
const KINDS = AGREEMENTS.map(({ type }) => agreementKind(type) as AgreementKind)
const CONTRACT = agreementKind('ContractTerms.v1') as AgreementKind

type Values = Readonly<Record<string, Plain>>
type Records = Record<string, Record<string, Values>>

/** The records of a draft as the template begins it, with two parties who said who they are. */
function begun(kind: AgreementKind): Records {
  const roles = Object.keys(kind.roles)
  const rows = (cells: object, columns: AgreementKind['tables'][string]['columns']): Values =>
    Object.fromEntries(
      Object.entries(cells).map(([name, value]: [string, Plain]) => [
        name,
        columns[name]?.unit === 'date' ? addDays(START, value as number) : value,
      ]),
    )
  return {
    agreement: { it: { title: { en: 'Agreement', ar: 'اتفاقية' }, prevailing: 'ar', law: 'ksa', effectiveOn: START } },
    terms: { it: Object.fromEntries(Object.entries(kind.terms).flatMap(([name, { usual }]) => (usual === null ? [] : [[name, usual as Plain]]))) },
    parties: {
      pa: { company: A, name: { en: 'Najd Trading', ar: 'نجد التجارية' }, role: roles[0] ?? null, order: 'a0' },
      pb: { company: B, name: { en: 'Gulf Supply', ar: 'الخليج للتوريد' }, role: roles[1] ?? null, order: 'a1' },
    },
    signatories: {
      sa: { company: A, person: PERSON, name: { en: 'Amal', ar: 'أمل' }, order: 'a0' },
      sb: { company: B, person: PERSON, name: { en: 'Badr', ar: 'بدر' }, order: 'a1' },
    },
    clauses: Object.fromEntries(
      kind.clauses.map(({ heading, text, table = null }, at) => [
        `c${String(at).padStart(2, '0')}`,
        { headingEn: heading.en, headingAr: heading.ar, textEn: text.en, textAr: text.ar, table, order: `a${String(at).padStart(2, '0')}` },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(kind.tables).map(([name, { columns, usual = [] }]) => [
        name,
        Object.fromEntries(usual.map((cells, at) => [`r${String(at)}`, { ...rows(cells, columns), order: `a${String(at)}` }])),
      ]),
    ),
  } // prettier-ignore
}

function draftOf(kind: AgreementKind, records: Records): Draft {
  let clock = 0
  const registers = Object.entries(records).flatMap(([set, all]) =>
    Object.entries(all).flatMap(([record, values]) =>
      Object.entries(values).flatMap(([field, value]) => readRegister(registerKey(set, record, field, 7), value, 7, clock++) ?? [] as Register[]),
    ),
  ) // prettier-ignore
  return readDraft(kind, registers, artifactOf(kind.type)?.sections['joint']?.fields ?? {})
}
const gates = (kind: AgreementKind, change: (records: Records) => void = () => undefined) => {
  const records = begun(kind)
  change(records)
  return gatesOf(kind, draftOf(kind, records), TODAY)
}
const cell = (records: Records, table: string, row: string, values: Values): void => {
  records[table] = { ...records[table], [row]: { ...records[table]?.[row], ...values } }
}

describe.each(KINDS.map((kind) => [kind.type, kind] as const))('%s', (_, kind) => {
  it('[AGR-6, AR-11, AR-12, AR-13, AR-24] its template passes its own gates', () => {
    expect(gates(kind)).toEqual([])
    expect(kind.clauses.length).toBeGreaterThan(7)
  })

  it('[AGR-1] every term but the optional ones has a value to begin with, stands in a clause of both languages, and nothing is left open', () => {
    const text = { en: kind.clauses.map((one) => one.text.en).join(' '), ar: kind.clauses.map((one) => one.text.ar).join(' ') } // prettier-ignore
    for (const [name, { usual, optional }] of Object.entries(kind.terms)) {
      if (optional) continue
      expect(usual, name).not.toBeNull()
      expect(text.en, name).toContain(`{${name}}`)
      expect(text.ar, name).toContain(`{${name}}`)
    }
    for (const clause of clausesOf(kind, draftOf(kind, begun(kind)))) expect(clause.text.en + clause.text.ar).not.toMatch(/[{}]/) // prettier-ignore
  })

  it('[AGR-5] freezes to a canonical text that reads back, tables and all', () => {
    const content = freeze(kind, 'd4'.repeat(16), draftOf(kind, begun(kind)))
    expect(readContent(writeContent(content))).toEqual(content)
    const placed = content.clauses.flatMap(({ table }) => table ?? [])
    expect(placed.toSorted()).toEqual(Object.keys(kind.tables).toSorted())
    for (const [name, { columns, rows }] of Object.entries(content.tables ?? {}))
      for (const { cells } of rows)
        for (const [column, { text }] of Object.entries(cells)) {
          expect(columns.map((one) => one.name), name).toContain(column)
          expect(text.en && text.ar, `${name}.${column}`).toBeTruthy()
        } // prettier-ignore
    expect(content.parties.flatMap(({ role }) => role?.name ?? [])).toEqual(Object.keys(kind.roles))
  })
})

describe('tables', () => {
  it('[AGR-7, TR-21] a row that is not whole or not equal, a table too short or that no clause carries: each is found', () => {
    const found = (change: (records: Records) => void) => gates(CONTRACT, change)
    expect(found((records) => cell(records, 'prices', 'r0', { price: null }))).toEqual([{ code: 'row-incomplete', table: 'prices', record: 'r0', row: 1, columns: ['price'] }]) // prettier-ignore
    expect(found((records) => cell(records, 'levels', 'r1', { definition: { en: 'units shipped', ar: ' ' } }))).toMatchObject([{ code: 'row-incomplete', columns: ['definition'] }]) // prettier-ignore
    expect(found((records) => cell(records, 'levels', 'r0', { definition: { en: 'within 2 days', ar: 'خلال ٣ أيام' } }))).toMatchObject([{ code: 'row-unequal', row: 1 }]) // prettier-ignore
    expect(found((records) => (records['prices'] = {}))).toEqual([{ code: 'table-too-short', table: 'prices', least: 1 }]) // prettier-ignore
    expect(found((records) => cell(records, 'clauses', 'c01', { table: null }))).toEqual([{ code: 'table-unplaced', table: 'prices' }]) // prettier-ignore
    expect(found((records) => cell(records, 'levels', 'r1', { excluded: null }))).toEqual([])
  })

  it('[AGR-7] prices fall with the quantity and credits rise as the service falls, within one item alone', () => {
    const found = (change: (records: Records) => void) => gates(CONTRACT, change).map(({ code }) => code)
    expect(found((records) => cell(records, 'prices', 'r1', { price: 10_001 }))).toEqual(['row-out-of-step'])
    expect(found((records) => cell(records, 'prices', 'r1', { from: 1 }))).toEqual(['row-out-of-step'])
    expect(found((records) => cell(records, 'prices', 'r1', { item: { en: 'Crates', ar: 'صناديق' }, price: 99_999 }))).toEqual([]) // prettier-ignore
    expect(found((records) => cell(records, 'credits', 'r1', { credit: 100 }))).toEqual(['row-out-of-step'])
    expect(found((records) => cell(records, 'credits', 'r1', { below: 9_600 }))).toEqual(['row-out-of-step'])
  })

  it('[AGR-7] a cell that changed since a version was closed is in the comparison', () => {
    const records = begun(CONTRACT)
    const closed = textOfContent(freeze(CONTRACT, 'd4'.repeat(16), draftOf(CONTRACT, records)))
    expect(redline(closed, textOfDraft(CONTRACT, draftOf(CONTRACT, records))).changes).toBe(0)
    cell(records, 'prices', 'r1', { price: 9_400 })
    expect(redline(closed, textOfDraft(CONTRACT, draftOf(CONTRACT, records))).entries).toMatchObject([{ kind: 'row', id: 'prices/r1', state: 'changed' }]) // prettier-ignore
  })

  it('[AGR-8] a side that nobody takes stops the signature', () => {
    expect(gates(CONTRACT, (records) => cell(records, 'parties', 'pb', { role: 'seller' }))).toEqual([{ code: 'role-missing', role: 'buyer' }]) // prettier-ignore
  })

  it('[AGR-8] shares and amounts are read from whole numbers', () => {
    expect(basisPointsText(9_985)).toEqual({
      en: '99.85% (ninety-nine point eight five per cent)',
      ar: '٩٩٫٨٥٪ (تسعة وتسعون فاصلة خمسة وثمانون في المئة)',
    })
    expect(basisPointsText(150).en).toBe('1.5% (one point five per cent)')
    expect(basisPointsText(105).ar).toBe('١٫٠٥٪ (واحد فاصلة صفر خمسة في المئة)')
    expect(basisPointsText(200).en).toBe('2% (two per cent)')
    expect(termText({ unit: 'halalas' }, 1_250).en).toBe('SAR 12.50 (twelve riyals and fifty halalas)')
  })
})

describe('late delivery and late payment under Saudi law', () => {
  it('[AGR-9, TR-28] tells what is late: a delivery, a service level, or money', () => {
    for (const allowed of [
      { en: 'The Seller pays liquidated damages of 1% of the invoice for every week of late delivery.', ar: 'يدفع البائع تعويضًا اتفاقيًا قدره ١٪ من الفاتورة عن كل أسبوع من تأخر التسليم.' },
      { en: 'A penalty for a missed service level is set off against the next invoice.', ar: 'تُخصم غرامة مستوى الخدمة غير المتحقق من الفاتورة التالية.' },
    ]) expect(latePaymentCharges(allowed), allowed.en).toEqual([])
    for (const refused of [
      { en: 'A penalty applies where the payment for a late delivery is overdue.', ar: 'تُفرض غرامة عن تأخر سداد ثمن التسليم.' },
      { en: 'Unpaid invoices for late delivery bear interest.', ar: 'تُحتسب فائدة على الفواتير المتأخرة عن تأخر التسليم.' },
      { en: 'Where the Buyer fails to pay, a penalty for delay in performance is due.', ar: 'تُستحق غرامة عند تأخر المشتري في السداد أو تأخر التنفيذ.' },
    ]) expect(latePaymentCharges(refused), refused.en).toHaveLength(2)
  }) // prettier-ignore

  it('[AGR-9, TR-28] a charge on late payment is found in a table, too, and late delivery stays in the template', () => {
    expect(CONTRACT.clauses.some(({ text }) => text.en.includes('liquidated damages for late delivery'))).toBe(true)
    const late = { en: 'late payment fee on unpaid invoices', ar: 'غرامة على تأخر السداد' }
    const spoil = (records: Records): void => cell(records, 'prices', 'r0', { item: late })
    expect(gates(CONTRACT, spoil).map(({ code }) => code)).toContain('row-late-payment-charge')
    const elsewhere = (records: Records): void => {
      spoil(records)
      cell(records, 'agreement', 'it', { law: 'uae' })
    }
    expect(gates(CONTRACT, elsewhere).map(({ code }) => code)).not.toContain('row-late-payment-charge')
  })
})

describe('where a kind is offered', () => {
  it('[AGR-10] in its own kinds of workspace; what is no agreement everywhere', () => {
    expect(isOffered('ServiceScope.v1', 'client-provider')).toBe(true)
    expect(isOffered('ServiceScope.v1', 'customer-seller')).toBe(false)
    expect(isOffered('PartnerTermSheet.v1', 'alliance')).toBe(true)
    expect(isOffered('ContractTerms.v1', 'peer')).toBe(false)
    expect(isOffered('JointInitiativePlan.v1', 'peer')).toBe(true)
    for (const kind of ['peer', 'customer-seller', 'client-provider', 'alliance'] as const)
      expect(isOffered('PeerAgreement.v1', kind)).toBe(true)
  })
})
