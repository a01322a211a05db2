import { Button, Group, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DraftBoth, DraftChoice, DraftDate, DraftProse, DraftRemove } from '#ui/app/draft-field.tsx'
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
  const { draft } = useDesk()
  const place = { set: 'topic', row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('topic.title')}
      </Title>
      <Stack>
        <DraftBoth {...place} field="title" />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftProse {...place} field="questionAr" language="ar" />
          <DraftProse {...place} field="questionEn" language="en" />
          <DraftProse {...place} field="benefitsAr" language="ar" />
          <DraftProse {...place} field="benefitsEn" language="en" />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <DraftNumber />
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="neededBy" />
        </SimpleGrid>
        <Affected />
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

/** The scope of services that is amended, and whatever else is concerned, chosen among the documents of the channel. */
function Affected() {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  const { live, draft, change } = useDesk()
  const titles = new Map(change.documents.map(({ id, title }) => [id, pick(title)]))
  const named = draft.affected.map(({ values }) => values.artifact)
  const free = change.documents.filter(({ id }) => !named.includes(id))
  if (free.length === 0 && named.length === 0) return null
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>{t('affected.title')}</Text>
        <Text fz="sm" c="dimmed">
          {t('affected.about')}
        </Text>
      </div>
      {draft.affected.map(({ id, values }) => {
        const name = (values.artifact && titles.get(values.artifact)) ?? t('affected.unknown')
        return (
          <Group key={id} justify="space-between">
            <bdi>{name}</bdi>
            <DraftRemove set="affected" id={id} name={t('affected.remove', { name })} />
          </Group>
        )
      })}
      {live.mayWrite && free.length > 0 ? (
        <Select
          label={t('affected.add')}
          searchable
          value={null}
          data={free.map(({ id, title }) => ({ value: id, label: pick(title) }))}
          onChange={(id) => void (id && live.add('affected', { artifact: id, order: `a${String(named.length)}` }))}
        />
      ) : null}
    </Stack>
  )
}
