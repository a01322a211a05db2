import { describe, expect, it } from 'vitest'
import { PEER_AGREEMENT, PeerAgreement } from '#shared/artifacts/peer-agreement.v1.ts'
import { canonicalJson } from '#shared/kernel/canonical-json.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'
import { readContent, writeContent } from '#shared/artifacts/agreement-content.ts'
import { freeze, readDraft, type Draft } from './draft.ts'
import { inequalities, numbersIn } from './equality.ts'
import { gatesOf } from './gates.ts'
import { latePaymentCharges } from './late-payment.ts'
import { amountText, countText, dateText, percentText } from './term-text.ts'

const TODAY = '2026-11-26' as IsoDate
const FIELDS = PeerAgreement.sections.joint.fields
const A = 'a1'.repeat(32)
const B = 'b2'.repeat(32)
const PERSON = 'c3'.repeat(16)

let clock = 0
const register = (set: string, record: string, field: string, value: Plain, client = 7): Register =>
  readRegister(registerKey(set, record, field, client), value, client, clock++) as Register
const row = (set: string, record: string, values: Readonly<Record<string, Plain>>): readonly Register[] =>
  Object.entries(values).map(([field, value]) => register(set, record, field, value))

/** A draft as the template makes it, with two parties who said who they are. */
function registers(change: (all: Register[]) => void = () => undefined): readonly Register[] {
  const all: Register[] = [
    ...row('agreement', 'it', { title: { en: 'Peer agreement', ar: 'اتفاقية تعاون' }, prevailing: 'ar', law: 'ksa', effectiveOn: '2027-01-01' }),
    ...row('terms', 'it', Object.fromEntries(Object.entries(PEER_AGREEMENT.terms).map(([name, { usual }]) => [name, usual]))),
    ...row('parties', 'pa', { company: A, name: { en: 'Najd Trading', ar: 'نجد التجارية' }, registration: '1010101010', order: 'a0' }),
    ...row('parties', 'pb', { company: B, name: { en: 'Gulf Supply', ar: 'الخليج للتوريد' }, registration: '2050505050', order: 'a1' }),
    ...row('signatories', 'sa', { company: A, person: PERSON, name: { en: 'Amal', ar: 'أمل' }, order: 'a0' }),
    ...row('signatories', 'sb', { company: B, person: PERSON, name: { en: 'Badr', ar: 'بدر' }, order: 'a1' }),
    ...PEER_AGREEMENT.clauses.flatMap(({ heading, text }, at) =>
      row('clauses', `c${String(at)}`, { headingEn: heading.en, headingAr: heading.ar, textEn: text.en, textAr: text.ar, order: `a${String(at)}` })),
  ] // prettier-ignore
  change(all)
  return all
}
const draftOf = (all: readonly Register[]): Draft => readDraft(PEER_AGREEMENT, all, FIELDS)
const set = (all: Register[], where: readonly [string, string, string], value: Plain): void => {
  const at = all.findIndex((one) => one.set === where[0] && one.record === where[1] && one.field === where[2])
  all.splice(at, 1, register(...where, value))
}
const codes = (all: readonly Register[]): readonly string[] =>
  gatesOf(PEER_AGREEMENT, draftOf(all), TODAY).map(({ code }) => code)

describe('terms as text', () => {
  it('[AGR-1] counts agree with their nouns in both languages', () => {
    expect(countText(1, 'days')).toEqual({ en: '1 day (one)', ar: '١ (يوم واحد)' })
    expect(countText(2, 'months')).toEqual({ en: '2 months (two)', ar: '٢ (شهران)' })
    expect(countText(3, 'years')).toEqual({ en: '3 years (three)', ar: '٣ سنوات (ثلاث)' })
    expect(countText(12, 'months').ar).toBe('١٢ شهرًا (اثنا عشر)')
    expect(countText(60, 'days')).toEqual({ en: '60 days (sixty)', ar: '٦٠ يومًا (ستون)' })
    expect(countText(100, 'days').ar).toBe('١٠٠ يوم (مائة)')
  })

  it('[AGR-1] amounts come from whole halalas, dates by both calendars', () => {
    expect(amountText(125_050)).toEqual({
      en: 'SAR 1,250.50 (one thousand two hundred and fifty riyals and fifty halalas)',
      ar: '١٬٢٥٠٫٥٠ ريال سعودي (ألف ومئتان وخمسون ريالاً وخمسون هللة)',
    })
    expect(percentText(5).ar).toBe('٥٪ (خمسة في المئة)')
    // 1 Muharram 1447 is 26 June 2025 in the Umm al-Qura calendar.
    expect(dateText('2025-06-26' as IsoDate)).toEqual({
      en: '26 June 2025 (1 Muharram 1447 AH)',
      ar: '٢٦ يونيو ٢٠٢٥م (١ محرم ١٤٤٧هـ)',
    })
    expect(dateText('2180-01-01' as IsoDate).en).toBe('1 January 2180')
  })
})

