import { Checkbox, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column } from '#shared/artifacts/table.ts'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import type { SliceContent } from '#ui/parts/slice-words.ts'
import { useWords } from '#ui/parts/words.ts'
import { transformOf, useOf, withUse, type Measure, type Policy, type Transform, type Use } from './draft.ts'
import { TransformOptions } from './transform-options.tsx'

const FITTING: Readonly<Record<Column['type'], readonly Transform['kind'][]>> = {
  text: ['keep', 'replace', 'hash', 'mask', 'generalise-place', 'suppress'],
  date: ['generalise-date', 'keep', 'date-shift', 'suppress'],
  integer: ['keep', 'round', 'bucket', 'generalise-number', 'suppress'],
  decimal: ['keep', 'round', 'bucket', 'generalise-number', 'suppress'],
  boolean: ['keep', 'suppress'],
}
const MEASURES = ['sum', 'mean', 'min', 'max'] as const satisfies readonly Measure['is'][]

/** What each column does. Nothing chosen means that it stays private. */
export function ColumnRules(props: {
  readonly policy: Policy
  readonly dataset: DatasetView
  readonly slice: SliceContent | null
  readonly onChange: (policy: Policy) => void
}) {
  const { t } = useTranslation(['disclosures', 'common'])
  const words = useWords('policy')
  const { policy, dataset, slice } = props
  const counts = policy.measures.some(({ is }) => is === 'count')
  const choices = (column: Column) => {
    const numeric = column.type === 'integer' || column.type === 'decimal'
    const transforms = FITTING[column.type].map((kind) => ({
      value: `rule:${kind}`,
      label: words(`transform.${kind}`),
    }))
    return [
      { value: 'stays', label: t('rule.stays') },
      { group: t(policy.mode === 'aggregate' ? 'rule.group' : 'rule.detail'), items: transforms },
      ...(numeric && policy.mode === 'aggregate'
        ? [
            {
              group: t('rule.measure'),
              items: MEASURES.map((is) => ({ value: `measure:${is}`, label: words(`measure.${is}`) })),
            },
          ]
        : []),
    ]
  }
  return (
    <Stack gap="sm">
      <Table.ScrollContainer minWidth={820}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('rule.column')}</Table.Th>
              <Table.Th scope="col">{t('rule.now')}</Table.Th>
              <Table.Th scope="col">{t('rule.use')}</Table.Th>
              <Table.Th scope="col">{t('rule.options')}</Table.Th>
              <Table.Th scope="col">{t('rule.leavesAs')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {dataset.columns.map((column) => {
              const use = useOf(policy, column.name)
              const set = (next: Use) => props.onChange(withUse(policy, column.name, next))
              const left = slice?.columns.find(({ name }) => name === column.name)
              return (
                <Table.Tr key={column.name}>
                  <Table.Th scope="row" fw={500}>
                    <bdi>{column.name}</bdi>
                  </Table.Th>
                  <Table.Td>
                    <ClassBadge dataClass={column.dataClass} />
                  </Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
                      w={230}
                      aria-label={t('rule.useOf', { name: column.name })}
                      allowDeselect={false}
                      data={choices(column)}
                      value={valueOf(use)}
                      onChange={(value) => set(readUse(value, column.type))}
                    />
                  </Table.Td>
                  <Table.Td>
                    {use && 'rule' in use ? (
                      <TransformOptions name={column.name} transform={use.rule} onChange={(rule) => set({ rule })} />
                    ) : null}
                  </Table.Td>
                  <Table.Td>
                    {use === null ? (
                      <Text fz="sm" c="dimmed" style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
                        <IconLock size={14} aria-hidden="true" />
                        {t('rule.stays')}
                      </Text>
                    ) : left ? (
                      <ClassBadge dataClass={left.dataClass} />
                    ) : (
                      '—'
                    )}
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {policy.mode === 'aggregate' ? (
        <Checkbox
          label={t('rule.count')}
          checked={counts}
          onChange={(event) =>
            props.onChange({
              ...policy,
              measures: event.currentTarget.checked
                ? [...policy.measures, { column: null, is: 'count' }]
                : policy.measures.filter(({ is }) => is !== 'count'),
            })
          }
        />
      ) : null}
      {policy.fields
        .filter(({ transform }) => transform.kind !== 'drop')
        .map((rule) =>
          slice === null || rule.clause !== null ? (
            <TextInput
              key={rule.column}
              size="xs"
              label={t('rule.clause', { name: rule.column })}
              description={t('rule.clauseHint')}
              maw={460}
              maxLength={300}
              value={rule.clause ?? ''}
              onChange={(event) => {
                const clause = event.currentTarget.value || null
                props.onChange({
                  ...policy,
                  fields: policy.fields.map((one) => (one.column === rule.column ? { ...one, clause } : one)),
                })
              }}
            />
          ) : null,
        )}
    </Stack>
  )
}

const valueOf = (use: Use): string =>
  use === null ? 'stays' : 'rule' in use ? `rule:${use.rule.kind}` : `measure:${use.measures[0] ?? 'sum'}`

function readUse(value: string | null, type: Column['type']): Use {
  const kind = FITTING[type].find((one) => `rule:${one}` === value)
  if (kind) return { rule: transformOf(kind) }
  const is = MEASURES.find((one) => `measure:${one}` === value)
  return is ? { measures: [is] } : null
}
