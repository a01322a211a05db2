import { Anchor, Stack, Text, Title } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AftermathView, RoundView } from '#shared/projection/decision-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { Reasoned } from '#ui/app/reasoned.tsx'
import { Said } from '#ui/parts/said.tsx'

/** What was agreed would put the question again, the decisions that do, and the way to one. */
export function Reopen({ round, after }: { readonly round: RoundView; readonly after: AftermathView }) {
  const { t } = useTranslation('decision')
  const author = useAuthorText()
  const { pick } = useLocale()
  const { decision } = useDesk()
  const notify = useNotify()
  const reopening = useMutation({
    ...useOrpc().decisions.reopen.mutationOptions(),
    onSuccess: () => notify.done(t('after.reopen.done')),
  })
  const condition = round.content.after ? pick(round.content.after.reopen) : ''
  if (!condition && after.reopened.length === 0 && !after.mayAct) return null
  return (
    <Stack gap="xs">
      <Title order={3}>{t('after.reopen.action')}</Title>
      {condition ? (
        <div>
          <Text fz="sm" c="dimmed">
            {t('after.reopenIf')}
          </Text>
          <Said>{condition}</Said>
        </div>
      ) : null}
      {after.reopened.map(({ id, by, at, reason, successor }) => (
        <div key={id}>
          <Text fz="sm" c="dimmed">
            {t('after.reopen.by')} · {author(by)} · <When at={at} both={false} />
          </Text>
          <Text>
            <bdi>{reason}</bdi>
          </Text>
          <Anchor href={hrefOf(to.document(successor))}>{t('after.reopen.open')}</Anchor>
        </div>
      ))}
      {after.mayAct ? (
        <Reasoned
          about={t('after.reopen.about')}
          action={t('after.reopen.action')}
          icon={<IconRotate size={18} aria-hidden="true" />}
          busy={reopening.isPending}
          most={8000}
          onSay={(reason) => reopening.mutate({ artifact: decision.id, round: round.hash, reason })}
        />
      ) : null}
      <RefusalAlert refusal={reopening.error ? refusalOf(reopening.error) : null} />
    </Stack>
  )
}