describe('the two languages', () => {
  const parties = [{ name: { en: 'Najd Trading', ar: 'نجد التجارية' } }]
  it('[AGR-2, TR-21] numbers are equal across scripts and separators', () => {
    expect(numbersIn('١٬٢٥٠٫٥٠ and 1,250.50 and 007 and 10.0 and ۳')).toEqual(['1250.5', '1250.5', '7', '10', '3'])
    expect(inequalities({ en: 'Within 30 days, 5%.', ar: 'خلال ٣٠ يومًا، ٥٪.' }, parties)).toEqual([])
    expect(inequalities({ en: 'Within 30 days.', ar: 'خلال ٣١ يومًا.' }, parties)).toEqual([
      { kind: 'number', inEnglish: ['30'], inArabic: ['31'] },
    ])
    expect(inequalities({ en: '10 and 10', ar: '١٠' }, parties)).toEqual([{ kind: 'number', inEnglish: ['10'], inArabic: [] }]) // prettier-ignore
  })

  it('[AGR-2, TR-21] addresses and party names, too', () => {
    expect(inequalities({ en: 'Write to legal@najd.example.', ar: 'تُرسل إلى legal@najd.example.' }, parties)).toEqual(
      [],
    )
    expect(
      inequalities({ en: 'Write to legal@najd.example.', ar: 'تُرسل إلى law@najd.example.' }, parties),
    ).toMatchObject([{ kind: 'address', inEnglish: ['legal@najd.example'], inArabic: ['law@najd.example'] }])
    expect(inequalities({ en: 'Najd Trading pays.', ar: 'يدفع الطرف الأول.' }, parties)).toMatchObject([
      { kind: 'party' },
    ])
    expect(inequalities({ en: 'Najd Trading pays.', ar: 'تدفع نجد التجارية.' }, parties)).toEqual([])
    // A party that is named in one language so far says nothing about the clauses.
    expect(inequalities({ en: 'It pays.', ar: 'تدفع.' }, [{ name: { en: '', ar: 'نجد التجارية' } }])).toEqual([])
  })
})

describe('late payment', () => {
  it('[AGR-4, TR-28] finds interest and penalties on money, and nothing else', () => {
    for (const text of [
      { en: 'Overdue invoices bear interest at 5% a year.', ar: '' },
      { en: 'A late payment fee is due.', ar: '' },
      { en: 'If payment is late, liquidated damages of 1% apply.', ar: '' },
      { en: '', ar: 'تُحتسب فائدة على المبالغ المتأخرة.' },
      { en: '', ar: 'عند تأخر السداد تُفرض غرامة قدرها ١٪.' },
    ])
      expect(latePaymentCharges(text), text.en + text.ar).toHaveLength(1)
    for (const text of [
      { en: 'No interest is due on late payments.', ar: 'لا تستحق فائدة على تأخر السداد.' },
      {
        en: 'Late delivery is compensated by a penalty of 1% a week.',
        ar: 'يُعوَّض عن تأخر التسليم بغرامة قدرها ١٪ أسبوعيًا.',
      },
      { en: 'The parties act in their common interest. Payment is due in 30 days.', ar: 'السداد خلال ٣٠ يومًا.' },
    ])
      expect(latePaymentCharges(text), text.en).toEqual([])
  })
})

