import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView, ConditionView, MatterView } from '#shared/projection/change-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

/** What would make it feasible, what of that is met, and the provider's look at it. */
export function Conditions({ text, matter }: { readonly text: ChangeTextView; readonly matter: MatterView }) {
  const { t } = useTranslation('change')
  const { change } = useDesk()
  const notify = useNotify()
  const [meeting, setMeeting] = useState<ConditionView | null>(null)
  const confirming = useMutation({
    ...useOrpc().changes.confirm.mutationOptions(),
    onSuccess: () => notify.done(t('conditions.confirmed')),
    onError: notify.refused,
  })
  const author = useAuthorText()
  return (
    <Stack gap="xs" component="section" aria-label={t('conditions.title')}>
      <Text fw={600}>{t('conditions.title')}</Text>
      {matter.conditions.map((one) => (
        <Group key={one.id} align="flex-start" wrap="nowrap" gap="xs">
          {one.met ? (
            <IconCircleCheck size={18} color="var(--mantine-color-leaf-6)" aria-hidden="true" style={{ flexShrink: 0, marginBlockStart: 3 }} />
          ) : (
            <IconCircleDashed size={18} aria-hidden="true" style={{ flexShrink: 0, marginBlockStart: 3 }} />
          )}
          <div style={{ flex: 1 }}>
            <Text dir="auto">{one.text}</Text>
            <Text fz="sm" c="dimmed" dir="auto">
              {one.met ? `${t('conditions.met')}: ${one.met.evidence}` : t('conditions.open')}
            </Text>
            {one.met ? (
              <Text fz="sm" c="dimmed">
                {author(one.met.by)} · <When at={one.met.at} withTime both={false} />
              </Text>
            ) : null}
          </div>
          {!one.met && text.own?.mayMeet ? (
            <Button size="xs" variant="default" onClick={() => setMeeting(one)}>
              {t('conditions.mark')}
            </Button>
          ) : null}
        </Group>
      ))}
      {text.own?.mayConfirm ? (
        <Group justify="flex-end">
          <Button loading={confirming.isPending} onClick={() => confirming.mutate({ artifact: change.id, change: text.hash })}>
            {t('conditions.confirm')}
          </Button>
        </Group>
      ) : null}
      {meeting ? <Meet text={text} condition={meeting} onClose={() => setMeeting(null)} /> : null}
    </Stack>
  )
} // prettier-ignore

function Meet(props: { readonly text: ChangeTextView; readonly condition: ConditionView; readonly onClose: () => void }) {
  const { text, condition, onClose } = props
  const { t } = useTranslation('change')
  const { change } = useDesk()
  const notify = useNotify()
  const [evidence, setEvidence] = useState('')
  const marking = useMutation({
    ...useOrpc().changes.meet.mutationOptions(),
    onSuccess: () => notify.done(t('conditions.marked')),
    onError: notify.refused,
    onSettled: onClose,
  })
  return (
    <ConfirmModal
      opened
      title={t('conditions.ask')}
      action={t('conditions.mark')}
      busy={marking.isPending}
      disabled={evidence.trim() === ''}
      onConfirm={() => marking.mutate({ artifact: change.id, change: text.hash, condition: condition.id, evidence })}
      onClose={onClose}
    >
      <Text dir="auto">{condition.text}</Text>
      <Textarea
        label={t('conditions.evidence')}
        description={t('conditions.evidenceHint')}
        dir="auto"
        autosize
        minRows={2}
        maxLength={4000}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
    </ConfirmModal>
  )
} // prettier-ignore
