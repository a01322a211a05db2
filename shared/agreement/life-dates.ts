import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { addDays, addMonths, monthOf, type IsoDate } from '#shared/kernel/time.ts'

/** The same day `months` later; where that month is shorter, its last day. */
export function addCalendarMonths(date: IsoDate, months: number): IsoDate {
  const month = addMonths(monthOf(date), months)
  const last = addDays(`${addMonths(month, 1)}-01` as IsoDate, -1)
  const same = `${month}-${date.slice(8)}`
  return same > last ? last : (same as IsoDate)
}

const counted = (content: AgreementContent, term: string): number | null => {
  const value = content.terms[term]?.value
  return typeof value === 'number' ? value : null
}

/** The last day of the term that the text names: twelve months from 1 January end on 31 December. null: it names none. */
export function lastDayOf(content: AgreementContent): IsoDate | null {
  const months = counted(content, 'termMonths')
  return months === null ? null : addDays(addCalendarMonths(content.effectiveOn, months), -1)
}

/** Days of notice that the text asks for; null: it allows no termination by notice. */
export const noticeDaysOf = (content: AgreementContent): number | null => counted(content, 'noticeDays')

/** The first day on which a notice given on a day may end the agreement. */
export function earliestEnd(content: AgreementContent, given: IsoDate): IsoDate | null {
  const days = noticeDaysOf(content)
  return days === null ? null : addDays(given, days)
}
