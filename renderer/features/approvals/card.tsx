import { Anchor, Badge, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalView } from '#shared/projection/approval-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { hrefOf, to, type Route } from '#ui/app/route.ts'
import { BoundContent } from '#ui/parts/bound-content.tsx'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'

const TONE: Readonly<Record<ApprovalView['state'], Tone>> = {
  waiting: 'waiting',
  approved: 'busy',
  sent: 'good',
  refused: 'bad',
  withdrawn: 'off',
  expired: 'off',
}

/** The screen on which the commitment is made. */
function placeOf({ commitment, workspace }: ApprovalView, artifact: string): Route {
  switch (commitment) {
    case 'disclose-slice':
      return to.disclosures()
    case 'declare-fact':
    case 'agree-quantity':
      return to.artifact(artifact)
    // A plan of capacity has no screen but its forecast's, a dry run none but its workspace's.
    case 'commit-capacity':
    case 'answer-shortfall':
    case 'pass-dry-run':
    case 'found-production':
    case 'remove-company':
      return to.workspace(workspace)
    case 'open-dispute':
    case 'answer-dispute':
    case 'propose-settlement':
    case 'sign-settlement':
    case 'give-ruling':
    case 'refer-dispute':
    case 'record-award':
      return to.dispute(artifact)
    default:
      return to.document(artifact)
  }
}

/** One request: who would commit the company to what, until when, who is next, and what this person can do about it. */
export function ApprovalCard({ approval, open }: { readonly approval: ApprovalView; readonly open: boolean }) {
  const { t } = useTranslation(['approvals', 'common'])
  const { f, pick } = useLocale()
  const one = approval
  const asked = [
    ...(one.levels.length > 0 ? one.levels.map((level) => t(`level.${level}`)) : [t('card.anyRole')]),
    ...(one.fourEyes ? [t('card.second')] : []),
  ]
  const missing = [...one.missing.map((level) => t(`level.${level}`)), ...(one.needsOther ? [t('card.second')] : [])]
  const waiting = one.state === 'waiting'
  return (
    <Paper component="article" p="lg" aria-labelledby={`approval-${one.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="md">
          <Stack gap={2} style={{ flex: '1 1 20rem', minWidth: 0 }}>
            <Text fz="sm" c="dimmed">
              {t(`commitment.${one.commitment}`)} · {t(`scope.${one.scope}`)}
            </Text>
            <Title order={2} fz="lg" id={`approval-${one.id}`}>
              <bdi>{pick(one.title)}</bdi>
            </Title>
            <Text fz="sm">
              <bdi>{t('card.by', { name: pick(one.maker) })}</bdi>{' '}
              <bdi>{t('card.with', { workspace: pick(one.workspaceName) })}</bdi> · <When at={one.at} ago />
            </Text>
          </Stack>
          <Stack gap={6} align="flex-end">
            <StatusDot tone={TONE[one.state]}>{t(`state.${one.state}`)}</StatusDot>
            {waiting ? (
              <Badge color={one.overdue ? 'red' : 'sand'} variant="light" tt="none">
                {one.overdue ? t('card.overdueSince') : t('card.due')} {f.moment(one.dueAt)}
              </Badge>
            ) : null}
          </Stack>
        </Group>
        <KeyValue
          items={[
            [t('card.asks'), f.list(asked)],
            waiting && missing.length > 0 ? [t('card.missing'), f.list(missing)] : null,
            waiting ? [t('card.next'), one.next.length > 0 ? f.list(one.next.map(pick)) : t('card.nobody')] : null,
            one.amount === null
              ? null
              : [t('card.amount'), one.amount === 'not-said' ? t('card.amountUnsaid') : f.money(one.amount)],
            one.note ? [t('card.note'), one.note] : null,
            waiting || one.state === 'approved' ? [t('card.expires'), f.moment(one.expiresAt)] : null,
            ...one.approvals.map((word) => [t('card.approvedBy', { name: pick(word.by) }), f.moment(word.at)] as const),
            one.refusal ? [t('card.refusedBy', { name: pick(one.refusal.by) }), one.refusal.reason] : null,
            one.sentAt === null ? null : [t('card.sentAt'), f.moment(one.sentAt)],
          ]}
        />
        {one.escalated ? (
          <Text fz="sm" c="red">
            {t('card.escalated', { level: one.next.length > 0 ? f.list(one.next.map(pick)) : t('card.nobody') })}
          </Text>
        ) : null}
        <Actions approval={one} />
        <details open={open}>
          <summary>{t('card.content')}</summary>
          <Stack gap="xs" mt="xs">
            <BoundContent content={one.content} />
            <Group gap="xs">
              <Text fz="xs" c="dimmed">
                {t('card.hash')}
              </Text>
              <HashBadge hash={one.hash} />
              {one.artifactHere && one.artifact ? (
                <Anchor fz="sm" href={hrefOf(placeOf(one, one.artifact))}>
                  {t('card.open')}
                </Anchor>
              ) : null}
            </Group>
          </Stack>
        </details>
      </Stack>
    </Paper>
  )
}

function Actions({ approval }: { readonly approval: ApprovalView }) {
  const { t } = useTranslation('approvals')
  const orpc = useOrpc()
  const notify = useNotify()
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null)
  const [reason, setReason] = useState('')
  const { id: request, hash, mayAnswer, maySend, mine, state } = approval
  const said = (what: 'approve' | 'refuse' | 'withdraw' | 'send') => ({
    onSuccess: () => {
      notify.done(t(`done.${what}`))
      setAsking(null)
    },
    onError: notify.refused,
  })
  const answer = useMutation({ ...orpc.approvals.answer.mutationOptions(), ...said(asking ?? 'approve') })
  const withdraw = useMutation({ ...orpc.approvals.withdraw.mutationOptions(), ...said('withdraw') })
  const send = useMutation({ ...orpc.approvals.send.mutationOptions(), ...said('send') })
  const mayWithdraw = mine && (state === 'waiting' || state === 'approved')
  if (!mayAnswer && !maySend && !mayWithdraw) return null
  return (
    <Group justify="flex-end">
      {mayWithdraw ? (
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ request })}>
          {t('action.withdraw')}
        </Button>
      ) : null}
      {maySend ? (
        <Button loading={send.isPending} onClick={() => send.mutate({ request })}>
          {t('action.send')}
        </Button>
      ) : null}
      {mayAnswer ? (
        <>
          <Button variant="default" onClick={() => setAsking('refuse')}>
            {t('action.refuse')}
          </Button>
          <Button onClick={() => setAsking('approve')}>{t('action.approve')}</Button>
        </>
      ) : null}
      <ConfirmModal
        opened={asking !== null}
        title={t(`confirm.${asking ?? 'approve'}`)}
        action={t(`action.${asking ?? 'approve'}`)}
        danger={asking === 'refuse'}
        busy={answer.isPending}
        disabled={asking === 'refuse' && reason.trim() === ''}
        onConfirm={() => asking && answer.mutate({ request, hash, verdict: asking, reason: reason.trim() })}
        onClose={() => setAsking(null)}
      >
        {asking === 'refuse' ? (
          <Textarea
            label={t('confirm.reason')}
            description={t('confirm.reasonHint')}
            required
            autosize
            minRows={2}
            maxLength={4000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : (
          <Text fz="sm">{t('confirm.approveText')}</Text>
        )}
      </ConfirmModal>
    </Group>
  )
}
