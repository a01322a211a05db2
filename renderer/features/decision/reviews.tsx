import { Alert, Badge, Button, Group, Modal, Radio, Spoiler, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VERDICTS, type Verdict } from '#shared/artifacts/decision-after-event.ts'
import type { AftermathView, ReviewView, RoundView } from '#shared/projection/decision-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { useDesk } from './desk.tsx'
import { FigureTable } from './figures.tsx'

const COLOR = { met: 'leaf', partly: 'amber', missed: 'red', 'too-early': 'gray' } as const

/** What each company says came of the decision, and the own company's word. */
export function Reviews({ round, after }: { readonly round: RoundView; readonly after: AftermathView }) {
  const { t } = useTranslation('decision')
  const { reviewOn } = round.content.after ?? { reviewOn: null }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3}>{t('after.review.title')}</Title>
        {after.mayAct ? <Say round={round} due={after.due !== null} /> : null}
      </Group>
      {reviewOn ? (
        <Text fz="sm" c="dimmed">
          {t('after.reviewOn')} <When at={reviewOn} />
        </Text>
      ) : null}
      {after.due ? <Alert color="amber">{t('after.review.due')}</Alert> : null}
      {after.reviews.length === 0 ? <Text c="dimmed">{t('after.review.none')}</Text> : null}
      {after.reviews.map((review) => (
        <Review key={review.id} review={review} />
      ))}
    </Stack>
  )
}

function Review({ review }: { readonly review: ReviewView }) {
  const { t } = useTranslation('decision')
  const author = useAuthorText()
  const { by, on, verdict, note, figures, stands } = review
  return (
    <div>
      <Group gap="xs">
        <Badge color={stands ? COLOR[verdict] : 'gray'} variant="light">
          {t(`after.verdict.${verdict}`)}
        </Badge>
        <Text fz="sm" c="dimmed">
          {author(by)} · <When at={on} both={false} />
          {stands ? null : ` · ${t('after.review.earlier')}`}
        </Text>
      </Group>
      <Said mt={4}>{note}</Said>
      {figures.length > 0 ? (
        <Spoiler maxHeight={0} showLabel={t('after.review.measures')} hideLabel={t('whatIf.close')} mt={4}>
          <FigureTable figures={figures} />
        </Spoiler>
      ) : null}
    </div>
  )
}

function Say({ round, due }: { readonly round: RoundView; readonly due: boolean }) {
  const { t } = useTranslation(['decision', 'common'])
  const { decision } = useDesk()
  const notify = useNotify()
  const [open, setOpen] = useState(false)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [note, setNote] = useState('')
  const saying = useMutation({
    ...useOrpc().decisions.review.mutationOptions(),
    onSuccess: () => {
      setOpen(false)
      setVerdict(null)
      setNote('')
      notify.done(t('after.review.done'))
    },
  })
  return (
    <>
      <Button
        variant={due ? 'filled' : 'default'}
        leftSection={<IconClipboardCheck size={18} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('after.review.say')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('after.review.say')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Radio.Group
            label={t('after.review.verdict')}
            value={verdict}
            onChange={(value) => setVerdict(value as Verdict)}
          >
            <Stack gap="xs" mt="xs">
              {VERDICTS.map((one) => (
                <Radio key={one} value={one} label={t(`after.verdict.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('after.review.note')}
            description={t('after.review.noteHint')}
            dir="auto"
            autosize
            minRows={3}
            maxLength={8000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <RefusalAlert refusal={saying.error ? refusalOf(saying.error) : null} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('common:cancel')}
            </Button>
            <Button
              disabled={verdict === null || note.trim() === ''}
              loading={saying.isPending}
              onClick={() => {
                if (verdict) saying.mutate({ artifact: decision.id, round: round.hash, verdict, note: note.trim() })
              }}
            >
              {t('after.review.action')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
