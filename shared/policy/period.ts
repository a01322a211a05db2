const DAY = 86_400_000

/**
 * The calendar period of an ISO date, as text that sorts by time: `2026-11`, `2026-Q4`, `2026`, or the ISO 8601 week
 * `2026-W47`. Undefined for what is not a date: the caller withholds it rather than letting it through as it is.
 */
export function periodOf(date: string, to: 'week' | 'month' | 'quarter' | 'year'): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  switch (to) {
    case 'year':
      return date.slice(0, 4)
    case 'quarter':
      return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
    case 'month':
      return date.slice(0, 7)
    case 'week':
      return isoWeek(date)
  }
}

/** ISO 8601: a week belongs to the year that holds its Thursday. */
function isoWeek(date: string): string | undefined {
  const at = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(at)) return undefined
  const weekday = (new Date(at).getUTCDay() + 6) % 7
  const thursday = at + (3 - weekday) * DAY
  const year = new Date(thursday).getUTCFullYear()
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** The date `days` later; undefined for what is not a date. */
export function shiftDate(date: string, days: number): string | undefined {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) ? undefined : new Date(at + days * DAY).toISOString().slice(0, 10)
}
