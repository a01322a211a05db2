import { Stack, Text, Title } from '@mantine/core'
import { IconMessageReport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AftermathView, RoundView } from '#shared/projection/decision-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { Reasoned } from '#ui/app/reasoned.tsx'
import { Said } from '#ui/parts/said.tsx'

/** What companies that did not say yes put on record; nothing while there is none and this person has none to write. */
export function Minority({ round, after }: { readonly round: RoundView; readonly after: AftermathView }) {
  const { t } = useTranslation('decision')
  const author = useAuthorText()
  const { decision } = useDesk()
  const notify = useNotify()
  const reporting = useMutation({
    ...useOrpc().decisions.reportMinority.mutationOptions(),
    onSuccess: () => notify.done(t('after.minority.done')),
  })
  const ours = after.minority.some(({ by }) => by.own)
  if (after.minority.length === 0 && !after.mayReport) return null
  return (
    <Stack gap="xs">
      <Title order={3}>{t('after.minority.title')}</Title>
      {after.minority.length === 0 ? <Text c="dimmed">{t('after.minority.none')}</Text> : null}
      {after.minority.map(({ id, by, at, report }) => (
        <div key={id}>
          <Text fz="sm" c="dimmed">
            {author(by)} · <When at={at} both={false} />
          </Text>
          {/* A block in the other direction would stand on the far side of the page, away from whoever said it. */}
          <Said>{report}</Said>
        </div>
      ))}
      {after.mayReport ? (
        <Reasoned
          about={t('after.minority.about')}
          action={t(ours ? 'after.minority.again' : 'after.minority.write')}
          icon={<IconMessageReport size={18} aria-hidden="true" />}
          busy={reporting.isPending}
          label={t('after.minority.field')}
          most={8000}
          onSay={(report) => reporting.mutate({ artifact: decision.id, round: round.hash, report })}
        />
      ) : null}
      <RefusalAlert refusal={reporting.error ? refusalOf(reporting.error) : null} />
    </Stack>
  )
}
