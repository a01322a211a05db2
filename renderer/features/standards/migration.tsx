import { ActionIcon, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDesk } from './desk.tsx'
import { LiveChoice, LiveText } from './live-field.tsx'
import { placesAfter } from './write-imported.ts'

/** What everybody has to do to come to this version. */
export function Migration({ version }: { readonly version: string }) {
  const { t } = useTranslation('standards')
  const { live, mayWrite, rows, content, clauseName } = useDesk()
  const steps = rows('migrations').filter(({ values }) => values.version === version)
  const add = (): void => {
    const [order] = placesAfter(rows('migrations').at(-1)?.values.order ?? null, 1)
    live.add('migrations', { order, version })
  }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>{t('migration.title')}</Text>
        {mayWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={add}
          >
            {t('migration.add')}
          </Button>
        ) : null}
      </Group>
      {steps.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('migration.none')}
        </Text>
      ) : null}
      {steps.map((row) => (
        <Group key={row.id} align="flex-end" gap="xs" wrap="nowrap">
          <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ flex: 1 }}>
            <LiveText set="migrations" row={row} field="step" language="en" />
            <LiveText set="migrations" row={row} field="stepAr" language="ar" />
            <LiveChoice
              set="migrations"
              row={row}
              field="clause"
              clearable
              data={content.clauses.map(({ id }) => ({ value: id, label: clauseName(id) }))}
            />
          </SimpleGrid>
          {mayWrite ? (
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t('migration.remove')}
              onClick={() => live.remove('migrations', row.id)}
            >
              <IconTrash size={17} />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
    </Stack>
  )
}
