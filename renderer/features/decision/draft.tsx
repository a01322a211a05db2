import { ActionIcon, Button, Group, Menu, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconFilePlus, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { DraftBoth, DraftChoice, DraftDate, DraftProse } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What the companies write together before anybody votes: topic, expected benefits, documents concerned, options. */
export function Draft() {
  return (
    <Stack gap="lg">
      <Topic />
      <Options />
      <Affected />
    </Stack>
  )
}

function Topic() {
  const { t } = useTranslation('decision')
  const { draft, decision } = useDesk()
  const place = { set: 'topic' as const, row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('topic.title')}
      </Title>
      {decision.rounds.length > 0 ? (
        <Text fz="sm" c="dimmed" mb="md">
          {t('topic.afterOpening')}
        </Text>
      ) : null}
      <Stack>
        <DraftBoth {...place} field="title" />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftProse {...place} field="questionAr" language="ar" />
          <DraftProse {...place} field="questionEn" language="en" />
          <DraftProse {...place} field="benefitsAr" language="ar" />
          <DraftProse {...place} field="benefitsEn" language="en" />
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="deadline" hint={t('topic.deadlineHint')} />
        </SimpleGrid>
        <Title order={3}>{t('after.title')}</Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftProse {...place} field="reopenAr" language="ar" />
          <DraftProse {...place} field="reopenEn" language="en" />
          <DraftDate {...place} field="reviewOn" />
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}

function Options() {
  const { t } = useTranslation('decision')
  const { f } = useLocale()
  const { live, draft } = useDesk()
  return (
    <Paper>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('options.title')}</Title>
        {live.mayWrite ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              live.add('options', { title: { en: '', ar: '' }, order: `a${String(draft.options.length)}` })
            }
          >
            {t('options.add')}
          </Button>
        ) : null}
      </Group>
      <Stack gap="xl">
        {draft.options.length === 0 ? <Text c="dimmed">{t('gate.options-missing')}</Text> : null}
        {draft.options.map((row, at) => (
          <Stack key={row.id} gap="xs" component="section" aria-label={t('options.name', { number: f.number(at + 1) })}>
            <Group justify="space-between">
              <Text fw={600}>{t('options.name', { number: f.number(at + 1) })}</Text>
              {live.mayWrite ? (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('options.remove', { number: f.number(at + 1) })}
                  onClick={() => live.remove('options', row.id)}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              ) : null}
            </Group>
            <DraftBoth set="options" row={row} field="title" />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DraftProse set="options" row={row} field="aboutAr" language="ar" />
              <DraftProse set="options" row={row} field="aboutEn" language="en" />
            </SimpleGrid>
          </Stack>
        ))}
      </Stack>
    </Paper>
  )
}

function Affected() {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { live, draft, decision } = useDesk()
  const named = new Set(draft.affected.map(({ values }) => values.artifact))
  const free = decision.documents.filter(({ id }) => !named.has(id))
  const label = (type: string): string => pick(artifactOf(type)?.label ?? { en: type, ar: type })
  return (
    <Paper>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('affected.title')}</Title>
        {live.mayWrite ? (
          <Menu position="bottom-end" width={320}>
            <Menu.Target>
              <Button
                size="sm"
                variant="default"
                disabled={free.length === 0}
                leftSection={<IconFilePlus size={16} aria-hidden="true" />}
              >
                {t('affected.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {free.map(({ id, type, title }) => (
                <Menu.Item key={id} onClick={() => live.add('affected', { artifact: id, order: `a${String(named.size)}` })}>
                  <Text fz="sm">
                    <bdi>{pick(title)}</bdi>
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {label(type)}
                  </Text>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('affected.about')}
      </Text>
      <Stack gap="xs">
        {draft.affected.map((row) => {
          const document = decision.documents.find(({ id }) => id === row.values.artifact)
          const name = document ? pick(document.title) : t('affected.unknown')
          return (
            <Group key={row.id} justify="space-between">
              <Text>
                <bdi>{name}</bdi>
                {document ? (
                  <Text span c="dimmed" fz="sm">
                    {' · '}
                    {label(document.type)}
                  </Text>
                ) : null}
              </Text>
              {live.mayWrite ? (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('affected.remove', { name })}
                  onClick={() => live.remove('affected', row.id)}
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
} // prettier-ignore
