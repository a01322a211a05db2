import { Badge, Group, List, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconArrowUpCircle } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClauseContent } from '#shared/standards/content.ts'
import { runningVersions } from '#shared/standards/facts.ts'
import { impactOf } from '#shared/standards/impact.ts'
import { compareVersions } from '#shared/standards/semantic-version.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What would break for us if we ran another version: seen from our own runs and waivers. */
export function IfWeAdopt() {
  const { t } = useTranslation('standards')
  const { f, pick } = useLocale()
  const { released, view, waivers, clauseName } = useDesk()
  const running = runningVersions(view.adoptions, view.us).toSorted(compareVersions)
  const [chosen, setChosen] = useState(
    released.findLast(({ version }) => version !== running.at(-1))?.version ?? released.at(-1)?.version ?? null,
  )
  const to = released.find(({ version }) => version === chosen)
  if (!to)
    return (
      <EmptyState
        icon={<IconArrowUpCircle aria-hidden="true" />}
        title={t('impact.none')}
        text={t('impact.noneText')}
      />
    )
  const from = released.find(({ version }) => version === running.at(-1) && version !== chosen) ?? null
  const { tests, removed, changed, migration, endingWaivers } = impactOf(
    { party: view.us, runs: view.runs, waivers, today: view.today },
    from,
    to,
  )
  const nothing = tests.length + removed.length + changed.length + migration.length + endingWaivers.length === 0
  const clause = ({ clause: { number, heading }, relied }: { clause: ClauseContent; relied: boolean }) => (
    <>
      <bdi>{f.digits(number)}</bdi> <bdi>{pick(heading) || t('clause.unnamed')}</bdi>{' '}
      {relied ? (
        <Badge size="sm" variant="light" color="amber">
          {t('impact.relied')}
        </Badge>
      ) : null}
    </>
  )
  return (
    <Stack>
      <Group align="flex-end" justify="space-between">
        <Select
          label={t('impact.version')}
          data={released.map(({ version }) => ({ value: version, label: f.digits(version) }))}
          value={chosen}
          allowDeselect={false}
          onChange={setChosen}
        />
        <Text c="dimmed">{from ? t('impact.from', { version: f.digits(from.version) }) : t('impact.fromNothing')}</Text>
      </Group>
      {nothing ? (
        <Paper>
          <Text>{t('impact.nothing', { version: f.digits(to.version) })}</Text>
        </Paper>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Part
          title={t('impact.tests')}
          items={tests.map(({ test, why }) => [
            test.id,
            <>
              <bdi>{pick(test.title) || t('test.unnamed')}</bdi>{' '}
              <Badge size="sm" variant="light" color={why === 'fails' ? 'red' : why === 'waived' ? 'gray' : 'amber'}>
                {t(`impact.why.${why}`)}
              </Badge>
            </>,
          ])}
        />
        <Part
          title={t('impact.migration')}
          items={migration.map(({ id, step, clause: of }) => [
            id,
            <>
              <bdi>{pick(step)}</bdi>
              {of ? (
                <Text span fz="sm" c="dimmed">
                  {' '}
                  · {clauseName(of)}
                </Text>
              ) : null}
            </>,
          ])}
        />
        <Part title={t('impact.removed')} items={removed.map((one) => [one.clause.id, clause(one)])} />
        <Part title={t('impact.changed')} items={changed.map((one) => [one.clause.id, clause(one)])} />
        <Part
          title={t('impact.waivers')}
          items={endingWaivers.map(({ test, until }) => [
            test,
            <>
              <bdi>
                {pick((from ?? to).content.tests.find(({ id }) => id === test)?.title ?? { en: '', ar: '' }) ||
                  t('test.unnamed')}
              </bdi>{' '}
              {until ? (
                <Text span fz="sm" c="dimmed">
                  {f.date(until)}
                </Text>
              ) : null}
            </>,
          ])}
        />
      </SimpleGrid>
    </Stack>
  )
}

function Part({
  title,
  items,
}: {
  readonly title: string
  readonly items: readonly (readonly [key: string, body: ReactNode])[]
}) {
  if (items.length === 0) return null
  return (
    <Paper component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <List spacing={6}>
        {items.map(([key, body]) => (
          <List.Item key={key}>{body}</List.Item>
        ))}
      </List>
    </Paper>
  )
}
