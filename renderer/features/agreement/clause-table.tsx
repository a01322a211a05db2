import { ActionIcon, Box, Button, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftRow } from '#shared/agreement/draft.ts'
import { cellText, isGiven } from '#shared/agreement/tables.ts'
import { between } from '#shared/living/between.ts'
import { DisputedRemoval } from '#ui/app/disputed-removal.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { DraftValue } from './draft-value.tsx'
import { GateText } from './gate-text.tsx'
import { orderOf } from './clause-order.ts'

/** The table under a clause: read as it will be signed, a row at a time opened for writing. */
export function ClauseTable({ table }: { readonly table: string }) {
  const { t } = useTranslation('agreement')
  const { pick, f } = useLocale()
  const { live, agreement, kind, draft, gates } = useDesk()
  const [open, setOpen] = useState<string | null>(null)
  const spec = kind.tables[table]
  if (!spec) return null
  const rows = draft.tables[table] ?? []
  const columns = Object.entries(spec.columns)
  const own = gates.filter((gate) => 'table' in gate && gate.table === table)
  return (
    <Stack gap="xs" mt="md" component="section" aria-label={pick(spec.label)}>
      <Group justify="space-between">
        <Title order={4} fz="sm">
          {pick(spec.label)}
        </Title>
        {live.mayWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setOpen(live.add(table, { order: between(orderOf(rows.at(-1)?.values ?? {}), undefined) }))}
          >
            {t('table.add')}
          </Button>
        ) : null}
      </Group>
      {rows.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('table.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={columns.length * 120}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={44}>{t('table.number')}</Table.Th>
                {columns.map(([name, { label }]) => (
                  <Table.Th key={name}>{pick(label)}</Table.Th>
                ))}
                <Table.Th w={84} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, at) => (
                <Table.Tr key={row.id}>
                  <Table.Td c="dimmed">{f.number(at + 1)}</Table.Td>
                  {columns.map(([name, column]) => {
                    const value = row.values[name]
                    return <Table.Td key={name}>{isGiven(value) ? <bdi>{pick(cellText(kind, column, value))}</bdi> : '—'}</Table.Td>
                  })}
                  <Table.Td>
                    <RowActions table={table} row={row} number={at + 1} open={open === row.id} onOpen={setOpen} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rows.map((row, at) => (
        <Box key={row.id}>
          <DisputedRemoval live={live} artifact={agreement.id} set={table} record={row.id} name={t('table.row', { row: f.number(at + 1) })} removal={row.removal} />
          {open === row.id || row.conflicts.size > 0 ? <RowEditor table={table} row={row} number={at + 1} /> : null}
        </Box>
      ))}
      {own.map((gate, at) => (
        <GateText key={`${gate.code}/${String(at)}`} gate={gate} />
      ))}
    </Stack>
  )
} // prettier-ignore

function RowActions(props: {
  readonly table: string
  readonly row: DraftRow
  readonly number: number
  readonly open: boolean
  readonly onOpen: (id: string | null) => void
}) {
  const { table, row, number, open, onOpen } = props
  const { t } = useTranslation('agreement')
  const { pick, f } = useLocale()
  const { live, kind } = useDesk()
  if (!live.mayWrite) return null
  const name = { row: f.number(number), table: kind.tables[table] ? pick(kind.tables[table].label) : '' }
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-expanded={open}
        aria-label={t('table.edit', name)}
        onClick={() => onOpen(open ? null : row.id)}
      >
        <IconPencil size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={t('table.remove', name)}
        onClick={() => live.remove(table, row.id)}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  )
}

function RowEditor({ table, row, number }: { readonly table: string; readonly row: DraftRow; readonly number: number }) {
  const { t } = useTranslation('agreement')
  const { f } = useLocale()
  const { kind } = useDesk()
  const columns = Object.entries(kind.tables[table]?.columns ?? {})
  const place = (field: string) =>
    ({ set: table, record: row.id, field, value: row.values[field] ?? null, held: row.conflicts.get(field) }) as const
  const long = columns.filter(([, { unit }]) => unit === 'words')
  const short = columns.filter(([, { unit }]) => unit !== 'words')
  return (
    <Paper p="md" mt="xs" bg="var(--mithaq-sunken, transparent)" component="fieldset" aria-label={t('table.row', { row: f.number(number) })}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
          {short.map(([name, spec]) => (
            <DraftValue key={name} {...place(name)} spec={spec} />
          ))}
        </SimpleGrid>
        {long.map(([name, spec]) => (
          <DraftValue key={name} {...place(name)} spec={spec} />
        ))}
      </Stack>
    </Paper>
  )
} // prettier-ignore
