import { ActionIcon, Button, Group, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { readNumber } from '#ui/parts/read-number.ts'
import { useWords } from '#ui/parts/words.ts'
import type { Filter, Policy } from './draft.ts'

const KINDS = ['in', 'not-in', 'range', 'compare'] as const
const SIGNS = ['<', '<=', '=', '!=', '>=', '>'] as const

/** Which rows count. All conditions must hold. */
export function RowFilters(props: {
  readonly policy: Policy
  readonly dataset: DatasetView
  readonly onChange: (policy: Policy) => void
}) {
  const { t } = useTranslation(['disclosures', 'common'])
  const words = useWords('policy')
  const { policy, dataset } = props
  const typeOf = (name: string) => dataset.columns.find((column) => column.name === name)?.type ?? 'text'
  const cell = (column: string, text: string): string | number => {
    const type = typeOf(column)
    const value = type === 'text' || type === 'date' ? undefined : readNumber(text)
    return typeof value === 'number' ? value : text
  }
  const put = (at: number, filter: Filter) =>
    props.onChange({ ...policy, rows: policy.rows.map((one, index) => (index === at ? filter : one)) })
  const first = dataset.columns[0]?.name ?? ''
  return (
    <Stack gap="sm">
      {policy.rows.length === 0 ? <Text c="dimmed">{t('filter.none')}</Text> : null}
      {policy.rows.map((filter, at) => (
        <Group key={at} align="flex-end" gap="xs">
          <Select
            aria-label={t('filter.column')}
            allowDeselect={false}
            w={190}
            data={dataset.columns.map(({ name }) => name)}
            value={filter.column}
            onChange={(column) => (column ? put(at, { ...filter, column }) : undefined)}
          />
          <Select
            aria-label={t('filter.kind')}
            allowDeselect={false}
            w={150}
            data={KINDS.map((kind) => ({ value: kind, label: words(`filter.${kind}`) }))}
            value={filter.kind}
            onChange={(kind) => put(at, emptyFilter(KINDS.find((one) => one === kind) ?? 'in', filter.column))}
          />
          {filter.kind === 'in' || filter.kind === 'not-in' ? (
            <TagsInput
              aria-label={t('filter.values')}
              placeholder={t('filter.valuesHint')}
              style={{ flex: 1, minWidth: 220 }}
              value={filter.values.map((value) => (value === null ? '' : String(value)))}
              onChange={(values) => put(at, { ...filter, values: values.map((value) => cell(filter.column, value)) })}
            />
          ) : null}
          {filter.kind === 'range' ? (
            <>
              <TextInput
                aria-label={t('filter.from')}
                placeholder={t('filter.from')}
                w={140}
                value={String(filter.from ?? '')}
                onChange={(event) =>
                  put(at, {
                    ...filter,
                    from: event.currentTarget.value ? cell(filter.column, event.currentTarget.value) : null,
                  })
                }
              />
              <TextInput
                aria-label={t('filter.to')}
                placeholder={t('filter.to')}
                w={140}
                value={String(filter.to ?? '')}
                onChange={(event) =>
                  put(at, {
                    ...filter,
                    to: event.currentTarget.value ? cell(filter.column, event.currentTarget.value) : null,
                  })
                }
              />
            </>
          ) : null}
          {filter.kind === 'compare' ? (
            <>
              <Select
                aria-label={t('filter.sign')}
                allowDeselect={false}
                w={150}
                data={SIGNS.map((sign) => ({ value: sign, label: words(`compare.${sign}`) }))}
                value={filter.is}
                onChange={(sign) => put(at, { ...filter, is: SIGNS.find((one) => one === sign) ?? '=' })}
              />
              <TextInput
                aria-label={t('filter.value')}
                w={140}
                value={String(filter.value)}
                onChange={(event) => put(at, { ...filter, value: cell(filter.column, event.currentTarget.value) })}
              />
            </>
          ) : null}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('filter.remove', { name: filter.column })}
            onClick={() => props.onChange({ ...policy, rows: policy.rows.filter((_, index) => index !== at) })}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => props.onChange({ ...policy, rows: [...policy.rows, emptyFilter('in', first)] })}
        >
          {t('filter.add')}
        </Button>
      </Group>
    </Stack>
  )
}

function emptyFilter(kind: Filter['kind'], column: string): Filter {
  switch (kind) {
    case 'in':
    case 'not-in':
      return { kind, column, values: [''] }
    case 'range':
      return { kind, column, from: null, to: null }
    case 'compare':
      return { kind, column, is: '>', value: 0 }
  }
}
