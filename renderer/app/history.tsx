import { Badge, Button, Group, Paper, Stack, Table, Text, TextInput, Timeline } from '@mantine/core'
import { IconBookmark, IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Artifact } from '#shared/artifacts/define.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import type { Plain } from '#shared/living/register.ts'
import type { FieldChange, HistoryGroup } from '#shared/projection/document-views.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useValueText } from '#ui/parts/plain-value.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useAuthorText } from './author.tsx'
import { useOrpc } from './engine.tsx'
import { useNotify } from './notify.ts'
import { refusalOf } from './refusal.ts'

/** What only the document's own screen can say of a change. */
export interface ChangeWords {
  /** What a record is called; empty where it is not known any more. */
  readonly record: (set: string, record: string) => string
  /** A value where its definition alone cannot say it: what an id names, an amount in its currency. */
  readonly value: (change: FieldChange, value: Plain) => string | undefined
}

/** Who changed what and when, versions with names, and the way back to each of them. */
export function History(props: {
  readonly artifact: string
  readonly type: Artifact
  readonly mayWrite: boolean
  readonly words?: ChangeWords
}) {
  const { t } = useTranslation()
  const found = useQuery(useOrpc().documents.history.queryOptions({ input: { artifact: props.artifact } }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  if (found.data.length === 0)
    return (
      <EmptyState icon={<IconHistory aria-hidden="true" />} title={t('history.empty')} text={t('history.emptyText')} />
    )
  return (
    <Stack gap="lg">
      {props.mayWrite ? <NameVersion artifact={props.artifact} /> : null}
      <Timeline bulletSize={22} lineWidth={2}>
        {found.data.map((group) => (
          <Timeline.Item
            key={group.id}
            bullet={group.names.length > 0 ? <IconBookmark size={13} aria-hidden="true" /> : null}
          >
            <HistoryEntry {...props} group={group} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  )
}

function NameVersion({ artifact }: { readonly artifact: string }) {
  const { t } = useTranslation()
  const notify = useNotify()
  const [name, setName] = useState('')
  const naming = useMutation({
    ...useOrpc().documents.nameVersion.mutationOptions(),
    onSuccess: () => {
      setName('')
      notify.done(t('history.named'))
    },
    onError: notify.refused,
  })
  return (
    <Group
      component="form"
      align="flex-end"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) naming.mutate({ artifact, name: name.trim() })
      }}
    >
      <TextInput
        label={t('history.nameLabel')}
        description={t('history.nameHint')}
        dir="auto"
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        style={{ flex: '1 1 18rem' }}
      />
      <Button type="submit" loading={naming.isPending} disabled={name.trim() === ''}>
        {t('history.name')}
      </Button>
    </Group>
  )
}

function HistoryEntry(props: {
  readonly artifact: string
  readonly type: Artifact
  readonly mayWrite: boolean
  readonly words?: ChangeWords
  readonly group: HistoryGroup
}) {
  const { artifact, type, mayWrite, words, group } = props
  const { t } = useTranslation()
  const author = useAuthorText()
  const notify = useNotify()
  const [shown, setShown] = useState(false)
  const [asking, setAsking] = useState<string | null>(null)
  const restoring = useMutation({
    ...useOrpc().documents.restore.mutationOptions(),
    onSuccess: () => notify.done(t('history.restored')),
    onError: notify.refused,
    onSettled: () => setAsking(null),
  })
  return (
    <Stack gap={6}>
      <Text fw={500}>{author(group.by)}</Text>
      <Text fz="sm" c="dimmed">
        <When at={group.to} withTime both={false} /> · {t('history.changes', { count: group.changes })}
      </Text>
      {group.names.map((named) => (
        <Group key={named.id} gap="xs">
          <Badge variant="light" color="leaf" leftSection={<IconBookmark size={12} aria-hidden="true" />}>
            <bdi>{named.name}</bdi>
          </Badge>
          {mayWrite ? (
            <Button size="compact-xs" variant="subtle" onClick={() => setAsking(named.id)}>
              {t('history.restoreNamed', { name: named.name })}
            </Button>
          ) : null}
        </Group>
      ))}
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? t('history.hide') : t('history.show')}
        </Button>
        {mayWrite ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setAsking(group.id)}>
            {t('history.restore')}
          </Button>
        ) : null}
      </Group>
      {shown ? <Changes artifact={artifact} type={type} version={group.id} {...(words && { words })} /> : null}
      <ConfirmModal
        opened={asking !== null}
        title={t('history.restoreTitle')}
        action={t('history.restore')}
        busy={restoring.isPending}
        onConfirm={() => asking && restoring.mutate({ artifact, version: asking })}
        onClose={() => setAsking(null)}
      >
        <Text>{t('history.restoreMeaning')}</Text>
      </ConfirmModal>
    </Stack>
  )
}

function Changes(props: {
  readonly artifact: string
  readonly type: Artifact
  readonly version: string
  readonly words?: ChangeWords
}) {
  const { t } = useTranslation()
  const { artifact, version } = props
  const found = useQuery(useOrpc().documents.changes.queryOptions({ input: { artifact, version } }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  const shown = found.data.filter(({ field }) => field !== 'order')
  if (shown.length === 0) return <Text fz="sm">{t('history.nothingVisible')}</Text>
  return (
    <Paper withBorder p={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('history.what')}</Table.Th>
            <Table.Th>{t('history.before')}</Table.Th>
            <Table.Th>{t('history.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((change) => (
            <ChangeRow
              key={`${change.set}/${change.record}/${String(change.field)}`}
              change={change}
              type={props.type}
              {...(props.words && { words: props.words })}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function ChangeRow(props: { readonly change: FieldChange; readonly type: Artifact; readonly words?: ChangeWords }) {
  const { change, type, words } = props
  const { t } = useTranslation()
  const { pick } = useLocale()
  const text = useValueText()
  const set = fieldAt(type, 'joint', change.set)
  const field = change.field === null ? undefined : fieldAt(type, 'joint', `${change.set}.${change.field}`)
  const name = [set?.label, field?.label].flatMap((label) => (label ? [pick(label)] : [])).join(' · ')
  const record = words?.record(change.set, change.record) ?? ''
  const said = (value: Plain): string =>
    (change.field === null ? undefined : words?.value(change, value)) ?? text(field, value)
  return (
    <Table.Tr>
      <Table.Td>
        {record ? (
          <Text fz="sm" fw={500}>
            <bdi>{record}</bdi>
          </Text>
        ) : null}
        {name || change.set}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        <bdi>{said(change.before)}</bdi>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        <bdi>{change.field === null ? t('history.removed') : said(change.after)}</bdi>
      </Table.Td>
    </Table.Tr>
  )
}
