import { Button, Group, Paper, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { CLASSES, MEANINGS, oneOf } from './column-words.ts'

/** The name of a dataset, and what each column means and how far it may go. */
export function DatasetColumns({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation(['private', 'common'])
  const notify = useNotify()
  const [name, setName] = useState(dataset.name)
  const [columns, setColumns] = useState(dataset.columns)
  const save = useMutation({
    ...useOrpc().datasets.update.mutationOptions(),
    onSuccess: () => notify.done(t('common:saved')),
    onError: notify.refused,
  })
  const edit = (at: number, part: Partial<(typeof columns)[number]>) =>
    setColumns(columns.map((column, index) => (index === at ? { ...column, ...part } : column)))
  return (
    <Paper>
      <Stack>
        <TextInput
          label={t('import.name')}
          maw={420}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text fz="sm" c="dimmed">
          {t('classNote')}
        </Text>
        <Table.ScrollContainer minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('column.name')}</Table.Th>
                <Table.Th scope="col">{t('column.type')}</Table.Th>
                <Table.Th scope="col">{t('column.meaning')}</Table.Th>
                <Table.Th scope="col">{t('column.class')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {columns.map((column, at) => (
                <Table.Tr key={column.name}>
                  <Table.Th scope="row" fw={500}>
                    <bdi>{column.name}</bdi>
                  </Table.Th>
                  <Table.Td>{t(`type.${column.type}`)}</Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
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
        <Group justify="flex-end">
          <Button
            loading={save.isPending}
            disabled={name.trim() === ''}
            onClick={() =>
              save.mutate({
                dataset: dataset.id,
                name: name.trim(),
                columns: columns.map(({ name: column, dataClass, meaning }) => ({ name: column, dataClass, meaning })),
              })
            }
          >
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
