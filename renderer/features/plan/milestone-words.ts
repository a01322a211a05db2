import { useTranslation } from 'react-i18next'
import type { Milestone } from '#shared/initiatives/plan.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** Milestones in words: their name, their dates, and all that a picture shows of them. */
export function useMilestoneWords(): {
  readonly title: (milestone: Milestone) => string
  readonly dates: (milestone: Milestone) => string
  readonly described: (milestone: Milestone) => string
} {
  const { t } = useTranslation('plan')
  const { f, pick } = useLocale()
  const { schedule, nameOf } = useDesk()
  const title = ({ titleEn, titleAr }: Milestone): string =>
    pick({ en: titleEn ?? '', ar: titleAr ?? '' }) || t('unnamed')
  const dates = (milestone: Milestone): string => {
    const { start, due } = milestone
    const name = title(milestone)
    if (due === null) return t('milestone.undated', { name })
    return start === null
      ? t('milestone.on', { name, due: f.date(due) })
      : t('milestone.over', { name, start: f.date(start), due: f.date(due) })
  }
  const described = (milestone: Milestone): string => {
    const timed = schedule.timed.get(milestone.id)
    const depends = (milestone.depends ?? []).map(nameOf)
    return [
      dates(milestone),
      milestone.gate === 'yes' ? t('legend.gate') : '',
      timed ? t(`standing.${timed.standing}`) : '',
      timed?.critical ? t('legend.critical') : '',
      depends.length > 0 ? t('milestone.after', { names: f.list(depends) }) : '',
    ]
      .filter(Boolean)
      .join(t('separator'))
  }
  return { title, dates, described }
}
