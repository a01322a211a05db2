import type { TFunction } from 'i18next'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Formatters } from '#ui/parts/formatters.ts'

/** What every date picker says and shows, in the words and digits of the language: Mantine's own would be Latin. */
export function calendarWords(t: TFunction, f: Formatters): Readonly<Record<string, unknown>> {
  const year = (date: string): string => f.digits(date.slice(0, 4))
  return {
    renderDay: (date: string) => f.number(Number(date.slice(8, 10))),
    getDayAriaLabel: (date: string) => f.date(date.slice(0, 10) as IsoDate),
    monthLabelFormat: (date: string) => f.month(date.slice(0, 7)),
    monthsListFormat: (date: string) => f.month(date.slice(0, 7)).replace(year(date), '').trim(),
    yearLabelFormat: year,
    yearsListFormat: year,
    decadeLabelFormat: (first: string, last: string) => `${year(first)} – ${year(last)}`,
    ariaLabels: {
      monthLevelControl: t('calendar.chooseMonth'),
      yearLevelControl: t('calendar.chooseYear'),
      nextMonth: t('calendar.nextMonth'),
      previousMonth: t('calendar.previousMonth'),
      nextYear: t('calendar.nextYear'),
      previousYear: t('calendar.previousYear'),
      nextDecade: t('calendar.nextYears'),
      previousDecade: t('calendar.previousYears'),
    },
  }
}
