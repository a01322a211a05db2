import { Group, Stack, Text, Tooltip } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ClassBadge } from './class-badge.tsx'
import { DataTable, type TableColumn } from './data-table.tsx'
import { useLocale } from './locale.ts'
import classes from './slice-table.module.css'
import { useCellText, useTransformWords, type SliceContent } from './slice-words.ts'
import { useWords } from './words.ts'

type Row = { readonly at: number; readonly cells: SliceContent['rows'][number] }

/** The rows of a slice exactly as they were disclosed. A missing number says why it is missing, and is never a zero. */
export function SliceTable(props: {
  readonly slice: SliceContent
  readonly label: string
  readonly maxHeight?: number | string
  readonly plainHeaders?: boolean
}) {
  const { slice } = props
  const { t } = useTranslation()
  const text = useCellText()
  const transform = useTransformWords()
  const why = useMemo(
    () => new Map(slice.suppressed.map(([row, column, reason]) => [`${row}:${column}`, reason])),
    [slice],
  )
  const columns: readonly TableColumn<Row>[] = slice.columns.map((column, at) => ({
    id: `${column.name}:${at}`,
    numeric: column.part === 'measure',
    width: column.part === 'measure' ? 'minmax(6.5rem, 1fr)' : 'minmax(6.5rem, 1.2fr)',
    header: (
      <Stack gap={2} align={column.part === 'measure' ? 'flex-end' : 'flex-start'} miw={0}>
        <Group gap={6} wrap="nowrap">
          <bdi>{column.name}</bdi>
          {column.transform === 'keep' ? null : (
            <Text span fz="xs" c="dimmed" fw={400}>
              {transform(column.transform)}
            </Text>
          )}
        </Group>
        {props.plainHeaders ? null : <ClassBadge dataClass={column.dataClass} size="xs" />}
      </Stack>
    ),
    cell: ({ at: row, cells }) => {
      const reason = why.get(`${row}:${at}`)
      if (reason) return <Suppressed why={reason} k={slice.k} />
      const value = cells[at] ?? null
      return value === null ? <span aria-label={t('notAvailable')}>—</span> : <bdi>{text(value, column.type)}</bdi>
    },
  }))
  return (
    <DataTable
      label={props.label}
      columns={columns}
      count={slice.rows.length}
      row={(at) => ({ at, cells: slice.rows[at] ?? [] })}
      rowHeight={34}
      maxHeight={props.maxHeight ?? 420}
    />
  )
}

/** Why a number is missing: `< k` where a group is too small, a hatched mark where it protects such a group. */
export function Suppressed({ why, k }: { readonly why: 'below-k' | 'complementary'; readonly k: number }) {
  const { f } = useLocale()
  const { t } = useTranslation('disclosures')
  const words = useWords('policy')
  const reason = words(`suppression.${why}`)
  return (
    <Tooltip label={reason}>
      <span className={classes.suppressed} data-why={why}>
        <span className={classes.mark} aria-hidden="true">
          {why === 'below-k' ? t('lessThan', { number: f.number(k) }) : '▨'}
        </span>
        <span className={classes.spoken}>{reason}</span>
      </span>
    </Tooltip>
  )
}
