import { Text, VisuallyHidden } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { readNumber } from '#ui/parts/read-number.ts'
import { useWords } from '#ui/parts/words.ts'
import type { Cell, CommitDraft } from './commit-draft.ts'
import { CommitInput } from './commit-input.tsx'
import classes from './commit-grid.module.css'
import { useSeriesName } from './series-name.ts'

const ROW = 58

/**
 * Rows are series, columns months. Arrow keys up and down and Enter move between rows, left and right move once the caret is at
 * an end of the text; the grid is one tab stop, so Tab leaves it; a block pasted from a spreadsheet fills from the cell that has the focus.
 */
export function CommitGrid(props: {
  readonly screen: ForecastScreen
  readonly draft: CommitDraft
  readonly onActive: (cell: Cell) => void
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const words = useWords('commerce')
  const name = useSeriesName()
  const frame = useRef<HTMLDivElement>(null)
  const { forecast, mayCommit } = props.screen
  const virtual = useVirtualizer({
    count: forecast.series.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const [at, setAt] = useState({ row: 0, column: 0 })
  // The stop must be on the screen to be one.
  const stopRow = items.some(({ index }) => index === at.row) ? at.row : (items[0]?.index ?? 0)
  const focus = (row: number, column: number): void => {
    if (row < 0 || row >= forecast.series.length || column < 0 || column >= forecast.buckets.length) return
    virtual.scrollToIndex(row)
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-at="${row}:${column}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: number, column: number): void => {
    const input = event.target instanceof HTMLInputElement ? event.target : null
    const forward = f.dir === 'rtl' ? -1 : 1
    const atStart = input === null || input.selectionStart === 0
    const atEnd = input === null || input.selectionEnd === input.value.length
    const steps: Readonly<Record<string, readonly [number, number] | null>> = {
      ArrowDown: [1, 0],
      Enter: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: atEnd ? [0, forward] : null,
      ArrowLeft: atStart ? [0, -forward] : null,
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    focus(row + step[0], column + step[1])
  }
  const onPaste = (event: ClipboardEvent, row: number, column: number): void => {
    const block = event.clipboardData
      .getData('text/plain')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .map((line) => line.split('\t'))
    if (block.length === 1 && block[0]?.length === 1) return
    event.preventDefault()
    props.draft.fill(
      block.flatMap((line, down) =>
        line.flatMap((text, along) => {
          const cell = forecast.series[row + down]?.cells[column + along]
          const quantity = readNumber(text)
          return cell && cell.net !== null && quantity !== undefined ? [[cell, quantity] as const] : []
        }),
      ),
    )
  }
  const template = `minmax(11rem, 1.4fr) repeat(${forecast.buckets.length}, minmax(7.75rem, 1fr))`
  return (
    <div
      ref={frame}
      className={classes.frame}
      role="grid"
      aria-label={t('tab.commitments')}
      aria-rowcount={forecast.series.length + 1}
    >
      <div role="row" className={classes.head} style={{ gridTemplateColumns: template }}>
        <div role="columnheader" className={classes.corner}>
          {t('seriesColumn')}
        </div>
        {forecast.buckets.map(({ bucket, occasions, workingDays }) => (
          <div key={bucket} role="columnheader" className={classes.month}>
            <span>{f.month(bucket)}</span>
            <Text span fz={11} c="dimmed" truncate>
              {occasions.length > 0
                ? occasions.map(({ id }) => words(`occasion.${id}`)).join(t('chart.separator'))
                : words('calendar.workingDays', { days: workingDays })}
            </Text>
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: 'fit-content' }}>
        {items.map((item) => {
          const series = forecast.series[item.index]
          if (!series) return null
          return (
            <div
              key={series.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={classes.row}
              style={{ gridTemplateColumns: template, height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <div role="rowheader" className={classes.name}>
                <Text span fz="sm" fw={500} truncate>
                  <bdi>{series.sku || name(series)}</bdi>
                </Text>
                {series.sku && series.region ? (
                  <Text span fz="xs" c="dimmed" truncate>
                    <bdi>{series.region}</bdi>
                  </Text>
                ) : null}
              </div>
              {series.cells.map((cell, column) => (
                <div key={cell.key} role="gridcell" className={classes.cell} data-state={cell.state}>
                  <CommitInput
                    at={`${item.index}:${column}`}
                    cell={cell}
                    draft={props.draft}
                    editable={mayCommit}
                    label={t('commit.cell', { series: name(series), month: f.month(cell.bucket) })}
                    stop={item.index === stopRow && column === at.column}
                    onFocus={() => {
                      setAt({ row: item.index, column })
                      props.onActive(cell)
                    }}
                    onKeyDown={(event) => onKeyDown(event, item.index, column)}
                    onPaste={(event) => onPaste(event, item.index, column)}
                  />
                </div>
              ))}
            </div>
          )
        })}
      </div>
      <VisuallyHidden>{t('commit.keys')}</VisuallyHidden>
    </div>
  )
}
