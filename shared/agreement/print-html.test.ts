import { describe, expect, it } from 'vitest'
import { words } from '#shared/artifacts/words.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { sampleAgreement } from '#test/agreements/sample-agreement.ts'
import { arabicHtml } from './arabic-numerals.ts'
import { cssString, escapeHtml } from './escape-html.ts'
import { printDate, printMoment } from './print-dates.ts'
import { bookmarksOf, printHtml } from './print-html.ts'
import { signatureBoxHtml } from './signature-box-html.ts'

const HOSTILE = `</style></title><script>alert(1)</script><img src=x onerror=alert(2)>"'\\} @import url(http://evil.example) $& $'`
/** Every tag and every attribute's name of a document. */
const markup = (html: string) =>
  [...html.matchAll(/<\/?[a-z0-9]+(?:\s+[a-z-]+(?:="[^"]*")?)*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'))

describe('printing an agreement', () => {
  it('[PRT-1] a hostile text in every place adds no tag, no attribute and no rule', () => {
    const poison = <T>(value: T): T => {
      if (typeof value === 'string') return HOSTILE as T
      if (Array.isArray(value)) return value.map(poison) as T
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value).map(([key, of]) => [
          key,
          ['date', 'prevailing', 'number', 'version'].includes(key) ? of : poison(of),
        ]),
      ) as T
    }
    const calm = <T>(value: T, filling = 'x'): T => {
      // Longer than what is kept on one line, as the hostile text is.
      if (typeof value === 'string') return filling.repeat(50) as T
      if (Array.isArray(value)) return value.map((one) => calm(one, filling)) as T
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value).map(([key, of]) => [
          key,
          ['date', 'prevailing', 'number', 'version'].includes(key) ? of : calm(of, filling),
        ]),
      ) as T
    }
    const kinds = (html: string) => new Set(markup(html))
    const html = printHtml(poison(sampleAgreement))
    // Long numbers put the languages of a table below each other: both ways are ours.
    const own = new Set(['x', '9'].flatMap((filling) => [...kinds(printHtml(calm(sampleAgreement, filling)))]))
    expect([...kinds(html)].filter((tag) => !own.has(tag))).toEqual([])
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).not.toMatch(/<script|<img/)
    expect(
      [...html.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('https://sigfield.invalid/')),
    ).toBe(true)
    expect(cssString('a"}\\ </style>\n')).toBe(String.raw`"a\22 \7d \5c  \3c \2f style\3e  "`)
  })

  it('[PRT-2] marks that reorder what stands beside them are left out', () => {
    expect(escapeHtml('pay \u202e000,1\u202c \u2067x\u2069\u0000\u0007 \ufeffend\r\nnext')).toBe(
      'pay 000,1 x end\nnext',
    )
    expect(cssString('a\u202eb')).toBe('"ab"')
  })

  it('[PRT-3] paragraphs stand side by side, and one without its twin keeps its side', () => {
    const clauses = [{ number: '1', heading: null, body: words('one\n\ntwo', 'واحد') }]
    const html = printHtml({ ...sampleAgreement, clauses })
    expect(html).toContain(
      '<div lang="en" dir="ltr"><span class="number">1</span>one</div><div lang="ar" dir="rtl"><span class="number">١</span>واحد</div>',
    )
    expect(html).toContain('<div lang="en" dir="ltr">two</div><div lang="ar" dir="rtl"></div>')
  })

  it.each([
    ['1,250,000.50', '١٬٢٥٠٬٠٠٠٫٥٠'],
    ['نسبة 12.5%', 'نسبة ١٢٫٥٪'],
    ['نسبة 15%.', 'نسبة ١٥٪.'],
    ['البند 4.2', 'البند ٤-٢'],
    ['المادة (7.1)', 'المادة (٧-١)'],
    ['1,000 ريال', '١٬٠٠٠ ريال'],
    ['الإصدار 1.2.3', 'الإصدار ١.٢.٣'],
  ])('[PRT-4] in Arabic %s is written %s', (text, shown) => {
    expect(arabicHtml(text)).toBe(shown)
  })

  it('[PRT-4] a clause of a clause is numbered the way Arabic reads it', () => {
    const html = printHtml({
      ...sampleAgreement,
      clauses: [{ number: '4.12', heading: words('a', 'أ'), body: words('b', 'ب') }],
    })
    expect(html).toContain('<span class="number">4.12</span>')
    expect(html).toContain('<span class="number">٤-١٢</span>')
  })

  it.each([
    ['راسلوا legal@rawasi.example.', 'راسلوا <bdi dir="ltr" class="kept">legal@rawasi.example</bdi>.'],
    ['هاتف +966 11 555 0142، ثم', 'هاتف <bdi dir="ltr" class="kept">+966 11 555 0142</bdi>، ثم'],
    ['وفق ISO 9001 وغيره', 'وفق <bdi dir="ltr" class="kept">ISO 9001</bdi> وغيره'],
    ['وفق ISO/IEC 27001:2022 على', 'وفق <bdi dir="ltr" class="kept">ISO/IEC 27001:2022</bdi> على'],
    ['آيبان SA03 8000 0000 6080.', 'آيبان <bdi dir="ltr" class="kept">SA03 8000 0000 6080</bdi>.'],
    ['خوارزمية SHA-256. الوقت', 'خوارزمية <bdi dir="ltr" class="kept">SHA-256</bdi>. الوقت'],
    ['في 2026-12-01 تبدأ', 'في <span class="kept">٢٠٢٦-١٢-٠١</span> تبدأ'],
    ['متاحة 24/7.', 'متاحة <span class="kept">٢٤/٧</span>.'],
  ])('[PRT-5] %s stays in one piece', (text, shown) => {
    expect(arabicHtml(text)).toBe(shown)
  })

  it('[PRT-6] dates are Gregorian with the Umm al-Qura date, and without it where the table ends', () => {
    expect(printDate('2025-06-26' as IsoDate)).toEqual({
      gregorian: { en: '26 June 2025', ar: '٢٦ يونيو ٢٠٢٥م' },
      hijri: { en: '1 Muharram 1447 AH', ar: '١ محرم ١٤٤٧ هـ' },
    })
    expect(printDate('2077-11-16' as IsoDate).hijri?.en).toBe('30 Dhuʻl-Hijjah 1500 AH')
    expect(printDate('2077-11-17' as IsoDate).hijri).toBeNull()
    expect(printDate('1900-04-29' as IsoDate).hijri).toBeNull()
    expect(printMoment(Date.UTC(2026, 10, 26, 0, 5, 9) as Instant).en).toBe('26 Nov 2026, 00:05:09 UTC')
  })

  it('[PRT-7] every signatory has one box, and the certificate page says what is signed by whom', () => {
    const html = printHtml(sampleAgreement)
    const boxes = [...html.matchAll(/href="https:\/\/sigfield\.invalid\/([^"]*)"/g)].map(([, field]) => field)
    expect(boxes).toEqual(sampleAgreement.signatories.map(({ field }) => field))
    const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/(?<=[0-9a-f]{8}) (?=[0-9a-f]{8})/g, '')
    for (const { person, role, company, fingerprint } of sampleAgreement.signatories)
      for (const each of [person, role, company].flatMap(({ en, ar }) => [en, ar]).concat(fingerprint ?? ''))
        expect(text).toContain(each)
    for (const { hash } of sampleAgreement.versions) expect(text).toContain(hash)
    expect(text).toContain(sampleAgreement.contentHash)
    expect(bookmarksOf(sampleAgreement)).toHaveLength(html.match(/<h[12]/g)?.length ?? 0)
  })

  it('[PRT-9] a signature shows both languages and its certificate', () => {
    const [salma] = sampleAgreement.signatories
    const html = signatureBoxHtml({
      ...salma!,
      at: Date.UTC(2026, 10, 26, 9, 30) as Instant,
      fingerprint: 'ab'.repeat(32),
    })
    for (const text of [
      'Salma Al-Harbi',
      'سلمى الحربي',
      'Chief Executive Officer',
      'الرئيسة التنفيذية',
      '26 Nov 2026, 09:30:00 UTC',
      '٠٩:٣٠:٠٠',
      'abababab',
    ])
      expect(html).toContain(text)
  })
})
