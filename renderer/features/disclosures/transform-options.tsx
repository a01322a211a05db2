import { Group, NumberInput, Select, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readNumber } from '#ui/parts/read-number.ts'
import { useWords } from '#ui/parts/words.ts'
import type { Transform } from './draft.ts'

const PERIODS = ['week', 'month', 'quarter', 'year'] as const

/** The options of a transform; most have none. */
export function TransformOptions(props: {
  readonly name: string
  readonly transform: Transform
  readonly onChange: (transform: Transform) => void
}) {
  const { t } = useTranslation('disclosures')
  const words = useWords('policy')
  const { transform, onChange, name } = props
  const number = (value: number, set: (value: number) => void) => (
    <NumberInput
      size="xs"
      w={120}
      min={1}
      aria-label={t('rule.stepOf', { name })}
      value={value}
      onChange={(next) => (typeof next === 'number' && next > 0 ? set(next) : undefined)}
    />
  )
  switch (transform.kind) {
    case 'generalise-date':
      return (
        <Select
          size="xs"
          w={140}
          aria-label={t('rule.periodOf', { name })}
          allowDeselect={false}
          data={PERIODS.map((period) => ({ value: period, label: words(`period.${period}`) }))}
          value={transform.to}
          onChange={(value) => onChange({ ...transform, to: PERIODS.find((one) => one === value) ?? 'month' })}
        />
      )
    case 'round':
      return number(transform.step, (step) => onChange({ ...transform, step }))
    case 'bucket':
      return number(transform.size, (size) => onChange({ ...transform, size }))
    case 'date-shift':
      return number(transform.most, (most) => onChange({ ...transform, most: Math.max(7, Math.round(most)) }))
    case 'replace':
      return (
        <TextInput
          size="xs"
          w={120}
          maxLength={12}
          aria-label={t('rule.prefixOf', { name })}
          value={transform.prefix}
          onChange={(event) => onChange({ ...transform, prefix: event.currentTarget.value })}
        />
      )
    case 'mask':
      return (
        <Group gap={6} wrap="nowrap">
          {(['start', 'end'] as const).map((side) => (
            <NumberInput
              key={side}
              size="xs"
              w={92}
              min={0}
              max={4}
              aria-label={t(`rule.${side}`, { name })}
              prefix={`${t(`rule.${side}Short`)} `}
              value={transform[side]}
              onChange={(value) => (typeof value === 'number' ? onChange({ ...transform, [side]: value }) : undefined)}
            />
          ))}
        </Group>
      )
    case 'generalise-number':
      return (
        <Edges
          label={t('rule.edgesOf', { name })}
          edges={transform.edges}
          onChange={(edges) => onChange({ ...transform, edges })}
        />
      )
    case 'generalise-place':
      return (
        <Places
          label={t('rule.placesOf', { name })}
          hint={t('rule.placesHint')}
          map={transform.map}
          onChange={(map) => onChange({ ...transform, map })}
        />
      )
    case 'keep':
    case 'drop':
    case 'suppress':
    case 'hash':
      return null
  }
}

function Edges(props: {
  readonly label: string
  readonly edges: readonly number[]
  readonly onChange: (edges: number[]) => void
}) {
  const [text, setText] = useState(props.edges.join(' '))
  return (
    <TextInput
      size="xs"
      w={180}
      dir="ltr"
      aria-label={props.label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const edges = event.currentTarget.value.split(/\s+/).map((one) => readNumber(one))
        const read = edges.filter((one): one is number => typeof one === 'number')
        if (read.length > 0) props.onChange(read)
      }}
    />
  )
}

/** One place per line: `Jeddah = West`. */
function Places(props: {
  readonly label: string
  readonly hint: string
  readonly map: Readonly<Record<string, string>>
  readonly onChange: (map: Record<string, string>) => void
}) {
  const [text, setText] = useState(
    Object.entries(props.map)
      .map(([place, region]) => `${place} = ${region}`)
      .join('\n'),
  )
  return (
    <Textarea
      size="xs"
      w={240}
      autosize
      minRows={2}
      maxRows={8}
      aria-label={props.label}
      placeholder={props.hint}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const pairs = event.currentTarget.value.split('\n').map((line) => line.split('=').map((part) => part.trim()))
        props.onChange(
          Object.fromEntries(pairs.flatMap(([place, region]) => (place && region ? [[place, region]] : []))),
        )
      }}
    />
  )
}
