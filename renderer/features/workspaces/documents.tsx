import { Anchor, Badge, Button, Group, Modal, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconArrowsSplit2, IconFilePlus, IconFiles } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOffered } from '#shared/artifacts/agreement-kinds.ts'
import { artifactOf, CATALOGUE } from '#shared/artifacts/catalogue.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { DocumentSummary } from '#shared/projection/document-views.ts'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'

/** Types that are edited together. */
const TYPES = CATALOGUE.filter(({ sections }) => sections['joint']?.form === 'records')

/** The documents that the companies of a workspace edit together. */
export function Documents({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const [making, setMaking] = useState(false)
  const found = useQuery(useOrpc().documents.list.queryOptions({ input: { workspace: workspace.id } }))
  const documents = found.data ?? []
  const mayMake = workspace.channels.length > 0
  return (
    <Paper p={0}>
      <Group justify="space-between" px="lg" pt="lg" pb="xs">
        <Title order={2}>{t('documents.title')}</Title>
        {mayMake && documents.length > 0 ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFilePlus size={17} aria-hidden="true" />}
            onClick={() => setMaking(true)}
          >
            {t('documents.new')}
          </Button>
        ) : null}
      </Group>
      <RefusalAlert refusal={found.error ? refusalOf(found.error) : null} />
      {documents.length > 0 ? (
        documents.map((one) => <DocumentRow key={one.id} one={one} />)
      ) : (
        <EmptyState
          icon={<IconFiles aria-hidden="true" />}
          title={t('documents.none')}
          text={t('documents.noneText')}
          action={mayMake ? <Button onClick={() => setMaking(true)}>{t('documents.new')}</Button> : null}
        />
      )}
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        title={t('documents.new')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <NewDocument workspace={workspace} onCancel={() => setMaking(false)} />
      </Modal>
    </Paper>
  )
}

function DocumentRow({ one }: { readonly one: DocumentSummary }) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  const author = useAuthorText()
  const type = artifactOf(one.type)?.label
  return (
    <Group justify="space-between" px="lg" py="sm" style={{ borderBlockStart: '1px solid var(--mithaq-line)' }}>
      <div>
        <Anchor href={hrefOf(to.document(one.id))} fw={500}>
          <bdi>{pick(one.title)}</bdi>
        </Anchor>
        <Text fz="sm" c="dimmed">
          {type ? `${pick(type)} · ` : ''}
          {one.changed ? (
            <>
              {author(one.changed.by)} · <When at={one.changed.at} ago />
            </>
          ) : (
            t('documents.unchanged')
          )}
        </Text>
      </div>
      {one.conflicts > 0 ? (
        <Badge color="amber" variant="light" leftSection={<IconArrowsSplit2 size={13} aria-hidden="true" />}>
          {t('documents.conflicts', { count: one.conflicts })}
        </Badge>
      ) : null}
    </Group>
  )
}

function NewDocument({ workspace, onCancel }: { readonly workspace: WorkspaceView; readonly onCancel: () => void }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const { pick } = useLocale()
  const types = TYPES.filter((one) => isOffered(one.type, workspace.kind))
  const [type, setType] = useState(types[0]?.type ?? '')
  const [channel, setChannel] = useState<string>(workspace.channels[0]?.id ?? '')
  const [title, setTitle] = useState<Bilingual>({ en: '', ar: '' })
  const making = useMutation({
    ...useOrpc().documents.create.mutationOptions(),
    onSuccess: ({ artifact }) => go(to.document(artifact)),
  })
  const named = title.en.trim() !== '' || title.ar.trim() !== ''
  const about = artifactOf(type)?.about
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (named) making.mutate({ channel, type, title: { en: title.en.trim(), ar: title.ar.trim() } })
      }}
    >
      <Select
        label={t('documents.kind')}
        {...(about && { description: pick(about) })}
        data={types.map((one) => ({ value: one.type, label: pick(one.label) }))}
        value={type}
        onChange={(value) => value && setType(value)}
        allowDeselect={false}
        data-autofocus
      />
      {workspace.channels.length > 1 ? (
        <Select
          label={t('documents.channel')}
          data={workspace.channels.map((one) => ({ value: one.id, label: pick(one.name) }))}
          value={channel}
          onChange={(value) => value && setChannel(value)}
          allowDeselect={false}
        />
      ) : null}
      <BilingualInputs legend={t('documents.name')} value={title} onChange={setTitle} />
      <RefusalAlert refusal={making.error ? refusalOf(making.error) : null} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={making.isPending} disabled={!named}>
          {t('documents.make')}
        </Button>
      </Group>
    </Stack>
  )
}
