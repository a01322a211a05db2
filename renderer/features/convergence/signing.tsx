import { Badge, Button, Group, Paper, Table, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView, SignedView } from '#shared/projection/convergence-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { useClauseText } from './value.tsx'

/** What the accepted offer comes to, its one hash, and who has accepted and signed. */
export function Signing({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { outcome, accepted, confirmed, verified } = request
  if (!outcome || !accepted) return null
  return (
    <Paper component="section" aria-label={t('sign.title')}>
      <Title order={2} mb={4}>
        {t('sign.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('sign.about')}
      </Text>
      <Text mb="sm">
        {t('sign.hash')} <HashBadge hash={outcome.hash} label={t('sign.hash')} />
      </Text>
      <Agreed request={request} />
      <Table mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sign.step')}</Table.Th>
            <Table.Th>{t('sign.company')}</Table.Th>
            <Table.Th>{t('sign.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Word step="accept" said={accepted} />
          <Word step="first" said={confirmed} />
          <Word step="second" said={verified} />
        </Table.Tbody>
      </Table>
      <Sign request={request} hash={outcome.hash} />
    </Paper>
  )
}

/** The values of the accepted offer. */
function Agreed({ request }: { readonly request: RequestView }) {
  const { pick } = useLocale()
  const value = useClauseText()
  const offer = request.offers.find(({ id }) => id === request.outcome?.offer)
  if (!offer) return null
  return <KeyValue items={request.content.clauses.map((one) => [pick(one.label), value(one, offer.values[one.id])])} />
}

function Word({ step, said }: { readonly step: 'accept' | 'first' | 'second'; readonly said: SignedView | null }) {
  const { t } = useTranslation('convergence')
  const author = useAuthorText()
  return (
    <Table.Tr>
      <Table.Td>{t(`sign.${step}`)}</Table.Td>
      <Table.Td>
        {said ? (
          <Group gap={6} wrap="nowrap">
            <IconCircleCheck size={16} color="var(--mantine-color-leaf-6)" aria-hidden="true" />
            {author(said.by)}
          </Group>
        ) : (
          <Badge color="gray" variant="light">
            {t('sign.waits')}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>{said ? <When at={said.at} withTime both={false} /> : '—'}</Table.Td>
    </Table.Tr>
  )
}

function Sign({ request, hash }: { readonly request: RequestView; readonly hash: string }) {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  const orpc = useOrpc().convergence
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const after = { onSuccess: () => notify.done(t('sign.done')), onSettled: () => setAsking(false) }
  const confirm = useMutation({ ...orpc.confirm.mutationOptions(), ...after })
  const verify = useMutation({ ...orpc.verify.mutationOptions(), ...after })
  const step = request.own?.asks.find((ask) => ask === 'confirm' || ask === 'verify')
  const signing = step === 'verify' ? verify : confirm
  const error = confirm.error ?? verify.error
  return (
    <>
      {step ? (
        <Group justify="flex-end" mt="md">
          <Button leftSection={<IconSignature size={18} aria-hidden="true" />} onClick={() => setAsking(true)}>
            {t(`sign.${step}`)}
          </Button>
        </Group>
      ) : null}
      {error ? <RefusalAlert refusal={refusalOf(error)} mt="md" /> : null}
      {step ? (
        <ConfirmModal
          opened={asking}
          title={t('sign.ask')}
          action={t(`sign.${step}`)}
          busy={signing.isPending}
          onConfirm={() => signing.mutate({ artifact: negotiation.id, negotiation: request.hash, hash })}
          onClose={() => setAsking(false)}
        >
          <Text>{t('sign.meaning')}</Text>
          <Agreed request={request} />
          <Text fz="sm">
            {t('sign.hash')} <HashBadge hash={hash} label={t('sign.hash')} />
          </Text>
        </ConfirmModal>
      ) : null}
    </>
  )
}