describe('gates', () => {
  it('[AGR-6] the template passes once the parties have said who they are', () => {
    expect(gatesOf(PEER_AGREEMENT, draftOf(registers()), TODAY)).toEqual([])
  })

  it('[AGR-3, TR-21] each defect stops the signature and says where', () => {
    expect(codes([])).toEqual(expect.arrayContaining(['no-title', 'no-language', 'no-law', 'no-date', 'no-clause', 'term-missing', 'too-few-parties'])) // prettier-ignore
    const cases: readonly (readonly [string, (all: Register[]) => void])[] = [
      ['arabic-missing', (all) => set(all, ['clauses', 'c1', 'textAr'], ' ')],
      ['english-missing', (all) => set(all, ['clauses', 'c1', 'headingEn'], '')],
      ['unfilled', (all) => set(all, ['clauses', 'c0', 'textEn'], 'Within {noSuchTerm}.')],
      ['unequal', (all) => set(all, ['clauses', 'c0', 'textEn'], 'Within 30 days.')],
      ['late-payment-charge', (all) => set(all, ['clauses', 'c0', 'textEn'], 'Unpaid invoices bear interest.')],
      ['term-missing', (all) => set(all, ['terms', 'it', 'noticeDays'], null)],
      ['signatory-incomplete', (all) => set(all, ['signatories', 'sa', 'person'], null)],
      ['nobody-signs', (all) => set(all, ['signatories', 'sa', 'company'], B)],
      ['party-incomplete', (all) => set(all, ['parties', 'pa', 'name'], { en: 'Najd', ar: '' })],
      ['conflicts', (all) => void all.push(register('clauses', 'c0', 'headingEn', 'Another heading', 8))],
    ]
    for (const [code, spoil] of cases) expect(codes(registers(spoil)), code).toContain(code)
    const gate = gatesOf(PEER_AGREEMENT, draftOf(registers((all) => set(all, ['clauses', 'c1', 'textAr'], ''))), TODAY).find(({ code }) => code === 'arabic-missing') // prettier-ignore
    expect(gate).toEqual({ code: 'arabic-missing', clause: 'c1', number: 2 })
  })

  it('[AGR-18] [TR-18] a registration that ran out stops the closing, on the day after its last and not before', () => {
    const until = (day: string) =>
      registers((all) => void all.push(register('parties', 'pa', 'registrationUntil', day)))
    expect(codes(until('2026-11-26'))).toEqual([])
    expect(codes(until('2026-11-25'))).toEqual(['registration-expired'])
    // What is signed says so, and the same words are read back.
    const content = freeze(PEER_AGREEMENT, 'd4'.repeat(16), draftOf(until('2027-03-31')))
    expect(content.parties.map(({ registrationUntil }) => registrationUntil)).toEqual(['2027-03-31', undefined])
    expect(readContent(writeContent(content))).toEqual(content)
  })

  it('[AGR-4, TR-28] another law does not stop a penalty', () => {
    const spoil = (all: Register[]): void => {
      set(all, ['clauses', 'c0', 'textEn'], 'Unpaid invoices bear interest.')
      set(all, ['agreement', 'it', 'law'], 'uae')
    }
    expect(codes(registers(spoil))).not.toContain('late-payment-charge')
  })
})

describe('frozen content', () => {
  const frozen = (all: readonly Register[]): string =>
    writeContent(freeze(PEER_AGREEMENT, 'd4'.repeat(16), draftOf(all)))

  it('[AGR-5] is the same text for the same draft in any order, and another for another word', () => {
    const text = frozen(registers())
    expect(readContent(text)).toEqual(JSON.parse(text))
    for (const other of [` ${text}`, text.replace('"format"', '"Format"'), '{', text.replace('}', ', "x": 1}')])
      expect(readContent(other)).toBeUndefined()
    expect(frozen(registers().toReversed())).toBe(text)
    expect(frozen(registers((all) => set(all, ['terms', 'it', 'noticeDays'], 61)))).not.toBe(text)
    expect(text).toContain('"notice of 60 days (sixty)'.slice(1))
    expect(text).toContain('٦٠ يومًا (ستون)')
    expect(text).not.toMatch(/[{][a-z][A-Za-z]*[}]/)
  })

  it('[AGR-5] canonical JSON sorts keys, knows integers only, and escapes as JSON does', () => {
    expect(canonicalJson({ b: [1, null, true], a: 'x"\n', ب: 'y' })).toBe('{"a":"x\\"\\n","b":[1,null,true],"ب":"y"}')
    expect(() => canonicalJson(1.5)).toThrow('integers')
  })
})
