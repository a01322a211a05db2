import { Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconTestPipe } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { DueList } from './due-list.tsx'
import { Matrix } from './matrix.tsx'
import { Scope } from './scope.tsx'
import { TestEditor } from './test-editor.tsx'
import { TestList } from './test-list.tsx'
import { placesAfter } from './write-imported.ts'

const DRAFT = 'draft'

/** Tests of a version, how each company does in them, and what is due. In the draft, the tests themselves. */
export function Conformance() {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const { live, mayWrite, released, rows, content } = useDesk()
  const [chosen, setChosen] = useState(released.at(-1)?.version ?? DRAFT)
  const [editing, setEditing] = useState<string | null>(null)
  const release = released.find(({ version }) => version === chosen)
  const tests = release ? release.content.tests : content.tests
  const add = (): void => {
    const [order] = placesAfter(rows('tests').at(-1)?.values.order ?? null, 1)
    setEditing(live.add('tests', { order, strength: 'must', method: 'json-schema' }))
  }
  return (
    <Stack>
      <DueList />
      <Group justify="space-between" align="flex-end">
        <Select
          label={t('conformance.version')}
          data={[
            ...released.map(({ version }) => ({ value: version, label: f.digits(version) })),
            { value: DRAFT, label: t('version.draft') },
          ]}
          value={release ? chosen : DRAFT}
          allowDeselect={false}
          onChange={(value) => setChosen(value ?? DRAFT)}
        />
        {!release && mayWrite ? (
          <Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={add}>
            {t('test.add')}
          </Button>
        ) : null}
      </Group>
      {tests.length === 0 ? (
        <EmptyState
          icon={<IconTestPipe aria-hidden="true" />}
          title={t('test.none')}
          text={t(release ? 'test.noneReleased' : 'test.noneText')}
        />
      ) : (
        <Paper>
          <Stack>
            <Title order={2}>{t('test.title')}</Title>
            <TestList
              tests={tests}
              version={release?.version ?? null}
              onEdit={release || !mayWrite ? null : setEditing}
            />
          </Stack>
        </Paper>
      )}
      {release ? (
        <Matrix release={release} />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('conformance.draftNote')}
        </Text>
      )}
      <Scope />
      {editing !== null ? <TestEditor test={editing} onClose={() => setEditing(null)} /> : null}
    </Stack>
  )
}
