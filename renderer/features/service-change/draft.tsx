import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DraftBoth, DraftChoice, DraftDate, DraftProse, DraftRemove } from '#ui/app/draft-field.tsx'
import { DraftAffected, DraftTopic } from '#ui/app/draft-topic.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { DraftNumber } from './draft-number.tsx'
import { DraftRule } from './draft-rule.tsx'
import { LogChange } from './log-change.tsx'

/** What both companies write before the change is logged: what is asked for, what changes, and the rule. */
export function Draft() {
  const { t } = useTranslation('change')
  const { change } = useDesk()
  return (
    <Stack gap="lg">
      {change.current ? (
        <Text fz="sm" c="dimmed">
          {t('topic.frozen')}
        </Text>
      ) : null}
      <Topic />
      <List set="changes" />
      <List set="options" />
      <DraftRule />
      <LogChange />
    </Stack>
  )
}

function Topic() {
  const { t } = useTranslation('change')
  const { draft, change } = useDesk()
  const place = { set: 'topic', row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('topic.title')}
      </Title>
      <Stack>
        <DraftTopic row={draft.topic} />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <DraftNumber />
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="neededBy" />
        </SimpleGrid>
        <DraftAffected documents={change.documents} rows={draft.affected} about={t('affected.about')} />
      </Stack>
    </Paper>
  )
}

/** What changes in the service, or what was considered instead: entries of the same make. */
function List({ set }: { readonly set: 'changes' | 'options' }) {
  const { t } = useTranslation('change')
  const { f } = useLocale()
  const { live, draft } = useDesk()
  const rows = draft[set]
  const [name, text] = set === 'changes' ? (['place', 'text'] as const) : (['title', 'about'] as const)
  return (
    <Paper component="section" aria-label={t(`${set}.title`)}>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t(`${set}.title`)}</Title>
        {live.mayWrite ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => live.add(set, { [name]: { en: '', ar: '' }, order: `a${String(rows.length)}` })}
          >
            {t(`${set}.add`)}
          </Button>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="md">
        {t(`${set}.about`)}
      </Text>
      <Stack gap="xl">
        {rows.map((row, at) => {
          const number = f.number(at + 1)
          return (
            <Stack key={row.id} gap="xs" component="section" aria-label={t(`${set}.name`, { number })}>
              <Group justify="space-between">
                <Text fw={600}>{t(`${set}.name`, { number })}</Text>
                <DraftRemove set={set} id={row.id} name={t(`${set}.remove`, { number })} />
              </Group>
              <DraftBoth set={set} row={row} field={name} />
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <DraftProse set={set} row={row} field={`${text}Ar`} language="ar" />
                <DraftProse set={set} row={row} field={`${text}En`} language="en" />
              </SimpleGrid>
            </Stack>
          )
        })}
      </Stack>
    </Paper>
  )
}
