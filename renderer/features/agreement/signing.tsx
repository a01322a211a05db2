import {
  Alert,
  Badge,
  Button,
  Group,
  Modal,
  NumberInput,
  Paper,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import { IconDownload, IconSignature, IconWritingSign } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementVersionView } from '#shared/projection/agreement-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { Certified } from './certified.tsx'
import { CheckFile } from './check-file.tsx'
import { useDesk } from './desk.tsx'
import { GateText } from './gate-text.tsx'
import { MissingApproval } from './missing-approval.tsx'
import { RedLines } from './red-lines.tsx'
import { SavePack } from './save-pack.tsx'
import { SignatureRow } from './signature-row.tsx'

const STATE_COLOR = { signing: 'amber', declined: 'red', signed: 'leaf', superseded: 'gray' } as const
/** The authority was asked and gave no timestamp: the person decides whether to wait. */
const STAMP_REFUSALS: readonly string[] = ['timestamp-unavailable', 'timestamp-refused']

/** Closing the draft for signature, and the versions that were closed; one that is being signed, or is in force, comes first. */
export function Signing() {
  const { t } = useTranslation('agreement')
  const { agreement } = useDesk()
  const isUnderWay = agreement.versions.some(({ state }) => state === 'signing' || state === 'signed')
  return (
    <Stack gap="lg">
      {isUnderWay ? null : <Close />}
      {agreement.versions.length === 0 ? (
        <EmptyState
          icon={<IconSignature aria-hidden="true" />}
          title={t('versions.none')}
          text={t('versions.noneText')}
        />
      ) : (
        agreement.versions.map((version) => <Version key={version.hash} version={version} />)
      )}
      {isUnderWay ? <Close /> : null}
      <CheckFile />
      <Alert color="sand" title={t('honest.title')}>
        <Text fz="sm">{t('honest.text')}</Text>
      </Alert>
    </Stack>
  )
}

function Close() {
  const { t } = useTranslation('agreement')
  const { live, gates, agreement } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const [days, setDays] = useState<number | string>(30)
  const closing = useMutation({
    ...useOrpc().agreements.freeze.mutationOptions(),
    onSuccess: () => notify.done(t('close.done')),
    onSettled: () => setAsking(false),
  })
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('close.title')}
      </Title>
      {gates.length > 0 ? (
        <>
          <Text fz="sm" c="dimmed">
            {t('close.gates', { count: gates.length })}
          </Text>
          {gates.map((gate, at) => (
            <GateText key={`${gate.code}/${String(at)}`} gate={gate} />
          ))}
        </>
      ) : (
        <>
          <Text fz="sm" c="dimmed" mb="md">
            {t('close.ready')}
          </Text>
          <RedLines />
          <MissingApproval gate={agreement.closeApproval} of="close" />
          <Button
            leftSection={<IconWritingSign size={18} aria-hidden="true" />}
            disabled={!live.mayWrite}
            loading={closing.isPending}
            onClick={() => setAsking(true)}
          >
            {t('close.action')}
          </Button>
        </>
      )}
      {closing.error ? <RefusalAlert refusal={refusalOf(closing.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        title={t('close.ask')}
        action={t('close.action')}
        busy={closing.isPending}
        onConfirm={() => closing.mutate({ artifact: agreement.id, signDays: typeof days === 'number' ? days : null })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('close.meaning')}</Text>
        <NumberInput
          label={t('close.days')}
          description={t('close.daysHint')}
          min={1}
          max={365}
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        <RedLines />
      </ConfirmModal>
    </Paper>
  )
}

function Version({ version }: { readonly version: AgreementVersionView }) {
  const { t } = useTranslation('agreement')
  const { f, pick } = useLocale()
  const { agreement } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const saving = useMutation({
    mutationFn: async () =>
      saveDownload(client, await client.agreements.file({ artifact: agreement.id, hash: version.hash })),
    onSuccess: () => notify.done(t('file.saved')),
    onError: notify.refused,
  })
  return (
    <Paper component="section" aria-label={t('versions.name', { number: f.number(version.version) })}>
      <Group justify="space-between" mb="xs">
        <Group gap="sm">
          <Title order={2}>{t('versions.name', { number: f.number(version.version) })}</Title>
          <Badge color={version.lapsed ? 'red' : STATE_COLOR[version.state]} variant="light">
            {t(`state.${version.lapsed ? 'lapsed' : version.state}`)}
          </Badge>
        </Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} aria-hidden="true" />}
          disabled={!version.fileHere}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {t('file.save')}
        </Button>
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        <bdi>{t('versions.closedBy', { name: pick(version.frozenBy) })}</bdi> ·{' '}
        <When at={version.frozenAt} withTime both={false} /> ·{' '}
        <HashBadge hash={version.hash} label={t('versions.hash')} />
        {version.state === 'signing' && version.signBy ? (
          <>
            {' '}
            · {t('versions.signBy')} <When at={version.signBy} both={false} />
          </>
        ) : null}
      </Text>
      {version.declined ? (
        <Alert color="red" mb="sm" title={t('declined.by', { name: pick(version.declined.name) })}>
          <Text fz="sm" dir="auto">
            {version.declined.reason}
          </Text>
        </Alert>
      ) : null}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('signature.who')}</Table.Th>
            <Table.Th>{t('signature.state')}</Table.Th>
            <Table.Th>{t('signature.when')}</Table.Th>
            <Table.Th>{t('signature.seen')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {version.signatures.map((one) => (
            <SignatureRow key={one.signatory} one={one} hash={version.hash} />
          ))}
        </Table.Tbody>
      </Table>
      {version.ask ? <Ask version={version} /> : null}
      {version.state === 'signed' ? (
        <>
          <SavePack version={version} />
          <Certified version={version} />
        </>
      ) : null}
    </Paper>
  )
}

