import { ActionIcon, Button, Group, Menu, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DraftCount } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** The companies that decide, each with its weight and the share that it comes to. */
export function Voters() {
  const { t } = useTranslation('decision')
  const { f, pick } = useLocale()
  const { live, draft, decision } = useDesk()
  const named = new Set(draft.voters.map(({ values }) => values.company))
  const free = decision.companies.filter(({ company }) => !named.has(company))
  const total = draft.voters.reduce((sum, { values }) => sum + (values.weight ?? 0), 0)
  return (
    <Paper>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('voters.title')}</Title>
        {live.mayWrite && free.length > 0 ? (
          <Menu position="bottom-end" width={300}>
            <Menu.Target>
              <Button size="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />}>
                {t('voters.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {free.map(({ company, name }) => (
                <Menu.Item
                  key={company}
                  onClick={() =>
                    live.add('voters', { company, name: { ...name }, weight: 1, order: `a${String(named.size)}` })
                  }
                >
                  <bdi>{pick(name)}</bdi>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <Stack gap="sm">
        {draft.voters.map((row) => {
          const name = row.values.name ? pick(row.values.name) : ''
          return (
            <Group key={row.id} wrap="nowrap" align="flex-end">
              <div style={{ flex: 1, minWidth: 0 }}>
                <Text fw={500}>
                  <bdi>{name}</bdi>
                </Text>
                <Text fz="sm" c="dimmed">
                  {total > 0
                    ? t('voters.share', { share: f.percent((row.values.weight ?? 0) / total, 1) })
                    : t('voters.noWeight')}
                </Text>
              </div>
              <div style={{ width: '9rem' }}>
                <DraftCount set="voters" row={row} field="weight" least={1} most={10_000} />
              </div>
              {live.mayWrite ? (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  mb={4}
                  aria-label={t('voters.remove', { name })}
                  onClick={() => live.remove('voters', row.id)}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              ) : null}
            </Group>
          )
        })}
      </Stack>
    </Paper>
  )
}
