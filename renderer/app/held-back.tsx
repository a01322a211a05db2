import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Artifact } from '#shared/artifacts/define.ts'
import { fieldAt } from '#shared/artifacts/form-model.ts'
import type { HeldBackDraft, HeldBackField } from '#shared/projection/document-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useValueText } from '#ui/parts/plain-value.ts'
import { useOrpc } from './engine.tsx'
import { useNotify } from './notify.ts'

/** What this device wrote in a document and what has no effect, because its person's roles had been reduced; nothing when there is none. */
export function HeldBack({ artifact, type }: { readonly artifact: string; readonly type: Artifact }) {
  const { t } = useTranslation()
  const found = useQuery(useOrpc().documents.heldBack.queryOptions({ input: { artifact } }))
  if (!found.data || found.data.length === 0) return null
  return (
    <Alert color="amber" title={t('heldBack.title')}>
      <Text fz="sm" mb="sm">
        {t('heldBack.meaning')}
      </Text>
      <Stack gap="md">
        {found.data.map((draft) => (
          <HeldBackRow key={draft.id} artifact={artifact} draft={draft} type={type} />
        ))}
      </Stack>
    </Alert>
  )
}

function HeldBackRow(props: { readonly artifact: string; readonly draft: HeldBackDraft; readonly type: Artifact }) {
  const { artifact, draft, type } = props
  const { t } = useTranslation()
  const { pick } = useLocale()
  const text = useValueText()
  const notify = useNotify()
  const orpc = useOrpc()
  const taking = useMutation({
    ...orpc.documents.takeIn.mutationOptions(),
    onSuccess: () => notify.done(t('heldBack.taken')),
    onError: notify.refused,
  })
  const dismissing = useMutation({ ...orpc.documents.dismiss.mutationOptions(), onError: notify.refused })
  const set = fieldAt(type, 'joint', draft.set)
  const named = draft.fields.find(({ value }) => typeof value === 'string' && value.trim() !== '')
  const name = named ? text(fieldOf(type, draft, named), named.value) : set ? pick(set.label) : draft.set
  return (
    <Stack gap={4} role="group" aria-label={t('heldBack.draft', { name })}>
      {draft.removed ? <Text fz="sm">{t('heldBack.removed', { what: set ? pick(set.label) : draft.set })}</Text> : null}
      {draft.fields.map((field) => (
        <FieldRow key={field.field} draft={draft} name={name} field={field} type={type} />
      ))}
      {draft.again === 'may' ? null : (
        <Text fz="sm" c="dimmed">
          {t(`heldBack.${draft.again}`)}
        </Text>
      )}
      <Group gap="xs">
        {draft.again === 'may' ? (
          <Button
            size="xs"
            loading={taking.isPending}
            aria-label={t('heldBack.takeInNamed', { name })}
            onClick={() => taking.mutate({ artifact, draft: draft.id })}
          >
            {t('heldBack.takeIn')}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          loading={dismissing.isPending}
          aria-label={t('heldBack.dismissNamed', { name })}
          onClick={() => dismissing.mutate({ artifact, draft: draft.id })}
        >
          {t('live.dismiss')}
        </Button>
      </Group>
    </Stack>
  )
}

const fieldOf = (type: Artifact, { set }: HeldBackDraft, { field }: HeldBackField) =>
  fieldAt(type, 'joint', `${set}.${field}`)

function FieldRow(props: {
  readonly draft: HeldBackDraft
  readonly name: string
  readonly field: HeldBackField
  readonly type: Artifact
}) {
  const { draft, name, field, type } = props
  const { t } = useTranslation()
  const { pick } = useLocale()
  const text = useValueText()
  const spec = fieldOf(type, draft, field)
  const [said, now] = [text(spec, field.value), text(spec, field.now)]
  const label = spec ? pick(spec.label) : field.field
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text fz="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        {label}: <bdi>{said}</bdi>
        {field.now !== null && field.now !== '' && now !== said ? (
          <Text span fz="sm" c="dimmed">
            {' '}
            {t('heldBack.now')} <bdi>{now}</bdi>
          </Text>
        ) : null}
      </Text>
      <CopyButton value={said}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            style={{ flex: 'none' }}
            aria-label={t('heldBack.copyNamed', { field: label, name })}
          >
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
