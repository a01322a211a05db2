import { Badge, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconPencil, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TestContent } from '#shared/standards/content.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import { definitionOf, useDesk } from './desk.tsx'
import { RunTest } from './run-test.tsx'

/** The tests with what each asks; each can be run on a file of one's own. */
export function TestList(props: {
  readonly tests: readonly TestContent[]
  /** Null: of the draft. */
  readonly version: string | null
  readonly onEdit: ((test: string) => void) | null
}) {
  const { tests, version, onEdit } = props
  const { t } = useTranslation(['standards', 'common'])
  const { pick } = useLocale()
  const label = useLabel()
  const { clauseName } = useDesk()
  const [running, setRunning] = useState<TestContent | null>(null)
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('test.name')}</Table.Th>
              <Table.Th>{label(definitionOf('tests', 'method')?.label)}</Table.Th>
              <Table.Th>{label(definitionOf('tests', 'clause')?.label)}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('test.run')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tests.map((test) => {
              const name = pick(test.title) || t('test.unnamed')
              return (
                <Table.Tr key={test.id}>
                  <Table.Th scope="row" fw={500}>
                    <Group gap="xs">
                      <bdi>{name}</bdi>
                      <Badge variant="light" color={test.strength === 'must' ? 'ink' : 'gray'}>
                        {label(definitionOf('tests', 'strength')?.options?.[test.strength])}
                      </Badge>
                    </Group>
                    {test.expected ? (
                      <Text fz="sm" c="dimmed" fw={400} dir="auto">
                        <bdi>{test.expected}</bdi>
                      </Text>
                    ) : null}
                  </Table.Th>
                  <Table.Td>{label(definitionOf('tests', 'method')?.options?.[test.method])}</Table.Td>
                  <Table.Td>{test.clause ? clauseName(test.clause) : '—'}</Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      {onEdit ? (
                        <Button
                          size="compact-sm"
                          variant="default"
                          leftSection={<IconPencil size={15} aria-hidden="true" />}
                          aria-label={t('test.editOf', { test: name })}
                          onClick={() => onEdit(test.id)}
                        >
                          {t('common:edit')}
                        </Button>
                      ) : null}
                      {version === null && test.method === 'manual' ? null : (
                        <Button
                          size="compact-sm"
                          variant="light"
                          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
                          aria-label={t('test.runOf', { test: name })}
                          onClick={() => setRunning(test)}
                        >
                          {t(test.method === 'manual' ? 'test.say' : 'test.run')}
                        </Button>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {running ? <RunTest test={running} version={version} onClose={() => setRunning(null)} /> : null}
    </>
  )
}
