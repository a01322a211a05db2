import { Badge, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Figure } from '#shared/artifacts/decision-after-event.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** What was expected of a decision against what came of it, as the plans' measures say. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTranslation('decision')
  const told = figures.filter(({ met }) => met !== null)
  return (
    <Stack gap="xs">
      <Title order={3}>{t('after.outcome.title')}</Title>
      {figures.length === 0 ? <Text c="dimmed">{t('after.outcome.noFigures')}</Text> : null}
      {told.length > 0 ? (
        <Text>{t('after.outcome.rate', { met: told.filter(({ met }) => met).length, all: told.length })}</Text>
      ) : null}
      {figures.length > 0 ? <FigureTable figures={figures} /> : null}
    </Stack>
  )
}

export function FigureTable({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTranslation('decision')
  const { f } = useLocale()
  const shown = (value: string | null): string => (value === null ? '—' : f.number(Number(value)))
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table captionSide="bottom">
        <Table.Caption>{t('after.outcome.caption')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('after.outcome.metric')}</Table.Th>
            <Table.Th ta="end">{t('after.outcome.baseline')}</Table.Th>
            <Table.Th ta="end">{t('after.outcome.target')}</Table.Th>
            <Table.Th ta="end">{t('after.outcome.value')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.map(({ metric, unit, baseline, target, value, met }, at) => (
            <Table.Tr key={`${metric}/${String(at)}`}>
              <Table.Td>
                <bdi>{metric || '—'}</bdi>
                {unit ? (
                  <Text span c="dimmed" fz="sm">
                    {' · '}
                    <bdi>{unit}</bdi>
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td ta="end">{shown(baseline)}</Table.Td>
              <Table.Td ta="end">{shown(target)}</Table.Td>
              <Table.Td ta="end">{shown(value)}</Table.Td>
              <Table.Td>
                <Badge color={met === null ? 'gray' : met ? 'leaf' : 'red'} variant="light" size="sm">
                  {t(`after.outcome.${met === null ? 'unknown' : met ? 'met' : 'notMet'}`)}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
