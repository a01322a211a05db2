import { Alert, Button, getDefaultZIndex, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BoundContent } from '#ui/parts/bound-content.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useOrpc } from './engine.tsx'
import { forgetNeeded, useNeeded } from './needed-approval.ts'
import { useNotify } from './notify.ts'
import { refusalOf } from './refusal.ts'
import { go, to } from './route.ts'

/**
 * Opens by itself when something was refused for want of an approval: what exactly, who would have to approve, and the way to ask.
 * It lies above the dialog that it was said in, and Escape closes it alone: closed with it, that one would lose what was typed.
 */
export function AskApproval() {
  const token = useNeeded()
  const { t } = useTranslation(['approvals', 'common'])
  return (
    <Modal
      opened={token !== null}
      onClose={forgetNeeded}
      title={t('ask.title')}
      size="lg"
      zIndex={getDefaultZIndex('modal') + 1}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      // Every dialog hears Escape, but for what carries this mark.
      onFocusCapture={({ target }) => target.setAttribute('data-mantine-stop-propagation', 'true')}
      onKeyDown={({ key }) => key === 'Escape' && forgetNeeded()}
    >
      {token === null ? null : <Ask token={token} />}
    </Modal>
  )
}

function Ask({ token }: { readonly token: string }) {
  const { t } = useTranslation(['approvals', 'common'])
  const { f, pick } = useLocale()
  const orpc = useOrpc()
  const notify = useNotify()
  const [note, setNote] = useState('')
  const look = useQuery({ ...orpc.approvals.look.queryOptions({ input: { token } }), retry: false })
  const ask = useMutation({
    ...orpc.approvals.ask.mutationOptions(),
    onSuccess: () => {
      notify.done(t('done.ask'))
      forgetNeeded()
      go(to.approvals())
    },
  })
  if (look.error) return <RefusalAlert refusal={refusalOf(look.error)} />
  if (!look.data) return <Loading />
  const { commitment, title, scope, levels, fourEyes, content, next } = look.data
  const asked = [...levels.map((level) => t(`level.${level}`)), ...(fourEyes ? [t('card.second')] : [])]
  return (
    <Stack>
      <Text>{t('ask.text')}</Text>
      <KeyValue
        items={[
          [t(`commitment.${commitment}`), pick(title)],
          [t(`card.asks`), `${f.list(asked)} · ${t(`scope.${scope}`)}`],
          next.length > 0 ? [t('card.next'), f.list(next.map(pick))] : null,
        ]}
      />
      {next.length === 0 ? (
        <Alert color="amber" variant="light">
          {t('ask.nobody')}
        </Alert>
      ) : null}
      <details>
        <summary>{t('card.content')}</summary>
        <BoundContent content={content} />
      </details>
      <Textarea
        label={t('ask.note')}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <RefusalAlert refusal={ask.error ? refusalOf(ask.error) : null} />
      <Group justify="flex-end">
        <Button variant="default" onClick={forgetNeeded}>
          {t('common:cancel')}
        </Button>
        <Button loading={ask.isPending} onClick={() => ask.mutate({ token, note })} data-autofocus>
          {t('ask.action')}
        </Button>
      </Group>
    </Stack>
  )
}
