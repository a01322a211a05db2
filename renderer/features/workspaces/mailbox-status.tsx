import { Alert, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Instant } from '#shared/kernel/time.ts'
import type { MailboxView } from '#shared/projection/workspace-views.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useSentence } from '#ui/parts/sentence.ts'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'

const TONE: Readonly<Record<MailboxView['state'], Tone>> = {
  connected: 'good',
  connecting: 'busy',
  unreachable: 'off',
  refused: 'bad',
}

/** What is true of the mailbox: reached or not, when everything was there, what waits in it, and what is missing. */
export function MailboxStatus(props: { readonly mailbox: MailboxView; readonly hasChannels: boolean }) {
  const { mailbox, hasChannels } = props
  const { t } = useTranslation('workspaces')
  const { f } = useLocale()
  const sentence = useSentence()
  const { storedAt, fetchedAt, unstored, waiting, missing } = mailbox
  const exchanging = hasChannels && mailbox.state === 'connected' && !mailbox.level && !mailbox.refusal && missing === 0
  const at = (moment: Instant | undefined) =>
    moment === undefined ? t('never') : <When at={moment} withTime both={false} />
  return (
    <Stack gap="xs">
      <StatusDot tone={exchanging ? 'busy' : TONE[mailbox.state]}>
        {t(exchanging ? 'mailbox.exchanging' : `mailbox.state.${mailbox.state}`)}
      </StatusDot>
      {mailbox.refusal ? <Alert color="red">{sentence(mailbox.refusal)}</Alert> : null}
      {mailbox.state === 'unreachable' ? (
        <Text fz="sm" c="dimmed">
          {t('mailbox.unreachableHint')}
        </Text>
      ) : null}
      <KeyValue
        items={[
          [t('mailbox.storedAt'), at(storedAt)],
          [t('mailbox.fetchedAt'), at(fetchedAt)],
          unstored === undefined ? null : [t('mailbox.unstored'), f.number(unstored)],
          waiting === undefined ? null : [t('mailbox.waiting'), f.number(waiting)],
        ]}
      />
      {missing > 0 ? (
        <Alert color="amber" title={t('mailbox.missing')}>
          {t('mailbox.missingHint', { count: missing })}
        </Alert>
      ) : null}
    </Stack>
  )
}
