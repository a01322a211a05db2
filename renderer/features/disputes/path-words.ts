import { useTranslation } from 'react-i18next'
import type { DisputeCalendar, DisputeFallback, DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** The words in which a path is said, the same before and after a dispute is raised. */
export function usePathWords() {
  const { t } = useTranslation(['dispute', 'common', 'approvals'])
  const { f, pick } = useLocale()
  const roles = (some: readonly Role[]): string => some.map((role) => t(`common:role.${role}`)).join(t('path.or'))
  const time = (minutes: number): string =>
    f.digits(`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
  const offset = (minutes: number): string => {
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
    const shown = rest === 0 ? String(hours) : `${String(hours)}:${String(rest).padStart(2, '0')}`
    return t('path.offset', { sign: minutes < 0 ? '−' : '+', hours: f.digits(shown) })
  }
  return {
    roles,
    name: ({ kind }: Pick<DisputeLevel, 'kind'>): string => t(`path.level.${kind}`),
    who: ({ kind, roles: some, mediator }: DisputeLevel): string => {
      if (kind === 'arbitration') return t('path.who.arbitration', { roles: roles(some) })
      return mediator ? t('path.who.mediated', { roles: roles(some), mediator }) : t('path.who.mediation', { roles: roles(some) })
    },
    length: ({ length, unit }: Pick<DisputeLevel, 'length' | 'unit'>): string => t(`path.length.${unit}`, { count: length }),
    fallback: (fallback: DisputeFallback | null): string =>
      fallback ? pick(fallback.institution) || t(`path.fallback.${fallback.kind}`) : t('path.fallback.none'),
    offset,
    calendar: ({ days, from, to, utcOffset }: DisputeCalendar): string =>
      t('path.calendarText', {
        days: f.list(days.map((day) => t(`approvals:weekday.${day as 0}`))),
        from: time(from),
        to: time(to),
        offset: offset(utcOffset),
      }),
  }
} // prettier-ignore
