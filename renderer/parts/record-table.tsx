import { Group, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import type { TablePage } from '#shared/projection/data-views.ts'
import { ClassBadge } from './class-badge.tsx'
import { DataTable, type TableColumn } from './data-table.tsx'
import { useLocale } from './locale.ts'
import { useCellText } from './slice-words.ts'

export interface RecordSort {
  readonly column: string
  readonly descending: boolean
}

/** Minor units (halalas) in one of the currency. */
const MINOR = 100

/** Names of the columns whose numbers are money in minor units. */
const moneyColumns = (columns: readonly Column[]): ReadonlySet<string> =>
  new Set(
    columns
      .filter(({ type, meaning }) => type === 'decimal' && (meaning === 'price' || meaning === 'amount'))
      .map(({ name }) => name),
  )

/** Private records, every column with its class. Rows come by pages; sorting asks the engine. */
export function RecordTable(props: {
  readonly label: string
  readonly columns: TablePage['columns']
  /** The dataset's own columns: what they mean says which of them hold money, kept in minor units. */
  readonly meanings: readonly Column[]
  readonly total: number
  readonly row: (index: number) => readonly Cell[] | undefined
  readonly onRange: (first: number, last: number) => void
  readonly sort: RecordSort | null
  readonly onSort: (column: string) => void
  readonly maxHeight?: number | string
}) {
  const { t } = useTranslation()
  const text = useCellText()
  const { f } = useLocale()
  const money = moneyColumns(props.meanings)
  const columns: readonly TableColumn<readonly Cell[]>[] = props.columns.map((column, at) => {
    const numeric = column.type === 'integer' || column.type === 'decimal'
    return {
      id: column.name,
      numeric,
      width: numeric ? 'minmax(7.5rem, 1fr)' : 'minmax(9.5rem, 1.3fr)',
      sorted: props.sort?.column !== column.name ? 'none' : props.sort.descending ? 'descending' : 'ascending',
      header: (
        <Stack gap={3} align={numeric ? 'flex-end' : 'flex-start'}>
          <Group gap={4} wrap="nowrap">
            <bdi>{column.name}</bdi>
          </Group>
          <ClassBadge dataClass={column.dataClass} size="xs" />
        </Stack>
      ),
      cell: (row) => {
        const value = row[at] ?? null
        if (typeof value === 'number' && money.has(column.name)) return <bdi>{f.number(value / MINOR)}</bdi>
        return value === null ? <span aria-label={t('notAvailable')}>—</span> : <bdi>{text(value, column.type)}</bdi>
      },
    }
  })
  return (
    <DataTable
      label={props.label}
      columns={columns}
      count={props.total}
      row={props.row}
      onRange={props.onRange}
      onSort={props.onSort}
      rowHeight={34}
      maxHeight={props.maxHeight ?? 460}
    />
  )
}
