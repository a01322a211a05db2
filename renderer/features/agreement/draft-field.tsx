import { Box, Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Held } from '#shared/living/records.ts'
import type { Plain } from '#shared/living/register.ts'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { definitionOf, useDesk, type DraftSet } from './desk.tsx'

interface Place {
  readonly set: DraftSet
  readonly record: string
  readonly field: string
  readonly value: Plain | undefined
  readonly held: readonly Held[] | undefined
  readonly label?: string
}

/** Mark, presence and name of a field; what is typed is written when the person leaves it. */
function useField({ set, record, field, label }: Place) {
  const { live, artifact } = useDesk()
  const { pick } = useLocale()
  const definition = definitionOf(artifact, set, field)
  const where = `${set}/${record}/${field}`
  const other = live.others.find((one) => one.where === where)
  return {
    live,
    name: label ?? (definition ? pick(definition.label) : field),
    here: other?.who ? pick(other.who.person.name) : undefined,
    focus: () => live.present(where),
    leave: () => live.present(null),
    save: (next: Plain | undefined) => live.set(set, record, field, next),
  }
}

function Marked({ place, children }: { readonly place: Place; readonly children: ReactNode }) {
  const { live, agreement, artifact } = useDesk()
  const { set, record, field, held } = place
  return (
    <Group gap={6} align="flex-start" wrap="nowrap" style={{ flex: 1 }}>
      <Box style={{ flex: 1, minWidth: 0 }}>{children}</Box>
      <ConflictMark
        live={live}
        artifact={agreement.id}
        set={set}
        record={record}
        field={field}
        definition={definitionOf(artifact, set, field)}
        held={held}
      />
    </Group>
  )
}

/** One language of a text. */
export function DraftText(
  props: Place & { readonly language: 'en' | 'ar'; readonly rows?: number; readonly hideLabel?: boolean },
) {
  const { value, language, rows, hideLabel } = props
  const { live, name, here, focus, leave, save } = useField(props)
  const stored = typeof value === 'string' ? value : ''
  const [typed, setTyped] = useState<string | null>(null)
  const common = {
    ...(hideLabel ? { 'aria-label': name } : { label: name }),
    lang: language,
    dir: language === 'ar' ? ('rtl' as const) : ('ltr' as const),
    value: typed ?? stored,
    readOnly: !live.mayWrite,
    description: here,
    onFocus: focus,
    onBlur: () => {
      if (typed !== null && typed !== stored) save(typed.trim() === '' ? undefined : typed)
      setTyped(null)
      leave()
    },
  }
  return (
    <Marked place={props}>
      {rows === undefined ? (
        <TextInput {...common} maxLength={400} onChange={(event) => setTyped(event.currentTarget.value)} />
      ) : (
        <Textarea
          {...common}
          autosize
          minRows={rows}
          maxRows={30}
          maxLength={20_000}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </Marked>
  )
}

/** Both languages of a short text that is one value. */
export function DraftBoth(props: Place) {
  const { value } = props
  const { live, name, focus, leave, save } = useField(props)
  const { en = '', ar = '' } = (value ?? {}) as { readonly en?: string; readonly ar?: string }
  const [typed, setTyped] = useState<{ readonly en: string; readonly ar: string } | null>(null)
  const shown = typed ?? { en, ar }
  const input = (language: 'en' | 'ar') => (
    <TextInput
      label={language === 'en' ? `${name} · English` : `${name} · العربية`}
      lang={language}
      dir={language === 'ar' ? 'rtl' : 'ltr'}
      value={shown[language]}
      maxLength={400}
      readOnly={!live.mayWrite}
      style={{ flex: '1 1 14rem' }}
      onFocus={focus}
      onChange={(event) => setTyped({ ...shown, [language]: event.currentTarget.value })}
      onBlur={() => {
        if (typed && (typed.en !== en || typed.ar !== ar)) save({ en: typed.en.trim(), ar: typed.ar.trim() })
        setTyped(null)
        leave()
      }}
    />
  )
  return (
    <Marked place={props}>
      <Group align="flex-start" gap="sm">
        {input('ar')}
        {input('en')}
      </Group>
    </Marked>
  )
}

export function DraftChoice(props: Place) {
  const { set, field, value } = props
  const { live, name, save } = useField(props)
  const { artifact } = useDesk()
  const { pick } = useLocale()
  const options = Object.entries(definitionOf(artifact, set, field)?.options ?? {})
  return (
    <Marked place={props}>
      <Select
        label={name}
        data={options.map(([option, words]) => ({ value: option, label: pick(words) }))}
        value={typeof value === 'string' ? value : null}
        allowDeselect={false}
        disabled={!live.mayWrite}
        onChange={(next) => save(next ?? undefined)}
      />
    </Marked>
  )
}

export function DraftDate(props: Place) {
  const { value } = props
  const { live, name, here, focus, leave, save } = useField(props)
  const stored = typeof value === 'string' ? value : null
  return (
    <Marked place={props}>
      <DayInput
        label={name}
        value={stored}
        disabled={!live.mayWrite}
        hint={here}
        onFocus={focus}
        onBlur={leave}
        onChange={(next) => save(next ?? undefined)}
      />
    </Marked>
  )
}

/**
 * A counted term; its text in both languages follows from it. `hundredths`: it is kept in whole hundredths (halalas, basis
 * points) and typed with two decimals; `most` is in what is typed.
 */
export function DraftCount(
  props: Place & { readonly most: number; readonly description?: string; readonly hundredths?: boolean },
) {
  const { value, most, description, hundredths = false } = props
  const scale = hundredths ? 100 : 1
  const { live, name, focus, leave, save } = useField(props)
  const stored = typeof value === 'number' ? value / scale : ''
  const [typed, setTyped] = useState<string | number | null>(null)
  return (
    <Marked place={props}>
      <NumberInput
        label={name}
        description={description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        max={most}
        allowDecimal={hundredths}
        decimalScale={hundredths ? 2 : 0}
        thousandSeparator=","
        clampBehavior="strict"
        value={typed ?? stored}
        disabled={!live.mayWrite}
        onFocus={focus}
        onChange={setTyped}
        onBlur={() => {
          if (typed !== null && typed !== stored)
            save(typeof typed === 'number' ? Math.round(typed * scale) : undefined)
          setTyped(null)
          leave()
        }}
      />
    </Marked>
  )
}
