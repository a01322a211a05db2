import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconFileText, IconRoute } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useDesk } from './desk.tsx'

const ICONS = { scope: IconFileText, plan: IconRoute } as const

/** Turning what both signed into drafts, and the way to those that are there. */
export function Finalise({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  const { change } = useDesk()
  const notify = useNotify()
  const making = useMutation({
    ...useOrpc().changes.finalise.mutationOptions(),
    onSuccess: () => notify.done(t('finalise.done')),
    onError: notify.refused,
  })
  const mayMake = text.own?.asks.includes('finalise') ?? false
  if (!mayMake && text.became.length === 0) return null
  return (
    <Paper component="section" aria-label={t('finalise.title')}>
      <Title order={2} mb="sm">
        {t('finalise.title')}
      </Title>
      {mayMake ? (
        <Group justify="space-between">
          <Text style={{ flex: '1 1 18rem' }}>{t('finalise.about')}</Text>
          <Button loading={making.isPending} onClick={() => making.mutate({ artifact: change.id, change: text.hash })}>
            {t('finalise.action')}
          </Button>
        </Group>
      ) : null}
      {text.became.map((drafts) => (
        <Group key={drafts.scope}>
          {(['scope', 'plan'] as const).map((one) => {
            const Icon = ICONS[one]
            return (
              <Button key={one} component="a" href={hrefOf(to.document(drafts[one]))} variant="light" leftSection={<Icon size={18} aria-hidden="true" />}>
                {t(`finalise.${one}`)}
              </Button>
            )
          })}
        </Group>
      ))}
    </Paper>
  )
} // prettier-ignore
