import { dateOf, type Instant, type IsoDate } from '../kernel/time.ts'

/** When a company works. A fixed offset and no zone names: every device counts alike, wherever it stands. */
export interface WorkingWeek {
  /** 0 is Sunday. */
  readonly days: readonly number[]
  /** Minutes after midnight. */
  readonly from: number
  readonly to: number
  /** Minutes ahead of UTC. */
  readonly utcOffset: number
}

const MINUTE = 60_000
const DAY = 86_400_000

/** Days on which nobody works, both ends included. */
export interface DaysOff {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** The moment at which `hours` of working time after `at` are over. A week without working time counts every hour; days off count in no other. */
export function afterWorking(
  at: Instant,
  hours: number,
  { days, from, to, utcOffset }: WorkingWeek,
  off: readonly DaysOff[] = [],
): Instant {
  let left = hours * 60 * MINUTE
  if (days.length === 0 || to <= from) return (at + left) as Instant
  const shift = utcOffset * MINUTE
  let now = at + shift
  const isOff = (midnight: number): boolean => {
    const day = dateOf(midnight as Instant)
    return off.some((one) => one.from <= day && day <= one.to)
  }
  for (;;) {
    const midnight = Math.floor(now / DAY) * DAY
    // 1970-01-01 was a Thursday.
    const weekday = (midnight / DAY + 4) % 7
    const start = Math.max(now, midnight + from * MINUTE)
    const room = midnight + to * MINUTE - start
    if (days.includes(weekday) && room > 0 && !isOff(midnight)) {
      if (left <= room) return (start + left - shift) as Instant
      left -= room
    }
    now = midnight + DAY
  }
}