function Ask({ version }: { readonly version: AgreementVersionView }) {
  const { t } = useTranslation(['agreement', 'common'])
  const { agreement } = useDesk()
  const notify = useNotify()
  const [signing, setSigning] = useState(false)
  const [declining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const place = { artifact: agreement.id, hash: version.hash }
  const orpc = useOrpc()
  const sign = useMutation({
    ...orpc.agreements.sign.mutationOptions(),
    onSuccess: () => notify.done(t('sign.done')),
    onSettled: () => setSigning(false),
  })
  const decline = useMutation({
    ...orpc.agreements.decline.mutationOptions(),
    onError: notify.refused,
    onSettled: () => setDeclining(false),
  })
  return (
    <Stack mt="md" gap="sm">
      <RedLines content={version.content} />
      <MissingApproval gate={version.ask?.approval ?? null} of="sign" />
      <RefusalAlert refusal={sign.error ? refusalOf(sign.error) : (version.ask?.refusal ?? null)} />
      {sign.error && STAMP_REFUSALS.includes(refusalOf(sign.error).code) ? (
        <Group gap="md">
          <Button
            variant="default"
            loading={sign.isPending}
            onClick={() => sign.mutate({ ...place, withoutTimestamp: true })}
          >
            {t('timestamp.without')}
          </Button>
          <Text fz="sm" c="dimmed">
            {t('timestamp.withoutMeaning')}
          </Text>
        </Group>
      ) : null}
      <Group>
        <Button
          leftSection={<IconSignature size={18} aria-hidden="true" />}
          disabled={version.ask?.refusal != null}
          loading={sign.isPending}
          onClick={() => setSigning(true)}
        >
          {t('sign.action')}
        </Button>
        <Button variant="default" onClick={() => setDeclining(true)}>
          {t('declined.action')}
        </Button>
      </Group>
      <ConfirmModal
        opened={signing}
        title={t('sign.ask', { number: version.version })}
        action={t('sign.action')}
        busy={sign.isPending}
        onConfirm={() => sign.mutate(place)}
        onClose={() => setSigning(false)}
      >
        <Text>{t('sign.meaning')}</Text>
        {agreement.timestampHost === null ? null : (
          <Text>{t('timestamp.with', { host: agreement.timestampHost })}</Text>
        )}
        <RedLines content={version.content} />
        <HashBadge hash={version.hash} label={t('versions.hash')} />
      </ConfirmModal>
      <Modal
        opened={declining}
        onClose={() => setDeclining(false)}
        title={t('declined.ask')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Text fz="sm">{t('declined.meaning')}</Text>
          <Textarea
            label={t('declined.reason')}
            dir="auto"
            autosize
            minRows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setDeclining(false)}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red"
              disabled={reason.trim() === ''}
              loading={decline.isPending}
              onClick={() => decline.mutate({ ...place, reason: reason.trim() })}
            >
              {t('declined.action')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}
