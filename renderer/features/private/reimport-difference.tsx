import { Badge, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '#shared/artifacts/table.ts'
import type { ReimportDiff } from '#shared/projection/data-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useCellText } from '#ui/parts/slice-words.ts'
import { Num } from '#ui/parts/values.tsx'

const COLOR = { added: 'leaf', removed: 'red', changed: 'amber' } as const

/** What a newer file would add, remove and change: counts, totals and examples. */
export function ReimportDifference(props: { readonly diff: ReimportDiff; readonly columns: readonly Column[] }) {
  const { t } = useTranslation('private')
  const { f } = useLocale()
  const text = useCellText()
  const { diff } = props
  // Money is kept in minor units.
  const scale = (column: Column | undefined): number =>
    column?.type === 'decimal' && (column.meaning === 'price' || column.meaning === 'amount') ? 100 : 1
  const shown = (name: string, total: number): number =>
    total / scale(props.columns.find((column) => column.name === name))
  const said = (cells: ReimportDiff['examples'][number]['before']) =>
    cells
      .map((cell, at) => text(cell, props.columns[at]?.type))
      .filter(Boolean)
      .join(' · ') || '—'
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {(['added', 'removed', 'changed', 'unchanged'] as const).map((name) => (
          <Paper key={name}>
            <Text fz="xl" fw={600} className="tabular">
              {f.number(diff[name])}
            </Text>
            <Text fz="sm" c="dimmed">
              {t(`reimport.count.${name}`)}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      {diff.columnsAdded.length + diff.columnsRemoved.length > 0 ? (
        <Paper>
          {diff.columnsAdded.length > 0 ? (
            <Text>{t('reimport.columnsAdded', { names: f.list(diff.columnsAdded) })}</Text>
          ) : null}
          {diff.columnsRemoved.length > 0 ? (
            <Text>{t('reimport.columnsRemoved', { names: f.list(diff.columnsRemoved) })}</Text>
          ) : null}
        </Paper>
      ) : null}
      {diff.totals.length > 0 ? (
        <Paper>
          <Title order={3}>{t('reimport.totals')}</Title>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('column.name')}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('reimport.before')}
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('reimport.after')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {diff.totals.map((total) => (
                <Table.Tr key={total.column}>
                  <Table.Th scope="row" fw={500}>
                    <bdi>{total.column}</bdi>
                  </Table.Th>
                  <Table.Td ta="end">
                    <Num value={shown(total.column, total.before)} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Num value={shown(total.column, total.after)} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ) : null}
      {diff.examples.length > 0 ? (
        <Paper>
          <Title order={3}>{t('reimport.examples')}</Title>
          <Table fz="sm">
            <Table.Tbody>
              {diff.examples.map((example, at) => (
                <Table.Tr key={at}>
                  <Table.Td w={110}>
                    <Badge variant="light" color={COLOR[example.change]}>
                      {t(`reimport.change.${example.change}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    {example.change === 'added' ? null : (
                      <Text fz="sm" td={example.change === 'removed' ? 'line-through' : 'none'} c="dimmed">
                        {said(example.before)}
                      </Text>
                    )}
                    {example.change === 'removed' ? null : <Text fz="sm">{said(example.after)}</Text>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ) : null}
    </Stack>
  )
}
