import { Alert, Button, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WordReadingView } from '#shared/projection/negotiation-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { useSubjectName } from './subject-name.ts'
import { firstPlace, WordItemCard, type Place } from './word-item.tsx'

/** An edited Word file: first everything that it would change, then what of it is proposed. */
export function ReadWord({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['negotiation', 'common'])
  const { agreement } = useDesk()
  const client = useClient()
  const reading = useMutation({
    mutationFn: async (file: File) => {
      const id = await upload(client, file)
      return { id, read: await client.negotiation.readWord({ artifact: agreement.id, upload: id }) }
    },
  })
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('word.read')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        {reading.data ? (
          <Found key={reading.data.id} upload={reading.data.id} read={reading.data.read} onClose={onClose} />
        ) : (
          <>
            <Text fz="sm">{t('word.readAbout')}</Text>
            <FileDrop
              label={t('word.drop')}
              endings={['docx']}
              busy={reading.isPending}
              onFile={(file) => reading.mutate(file)}
            />
            <RefusalAlert refusal={reading.error ? refusalOf(reading.error) : null} />
          </>
        )}
      </Stack>
    </Modal>
  )
}

function Found(props: { readonly upload: string; readonly read: WordReadingView; readonly onClose: () => void }) {
  const { read, onClose } = props
  const { t } = useTranslation(['negotiation', 'common'])
  const { f } = useLocale()
  const { agreement } = useDesk()
  const author = useAuthorText()
  const subject = useSubjectName()
  const client = useClient()
  const notify = useNotify()
  const [places, setPlaces] = useState(() => new Map(read.items.map((item) => [item.id, firstPlace(item)])))
  const [rationale, setRationale] = useState('')
  const place = (id: string): Place => places.get(id) ?? 'undecided'
  const choices = read.items.flatMap(({ id }) => {
    const chosen = place(id)
    return typeof chosen === 'string' ? [] : [{ item: id, as: chosen.as, clause: chosen.clause }]
  })
  const undecided = read.items.filter(({ id }) => place(id) === 'undecided').length
  const proposing = useMutation({
    mutationFn: () =>
      client.negotiation.proposeFromWord({
        artifact: agreement.id,
        upload: props.upload,
        rationale: rationale.trim(),
        choices,
      }),
    onSuccess: ({ proposed }) => {
      notify.done(t('word.proposed', { count: proposed }))
      onClose()
    },
  })
  return (
    <>
      <Text fz="sm" c="dimmed">
        {t('word.goesBack', { file: read.file, author: author(read.exported.by) })} ·{' '}
        <When at={read.exported.at} withTime both={false} />
      </Text>
      {read.dropped.length > 0 ? (
        <Alert color="amber">
          {t('word.dropped', { what: f.list(read.dropped.map((what) => t(`word.loss.${what}`))) })}
        </Alert>
      ) : null}
      {read.moved.length > 0 ? (
        <Alert color="amber">{t('word.moved', { clauses: f.list(read.moved.map(subject.clause)) })}</Alert>
      ) : null}
      {read.comments.length > 0 ? (
        <Alert color="sand" title={t('word.comments')}>
          <List size="sm">
            {read.comments.map((comment, at) => (
              <List.Item key={at}>
                <bdi>{comment.author}</bdi>: <bdi>{comment.text}</bdi>
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      {read.items.length === 0 ? (
        <Text role="status">{t('word.same')}</Text>
      ) : (
        <>
          <Text role="status" fw={600}>
            {t('word.found', { count: read.items.length })}
          </Text>
          {read.items.map((item) => (
            <WordItemCard
              key={item.id}
              item={item}
              place={place(item.id)}
              onPlace={(next) => setPlaces(new Map(places).set(item.id, next))}
            />
          ))}
          <Textarea
            label={t('propose.rationale')}
            description={t('word.rationaleHint')}
            dir="auto"
            autosize
            minRows={2}
            maxLength={4000}
            value={rationale}
            onChange={(event) => setRationale(event.currentTarget.value)}
          />
        </>
      )}
      <RefusalAlert refusal={proposing.error ? refusalOf(proposing.error) : null} />
      {undecided > 0 ? <Text fz="sm">{t('word.undecided', { count: undecided })}</Text> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t(read.items.length === 0 ? 'common:close' : 'common:cancel')}
        </Button>
        {read.items.length > 0 ? (
          <Button
            disabled={choices.length === 0 || undecided > 0 || rationale.trim() === ''}
            loading={proposing.isPending}
            onClick={() => proposing.mutate()}
          >
            {t('word.propose', { count: choices.length })}
          </Button>
        ) : null}
      </Group>
    </>
  )
}
