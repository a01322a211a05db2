import { ActionIcon, Anchor, Badge, Group, Paper, Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeListView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import classes from './disputes.module.css'

/** What is being written and nobody else has seen. */
export function Drafts({ drafts }: { readonly drafts: DisputeListView['drafts'] }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const notify = useNotify()
  const [asking, setAsking] = useState<string | null>(null)
  const removing = useMutation({
    ...useOrpc().disputes.remove.mutationOptions(),
    onSuccess: () => notify.done(t('draft.removed')),
    onError: notify.refused,
    onSettled: () => setAsking(null),
  })
  if (drafts.length === 0) return null
  return (
    <Paper p={0} component="section" aria-label={t('draft.listed')}>
      <Title order={2} px="lg" pt="lg" pb="sm">
        {t('draft.listed')}
      </Title>
      {drafts.map((one) => {
        const name = one.title ? pick(one.title) : t('draft.untitled')
        return (
          <div key={one.id} className={classes.row}>
            <div className={classes.what}>
              <Anchor href={hrefOf(to.disputeDraft(one.id))} fw={600}>
                <bdi>{name}</bdi>
              </Anchor>
              <Text fz="sm" lineClamp={1} dir="auto">
                {one.issue}
              </Text>
            </div>
            <Group gap="xs" className={classes.state}>
              {one.asked ? (
                <Badge color="amber" variant="light">
                  {t('draft.asked')}
                </Badge>
              ) : null}
              <Text fz="sm" c="dimmed">
                <When at={one.changedAt} ago />
              </Text>
              <ActionIcon variant="subtle" color="red" aria-label={t('draft.remove', { name })} onClick={() => setAsking(one.id)}>
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Group>
          </div>
        )
      })}
      <ConfirmModal
        opened={asking !== null}
        title={t('draft.removeAsk')}
        action={t('draft.removeAction')}
        danger
        busy={removing.isPending}
        onConfirm={() => asking && removing.mutate({ draft: asking })}
        onClose={() => setAsking(null)}
      >
        <Text>{t('draft.removeText')}</Text>
      </ConfirmModal>
    </Paper>
  )
} // prettier-ignore
