import { Button, Group, Modal, NumberInput, Paper, Select, Stack, Table, Text, Textarea, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { termText } from '#shared/agreement/term-text.ts'
import type { TradeOffView } from '#shared/projection/negotiation-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { useSubjectName } from './subject-name.ts'

/** What each company gave and what it received for it, in its own words. */
export function TradeOffs() {
  const { t } = useTranslation('negotiation')
  const { agreement, live } = useDesk()
  const [recording, setRecording] = useState(false)
  const found = useQuery(useOrpc().negotiation.tradeOffs.queryOptions({ input: { artifact: agreement.id } }))
  return (
    <Paper>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('tradeOff.title')}</Title>
        {live.mayWrite ? (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setRecording(true)}
          >
            {t('tradeOff.record')}
          </Button>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="md">
        {t('tradeOff.about')}
      </Text>
      <RefusalAlert refusal={found.error ? refusalOf(found.error) : null} />
      {found.data?.length === 0 ? <Text>{t('tradeOff.none')}</Text> : null}
      {found.data && found.data.length > 0 ? (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('tradeOff.party')}</Table.Th>
                <Table.Th>{t('tradeOff.given')}</Table.Th>
                <Table.Th>{t('tradeOff.received')}</Table.Th>
                <Table.Th>{t('tradeOff.worth')}</Table.Th>
                <Table.Th>{t('tradeOff.why')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.data.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {recording ? <Record onClose={() => setRecording(false)} /> : null}
    </Paper>
  )
}

const RIYALS = { label: { en: '', ar: '' }, unit: 'halalas', usual: null } as const

function Row({ one }: { readonly one: TradeOffView }) {
  const { t } = useTranslation('negotiation')
  const { pick } = useLocale()
  const { agreement, live } = useDesk()
  const subject = useSubjectName()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const withdrawing = useMutation({
    ...useOrpc().negotiation.withdrawTradeOff.mutationOptions(),
    onError: notify.refused,
    onSettled: () => setAsking(false),
  })
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Text fz="sm" fw={500}>
          <bdi>{pick(one.by.company.name)}</bdi>
        </Text>
        <Text fz="xs" c="dimmed">
          <bdi>{pick(one.by.person.name)}</bdi> · <When at={one.at} both={false} />
        </Text>
        {one.by.own && live.mayWrite ? (
          <Button size="compact-xs" variant="subtle" color="gray" px={0} onClick={() => setAsking(true)}>
            {t('tradeOff.withdraw')}
          </Button>
        ) : null}
      </Table.Td>
      <Table.Td dir="auto">{one.given}</Table.Td>
      <Table.Td dir="auto">{one.received}</Table.Td>
      <Table.Td>
        {one.worth === null ? t('tradeOff.noWorth') : pick(termText(RIYALS, one.worth)).split(' (')[0]}
      </Table.Td>
      <Table.Td>
        <Text fz="sm" dir="auto">
          {one.rationale}
        </Text>
        {one.clause === null ? null : (
          <Text fz="xs" c="dimmed">
            <bdi>{subject.clause(one.clause)}</bdi>
          </Text>
        )}
        <ConfirmModal
          opened={asking}
          title={t('tradeOff.withdrawAsk')}
          action={t('tradeOff.withdraw')}
          busy={withdrawing.isPending}
          onConfirm={() => withdrawing.mutate({ artifact: agreement.id, tradeOff: one.id })}
          onClose={() => setAsking(false)}
        >
          <Text>{t('tradeOff.withdrawMeaning')}</Text>
        </ConfirmModal>
      </Table.Td>
    </Table.Tr>
  )
}

const EMPTY = { given: '', received: '', rationale: '', worth: '' as string | number, clause: null as string | null }

function Record({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['negotiation', 'common'])
  const { agreement, draft } = useDesk()
  const subject = useSubjectName()
  const [form, setForm] = useState(EMPTY)
  const recording = useMutation({ ...useOrpc().negotiation.recordTradeOff.mutationOptions(), onSuccess: onClose })
  const text = (name: 'given' | 'received' | 'rationale') => (
    <Textarea
      label={t(`tradeOff.${name === 'rationale' ? 'why' : name}`)}
      dir="auto"
      autosize
      minRows={2}
      maxLength={2000}
      value={form[name]}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('tradeOff.record')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text fz="sm" c="dimmed">
          {t('tradeOff.seen')}
        </Text>
        {text('given')}
        {text('received')}
        <NumberInput
          label={t('tradeOff.worthIn')}
          min={0}
          max={1e12}
          decimalScale={2}
          thousandSeparator=","
          value={form.worth}
          onChange={(worth) => setForm({ ...form, worth })}
        />
        <Select
          label={t('tradeOff.clause')}
          clearable
          data={draft.clauses.map(({ id }) => ({ value: id, label: subject.clause(id) }))}
          value={form.clause}
          onChange={(clause) => setForm({ ...form, clause })}
        />
        {text('rationale')}
        <RefusalAlert refusal={recording.error ? refusalOf(recording.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={!form.given.trim() || !form.received.trim() || !form.rationale.trim()}
            loading={recording.isPending}
            onClick={() =>
              recording.mutate({
                artifact: agreement.id,
                given: form.given.trim(),
                received: form.received.trim(),
                rationale: form.rationale.trim(),
                worth: typeof form.worth === 'number' ? Math.round(form.worth * 100) : null,
                clause: form.clause,
              })
            }
          >
            {t('tradeOff.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
