import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconHandStop, IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView, SettlementView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { FindingText } from './finding.tsx'
import { ProposeSettlement } from './propose-settlement.tsx'
import { WhyNot } from './why-not.tsx'

/** Words by which the parties end it themselves: those on the table, who has signed, and the way to propose others. */
export function Settlements({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const [proposing, setProposing] = useState(false)
  const { settlements, closed, open } = one
  if (!open && settlements.length === 0) return null
  const any = settlements.some(({ superseded }) => !superseded)
  return (
    <Paper component="section" aria-label={t('settle.title')}>
      <Title order={2} mb={4}>
        {t('settle.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('settle.about')}
      </Text>
      <Stack>
        {settlements.length === 0 ? <Text c="dimmed">{t('settle.none')}</Text> : null}
        {settlements.map((settlement) => (
          <Settlement key={settlement.hash} one={one} settlement={settlement} />
        ))}
        {open ? (
          <Group justify="flex-end">
            {closed.propose === null ? (
              <Button variant="default" leftSection={<IconHandStop size={18} aria-hidden="true" />} onClick={() => setProposing(true)}>
                {t(any ? 'settle.another' : 'settle.propose')}
              </Button>
            ) : (
              <WhyNot code={closed.propose} />
            )}
          </Group>
        ) : null}
      </Stack>
      {proposing ? <ProposeSettlement one={one} onClose={() => setProposing(false)} /> : null}
    </Paper>
  )
} // prettier-ignore

function Settlement({ one, settlement }: { readonly one: DisputeView; readonly settlement: SettlementView }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const author = useAuthorText()
  const { hash, finding, terms, proposed, signatures, superseded, stands, complete } = settlement
  const [first] = proposed
  const [color, state] = stands
    ? (['leaf', 'stands'] as const)
    : superseded
      ? (['gray', 'replaced'] as const)
      : (['amber', complete ? 'crossed' : 'waits'] as const)
  return (
    <Paper component="article" withBorder p="md" aria-label={first ? t('settle.proposedBy', { name: author(first.by) }) : t('settle.title')}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <FindingText one={one} finding={finding} terms={terms} />
          <Badge color={color} variant="light">
            {t(`settle.${state}`)}
          </Badge>
        </Group>
        <Text fz="sm" c="dimmed">
          {first ? (
            <>
              {t('settle.proposedBy', { name: author(first.by) })} · <When at={first.at} withTime both={false} /> ·{' '}
            </>
          ) : null}
          <HashBadge hash={hash} label={t('settle.hash')} />
        </Text>
        {signatures.map(({ company, name, signed }) => (
          <Group key={company} gap={6} wrap="nowrap" align="flex-start">
            {signed ? (
              <IconCircleCheck size={18} color="var(--mantine-color-leaf-6)" aria-hidden="true" style={{ flex: 'none' }} />
            ) : (
              <IconCircleDashed size={18} color="var(--mantine-color-dimmed)" aria-hidden="true" style={{ flex: 'none' }} />
            )}
            <Text fz="sm">
              <bdi>{pick(name)}</bdi>: {signed ? `${t('settle.signed')} · ` : t('settle.unsigned')}
              {signed ? (
                <>
                  {author(signed.by)} · <When at={signed.at} withTime both={false} />
                </>
              ) : null}
            </Text>
          </Group>
        ))}
        <Sign one={one} settlement={settlement} />
      </Stack>
    </Paper>
  )
} // prettier-ignore

function Sign({ one, settlement }: { readonly one: DisputeView; readonly settlement: SettlementView }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const signing = useMutation({
    ...useOrpc().disputes.sign.mutationOptions(),
    onSuccess: () => notify.done(t('settle.done')),
    onSettled: () => setAsking(false),
  })
  const { hash, finding, terms, closed, superseded, signatures } = settlement
  const signedByUs = signatures.some(({ own, signed }) => own && signed !== null)
  if (!one.open || superseded || signedByUs) return null
  if (closed !== null) return <WhyNot code={closed} />
  return (
    <>
      <Group justify="flex-end">
        <Button leftSection={<IconSignature size={18} aria-hidden="true" />} onClick={() => setAsking(true)}>
          {t('settle.sign')}
        </Button>
      </Group>
      {signing.error ? <RefusalAlert refusal={refusalOf(signing.error)} /> : null}
      <ConfirmModal
        opened={asking}
        title={t('settle.ask')}
        action={t('settle.sign')}
        busy={signing.isPending}
        onConfirm={() => signing.mutate({ artifact: one.id, dispute: one.dispute, hash })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('settle.meaning')}</Text>
        <FindingText one={one} finding={finding} terms={terms} />
        <Text fz="sm">
          {t('settle.hash')} <HashBadge hash={hash} label={t('settle.hash')} />
        </Text>
      </ConfirmModal>
    </>
  )
}
