import { Alert, Badge, Button, Code, Group, ScrollArea, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import type { ScoringPreviewView } from '#shared/projection/scoring-views.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useOrpc } from './engine.tsx'
import { useJob } from './job.ts'
import { refusalOf } from './refusal.ts'

/** A round of a decision or a text of a change, as the engine finds it. */
export interface TextPlace {
  readonly artifact: string
  /** Its hash. */
  readonly text: string
}

/** From what is said for this proposal alone, over exactly what will be sent, to the answer. */
export function AskModel(props: { readonly of: TextPlace; readonly role: Role; readonly onDone: () => void }) {
  const { of, role, onDone } = props
  const { t } = useTranslation(['scoring', 'common'])
  const { locale } = useLocale()
  const orpc = useOrpc()
  const queries = useQueryClient()
  const [forThis, setForThis] = useState('')
  const previewing = useMutation(orpc.scoring.preview.mutationOptions())
  const sending = useMutation(orpc.scoring.propose.mutationOptions())
  const { job, cancel } = useJob(sending.data?.job)
  const done = job?.state === 'done'
  useEffect(() => {
    if (!done) return
    void queries.invalidateQueries({ queryKey: orpc.scoring.key() }).then(onDone)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the answer is there
  }, [done])
  const look = (): void => {
    sending.reset()
    previewing.mutate({ ...of, role, language: locale, forThis })
  }
  const running = job?.state === 'running' || sending.isPending
  return (
    <Stack gap="sm">
      <Textarea
        label={t('ask.forThis')}
        description={t('ask.forThisHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        dir="auto"
        autosize
        minRows={1}
        maxLength={8000}
        disabled={running}
        value={forThis}
        onChange={(event) => {
          setForThis(event.currentTarget.value)
          previewing.reset()
        }}
      />
      <RefusalAlert refusal={previewing.error ? refusalOf(previewing.error) : null} />
      <RefusalAlert refusal={sending.error ? refusalOf(sending.error) : null} />
      {job && !done ? <JobProgress job={job} onCancel={cancel} /> : null}
      {job?.state === 'failed' ? (
        <Text fz="sm" c="dimmed">
          {t('ask.byHand')}
        </Text>
      ) : null}
      {previewing.data && sending.data === undefined ? <Preview preview={previewing.data} /> : null}
      <Group justify="flex-end">
        {running ? null : (
          <Button variant="default" onClick={onDone}>
            {t('common:close')}
          </Button>
        )}
        {previewing.data && sending.data === undefined ? (
          <Button loading={sending.isPending} onClick={() => sending.mutate({ token: previewing.data.token })}>
            {t('ask.send', { origin: previewing.data.origin })}
          </Button>
        ) : (
          <Button disabled={running} loading={previewing.isPending} onClick={look}>
            {t('ask.look')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Preview({ preview }: { readonly preview: ScoringPreviewView }) {
  const { t } = useTranslation('scoring')
  const { f } = useLocale()
  const [run, setRun] = useState(0)
  const shown = preview.runs[run]
  return (
    <Stack gap="sm">
      <Alert color={preview.own ? 'leaf' : 'amber'} title={t('ask.title', { origin: preview.origin })}>
        <Text fz="sm">{t(preview.own ? 'ask.own' : 'ask.notOwn')}</Text>
        {preview.leftOut.length > 0 ? (
          <Text fz="sm">
            {t('ask.leftOut')} {preview.leftOut.map((what) => t(`ask.left.${what}`)).join(t('propose.comma'))}
          </Text>
        ) : null}
      </Alert>
      <Group gap="sm">
        {preview.classes.map((one) => (
          <ClassBadge key={one} dataClass={one} />
        ))}
        <Badge variant="outline" color="gray" tt="none">
          <bdi>{preview.model}</bdi>
        </Badge>
        <HashBadge hash={preview.hash} label={t('ask.hash')} />
      </Group>
      <SegmentedControl
        aria-label={t('ask.run')}
        value={String(run)}
        onChange={(value) => setRun(Number(value))}
        data={preview.runs.map((_, at) => ({ value: String(at), label: t('ask.runNumber', { number: f.number(at + 1) }) }))}
      />
      <ScrollArea.Autosize mah="18rem" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('ask.text') }}>
        <Code block dir="ltr" style={{ whiteSpace: 'pre-wrap' }}>
          {shown ? `${shown.system}\n\n${shown.user}` : ''}
        </Code>
      </ScrollArea.Autosize>
    </Stack>
  )
} // prettier-ignore
