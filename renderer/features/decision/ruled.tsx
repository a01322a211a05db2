import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RoundDisputeView, RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { FindingWords } from '#ui/app/finding-words.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { Reasoned } from '#ui/app/reasoned.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

type Ended = Extract<RoundDisputeView, { state: 'ended' }>
/** What a fact holds as its reason. */
const MOST = 4000

/** Whether this person can take up what a dispute came to, in place of calling for a mediation that begins now. */
export const isOffered = ({ dispute, own }: RoundView): boolean =>
  dispute?.state === 'ended' && dispute.bearing === 'basis' && own?.asks.includes('mediate') === true

/** What a dispute about the round came to, what that means for the round, and taking it up; or that one goes on. */
export function Ruled({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { dispute } = round
  if (!dispute) return null
  return (
    <Paper component="section" aria-label={t('ruled.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('ruled.title')}</Title>
        {dispute.state === 'contested' ? <Text>{t('ruled.contested')}</Text> : null}
        {dispute.state === 'going-on' ? (
          <Text>
            {t('ruled.goingOn')} {round.standing === 'no-decision' ? t('ruled.goingOnNext') : null}
            {dispute.until === null ? null : (
              <>
                {' '}
                {t('ruled.until')} <When at={dispute.until} withTime both={false} />.
              </>
            )}
          </Text>
        ) : null}
        {dispute.state === 'ended' ? <Outcome round={round} ended={dispute} /> : null}
        {dispute.state === 'contested' ? null : (
          <Anchor href={hrefOf(to.dispute(dispute.id, dispute.dispute))}>{t('ruled.open')}</Anchor>
        )}
      </Stack>
    </Paper>
  )
}

function Outcome({ round, ended }: { readonly round: RoundView; readonly ended: Ended }) {
  const { t } = useTranslation(['decision', 'dispute'])
  const { pick, f } = useLocale()
  const { finding, terms, kind, at, opener, outside, bearing } = ended
  return (
    <>
      <FindingWords opener={pick(opener)} finding={finding} terms={terms} />
      <Text fz="sm" c="dimmed">
        {t(`dispute:outcome.kind.${kind}`)} · <When at={at} withTime both={false} />
      </Text>
      <Text>{t(`ruled.bearing.${bearing}`)}</Text>
      {outside.length > 0 ? (
        <Text fz="sm" c="dimmed">
          {t('ruled.outside', { companies: f.list(outside.map(pick)) })}
        </Text>
      ) : null}
      {isOffered(round) ? <TakeUp key={ended.outcome} round={round} ended={ended} /> : null}
    </>
  )
}

function TakeUp({ round, ended }: { readonly round: RoundView; readonly ended: Ended }) {
  const { t } = useTranslation(['decision', 'dispute'])
  const { decision } = useDesk()
  const notify = useNotify()
  const taking = useMutation({
    ...useOrpc().decisions.mediate.mutationOptions(),
    onSuccess: () => notify.done(t('ruled.take.done')),
  })
  const { kind, finding, terms, outcome } = ended
  const head = t(`ruled.take.record.${kind}`, { finding: t(`dispute:finding.${finding}`) })
  const foot = t('ruled.take.hash', { hash: outcome })
  const room = MOST - head.length - foot.length - 4
  const words = terms.length > room ? `${terms.slice(0, room)}…` : terms
  return (
    <>
      <Reasoned
        about={t('ruled.take.about')}
        action={t('ruled.take.action')}
        icon={<IconMessages size={18} aria-hidden="true" />}
        busy={taking.isPending}
        next
        label={t('ruled.take.label')}
        first={[head, words, foot].filter((part) => part !== '').join('\n')}
        onSay={(reason) => taking.mutate({ artifact: decision.id, round: round.hash, reason, outcome })}
      />
      <RefusalAlert refusal={taking.error ? refusalOf(taking.error) : null} />
    </>
  )
}
