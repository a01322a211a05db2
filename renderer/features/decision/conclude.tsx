import { Alert, Badge, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconEye, IconHandStop, IconListCheck, IconMessages, IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { Reasoned } from '#ui/app/reasoned.tsx'
import { Said } from '#ui/parts/said.tsx'
import { isOffered } from './ruled.tsx'

/** The next step of this person in the round, and how it ends: showing, closing, signing, mediating. */
export function Conclude({ round }: { readonly round: RoundView }) {
  const { closing, mediations } = round
  return (
    <>
      <NextStep round={round} />
      {closing && (closing.tally.outcome === 'decided' || round.signatures.some(({ state }) => state !== 'waiting')) ? (
        <Signatures round={round} />
      ) : null}
      {mediations.length > 0 ? <Mediation round={round} /> : null}
    </>
  )
}

function NextStep({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { decision } = useDesk()
  const orpc = useOrpc().decisions
  const notify = useNotify()
  const done = (words: 'reveal.done' | 'close.done' | 'sign.done') => ({ onSuccess: () => notify.done(t(words)) })
  const reveal = useMutation({ ...orpc.reveal.mutationOptions(), ...done('reveal.done') })
  const close = useMutation({ ...orpc.close.mutationOptions(), ...done('close.done') })
  const sign = useMutation({ ...orpc.sign.mutationOptions(), ...done('sign.done') })
  const mediate = useMutation({ ...orpc.mediate.mutationOptions() })
  const place = { artifact: decision.id, round: round.hash }
  // What a dispute came to is taken up where it is shown.
  const asks = (round.own?.asks ?? []).filter((ask) => ask !== 'mediate' || !isOffered(round))
  const error = [reveal, close, sign, mediate].find((one) => one.error)?.error
  const step = (name: 'reveal' | 'close' | 'sign', icon: ReactNode, busy: boolean, act: () => void) => (
    <Group justify="space-between" key={name}>
      <Text style={{ flex: '1 1 18rem' }}>{t(`${name}.about`)}</Text>
      <Button leftSection={icon} loading={busy} onClick={act}>
        {t(`${name}.action`)}
      </Button>
    </Group>
  )
  if (!asks.some((ask) => ask === 'reveal' || ask === 'close' || ask === 'sign' || ask === 'mediate')) return null
  return (
    <Paper component="section" aria-label={t('next.title')}>
      <Title order={2} mb="sm">
        {t('next.title')}
      </Title>
      <Stack>
        {asks.includes('reveal')
          ? step('reveal', <IconEye size={18} aria-hidden="true" />, reveal.isPending, () => reveal.mutate(place))
          : null}
        {asks.includes('close')
          ? step('close', <IconListCheck size={18} aria-hidden="true" />, close.isPending, () => close.mutate(place))
          : null}
        {asks.includes('sign')
          ? step('sign', <IconSignature size={18} aria-hidden="true" />, sign.isPending, () =>
              sign.mutate({ ...place, list: round.closing?.hash ?? '' }),
            )
          : null}
        {asks.includes('mediate') ? (
          <Reasoned
            about={t('mediate.about')}
            action={t('mediate.action')}
            busy={mediate.isPending}
            icon={<IconMessages size={18} aria-hidden="true" />}
            onSay={(reason) => mediate.mutate({ ...place, reason, outcome: null })}
          />
        ) : null}
        <RefusalAlert refusal={error ? refusalOf(error) : null} />
      </Stack>
    </Paper>
  )
}

/** What stops a round while positions come in: a veto of a role that has one, and taking it back. */
export function Stop({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { decision } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc().decisions
  const veto = useMutation({ ...orpc.veto.mutationOptions(), onError: notify.refused })
  const withdraw = useMutation({ ...orpc.withdraw.mutationOptions(), onError: notify.refused })
  const place = { artifact: decision.id, round: round.hash }
  const mayWithdraw = round.standing === 'voting' && round.openedBy.own
  if (!round.own?.mayVeto && !mayWithdraw) return null
  return (
    <Paper component="section" aria-label={t('stop.title')}>
      <Title order={2} mb="sm">
        {t('stop.title')}
      </Title>
      <Stack>
        {round.own?.mayVeto
          ? round.content.options.map(({ id, title }) => (
              <Reasoned
                key={id}
                about={t('veto.about', { option: pick(title) })}
                action={t('veto.action')}
                icon={<IconHandStop size={18} aria-hidden="true" />}
                busy={veto.isPending}
                onSay={(reason) => veto.mutate({ ...place, option: id, reason })}
              />
            ))
          : null}
        {mayWithdraw ? (
          <Reasoned
            about={t('withdraw.about')}
            action={t('withdraw.action')}
            icon={<IconHandStop size={18} aria-hidden="true" />}
            busy={withdraw.isPending}
            onSay={(reason) => withdraw.mutate({ ...place, reason })}
          />
        ) : null}
      </Stack>
    </Paper>
  )
}

function Signatures({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { closing, signatures } = round
  return (
    <Paper component="section" aria-label={t('sign.title')}>
      <Title order={2} mb={4}>
        {t('sign.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('sign.list', { count: closing?.counted ?? 0 })} ·{' '}
        {closing ? <HashBadge hash={closing.hash} label={t('sign.hash')} /> : null}
      </Text>
      <Table>
        <Table.Tbody>
          {signatures.map((one) => (
            <Table.Tr key={one.company}>
              <Table.Td>
                <bdi>{pick(one.name)}</bdi>
                {one.own ? ` (${t('positions.you')})` : ''}
              </Table.Td>
              <Table.Td>
                <Badge
                  color={one.state === 'signed' ? 'leaf' : one.state === 'twice' ? 'red' : 'gray'}
                  variant="light"
                  leftSection={one.state === 'signed' ? <IconCircleCheck size={13} aria-hidden="true" /> : null}
                >
                  {t(`signature.${one.state}`)}
                </Badge>
              </Table.Td>
              <Table.Td>{one.by ? <bdi>{pick(one.by.person.name)}</bdi> : '—'}</Table.Td>
              <Table.Td>{one.at === null ? '—' : <When at={one.at} withTime both={false} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function Mediation({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  return (
    <Alert color="amber" title={t('mediate.title')}>
      <Stack gap="xs">
        {round.mediations.map(({ by, at, reason, until }) => (
          <div key={`${by.company.id}/${String(at)}`}>
            <Said fz="sm">{reason}</Said>
            <Text fz="xs" c="dimmed">
              <bdi>{pick(by.person.name)}</bdi>, <bdi>{pick(by.company.name)}</bdi> · <When at={at} both={false} /> ·{' '}
              {t('mediate.until')} <When at={until} both={false} />
            </Text>
          </div>
        ))}
        <Text fz="sm">{t('mediate.then')}</Text>
      </Stack>
    </Alert>
  )
}
