import { Group, NumberInput, Select, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportProbe } from '#shared/projection/data-views.ts'
import { DELIMITERS, DELIMITER_NAME, ENCODINGS, oneOf } from './column-words.ts'
import type { Choice } from './plan.ts'
import classes from './private.module.css'

/** How the file is read: what was recognised, and the person's word where it was recognised wrongly. */
export function Reading(props: {
  readonly probe: ImportProbe
  readonly choice: Choice
  readonly onChoice: (choice: Choice) => void
}) {
  const { t } = useTranslation(['private', 'common'])
  const { probe, choice, onChoice } = props
  return (
    <>
      <Group align="flex-end" gap="md">
        {probe.format === 'csv' ? (
          <>
            <Select
              label={t('import.encoding')}
              allowDeselect={false}
              data={ENCODINGS.map((value) => ({ value, label: t(`encoding.${value}`) }))}
              value={probe.encoding ?? 'utf-8'}
              onChange={(value) => onChoice({ ...choice, encoding: oneOf(ENCODINGS, value, 'utf-8') })}
            />
            <Select
              label={t('import.delimiter')}
              allowDeselect={false}
              data={DELIMITERS.map((value) => ({ value, label: t(`delimiter.${DELIMITER_NAME[value]}`) }))}
              value={probe.delimiter ?? ','}
              onChange={(value) => onChoice({ ...choice, delimiter: oneOf(DELIMITERS, value, ',') })}
            />
          </>
        ) : (
          <Select
            label={t('import.sheet')}
            allowDeselect={false}
            data={[...probe.sheets]}
            value={probe.sheet ?? null}
            onChange={(sheet) => (sheet ? onChoice({ ...choice, sheet }) : undefined)}
          />
        )}
        <NumberInput
          label={t('import.headerRow')}
          w={160}
          min={1}
          max={1001}
          allowDecimal={false}
          clampBehavior="strict"
          value={probe.headerRow + 1}
          onChange={(value) =>
            typeof value === 'number' && value >= 1 ? onChoice({ ...choice, headerRow: value - 1 }) : undefined
          }
        />
      </Group>
      <Table.ScrollContainer minWidth={500} mt="md">
        <Table className={classes.sample} fz="sm" withTableBorder>
          <Table.Caption>{t('import.sample')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {probe.columns.map(({ name }) => (
                <Table.Th key={name} scope="col">
                  <bdi>{name}</bdi>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {probe.sample.slice(0, 5).map((row, at) => (
              <Table.Tr key={at}>
                {probe.columns.map(({ name }, index) => (
                  <Table.Td key={name}>
                    <bdi>{row[index] ?? ''}</bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text fz="sm" c="dimmed">
        {t('import.readingNote')}
      </Text>
    </>
  )
}
