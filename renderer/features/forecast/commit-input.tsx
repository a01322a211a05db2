import { Text, VisuallyHidden } from '@mantine/core'
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#ui/parts/locale.ts'
import { readNumber } from '#ui/parts/read-number.ts'
import { useWords } from '#ui/parts/words.ts'
import type { Cell, CommitDraft } from './commit-draft.ts'
import classes from './commit-grid.module.css'

/** One cell: the quantity that is committed over the quantity that is forecast. */
export function CommitInput(props: {
  readonly at: string
  readonly cell: Cell
  readonly draft: CommitDraft
  readonly editable: boolean
  readonly label: string
  /** Where Tab enters the grid. */
  readonly stop: boolean
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onPaste: (event: ClipboardEvent) => void
}) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const words = useWords('commerce')
  const { cell, draft } = props
  const answer = draft.answerOf(cell)
  const [typed, setTyped] = useState<string | null>(null)
  const invalid = typed !== null && readNumber(typed) === undefined
  const shown = typed ?? (answer.committed === null ? '' : f.number(answer.committed))
  const forecast = cell.net === null ? words('state.not-computable') : f.number(cell.net, 0)
  const says = `${props.label}. ${t('chart.net')}: ${forecast}. ${words(`state.${cell.state}`)}`
  const finish = () => {
    const value = typed === null ? undefined : readNumber(typed)
    setTyped(null)
    if (value !== undefined && value !== answer.committed) draft.setQuantity(cell, value)
  }
  if (!props.editable || cell.net === null) {
    // Several suppliers' promises add up; a proposal is shown as long as nothing counts.
    const said = cell.committed ?? answer.committed
    return (
      <button
        type="button"
        className={classes.plain}
        data-at={props.at}
        tabIndex={props.stop ? 0 : -1}
        onFocus={props.onFocus}
        onClick={props.onFocus}
        onKeyDown={props.onKeyDown}
      >
        <VisuallyHidden>
          {`${says}. ${t('chart.committed')}: ${said === null ? t('notYet') : f.number(said)}`}
        </VisuallyHidden>
        <span className="tabular" aria-hidden="true">
          {said === null ? '—' : f.number(said, 0)}
        </span>
        <Text span fz="xs" c="dimmed" className="tabular" aria-hidden="true">
          {cell.net === null ? words('metricFact.notComputable') : t('commit.of', { quantity: forecast })}
        </Text>
      </button>
    )
  }
  return (
    <div className={classes.entry} data-changed={draft.isChanged(cell) || undefined} data-status={answer.status}>
      <input
        className={classes.input}
        data-at={props.at}
        tabIndex={props.stop ? 0 : -1}
        inputMode="decimal"
        dir="ltr"
        aria-label={says}
        aria-invalid={invalid}
        placeholder="—"
        value={shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => {
          event.currentTarget.select()
          props.onFocus()
        }}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null)
          props.onKeyDown(event)
        }}
        onPaste={props.onPaste}
      />
      <Text span fz="xs" c="dimmed" className="tabular">
        {t('commit.of', { quantity: forecast })}
      </Text>
    </div>
  )
}
