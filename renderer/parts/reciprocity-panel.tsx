import { Alert, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ReciprocityView } from '#shared/projection/reciprocity-views.ts'
import { KeyValue } from './key-value.tsx'
import { useLocale } from './locale.ts'
import { StatusDot, type Tone } from './status-dot.tsx'
import { When } from './values.tsx'

export const STANDING_TONE: Readonly<Record<ReciprocityView['standing'], Tone>> = {
  met: 'good',
  waiting: 'waiting',
  grace: 'busy',
  suspended: 'bad',
}

/** Why a slice is open or closed: the same facts in the same words on both companies' screens. */
export function ReciprocityPanel(props: {
  readonly view: ReciprocityView
  /** Nothing is sealed yet: how it will stand. */
  readonly preview?: boolean
}) {
  const { t } = useTranslation('reciprocity')
  const { f, pick } = useLocale()
  const { view, preview } = props
  const { terms, standing, ledger } = view
  const values = {
    owner: pick(view.owner),
    other: pick(view.other),
    date: view.graceUntil ? f.date(view.graceUntil) : '',
  }
  const percent = (value: number) => f.percent(value / 100, 0)
  return (
    <Paper component="section" aria-label={t('titleWith', values)}>
      <Stack>
        <Group justify="space-between" gap="xs">
          <Group gap={8}>
            <IconArrowsExchange size={18} aria-hidden="true" />
            <Title order={3} fz="md">
              {t('titleWith', values)}
            </Title>
          </Group>
          <StatusDot tone={STANDING_TONE[standing]}>{t(`standing.${standing}`)}</StatusDot>
        </Group>
        <Text>{t(`${preview ? 'willWhy' : 'why'}.${standing}`, values)}</Text>
        {view.bothWait ? (
          <Alert color="amber" variant="light">
            {t('bothWait')}
          </Alert>
        ) : null}
        {view.sealed.length > 0 && !preview ? (
          <Text fz="sm">{t('sealed', { numbers: f.list(view.sealed.map((revision) => f.number(revision))) })}</Text>
        ) : null}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap={6}>
            <Title order={4} fz="sm">
              {t('missing.title')}
            </Title>
            {view.missing.length === 0 ? <Text fz="sm">{t('missing.none')}</Text> : null}
            <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
              {view.missing.map((one, at) => (
                <li key={at}>
                  <Text fz="sm">{sentence(one)}</Text>
                </li>
              ))}
            </ul>
          </Stack>
          <Stack gap={6}>
            <Title order={4} fz="sm">
              {t('asked.title')}
            </Title>
            <KeyValue
              items={[
                [t('asked.kind'), t(`kind.${terms.kind}`)],
                [t('asked.columns'), terms.columns.length > 0 ? f.list(terms.columns) : t('asked.anyColumns')],
                [t('asked.months'), t('asked.monthsValue', { count: terms.months, coverage: percent(terms.coverage) })],
                [t('asked.ratio'), terms.ratio > 0 ? percent(terms.ratio) : t('asked.noRatio')],
                [t('asked.grace'), f.number(terms.graceDays)],
                [t('asked.first'), pick(view.first)],
              ]}
            />
          </Stack>
        </SimpleGrid>
        <Stack gap={6}>
          <Title order={4} fz="sm">
            {t('ledger.title')}
          </Title>
          <Table.ScrollContainer minWidth={520}>
            <Table aria-label={t('ledger.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('ledger.what')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.from')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.size')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.points')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {ledger.lines.map((line) => (
                  <Table.Tr key={line.artifact}>
                    <Table.Td>
                      <bdi>{pick(line.title) || t('ledger.this')}</bdi>
                    </Table.Td>
                    <Table.Td>{line.fromOwner ? values.owner : values.other}</Table.Td>
                    <Table.Td>
                      <bdi>{`${f.number(line.rows)} × ${f.number(line.fields)}`}</bdi>
                    </Table.Td>
                    <Table.Td>{f.number(line.points)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <KeyValue
            items={[
              [t('ledger.given', values), f.number(ledger.given)],
              [t('ledger.received', values), f.number(ledger.received)],
              [t('ledger.ratio'), ledger.ratio === null ? t('ledger.none') : percent(ledger.ratio)],
              view.graceUntil ? [t('ledger.until'), <When key="grace" at={view.graceUntil} />] : null,
            ]}
          />
          <Text fz="xs" c="dimmed">
            {t('ledger.note')} {t('members')}
          </Text>
        </Stack>
      </Stack>
    </Paper>
  )

  function sentence(one: ReciprocityView['missing'][number]): string {
    switch (one.lack) {
      case 'columns':
        return t('missing.columns', { names: f.list(one.columns) })
      case 'months':
        return t('missing.months', { count: one.shown, shown: f.number(one.shown), needed: f.number(one.needed) })
      case 'ratio':
        return t('missing.ratio', { ratio: percent(one.ratio), limit: percent(one.limit) })
      case 'nothing-received':
      case 'no-longer-current':
      case 'other-kind':
      case 'worth-differs':
      case 'unsound':
        return t(`missing.${one.lack}`, values)
    }
  }
}
