import { Button, Grid, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconChecks, IconSunHigh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instant } from '#shared/kernel/time.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { useAppState } from '#ui/app/state.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { Change } from './change.tsx'
import { FirstSteps, SampleStory } from './first-steps.tsx'
import { Need } from './need.tsx'

/** What changed since the last visit, by whom and by how much, and what waits for this person. */
export default function Today() {
  const { t } = useTranslation(['today', 'common'])
  const { pick } = useLocale()
  const state = useAppState()
  const orpc = useOrpc()
  const today = useQuery(orpc.today.get.queryOptions())
  const seen = useMutation({ ...orpc.today.visited.mutationOptions(), onSuccess: () => void today.refetch() })
  useSeenOnLeaving(today.data !== undefined)
  if (today.error) return <RefusalAlert refusal={refusalOf(today.error)} />
  if (!today.data) return <Loading />
  const { changes, needs, since } = today.data
  // The sample company's profile is nobody's to complete.
  const waiting = state.sample ? needs.filter(({ code }) => code !== 'finish-profile') : needs
  const name = state.person ? pick(state.person.name) : ''
  return (
    <>
      <PageHeader
        title={name ? t('greeting', { name }) : t('common:area.today')}
        lead={<When at={Date.now() as Instant} both />}
        actions={
          changes.length > 0 ? (
            <Button
              variant="default"
              leftSection={<IconChecks size={18} aria-hidden="true" />}
              loading={seen.isPending}
              onClick={() => seen.mutate({})}
            >
              {t('markSeen')}
            </Button>
          ) : null
        }
      />
      {state.sample && changes.length === 0 && waiting.length === 0 ? (
        <SampleStory />
      ) : !state.sample && changes.length === 0 && needs.length > 0 && since === null ? (
        <FirstSteps needs={needs} />
      ) : (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
            <section aria-labelledby="needs">
              <Title order={2} id="needs" mb="sm">
                {t('needs')}
              </Title>
              {waiting.length === 0 ? (
                <Paper>
                  <Text c="dimmed">{t('nothingNeeded')}</Text>
                </Paper>
              ) : (
                <Stack gap="sm">
                  {waiting.map((need) => (
                    <Need key={need.id} need={need} />
                  ))}
                </Stack>
              )}
            </section>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
            {state.sample && changes.length === 0 ? (
              <SampleStory />
            ) : (
              <section aria-labelledby="changes">
                <Group justify="space-between" mb="sm" align="baseline">
                  <Title order={2} id="changes">
                    {since === null ? t('changes') : t('changesSince')}
                  </Title>
                  {since === null ? null : (
                    <Text fz="sm" c="dimmed">
                      <When at={since} ago />
                    </Text>
                  )}
                </Group>
                <Paper p={0}>
                  {changes.length === 0 ? (
                    <EmptyState
                      icon={<IconSunHigh aria-hidden="true" />}
                      title={t('quiet.title')}
                      text={t('quiet.text')}
                    />
                  ) : (
                    changes.map((change) => <Change key={change.id} change={change} />)
                  )}
                </Paper>
              </section>
            )}
          </Grid.Col>
        </Grid>
      )}
    </>
  )
}

/** Leaving the screen after it was shown marks what it showed as seen. */
function useSeenOnLeaving(shown: boolean): void {
  const client = useClient()
  const ready = useRef(false)
  ready.current ||= shown
  useEffect(
    () => () => {
      if (!ready.current) return
      client.today.visited({}).catch(() => {
        // What could not be marked is shown again next time: nothing is lost.
      })
    },
    [client],
  )
}
