import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlanEffect, PlanMove } from '#shared/initiatives/effect.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { useLocale } from '#ui/parts/locale.ts'

const SHOWN = 5

/** What a change did to the dates of a plan, a sentence per milestone. */
export function PlanMoves({ effect }: { readonly effect: PlanEffect }) {
  const { t } = useTranslation('today')
  const { f, pick } = useLocale()
  const day = (date: IsoDate): string => f.date(date)
  const said = (move: PlanMove): string => {
    const name = pick(move.title) || t('move.unnamed')
    switch (move.code) {
      case 'moved':
        return t('move.moved', { name, from: day(move.from), to: day(move.to) })
      case 'dated':
        return t('move.dated', { name, to: day(move.to) })
      case 'done':
        return t('move.done', { name, to: day(move.to) })
      case 'undated':
        return t('move.undated', { name, from: day(move.from) })
      case 'added':
        return move.to ? t('move.added', { name, to: day(move.to) }) : t('move.addedUndated', { name })
      case 'returned':
        return t('move.returned', { name })
      case 'removed':
        return t('move.removed', { name })
      case 'reopened':
        return t('move.reopened', { name })
      case 'decided':
        return t(`move.decided.${move.result}`, { name })
      case 'contested':
        return t('move.contested', { name, dates: f.list(move.dates.map(day)) })
    }
  }
  const { moves, end } = effect
  return (
    <Stack gap={2} component="ul" style={{ margin: 0, paddingInlineStart: 18 }}>
      {moves.slice(0, SHOWN).map((move) => (
        <li key={`${move.code}/${move.milestone}`}>
          <Text fz="sm" component="span">
            {said(move)}
          </Text>
        </li>
      ))}
      {moves.length > SHOWN ? (
        <li>
          <Text fz="sm" component="span">
            {t('move.more', { count: moves.length - SHOWN })}
          </Text>
        </li>
      ) : null}
      {end ? (
        <li>
          <Text fz="sm" component="span" fw={600}>
            {t('move.end', { from: day(end.from), to: day(end.to) })}
          </Text>
        </li>
      ) : null}
    </Stack>
  )
}
