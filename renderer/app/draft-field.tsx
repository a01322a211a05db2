import { ActionIcon, Box, Group, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '#shared/artifacts/field.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import type { Held } from '#shared/living/records.ts'
import type { Plain } from '#shared/living/register.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { ConflictMark } from './conflict.tsx'
import { deskContext } from './desk-context.ts'
import type { LiveDocument } from './live-document.ts'

/** The draft whose fields are below: its window, its id, and what each field is. */
interface DraftDesk {
  readonly live: LiveDocument
  readonly artifact: string
  readonly definitionOf: (set: string, field: string) => Field | undefined
}
const [DraftDeskContext, useDraft] = deskContext<DraftDesk>()
export { DraftDeskContext, useDraft }

/** A record of the draft as `projectSet` reads it. */
export interface Row {
  readonly id: string
  readonly values: object
  readonly conflicts: ReadonlyMap<string, readonly Held[]>
}
interface Place {
  readonly set: string
  readonly row: Row | null
  readonly field: string
  /** In place of the definition's own. */
  readonly label?: string
  readonly hint?: string
}

const valueOf = ({ row, field }: Place): Plain | undefined =>
  (row?.values as Readonly<Record<string, Plain | undefined>> | undefined)?.[field]

/** Name, presence and writing of a field; what is typed is written when the person leaves it. */
function useField(place: Place) {
  const { live, definitionOf } = useDraft()
  const { pick } = useLocale()
  const { set, row, field, label } = place
  const definition = definitionOf(set, field)
  const record = row?.id ?? 'it'
  const where = `${set}/${record}/${field}`
  const other = live.others.find((one) => one.where === where)
  return {
    live,
    name: label ?? (definition ? pick(definition.label) : field),
    here: other?.who ? pick(other.who.person.name) : place.hint,
    focus: () => live.present(where),
    leave: () => live.present(null),
    save: (next: Plain | undefined) => live.set(set, record, field, next),
  }
}

function Marked({ place, children }: { readonly place: Place; readonly children: ReactNode }) {
  const { live, artifact, definitionOf } = useDraft()
  const { set, row, field } = place
  return (
    <Group gap={6} align="flex-start" wrap="nowrap" style={{ flex: 1 }}>
      <Box style={{ flex: 1, minWidth: 0 }}>{children}</Box>
      <ConflictMark
        live={live}
        artifact={artifact}
        set={set}
        record={row?.id ?? 'it'}
        field={field}
        definition={definitionOf(set, field)}
        held={row?.conflicts.get(field)}
      />
    </Group>
  )
}

/** One language of a longer text. */
export function DraftProse(props: Place & { readonly language: 'en' | 'ar' }) {
  const { live, name, here, focus, leave, save } = useField(props)
  const value = valueOf(props)
  const stored = typeof value === 'string' ? value : ''
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Marked place={props}>
      <Textarea
        label={name}
        lang={props.language}
        dir={props.language === 'ar' ? 'rtl' : 'ltr'}
        value={typed ?? stored}
        readOnly={!live.mayWrite}
        description={here}
        autosize
        minRows={2}
        maxRows={14}
        maxLength={20_000}
        onFocus={focus}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          if (typed !== null && typed !== stored) save(typed.trim() === '' ? undefined : typed)
          setTyped(null)
          leave()
        }}
      />
    </Marked>
  )
}

/** Both languages of a short text that is one value. */
export function DraftBoth(props: Place) {
  const { t } = useTranslation()
  const { live, name, focus, leave, save } = useField(props)
  const { en = '', ar = '' } = (valueOf(props) ?? {}) as { readonly en?: string; readonly ar?: string }
  const [typed, setTyped] = useState<{ readonly en: string; readonly ar: string } | null>(null)
  const shown = typed ?? { en, ar }
  const input = (language: 'en' | 'ar') => (
    <TextInput
      label={`${name} · ${t(language === 'en' ? 'english' : 'arabic')}`}
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
  const { live, name, here, save } = useField(props)
  const { definitionOf } = useDraft()
  const { pick } = useLocale()
  const value = valueOf(props)
  const options = Object.entries(definitionOf(props.set, props.field)?.options ?? {})
  return (
    <Marked place={props}>
      <Select
        label={name}
        description={here}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
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
  const { live, name, here, focus, leave, save } = useField(props)
  const value = valueOf(props)
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

export function DraftCount(props: Place & { readonly least?: number; readonly most: number }) {
  const { live, name, here, focus, leave, save } = useField(props)
  const value = valueOf(props)
  const stored = typeof value === 'number' ? value : ''
  const [typed, setTyped] = useState<string | number | null>(null)
  return (
    <Marked place={props}>
      <NumberInput
        label={name}
        description={here}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={props.least ?? 0}
        max={props.most}
        allowDecimal={false}
        clampBehavior="strict"
        value={typed ?? stored}
        disabled={!live.mayWrite}
        onFocus={focus}
        onChange={setTyped}
        onBlur={() => {
          if (typed !== null && typed !== stored) save(typeof typed === 'number' ? typed : undefined)
          setTyped(null)
          leave()
        }}
      />
    </Marked>
  )
}

/** Some of the roles that a person can hold. */
export function DraftRoles(props: Place) {
  const { t } = useTranslation()
  const { live, name, here, save } = useField(props)
  const value = valueOf(props)
  return (
    <Marked place={props}>
      <MultiSelect
        label={name}
        description={here}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        value={Array.isArray(value) ? (value as string[]) : []}
        disabled={!live.mayWrite}
        onChange={(next) => save(next)}
      />
    </Marked>
  )
}

/** Takes a record out of the draft. */
export function DraftRemove({ set, id, name }: { readonly set: string; readonly id: string; readonly name: string }) {
  const { live } = useDraft()
  if (!live.mayWrite) return null
  return (
    <ActionIcon variant="subtle" color="red" aria-label={name} onClick={() => live.remove(set, id)}>
      <IconTrash size={16} aria-hidden="true" />
    </ActionIcon>
  )
}
