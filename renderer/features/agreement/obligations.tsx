import { Badge, Button, Group, Modal, Paper, Stack, Table, Text, Textarea, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDone, type Obligation } from '#shared/agreement/obligations.ts'
import { dateOf, type Instant } from '#shared/kernel/time.ts'
import type { AgreementLifeView } from '#shared/projection/agreement-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

/** What the signed text obliges to, by day, and what is done of it. */
export function Obligations({ view }: { readonly view: AgreementLifeView }) {
  const { t } = useTranslation('agreement-life')
  const [marking, setMarking] = useState<Obligation | null>(null)
  const owed = view.life.obligations.toSorted((left, right) => ((left.due ?? '9') < (right.due ?? '9') ? -1 : 1))
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('owed')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {owed.length === 0 ? t('nothing') : t('owedText')}
      </Text>
      {owed.length > 0 ? (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('what')}</Table.Th>
                <Table.Th>{t('who')}</Table.Th>
                <Table.Th>{t('due')}</Table.Th>
                <Table.Th>{t('state_')}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {owed.map((one) => (
                <Row key={one.id} one={one} view={view} onMark={() => setMarking(one)} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {marking ? <Mark one={marking} onClose={() => setMarking(null)} /> : null}
    </Paper>
  )
}

function Row(props: { readonly one: Obligation; readonly view: AgreementLifeView; readonly onMark: () => void }) {
  const { one, view, onMark } = props
  const { t } = useTranslation('agreement-life')
  const { pick, f } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const back = useMutation({ ...useOrpc().agreements.stateObligation.mutationOptions(), onError: notify.refused })
  const named = (company: string): string => pick(view.parties.find((party) => party.company === company)?.name ?? { en: '', ar: '' }) // prettier-ignore
  const late = !isDone(one) && !one.ended && one.due !== null && one.due < dateOf(Date.now() as Instant)
  const mine = one.done.some(({ company }) => company === view.company)
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{pick(one.what)}</bdi>
        {one.done.map((word) => (
          <Text key={word.company} fz="sm" c="dimmed">
            <bdi>{named(word.company)}</bdi>, <bdi>{pick(word.by)}</bdi>, <When at={word.at} both={false} />:{' '}
            <bdi>{word.evidence}</bdi>
          </Text>
        ))}
      </Table.Td>
      <Table.Td>{f.list(one.owners.map(named))}</Table.Td>
      <Table.Td>{one.due ? <When at={one.due} both={false} /> : t('noDay')}</Table.Td>
      <Table.Td>
        <Badge color={isDone(one) ? 'leaf' : late ? 'red' : 'gray'} variant="light">
          {isDone(one) ? t('done') : one.ended ? t('fallen') : late ? t('late') : t('isOpen')}
        </Badge>
      </Table.Td>
      <Table.Td ta="end">
        {one.owners.includes(view.company) && !one.ended ? (
          mine ? (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={back.isPending}
              onClick={() => back.mutate({ artifact: agreement.id, obligation: one.id, done: false, evidence: '' })}
            >
              {t('back')}
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" onClick={onMark}>
              {t('mark')}
            </Button>
          )
        ) : null}
      </Table.Td>
    </Table.Tr>
  )
}

function Mark({ one, onClose }: { readonly one: Obligation; readonly onClose: () => void }) {
  const { t } = useTranslation(['agreement-life', 'common'])
  const { pick } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const [evidence, setEvidence] = useState('')
  const marking = useMutation({
    ...useOrpc().agreements.stateObligation.mutationOptions(),
    onSuccess: () => {
      notify.done(t('marked'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={pick(one.what)} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack>
        <Textarea
          label={t('evidence')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={2000}
          data-autofocus
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <RefusalAlert refusal={marking.error ? refusalOf(marking.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={evidence.trim().length < 3}
            loading={marking.isPending}
            onClick={() =>
              marking.mutate({ artifact: agreement.id, obligation: one.id, done: true, evidence: evidence.trim() })
            }
          >
            {t('mark')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
