import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TodayNeed } from '#shared/projection/today-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { hrefOf, targetRoute, to, type Route } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import classes from './today.module.css'

interface Step {
  readonly text: string
  readonly action: string
  readonly route: Route
}

/** A new user's first day: what to do next, in order. */
export function FirstSteps({ needs }: { readonly needs: readonly TodayNeed[] }) {
  const { t } = useTranslation(['today', 'common'])
  const steps = needs.map((need): Step => ({
    text: t(`need.${need.code}.title`, { count: need.count }),
    action: t(`need.${need.code}.action`),
    route: targetRoute(need.target),
  }))
  const workspace = { text: t('first.workspace'), action: t('common:action.newWorkspace'), route: to.newWorkspace() }
  return <Steps title={t('first.title')} text={t('first.text')} steps={[...steps, workspace]} />
}

/** The way through the sample companies, for somebody who only wants to see what Mithaq does. */
export function SampleStory() {
  const { t } = useTranslation(['today', 'common'])
  const artifacts = useQuery(useOrpc().artifacts.list.queryOptions({ input: {} }))
  const forecast = artifacts.data?.[0]
  const steps: readonly Step[] = [
    { text: t('story.beside'), action: t('story.besideAction'), route: to.sideBySide() },
    ...(forecast
      ? [{ text: t('story.forecast'), action: t('story.forecastAction'), route: to.artifact(forecast.id) }]
      : []),
    { text: t('story.disclose'), action: t('common:action.newDisclosure'), route: to.newDisclosure() },
    { text: t('story.seeAs'), action: t('common:action.seeAs'), route: to.seeAs() },
  ]
  return <Steps title={t('story.title')} text={t('story.text')} steps={steps} />
}

/** Steps in order, the first being the one button that stands out. */
function Steps(props: { readonly title: string; readonly text: string; readonly steps: readonly Step[] }) {
  const { f } = useLocale()
  return (
    <Paper p="xl" maw="46rem">
      <Title order={2}>{props.title}</Title>
      <Text c="dimmed" mt={4} mb="lg">
        {props.text}
      </Text>
      <Stack component="ol" gap="md" className={classes.steps}>
        {props.steps.map((step, index) => (
          <Group component="li" key={step.text} wrap="nowrap" align="center" gap="md">
            <span className={classes.number} aria-hidden="true">
              {f.number(index + 1)}
            </span>
            <Text fw={500} style={{ flex: 1 }}>
              {step.text}
            </Text>
            <Button component="a" href={hrefOf(step.route)} variant={index === 0 ? 'filled' : 'default'}>
              {step.action}
            </Button>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}
