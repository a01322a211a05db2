import { Group, NumberInput, Select, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StandardSet } from '#shared/artifacts/standards-doc.v1.ts'
import type { Plain } from '#shared/living/register.ts'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { definitionOf, useDesk, type Row } from './desk.tsx'

interface Place {
  readonly set: StandardSet
  readonly row: Row<StandardSet>
  readonly field: string
  readonly label?: string
}

/** The name of a field, with a mark beside it while its values stand against each other. */
function useName({ set, row, field, label }: Place) {
  const { live, artifact } = useDesk()
  const words = useLabel()
  const definition = definitionOf(set, field)
  const name = label ?? words(definition?.label, field)
  const mark = (
    <ConflictMark
      live={live}
      artifact={artifact}
      set={set}
      record={row.id}
      field={field}
      definition={definition}
      held={row.conflicts.get(field)}
    />
  )
  return { name, definition, mark }
}

const valueOf = (row: Row<StandardSet>, field: string): Plain | undefined =>
  (row.values as Readonly<Record<string, Plain | undefined>>)[field]

/** Text that is written when the person leaves the field: one change and not one per letter. */
export function LiveText(
  props: Place & { readonly language?: 'en' | 'ar'; readonly many?: boolean; readonly rows?: number } & Pick<
      TextInputProps,
      'placeholder' | 'description' | 'maxLength' | 'error'
    >,
) {
  const { set, row, field, language, many, rows = 2, placeholder, description, maxLength, error } = props
  const { live, mayWrite } = useDesk()
  const { name, mark } = useName(props)
  const stored = valueOf(row, field)
  const shown = typeof stored === 'string' ? stored : ''
  const [typed, setTyped] = useState<string | null>(null)
  const save = (): void => {
    if (typed !== null && typed !== shown) live.set(set, row.id, field, typed.trim() === '' ? undefined : typed)
    setTyped(null)
  }
  const common = {
    label: name,
    dir: 'auto' as const,
    value: typed ?? shown,
    readOnly: !mayWrite,
    maxLength: maxLength ?? (many ? 20_000 : 400),
    // What comes in while the person types stands beside what they write, and is not replaced unseen.
    onFocus: () => live.present(`${set}/${row.id}/${field}`),
    onBlur: () => {
      save()
      live.present(null)
    },
    style: { flex: 1 },
    ...(language ? { lang: language } : {}),
    ...(placeholder ? { placeholder } : {}),
    ...(description ? { description } : {}),
    ...(error ? { error } : {}),
  }
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      {many ? (
        <Textarea
          {...common}
          autosize
          minRows={rows}
          maxRows={24}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
      )}
      {mark}
    </Group>
  )
}

export function LiveChoice(
  props: Place & {
    readonly data?: readonly { readonly value: string; readonly label: string }[]
    readonly clearable?: boolean
  },
) {
  const { set, row, field, data, clearable = false } = props
  const { live, mayWrite } = useDesk()
  const { t } = useTranslation()
  const words = useLabel()
  const { name, definition, mark } = useName(props)
  const options =
    data ?? Object.entries(definition?.options ?? {}).map(([value, label]) => ({ value, label: words(label) }))
  const stored = valueOf(row, field)
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <Select
        label={name}
        data={[...options]}
        value={typeof stored === 'string' ? stored : null}
        disabled={!mayWrite}
        clearable={clearable}
        allowDeselect={false}
        searchable={options.length > 8}
        nothingFoundMessage={t('none')}
        onChange={(value) => live.set(set, row.id, field, value ?? undefined)}
        style={{ flex: 1 }}
      />
      {mark}
    </Group>
  )
}

export function LiveCount(
  props: Place & { readonly least: number; readonly most: number; readonly placeholder?: string },
) {
  const { set, row, field, least, most, placeholder } = props
  const { live, mayWrite } = useDesk()
  const { name, mark } = useName(props)
  const stored = valueOf(row, field)
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <NumberInput
        label={name}
        min={least}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={!mayWrite}
        {...(placeholder ? { placeholder } : {})}
        value={typeof stored === 'number' ? stored : ''}
        onChange={(value) => live.set(set, row.id, field, typeof value === 'number' ? value : undefined)}
        style={{ flex: 1 }}
      />
      {mark}
    </Group>
  )
}

export function LiveDate(props: Place) {
  const { set, row, field } = props
  const { live, mayWrite } = useDesk()
  const { name, mark } = useName(props)
  const stored = valueOf(row, field)
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <DayInput
        label={name}
        value={typeof stored === 'string' ? stored : null}
        disabled={!mayWrite}
        style={{ flex: 1 }}
        onFocus={() => live.present(`${set}/${row.id}/${field}`)}
        onBlur={() => live.present(null)}
        onChange={(value) => live.set(set, row.id, field, value ?? undefined)}
      />
      {mark}
    </Group>
  )
}
