import {
  ActionIcon,
  Group,
  MultiSelect,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
} from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { hasRange, isOrdered } from '#shared/agreement/red-lines.ts'
import { mostOf, type ColumnSpec } from '#shared/artifacts/agreement-terms.ts'
import type { Bound, PrivateRange } from '#shared/artifacts/private-position.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { useRangeOf } from './red-lines.tsx' // prettier-ignore

/** What we accept of one term or column, and what we fall back to. */
export function RangeForm(props: {
  readonly range: string
  readonly bounds: PrivateRange
  readonly onChange: (bounds: PrivateRange) => void
  readonly onRemove: () => void
}) {
  const { range, bounds, onChange, onRemove } = props
  const { t } = useTranslation('position')
  const { specOf, nameOf } = useRangeOf()
  const spec = specOf(range)
  if (!spec) return null
  const name = nameOf(range)
  const set = (part: Partial<PrivateRange>): void => onChange({ ...bounds, ...part })
  const input = (field: 'least' | 'most' | 'must') => (
    <BoundInput label={t(field)} spec={spec} value={bounds[field]} onChange={(value) => set({ [field]: value })} />
  )
  return (
    <Paper component="fieldset" aria-label={name} p="md" withBorder style={{ borderColor: 'var(--mithaq-line)' }}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Text fw={600}>{name}</Text>
        <ActionIcon variant="subtle" color="red" aria-label={t('remove', { name })} onClick={onRemove}>
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </Group>
      <Stack gap="sm">
        {hasRange(spec.unit) ? (
          <SimpleGrid cols={{ base: 1, sm: 2, md: isOrdered(spec.unit) ? 4 : 2 }}>
            {isOrdered(spec.unit) ? input('least') : null}
            {isOrdered(spec.unit) ? input('most') : null}
            {input('must')}
            <NeverInput spec={spec} value={bounds.never} onChange={(never) => set({ never: [...never] })} />
          </SimpleGrid>
        ) : null}
        <Textarea
          label={t('note')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={4000}
          value={bounds.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </Stack>
    </Paper>
  )
}

const scaleOf = ({ unit }: ColumnSpec): number => (unit === 'halalas' || unit === 'basis-points' ? 100 : 1)

/** What a choice or a party can be. */
function useOptions(spec: ColumnSpec) {
  const { kind } = useDesk()
  const { pick } = useLocale()
  const words = spec.unit === 'party' ? kind.roles : (spec.options ?? {})
  return Object.entries(words).map(([value, label]) => ({ value, label: pick(label) }))
}

function BoundInput(props: {
  readonly label: string
  readonly spec: ColumnSpec
  readonly value: Bound | null
  readonly onChange: (value: Bound | null) => void
}) {
  const { label, spec, value, onChange } = props
  const options = useOptions(spec)
  const scale = scaleOf(spec)
  if (!isOrdered(spec.unit))
    return <Select label={label} clearable data={options} value={value === null ? null : String(value)} onChange={onChange} />
  if (spec.unit === 'date')
    return <DayInput label={label} value={value === null ? null : String(value)} onChange={onChange} />
  return (
    <NumberInput
      label={label}
      min={0}
      max={mostOf(spec.unit) / scale}
      allowDecimal={scale > 1}
      decimalScale={scale > 1 ? 2 : 0}
      thousandSeparator=","
      value={typeof value === 'number' ? value / scale : ''}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * scale) : null)}
    />
  )
} // prettier-ignore

function NeverInput(props: {
  readonly spec: ColumnSpec
  readonly value: readonly Bound[]
  readonly onChange: (value: readonly Bound[]) => void
}) {
  const { spec, value, onChange } = props
  const { t } = useTranslation('position')
  const options = useOptions(spec)
  const scale = scaleOf(spec)
  if (!isOrdered(spec.unit))
    return <MultiSelect label={t('never')} data={options} value={value.map(String)} onChange={onChange} />
  return (
    <TagsInput
      label={t('never')}
      value={value.map((one) => (typeof one === 'number' ? String(one / scale) : one))}
      onChange={(texts) =>
        onChange(
          texts.flatMap((text): readonly Bound[] => {
            if (spec.unit === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? [text] : []
            const number = Number(text)
            return text.trim() !== '' && Number.isFinite(number) && number >= 0 ? [Math.round(number * scale)] : []
          }),
        )
      }
    />
  )
}
