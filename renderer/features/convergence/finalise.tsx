import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconFileText, IconRoute } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** Turning what both signed into drafts, and the way to those that are there. */
export function Finalise({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  const notify = useNotify()
  const making = useMutation({
    ...useOrpc().convergence.finalise.mutationOptions(),
    onSuccess: () => notify.done(t('finalise.done')),
  })
  const mayMake = request.own?.asks.includes('finalise') ?? false
  if (!mayMake && request.became.length === 0) return null
  return (
    <Paper component="section" aria-label={t('finalise.title')}>
      <Title order={2} mb="sm">
        {t('finalise.title')}
      </Title>
      {mayMake ? (
        <Group justify="space-between">
          <Text style={{ flex: '1 1 18rem' }}>{t('finalise.about')}</Text>
          <Button
            leftSection={<IconFileText size={18} aria-hidden="true" />}
            loading={making.isPending}
            onClick={() => making.mutate({ artifact: negotiation.id, negotiation: request.hash })}
          >
            {t('finalise.action')}
          </Button>
        </Group>
      ) : null}
      {request.became.map(({ agreement, plan }) => (
        <Group key={agreement}>
          <Button
            component="a"
            href={hrefOf(to.document(agreement))}
            variant="light"
            leftSection={<IconFileText size={18} aria-hidden="true" />}
          >
            {t('finalise.agreement')}
          </Button>
          <Button
            component="a"
            href={hrefOf(to.document(plan))}
            variant="light"
            leftSection={<IconRoute size={18} aria-hidden="true" />}
          >
            {t('finalise.plan')}
          </Button>
        </Group>
      ))}
      {making.error ? <RefusalAlert refusal={refusalOf(making.error)} mt="md" /> : null}
    </Paper>
  )
}
