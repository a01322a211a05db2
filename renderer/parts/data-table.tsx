import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './data-table.module.css'
import { useLocale } from './locale.ts'

export interface TableColumn<Row> {
  readonly id: string
  readonly header: ReactNode
  /** A CSS grid track, e.g. `minmax(8rem, 1fr)` or `6rem`. */
  readonly width?: string
  /** Numbers stand on the end side. */
  readonly numeric?: boolean
  readonly cell: (row: Row, index: number) => ReactNode
  /** Present when the table can be sorted by this column. */
  readonly sorted?: 'ascending' | 'descending' | 'none'
}

export interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly count: number
  /** The row at an index; undefined while it is being fetched. */
  readonly row: (index: number) => Row | undefined
  /** Told which rows are on the screen, so that a caller may fetch by pages. */
  readonly onRange?: (first: number, last: number) => void
  readonly onSort?: (column: string) => void
  readonly onOpen?: (row: Row, index: number) => void
  readonly rowHeight?: number
  readonly maxHeight?: number | string
  /** Marks rows: a class of the caller's own. */
  readonly rowClass?: (row: Row) => string | undefined
}

/**
 * A table of any length: only the rows on the screen exist. A grid for assistive technology, with one tab stop; arrow
 * keys, Home, End, Page Up and Page Down move, Enter opens.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, count, onRange } = props
  const { t } = useTranslation()
  const { f } = useLocale()
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState({ row: 0, column: 0 })
  const moved = useRef(false)
  const height = props.rowHeight ?? 38
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onRange?.(first, last), [onRange, first, last])
  useEffect(() => {
    // A far cell exists only after the rows around it were drawn; until then the wish to focus it stays.
    const cell =
      moved.current && frame.current?.querySelector<HTMLElement>(`[data-at="${active.row}:${active.column}"]`)
    if (!cell) return
    moved.current = false
    cell.focus()
  })

  // Scrolled away from the active cell, the table is still entered by Tab: at its first row on the screen.
  const shown = active.row === -1 || items.some((item) => item.index === active.row)
  const stop = shown ? active.row : first

  const template = columns.map((column) => column.width ?? 'minmax(7rem, 1fr)').join(' ')
  const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 400) / height) - 1)

  const move = (row: number, column: number): void => {
    const next = { row: clamp(row, -1, count - 1), column: clamp(column, 0, columns.length - 1) }
    moved.current = true
    setActive(next)
    if (next.row >= 0) virtual.scrollToIndex(next.row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = f.dir === 'rtl' ? -1 : 1
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [active.row + 1, active.column],
      ArrowUp: [active.row - 1, active.column],
      ArrowRight: [active.row, active.column + forward],
      ArrowLeft: [active.row, active.column - forward],
      PageDown: [active.row + page, active.column],
      PageUp: [Math.max(0, active.row - page), active.column],
      Home: event.ctrlKey ? [0, 0] : [active.row, 0],
      End: event.ctrlKey ? [count - 1, columns.length - 1] : [active.row, columns.length - 1],
    }
    const step = steps[event.key]
    if (step && isCell(event.target)) {
      event.preventDefault()
      move(step[0], step[1])
    } else if (event.key === 'Enter' && isCell(event.target)) {
      const column = columns[active.column]
      if (active.row >= 0) open(active.row)
      else if (column?.sorted) props.onSort?.(column.id)
    }
  }
  const open = (index: number): void => {
    const row = props.row(index)
    if (row !== undefined) props.onOpen?.(row, index)
  }

  return (
    <div
      ref={frame}
      className={classes.frame}
      style={{ maxHeight: props.maxHeight ?? 560 }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
          {columns.map((column, index) => (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              {...(column.sorted ? { 'aria-sort': column.sorted } : {})}
              data-cell=""
              data-at={`-1:${index}`}
              data-numeric={column.numeric || undefined}
              tabIndex={active.row === -1 && active.column === index ? 0 : -1}
              className={classes.header}
              onFocus={() => setActive({ row: -1, column: index })}
              onClick={() => (column.sorted ? props.onSort?.(column.id) : undefined)}
              data-sortable={column.sorted ? '' : undefined}
            >
              {column.header}
              {column.sorted === 'ascending' ? ' ↑' : column.sorted === 'descending' ? ' ↓' : ''}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = props.row(item.index)
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={[classes.row, classes.bodyRow, row === undefined ? '' : (props.rowClass?.(row) ?? '')].join(
                ' ',
              )}
              style={{ gridTemplateColumns: template, height, transform: `translateY(${item.start}px)` }}
              data-open={props.onOpen ? '' : undefined}
              onClick={() => (props.onOpen ? open(item.index) : undefined)}
            >
              {columns.map((column, index) => (
                <div
                  key={column.id}
                  role="gridcell"
                  aria-colindex={index + 1}
                  data-cell=""
                  data-at={`${item.index}:${index}`}
                  data-numeric={column.numeric || undefined}
                  tabIndex={stop === item.index && active.column === index ? 0 : -1}
                  className={classes.cell}
                  onFocus={() => setActive({ row: item.index, column: index })}
                >
                  {row === undefined ? <span aria-label={t('loading')}>…</span> : textual(column.cell(row, item.index))}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Bare text in a box of its own, so that it can be cut with an ellipsis. */
const textual = (content: ReactNode): ReactNode =>
  typeof content === 'string' || typeof content === 'number' ? <span>{content}</span> : content

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
const isCell = (target: EventTarget): boolean => target instanceof HTMLElement && target.dataset.cell !== undefined
