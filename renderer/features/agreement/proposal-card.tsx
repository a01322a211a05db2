import { Alert, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCheck, IconMessageReply, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changedSince, obstacleOf, standingOf, type Standing } from '#shared/agreement/proposed-change.ts'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import type { ProposalReplyView, ProposalView } from '#shared/projection/negotiation-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { ChangeRuns } from './change-runs.tsx'
import { orderBehind } from './clause-order.ts'
import { DeclineProposal } from './decline-proposal.tsx'
import { useDesk } from './desk.tsx'
import { ProposeChange } from './propose-change.tsx'
import { useSubjectName } from './subject-name.ts'

const COLOR = { open: 'amber', accepted: 'leaf', declined: 'red', withdrawn: 'gray', countered: 'sand' } as const

/** One proposal: what it would change in the words that stand there now, why, and what was answered. */
export function ProposalCard({ proposal }: { readonly proposal: ProposalView }) {
  const { t } = useTranslation('negotiation')
  const { f } = useLocale()
  const author = useAuthorText()
  const subject = useSubjectName()
  const { draft } = useDesk()
  const { change, state, word } = proposal
  const open = state === 'open'
  const standing = open ? standingOf(draft, change) : beforeOf(change)
  const since = open && changedSince(draft, change)
  const obstacle = open ? obstacleOf(draft, change) : undefined
  return (
    <Paper withBorder component="article" aria-label={subject.change(change)}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>
          <bdi>{subject.change(change)}</bdi>
        </Text>
        <Badge variant="light" color={COLOR[state]}>
          {t(`state.${state}`)}
        </Badge>
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('proposal.by', { author: author(proposal.by) })} · <When at={proposal.at} ago />
      </Text>
      <Stack gap="sm">
        {word ? (
          <Text fz="sm">
            {word.names.length > 0
              ? t('word.claims', { file: word.file, names: f.list(word.names) })
              : t('word.noClaims', { file: word.file })}{' '}
            {word.untracked ? t('word.untracked') : null}
          </Text>
        ) : null}
        {since && change.kind !== 'insert' ? (
          <Alert color="amber" title={t('proposal.changed')}>
            <Text fz="sm" mb="xs">
              {t('proposal.changedText')}
            </Text>
            <ChangeRuns change={asChange(change, standing)} standing={change.before} />
          </Alert>
        ) : null}
        {obstacle ? <Alert color="amber">{t(`obstacle.${obstacle}`)}</Alert> : null}
        {since ? (
          <Text fz="sm" fw={500}>
            {t('proposal.against')}
          </Text>
        ) : null}
        <ChangeRuns change={change} standing={standing} />
        <Text fz="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          <Text span fw={500} inherit>
            {t('proposal.why')}
          </Text>{' '}
          <bdi>{proposal.rationale}</bdi>
        </Text>
        {proposal.replies.map((reply, at) => (
          <Reply key={at} reply={reply} />
        ))}
        {open ? (
          <Actions
            proposal={proposal}
            standing={standing}
            blocked={obstacle !== undefined && obstacle !== 'nothing-to-change'}
          />
        ) : null}
      </Stack>
    </Paper>
  )
}

const beforeOf = (change: ProposedChange): Standing => (change.kind === 'insert' ? null : change.before)

/** What happened to the place meanwhile, shown like a change: from what the proposer had in view to what stands there. */
function asChange(change: Exclude<ProposedChange, { kind: 'insert' }>, standing: Standing): ProposedChange {
  if (change.kind === 'term')
    return { ...change, value: typeof standing === 'object' || standing === null ? '' : standing }
  if (change.kind === 'move') return { ...change, after: typeof standing === 'string' ? standing || null : null }
  const { clause, before } = change
  if (typeof standing !== 'object' || standing === null) return { kind: 'remove', clause, before }
  return { kind: 'clause', clause, before, en: standing.en, ar: standing.ar }
}

