import { Alert, Badge, Button, Group, Modal, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconCalendarDown, IconCalendarEvent } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementLifeView } from '#shared/projection/agreement-views.ts'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { Obligations } from './obligations.tsx'
import { Replace, Replaced } from './replace.tsx'

const COLOR = { 'not-yet': 'sand', 'in-force': 'leaf', ending: 'amber', ended: 'gray', superseded: 'gray' } as const

/** What became of the agreement after it was signed: its term, its end, and what it obliges to. */
export function Life() {
  const { t } = useTranslation('agreement-life')
  const { agreement } = useDesk()
  const { life } = agreement
  if (!life)
    return <EmptyState icon={<IconCalendarEvent aria-hidden="true" />} title={t('none')} text={t('noneText')} />
  return (
    <Stack gap="lg">
      <Term view={life} />
      <Obligations view={life} />
      <DisputesAbout kind="agreement" id={agreement.id} />
    </Stack>
  )
}

function Term({ view }: { readonly view: AgreementLifeView }) {
  const { t } = useTranslation('agreement-life')
  const { f, pick, locale } = useLocale()
  const { agreement, live } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const [asking, setAsking] = useState<'notice' | 'agree' | null>(null)
  const saving = useMutation({
    mutationFn: async () => saveDownload(client, await client.agreements.calendar({ artifact: agreement.id, locale })),
    onSuccess: () => notify.done(t('saved')),
    onError: notify.refused,
  })
  const { life } = view
  const named = (company: string): string => pick(view.parties.find((one) => one.company === company)?.name ?? { en: '', ar: '' }) // prettier-ignore
  // What is replaced from a day before its own was never in force.
  const wasNever = life.until !== null && life.until < life.from
  const isOver = life.state === 'ended' || life.state === 'superseded'
  const may = view.refusal === null && !isOver
  return (
    <Paper>
      <Group justify="space-between" mb="sm">
        <Group gap="sm">
          <Title order={2}>{t('title')}</Title>
          <Badge color={COLOR[life.state]} variant="light">
            {t(`state.${life.state}`)}
          </Badge>
        </Group>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconCalendarDown size={17} aria-hidden="true" />}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {t('calendar')}
        </Button>
      </Group>
      <KeyValue
        items={[
          [t('from'), <When key="from" at={life.from} />],
          [t('until'), wasNever ? t('never') : life.until ? <When key="until" at={life.until} /> : t('open')],
          ...(life.noticeBy ? [[t('noticeBy'), <When key="notice" at={life.noticeBy} />] as const] : []),
        ]}
      />
      <Stack gap="sm" mt="sm">
        {life.renewed ? <Text fz="sm">{t('renewed')}</Text> : null}
        {life.notice ? (
          <Alert color="amber" role="status">
            {t('noticeText', {
              company: named(life.notice.company),
              name: pick(life.notice.by),
              day: f.date(life.notice.endsOn),
              reason: life.notice.reason,
            })}
          </Alert>
        ) : null}
        {life.open.map((one) => (
          <OpenTerm key={one.until} view={view} one={one} named={named} may={may} />
        ))}
        <Replaced view={view} />
        {life.state === 'superseded' ? null : (
          <Text fz="sm" c="dimmed">
            {t('amend')}
          </Text>
        )}
        <RefusalAlert refusal={isOver ? null : view.refusal} />
        {life.state === 'superseded' ? null : (
          <Group>
            <Button disabled={!may} onClick={() => setAsking('agree')}>
              {t('agree')}
            </Button>
            {view.earliestEnd && !life.notice ? (
              <Button variant="default" disabled={!may} onClick={() => setAsking('notice')}>
                {t('notice')}
              </Button>
            ) : null}
            {live.mayWrite && !isOver && life.replacements.length === 0 ? <Replace /> : null}
          </Group>
        )}
      </Stack>
      {asking ? <Ask kind={asking} view={view} onClose={() => setAsking(null)} /> : null}
    </Paper>
  )
}

function OpenTerm(props: {
  readonly view: AgreementLifeView
  readonly one: AgreementLifeView['life']['open'][number]
  readonly named: (company: string) => string
  readonly may: boolean
}) {
  const { view, one, named, may } = props
  const { t } = useTranslation('agreement-life')
  const { f } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const agreeing = useMutation({ ...useOrpc().agreements.agreeTerm.mutationOptions(), onSuccess: () => notify.done(t('agreed')), onError: notify.refused }) // prettier-ignore
  const day = f.date(one.until)
  return (
    <Alert color="sand" role="status">
      <Text fz="sm">{t('openTerm', { companies: f.list(one.companies.map(named)), day })}</Text>
      {may && !one.companies.includes(view.company) ? (
        <Button
          size="xs"
          mt="xs"
          loading={agreeing.isPending}
          onClick={() => agreeing.mutate({ artifact: agreement.id, until: one.until })}
        >
          {t('agreeThis', { day })}
        </Button>
      ) : null}
    </Alert>
  )
}

function Ask(props: {
  readonly kind: 'notice' | 'agree'
  readonly view: AgreementLifeView
  readonly onClose: () => void
}) {
  const { kind, view, onClose } = props
  const { t } = useTranslation(['agreement-life', 'common'])
  const { f } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const [day, setDay] = useState<string | null>(kind === 'notice' ? view.earliestEnd : view.life.until)
  const [reason, setReason] = useState('')
  const orpc = useOrpc()
  const done = (words: string) => () => {
    notify.done(words)
    onClose()
  }
  const giving = useMutation({ ...orpc.agreements.giveNotice.mutationOptions(), onSuccess: done(t('noticed')) })
  const agreeing = useMutation({ ...orpc.agreements.agreeTerm.mutationOptions(), onSuccess: done(t('agreed')) })
  const error = giving.error ?? agreeing.error
  const submit = (): void => {
    if (day === null) return
    if (kind === 'notice') giving.mutate({ artifact: agreement.id, endsOn: day, reason: reason.trim() })
    else agreeing.mutate({ artifact: agreement.id, until: day })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(kind === 'notice' ? 'noticeAsk' : 'agreeAsk')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text fz="sm">
          {kind === 'notice'
            ? t('noticeMeaning', { day: view.earliestEnd ? f.date(view.earliestEnd) : '' })
            : t('agreeText')}
        </Text>
        <DayInput
          label={t('day')}
          required
          value={day}
          {...(kind === 'notice' && view.earliestEnd ? { minDate: view.earliestEnd } : {})}
          onChange={setDay}
        />
        {kind === 'notice' ? (
          <Textarea
            label={t('reason')}
            dir="auto"
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        <RefusalAlert refusal={error ? refusalOf(error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            {...(kind === 'notice' ? { color: 'red' } : {})}
            disabled={day === null || (kind === 'notice' && reason.trim() === '')}
            loading={giving.isPending || agreeing.isPending}
            onClick={submit}
          >
            {t(kind === 'notice' ? 'notice' : 'agreeAsk')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
