import { ActionIcon, Popover, Textarea, TextInput } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { IconCalendar } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Plain } from '#shared/living/register.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { readTyped, typedOf, type TypedKind } from './cell-values.ts'
import type { ControlProps } from './control.tsx'
import { useDesk } from './desk.tsx'
import { currencyOf } from './field-kind.ts'
import classes from './plan.module.css'
import { useShown } from './shown.tsx'

/** Text of either language keeps its own direction. On the field itself: around it there is no letter to tell by. */
const PROSE = { classNames: { input: classes.prose ?? '' } } as const

/** What is typed: written when the person leaves the field or presses Enter, left as it was when they press Escape. */
export function TypedCell(props: ControlProps & { readonly kind: TypedKind }) {
  const { kind, row, field, value, common, save } = props
  const { t } = useTranslation('plan')
  const { plan } = useDesk()
  const { f } = useLocale()
  const shown = useShown()
  /** `from`: what the field held when the person began. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly from: Plain } | null>(null)
  const dropped = useRef(false)
  const box = useRef<HTMLInputElement>(null)
  const entered = useRef(false)
  // What is typed differs from what is shown (2027-05-03, 3 May 2027): the text changes on entering, and with it what was selected.
  useLayoutEffect(() => {
    if (entered.current) box.current?.select()
    entered.current = false
  })
  const currency = currencyOf(row, plan.about.currency)
  const typed = (of: Plain): string => typedOf(kind, of, currency)
  const next = draft === null ? null : readTyped(kind, field, draft.text, currency)
  const waiting = draft !== null && common.readOnly && draft.text !== typed(draft.from)
  const finish = (): void => {
    common.onBlur()
    const drop = dropped.current
    dropped.current = false
    if (draft === null || (next === undefined && !drop)) return
    // While the document is opened anew nothing can be written: what was typed stays until it can.
    if (waiting && !drop) return
    setDraft(null)
    if (!drop && draft.text !== typed(draft.from)) save(next ?? null)
  }
  const meanwhile = draft !== null && typed(draft.from) !== typed(value) && draft.text !== typed(value)
  const input = {
    ...common,
    value:
      draft?.text ?? (kind === 'line' || kind === 'note' ? typed(value) : value === null ? '' : shown(props, value)),
    ...(next === undefined ? { error: t(`cell.wrong.${kind === 'money' && !currency ? 'noCurrency' : kind}`) } : {}),
    // Somebody else wrote while this person typed: they see it before theirs takes its place.
    ...(waiting ? { error: t('cell.waiting') } : {}),
    ...(meanwhile ? { description: t('cell.meanwhile', { value: shown(props, value) }) } : {}),
    onFocus: () => {
      common.onFocus()
      if (common.readOnly) return
      entered.current = draft === null && kind !== 'line' && kind !== 'note'
      setDraft((known) => known ?? { text: typed(value), from: value })
    },
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ text: event.currentTarget.value, from: draft ? draft.from : value }),
    onBlur: finish,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape' && draft) {
        event.stopPropagation()
        dropped.current = true
        event.currentTarget.blur()
      }
      if (event.key === 'Enter' && kind !== 'note') event.currentTarget.blur()
    },
  }
  if (kind === 'note') return <Textarea {...input} autosize minRows={1} maxRows={10} maxLength={20_000} {...PROSE} />
  if (kind === 'line') return <TextInput {...input} maxLength={400} {...PROSE} />
  if (kind !== 'date')
    return <TextInput {...input} ref={box} maxLength={40} inputMode="decimal" classNames={{ input: 'tabular' }} />
  const hijri = value === null ? null : f.hijri(value as IsoDate)
  return (
    <TextInput
      {...input}
      ref={box}
      maxLength={40}
      {...(hijri ? { title: hijri } : {})}
      rightSection={common.readOnly ? null : <Calendar value={value as IsoDate | null} onChoose={save} />}
    />
  )
}

function Calendar(props: { readonly value: IsoDate | null; readonly onChoose: (date: string | null) => void }) {
  const { t } = useTranslation('plan')
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withinPortal position="bottom-end">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('cell.chooseDate')}
          onClick={() => setOpened(!opened)}
        >
          <IconCalendar size={16} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <DatePicker
          allowDeselect
          {...(props.value ? { defaultDate: props.value } : {})}
          value={props.value}
          onChange={(date) => {
            setOpened(false)
            props.onChoose(date)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
