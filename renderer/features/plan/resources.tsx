import { Alert, Paper, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RESOURCE_WORDS, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { loadOf, usedOf, type Load } from '#shared/initiatives/load.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Num } from '#ui/parts/values.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { useDesk } from './desk.tsx'
import classes from './plan.module.css'
import { SetTable } from './set-table.tsx'

/** What each company gives, what that comes to month by month, and what was used of shared labs and hubs. */
export function Resources() {
  const { t } = useTranslation('plan')
  const { plan, today, recordName } = useDesk()
  const { loads, incomplete } = loadOf(plan)
  return (
    <Stack gap="xl">
      {loads.length > 0 ? <Loads /> : null}
      {incomplete.length > 0 ? (
        <Alert color="amber" variant="light">
          {t('resources.incomplete', { count: incomplete.length })}
        </Alert>
      ) : null}
      <SetTable
        set="resources"
        label={t('tab.resources')}
        columns={[
          { field: 'party', width: 170 },
          { field: 'kind', width: 150 },
          { field: 'name', width: 190 },
          { field: 'amount', width: 120 },
          { field: 'unit', width: 110 },
          { field: 'money', width: 140 },
          { field: 'from', width: 160 },
          { field: 'to', width: 160 },
        ]}
        nameOf={({ id }) => recordName('resources', id)}
        empty={t('resources.empty')}
        addLabel={t('resources.add')}
        extra={{
          header: t('resources.used'),
          cell: ({ id }) => (
            <Text pt={8}>
              <Num value={usedOf(id, plan)} />
            </Text>
          ),
        }}
      />
      <Stack gap="sm">
        <Title order={2}>{t('resources.usage')}</Title>
        <SetTable
          set="usage"
          label={t('resources.usage')}
          columns={[
            { field: 'resource', width: 220 },
            { field: 'on', width: 160 },
            { field: 'amount', width: 120 },
            { field: 'note', width: 260 },
          ]}
          fresh={{ on: today }}
          sortBy={({ values }) => (values as { readonly on?: string | null }).on ?? '~'}
          nameOf={({ id }) => recordName('usage', id)}
          empty={t('resources.noUsage')}
          addLabel={t('resources.addUsage')}
        />
      </Stack>
    </Stack>
  )
}

function Loads() {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const label = useLabel()
  const { plan, companyName } = useDesk()
  const { loads, months } = loadOf(plan)
  const cell = ({ kind, unit }: Load, value: number | undefined): string => {
    if (value === undefined) return ''
    if (kind !== 'money') return f.number(value, 1)
    return unit ? f.money(value, unit as Currency) : t('notComputable')
  }
  return (
    <Paper>
      <Title order={2}>{t('resources.load')}</Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('resources.loadText')}
      </Text>
      <ScrollArea type="auto" tabIndex={0} role="region" aria-label={t('resources.load')}>
        <Table className={classes.numbers}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" style={{ textAlign: 'start', minWidth: 200 }}>
                {t('resources.who')}
              </Table.Th>
              {months.map((month) => (
                <Table.Th key={month} scope="col" style={{ minWidth: 96 }}>
                  {f.month(month)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loads.map((load) => (
              <Table.Tr key={`${load.party}/${load.kind}/${load.unit}`}>
                <Table.Th scope="row" fw={500}>
                  <bdi>{companyName(load.party)}</bdi>
                  <Text fz="xs" c="dimmed">
                    {label(RESOURCE_WORDS[load.kind])}
                    {load.unit && load.kind !== 'money' ? (
                      <>
                        {t('separator')}
                        <bdi>{load.unit}</bdi>
                      </>
                    ) : null}
                  </Text>
                </Table.Th>
                {months.map((month) => (
                  <Table.Td key={month}>{cell(load, load.months.get(month))}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Paper>
  )
}
