import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Held } from '#shared/living/records.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { useAuthorText, useWritten } from '#ui/app/author.tsx'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import classes from './clauses.module.css'
import { useDesk, type Row } from './desk.tsx'

/** Threads about a clause that nobody has closed. */
export const openComments = (rows: readonly Row<'comments'>[], clause: string): number =>
  rows.filter(({ values }) => values.clause === clause && values.thread === null && values.resolved !== 'resolved')
    .length

/** What people say about a clause, thread by thread. */
export function Comments({ clause, quote }: { readonly clause: string; readonly quote: string }) {
  const { t } = useTranslation('standards')
  const { live, mayWrite, rows } = useDesk()
  const all = rows('comments')
  const threads = all.filter(({ values }) => values.clause === clause && values.thread === null).toSorted(byTime)
  const say = (body: string, thread?: string): void => {
    live.add('comments', {
      clause,
      body,
      at: Date.now(),
      ...(thread === undefined ? { quote: quote || undefined, resolved: 'open' } : { thread }),
    })
  }
  return (
    <Stack gap="sm" role="group" aria-label={t('comment.group')}>
      {threads.map((thread) => (
        <Thread
          key={thread.id}
          thread={thread}
          answers={all.filter(({ values }) => values.thread === thread.id).toSorted(byTime)}
          onSay={say}
        />
      ))}
      {mayWrite ? <Say label={t('comment.new')} quote={quote} onSay={(body) => say(body)} /> : null}
    </Stack>
  )
}

const byTime = (left: Row<'comments'>, right: Row<'comments'>): number => (left.values.at ?? 0) - (right.values.at ?? 0)

function Thread(props: {
  readonly thread: Row<'comments'>
  readonly answers: readonly Row<'comments'>[]
  readonly onSay: (body: string, thread: string) => void
}) {
  const { thread, answers, onSay } = props
  const { t } = useTranslation('standards')
  const { live, mayWrite } = useDesk()
  const [answering, setAnswering] = useState(false)
  const resolved = thread.values.resolved === 'resolved'
  return (
    <div className={classes['comment']} data-resolved={resolved || undefined}>
      <Stack gap={6}>
        {thread.values.quote ? (
          <Text fz="sm" className={classes['quote'] ?? ''} dir="auto">
            <bdi>{thread.values.quote}</bdi>
          </Text>
        ) : null}
        <Remark row={thread} />
        {resolved ? null : answers.map((answer) => <Remark key={answer.id} row={answer} />)}
        {mayWrite ? (
          <Group gap="xs">
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => live.set('comments', thread.id, 'resolved', resolved ? 'open' : 'resolved')}
            >
              {t(resolved ? 'comment.reopen' : 'comment.resolve')}
            </Button>
            {resolved ? null : (
              <Button size="compact-xs" variant="subtle" onClick={() => setAnswering(!answering)}>
                {t('comment.answer')}
              </Button>
            )}
          </Group>
        ) : null}
        {answering && !resolved ? (
          <Say
            label={t('comment.answer')}
            quote=""
            onSay={(body) => {
              onSay(body, thread.id)
              setAnswering(false)
            }}
          />
        ) : null}
      </Stack>
    </div>
  )
}

function Remark({ row }: { readonly row: Row<'comments'> }) {
  const { live, artifact } = useDesk()
  const author = useAuthorText()
  const held = writerOf(
    live.registers.find((one) => one.set === 'comments' && one.record === row.id && one.field === 'body'),
  )
  const written = useWritten(artifact, held)
  const by = held[0] && written(held[0])
  return (
    <div>
      <Said>{row.values.body ?? ''}</Said>
      <Text fz="xs" c="dimmed">
        {by ? `${author(by.by)} · ` : ''}
        {row.values.at ? <When at={row.values.at as Instant} ago /> : null}
      </Text>
    </div>
  )
}

const writerOf = (register: Held | undefined): readonly Held[] =>
  register ? [{ value: null, client: register.client, clock: register.clock }] : []

function Say({
  label,
  quote,
  onSay,
}: {
  readonly label: string
  readonly quote: string
  readonly onSay: (body: string) => void
}) {
  const { t } = useTranslation('standards')
  const [body, setBody] = useState('')
  return (
    <Stack
      component="form"
      gap={6}
      onSubmit={(event) => {
        event.preventDefault()
        if (body.trim() === '') return
        onSay(body.trim())
        setBody('')
      }}
    >
      {quote ? (
        <Text fz="sm" className={classes['quote'] ?? ''} dir="auto">
          <bdi>{quote}</bdi>
        </Text>
      ) : null}
      <Textarea
        label={label}
        dir="auto"
        autosize
        minRows={2}
        maxLength={4_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Group>
        <Button type="submit" size="xs" disabled={body.trim() === ''}>
          {t('comment.send')}
        </Button>
      </Group>
    </Stack>
  )
}
