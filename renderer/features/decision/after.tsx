import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AftermathView, DecisionPlanView, RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { Figures } from './figures.tsx'
import { Minority } from './minority.tsx'
import { Reopen } from './reopen.tsx'
import { Reviews } from './reviews.tsx'

/** What follows a decision that all have signed: the plan, what came of it, what the minority holds, and putting it again. */
export function After({ round, after }: { readonly round: RoundView; readonly after: AftermathView }) {
  const { t } = useTranslation('decision')
  return (
    <Paper component="section" aria-label={t('after.title')}>
      <Title order={2} mb="md">
        {t('after.title')}
      </Title>
      <Stack gap="xl">
        <Plans round={round} after={after} />
        {after.plans.length > 0 ? <Figures figures={after.figures} /> : null}
        <Reviews round={round} after={after} />
        <Minority round={round} after={after} />
        <Reopen round={round} after={after} />
      </Stack>
    </Paper>
  )
}

function Plans({ round, after }: { readonly round: RoundView; readonly after: AftermathView }) {
  const { t } = useTranslation('decision')
  const { decision } = useDesk()
  const notify = useNotify()
  const making = useMutation({
    ...useOrpc().decisions.plan.mutationOptions(),
    onSuccess: () => notify.done(t('after.plan.done')),
  })
  const none = after.plans.length === 0
  return (
    <Stack gap="xs">
      <Title order={3}>{t('after.plan.title')}</Title>
      {none ? <Text c="dimmed">{t('after.plan.none')}</Text> : null}
      {after.plans.map((plan) => (
        <PlanLine key={plan.id} plan={plan} />
      ))}
      {after.mayAct ? (
        <Group justify="space-between">
          <Text fz="sm" c="dimmed" style={{ flex: '1 1 18rem' }}>
            {none ? t('after.plan.about') : null}
          </Text>
          <Button
            variant={none ? 'filled' : 'subtle'}
            size={none ? 'md' : 'sm'}
            leftSection={<IconRoute size={18} aria-hidden="true" />}
            loading={making.isPending}
            onClick={() => making.mutate({ artifact: decision.id, round: round.hash })}
          >
            {t(none ? 'after.plan.make' : 'after.plan.another')}
          </Button>
        </Group>
      ) : null}
      {making.error ? <RefusalAlert refusal={refusalOf(making.error)} /> : null}
    </Stack>
  )
}

function PlanLine({ plan }: { readonly plan: DecisionPlanView }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { done, all, late } = plan.milestones
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>
          <bdi>{pick(plan.title)}</bdi>{' '}
          {late > 0 ? (
            <Badge color="red" variant="light" size="sm">
              {t('after.plan.late', { count: late })}
            </Badge>
          ) : null}
        </Text>
        <Text fz="sm" c="dimmed">
          {t('after.plan.progress', { done, all })}
          {plan.next ? (
            <>
              {' · '}
              {t('after.plan.next')} <When at={plan.next} both={false} />
            </>
          ) : null}
        </Text>
      </div>
      <Button component="a" href={hrefOf(to.document(plan.id))} variant="light">
        {t('after.plan.open')}
      </Button>
    </Group>
  )
}