function Reply({ reply }: { readonly reply: ProposalReplyView }) {
  const { t } = useTranslation('negotiation')
  const author = useAuthorText()
  return (
    <div>
      <Text fz="sm">
        {t(`reply.${reply.kind}`, { author: author(reply.by) })} ·{' '}
        <Text span c="dimmed" inherit>
          <When at={reply.at} ago />
        </Text>
      </Text>
      {reply.reason ? (
        <Text fz="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          <bdi>{reply.reason}</bdi>
        </Text>
      ) : null}
    </div>
  )
}

function Actions(props: { readonly proposal: ProposalView; readonly standing: Standing; readonly blocked: boolean }) {
  const { proposal, standing, blocked } = props
  const { id, change, by } = proposal
  const { t } = useTranslation('negotiation')
  const { agreement, draft, live } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc()
  const [asking, setAsking] = useState<'accept' | 'decline' | 'counter' | 'withdraw' | null>(null)
  const done = { onSettled: () => setAsking(null) }
  const accepting = useMutation({
    ...orpc.negotiation.accept.mutationOptions(),
    onSuccess: () => notify.done(t('proposal.accepted')),
    ...done,
  })
  const withdrawing = useMutation({ ...orpc.negotiation.withdraw.mutationOptions(), onError: notify.refused, ...done })
  if (!live.mayWrite) return null
  const place =
    change.kind === 'insert'
      ? orderBehind(draft, change.after)
      : change.kind === 'move'
        ? orderBehind({ clauses: draft.clauses.filter((one) => one.id !== change.clause) }, change.after)
        : null
  return (
    <>
      <RefusalAlert refusal={accepting.error ? refusalOf(accepting.error) : null} />
      <Group gap="sm">
        {by.own ? (
          <>
            <Text fz="sm" c="dimmed">
              {t('proposal.waits')}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => setAsking('withdraw')}>
              {t('proposal.withdraw')}
            </Button>
          </>
        ) : (
          <>
            <Button
              size="sm"
              disabled={blocked}
              leftSection={<IconCheck size={16} aria-hidden="true" />}
              onClick={() => setAsking('accept')}
            >
              {t('proposal.accept')}
            </Button>
            <Button
              size="sm"
              variant="default"
              disabled={change.kind === 'remove'}
              leftSection={<IconMessageReply size={16} aria-hidden="true" />}
              onClick={() => setAsking('counter')}
            >
              {t('proposal.counter')}
            </Button>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconX size={16} aria-hidden="true" />}
              onClick={() => setAsking('decline')}
            >
              {t('proposal.decline')}
            </Button>
          </>
        )}
      </Group>
      <ConfirmModal
        opened={asking === 'accept'}
        title={t('proposal.acceptAsk')}
        action={t('proposal.accept')}
        busy={accepting.isPending}
        onConfirm={() => accepting.mutate({ artifact: agreement.id, proposal: id, seen: standing, place })}
        onClose={() => setAsking(null)}
      >
        <Text>{t('proposal.acceptMeaning')}</Text>
        <ChangeRuns change={change} standing={standing} />
      </ConfirmModal>
      <ConfirmModal
        opened={asking === 'withdraw'}
        title={t('proposal.withdrawAsk')}
        action={t('proposal.withdraw')}
        busy={withdrawing.isPending}
        onConfirm={() => withdrawing.mutate({ artifact: agreement.id, proposal: id })}
        onClose={() => setAsking(null)}
      >
        <Text>{t('proposal.withdrawMeaning')}</Text>
      </ConfirmModal>
      {asking === 'decline' ? <DeclineProposal proposal={id} onClose={() => setAsking(null)} /> : null}
      {asking === 'counter' ? (
        <ProposeChange start={{ change: against(change, standing), answers: id }} onClose={() => setAsking(null)} />
      ) : null}
    </>
  )
}

/** A counter begins with what was proposed, set against what stands there now. */
function against(change: ProposedChange, standing: Standing): ProposedChange {
  if (change.kind === 'term') return { ...change, before: typeof standing === 'object' ? null : standing }
  if (change.kind === 'move') return typeof standing === 'string' ? { ...change, before: standing } : change
  if (change.kind !== 'clause' || typeof standing !== 'object' || standing === null) return change
  return { ...change, before: standing }
}
