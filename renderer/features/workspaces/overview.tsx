import { Anchor, Badge, Grid, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconChartHistogram } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ArtifactSummary } from '#shared/projection/forecast-views.ts'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Documents } from './documents.tsx'
import { LinkStatus, useLinkMeaning } from './link-status.tsx'
import classes from './workspaces.module.css'

const STATE_COLOR = {
  current: 'leaf',
  stale: 'amber',
  expired: 'gray',
  invalidated: 'red',
  withdrawn: 'gray',
  sealed: 'amber',
  suspended: 'red',
  ended: 'gray',
} as const
const KNOWN_METRICS = [
  'wape',
  'bias',
  'mape',
  'smape',
  'tracking-signal',
  'band-coverage',
  'commit-coverage',
  'commit-timeliness',
  'disclosures',
  'open-shortfalls',
] as const

/** The outcome, its measures, what is shared here, and the state of the connection. */
export function Overview({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const { pick, f } = useLocale()
  const meaning = useLinkMeaning()
  const local = workspace.link.state === 'local'
  const artifacts = useQuery(useOrpc().artifacts.list.queryOptions({ input: { workspace: workspace.id } }))
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="lg">
          <Paper>
            <Title order={2} fz="sm" c="dimmed" mb="xs">
              {t('outcome')}
            </Title>
            <Text className={classes.outcome}>
              <bdi>{pick(workspace.outcome)}</bdi>
            </Text>
            {workspace.measures.length > 0 ? (
              <SimpleGrid cols={{ base: 2, sm: 4 }} mt="lg">
                {workspace.measures.map((measure) => (
                  <div key={measure.metric}>
                    <Text className={`${classes.measure} tabular`}>
                      {measure.value === null
                        ? '—'
                        : measure.unit === '%' || measure.unit === 'ratio'
                          ? f.percent(measure.unit === '%' ? measure.value / 100 : measure.value)
                          : f.number(measure.value)}
                    </Text>
                    <Text fz="sm" c="dimmed">
                      {measureName(measure.metric, t)}
                    </Text>
                  </div>
                ))}
              </SimpleGrid>
            ) : null}
          </Paper>
          <Documents workspace={workspace} />
          <Paper p={0}>
            <Title order={2} px="lg" pt="lg" pb="xs">
              {t('artifacts')}
            </Title>
            {artifacts.data && artifacts.data.length > 0 ? (
              artifacts.data.map((one) => <ArtifactRow key={one.id} one={one} />)
            ) : (
              <EmptyState
                icon={<IconChartHistogram aria-hidden="true" />}
                title={t('noArtifacts.title')}
                text={t('noArtifacts.text')}
                action={<Anchor href={hrefOf(to.newDisclosure())}>{t('common:action.newDisclosure')}</Anchor>}
              />
            )}
          </Paper>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Paper>
          <Title order={2} mb="sm">
            {t('tab.connection')}
          </Title>
          <LinkStatus link={workspace.link} />
          <Text fz="sm" c="dimmed" mt={6} mb="sm">
            {meaning(workspace.link)}
          </Text>
          <KeyValue
            items={[
              // The sample partner lives in this app: nothing travels, so there is nothing to wait for.
              local
                ? null
                : [
                    t('lastSync'),
                    workspace.lastSync ? <When at={workspace.lastSync} withTime both={false} /> : t('never'),
                  ],
              local ? null : [t('outstanding'), f.number(workspace.outstanding)],
              workspace.safetyCode
                ? [t('common:safetyCode'), workspace.safetyConfirmed ? t('safety.confirmed') : t('safety.notConfirmed')]
                : null,
            ]}
          />
        </Paper>
      </Grid.Col>
    </Grid>
  )
}

function measureName(metric: string, t: ReturnType<typeof useTranslation<['workspaces', 'common']>>['t']): string {
  const known = KNOWN_METRICS.find((name) => name === metric)
  return known ? t(`measure.${known}`) : t('measure.other')
}

function ArtifactRow({ one }: { readonly one: ArtifactSummary }) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  return (
    <Group justify="space-between" px="lg" py="sm" style={{ borderBlockStart: '1px solid var(--mithaq-line)' }}>
      <div>
        <Anchor href={hrefOf(to.artifact(one.id))} fw={500}>
          <bdi>{pick(one.title)}</bdi>
        </Anchor>
        <Text fz="sm" c="dimmed">
          {t('revisionBy', { revision: one.revision, owner: pick(one.owner) })} · <When at={one.updatedAt} ago />
        </Text>
      </div>
      <Group gap="xs">
        {one.unopened ? <Badge color="sand">{t('unopened')}</Badge> : null}
        {one.shortfalls > 0 ? (
          <Badge color="red" variant="light">
            {t('shortfalls', { count: one.shortfalls })}
          </Badge>
        ) : null}
        <Badge color={STATE_COLOR[one.state]} variant="light">
          {t(`artifactState.${one.state}`)}
        </Badge>
      </Group>
    </Group>
  )
}
