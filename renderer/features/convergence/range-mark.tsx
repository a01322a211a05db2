import { Badge } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconDoorExit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ClauseStanding } from '#shared/agreement/clause-standing.ts'
import type { ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import type { NegotiationRange } from '#shared/artifacts/private-position.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useClauseText } from './value.tsx'

const LOOK = {
  inside: { color: 'leaf', Icon: IconCircleCheck },
  outside: { color: 'amber', Icon: IconCircleX },
  'beyond-walk-away': { color: 'red', Icon: IconDoorExit },
  'no-range': { color: 'gray', Icon: IconCircleDashed },
} as const

/** Whether a value lies in our own range, by icon, colour and word. Only our window shows it. */
export function RangeMark({ standing }: { readonly standing: ClauseStanding }) {
  const { t } = useTranslation('convergence')
  const { color, Icon } = LOOK[standing]
  return (
    <Badge
      color={color}
      variant="light"
      size="sm"
      tt="none"
      leftSection={<Icon size={13} aria-hidden="true" />}
      styles={{ root: { height: 'auto', maxWidth: '100%' }, label: { whiteSpace: 'normal', paddingBlock: 2 } }}
    >
      {t(`standing.${standing}`)}
    </Badge>
  )
}

/** Our range of a clause as one readable text; the walk-away apart. */
export function useRangeText(): (clause: ConvergenceClause, range: NegotiationRange) => readonly string[] {
  const { t } = useTranslation('convergence')
  const { f, pick } = useLocale()
  const value = useClauseText()
  return (clause, { least, most, never, walkAway }) => {
    const said = (bound: string | number | null): string => value(clause, bound)
    const choices = clause.choices.filter(({ id }) => never.includes(id)).map(({ label }) => pick(label))
    const bounds =
      choices.length > 0
        ? t('bounds.not', { choices: f.list(choices) })
        : least !== null && most !== null
          ? t('bounds.between', { least: said(least), most: said(most) })
          : least !== null
            ? t('bounds.least', { least: said(least) })
            : most !== null
              ? t('bounds.most', { most: said(most) })
              : t('bounds.any')
    return walkAway === null ? [bounds] : [bounds, t('bounds.walkAway', { value: said(walkAway) })]
  }
}
