import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { blank, emptyPlan } from './blank.ts'
import type { Plan } from './plan.ts'
import { sheetsOf } from './sheets.ts'

const A = 'aa'.repeat(32) as CompanyId
const nameOf = (company: CompanyId) => (company === A ? 'Najd' : company)
const cellsOf = (plan: Plan, set: string, locale: 'en' | 'ar' = 'en') => {
  const sheet = sheetsOf(plan, locale, nameOf).find((one) => one.set === set)
  const headers = sheet?.headers.map((header) => header[locale]) ?? []
  return sheet?.rows.map((row) =>
    Object.fromEntries(row.flatMap((cell, at) => (cell === null ? [] : [[headers[at], cell]]))),
  )
}

describe('[AR-3] the plan as sheets', () => {
  const plan: Plan = {
    ...emptyPlan(),
    milestones: [
      blank('milestones', 'm1', {
        titleEn: 'Design',
        titleAr: 'تصميم',
        due: '2026-05-03' as IsoDate,
        owner: A,
        order: 'a0',
      }),
      blank('milestones', 'm2', { titleEn: 'Pilot', depends: ['m1', 'gone'], gate: 'yes' }),
    ],
    raci: [blank('raci', 'r', { activity: 'm1', company: A, part: 'ra' })],
    budget: [
      blank('budget', 'b1', { item: 'Units', amount: 1_250, currency: 'KWD', share: 40 }),
      blank('budget', 'b2', { item: 'Training', amount: 1_250 }),
    ],
  }

  it('[INI-20] names stand for ids and words for codes, in the reader’s language', () => {
    expect(cellsOf(plan, 'milestones')).toEqual([
      { 'Title (English)': 'Design', 'Title (Arabic)': 'تصميم', Due: '2026-05-03', 'Company in charge': 'Najd' },
      { 'Title (English)': 'Pilot', 'Depends on': 'Design', Gate: 'Yes' },
    ])
    expect(cellsOf(plan, 'raci', 'ar')).toEqual([
      { 'المرحلة أو النشاط': 'تصميم', الشركة: 'Najd', الدور: 'منفّذ ومسؤول نهائي' },
    ])
  })

  it('[INI-20] money is in major units of its currency, and left out where nobody knows the currency', () => {
    expect(cellsOf(plan, 'budget')?.map((row) => row['Amount'])).toEqual([1.25, undefined])
    const riyals = { ...plan, about: { ...plan.about, currency: 'SAR' as const } }
    expect(cellsOf(riyals, 'budget')?.map((row) => row['Amount'])).toEqual([1.25, 12.5])
  })

  it('[INI-20] what is empty has no sheet', () => {
    expect(sheetsOf(plan, 'en', nameOf).map(({ set }) => set)).toEqual(['plan', 'milestones', 'raci', 'budget'])
  })
})
