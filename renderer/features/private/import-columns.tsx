import { Select, Table, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CLASSES, DATE_ORDERS, MEANINGS, oneOf, TYPES } from './column-words.ts'
import type { Draft } from './plan.ts'

type Column = Draft['columns'][number]

/** Each column of the file: its name, how it is read, what it means, how far it may go. */
export function ImportColumns(props: {
  readonly columns: Draft['columns']
  readonly onChange: (columns: Draft['columns']) => void
}) {
  const { t } = useTranslation(['private', 'common'])
  const edit = (at: number, part: Partial<Column>) =>
    props.onChange(props.columns.map((column, index) => (index === at ? { ...column, ...part } : column)))
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('column.name')}</Table.Th>
            <Table.Th scope="col">{t('column.type')}</Table.Th>
            <Table.Th scope="col">{t('column.form')}</Table.Th>
            <Table.Th scope="col">{t('column.meaning')}</Table.Th>
            <Table.Th scope="col">{t('column.class')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.columns.map((column, at) => (
            <Table.Tr key={`${column.header}:${at}`}>
              <Table.Td>
                <TextInput
                  size="xs"
                  aria-label={t('column.nameOf', { name: column.header })}
                  value={column.name}
                  maxLength={200}
                  onChange={(event) => edit(at, { name: event.currentTarget.value })}
                />
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={130}
                  aria-label={t('column.typeOf', { name: column.name })}
                  allowDeselect={false}
                  data={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
                  value={column.type}
                  onChange={(value) => edit(at, { type: oneOf(TYPES, value, column.type) })}
                />
              </Table.Td>
              <Table.Td>
                <Form column={column} onChange={(part) => edit(at, part)} />
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={160}
                  searchable
                  aria-label={t('column.meaningOf', { name: column.name })}
                  allowDeselect={false}
                  data={MEANINGS.map((value) => ({ value, label: t(`meaning.${value}`) }))}
                  value={column.meaning}
                  onChange={(value) => edit(at, { meaning: oneOf(MEANINGS, value, column.meaning) })}
                />
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={180}
                  aria-label={t('column.classOf', { name: column.name })}
                  allowDeselect={false}
                  data={CLASSES.map((value) => ({ value, label: t(`common:class.${value}`) }))}
                  value={column.dataClass}
                  onChange={(value) => edit(at, { dataClass: oneOf(CLASSES, value, column.dataClass) })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** The order of a date or the decimal mark of a number; an order that the values leave open must be chosen. */
function Form({ column, onChange }: { readonly column: Column; readonly onChange: (part: Partial<Column>) => void }) {
  const { t } = useTranslation('private')
  if (column.type === 'date')
    return (
      <Select
        size="xs"
        w={190}
        aria-label={t('column.orderOf', { name: column.name })}
        allowDeselect={false}
        placeholder={t('column.chooseOrder')}
        error={column.settled ? null : t('column.ambiguous')}
        data={DATE_ORDERS.map((value) => ({ value, label: t(`dateOrder.${value}`) }))}
        value={column.settled ? (column.dateOrder ?? 'ymd') : null}
        onChange={(value) =>
          value ? onChange({ dateOrder: oneOf(DATE_ORDERS, value, 'ymd'), settled: true }) : undefined
        }
      />
    )
  if (column.type === 'decimal' || column.type === 'integer')
    return (
      <Select
        size="xs"
        w={190}
        aria-label={t('column.markOf', { name: column.name })}
        allowDeselect={false}
        data={[
          { value: '.', label: t('decimal.point') },
          { value: ',', label: t('decimal.comma') },
        ]}
        value={column.decimalMark ?? '.'}
        onChange={(value) => onChange({ decimalMark: value === ',' ? ',' : '.' })}
      />
    )
  return (
    <Text fz="sm" c="dimmed">
      —
    </Text>
  )
}
