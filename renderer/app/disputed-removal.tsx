import { Alert, Button, Group, Text } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LivingRecord } from '#shared/living/records.ts'
import { useAuthorText, useWritten } from './author.tsx'
import type { LiveDocument } from './live-document.ts'

/** One removed a record while another changed it: both are named, and one of them is chosen. */
export function DisputedRemoval(props: {
  readonly live: LiveDocument
  readonly artifact: string
  readonly set: string
  readonly record: string
  /** What the record is called. */
  readonly name: string
  readonly removal: LivingRecord['removal']
}) {
  const { live, artifact, set, record, name, removal } = props
  const { t } = useTranslation()
  const author = useAuthorText()
  const [by, changed] = [removal?.by[0], removal?.changed[0]]
  const written = useWritten(
    artifact,
    [by, changed].flatMap((one) => (one ? [one] : [])),
  )
  if (removal?.state !== 'disputed' || !by || !changed) return null
  const [remover, editor] = [written(by), written(changed)]
  return (
    <Alert color="amber" icon={<IconArrowsSplit2 />} title={t('conflict.removal', { name })}>
      <Text fz="sm">
        {remover && editor
          ? t('conflict.removedBy', { remover: author(remover.by), editor: author(editor.by) })
          : t('conflict.removedApart')}
      </Text>
      <Group mt="sm" gap="sm">
        <Button size="xs" variant="default" disabled={!live.mayWrite} onClick={() => live.keep(set, record)}>
          {t('conflict.keep')}
        </Button>
        <Button
          size="xs"
          color="red"
          variant="light"
          disabled={!live.mayWrite}
          onClick={() => live.remove(set, record)}
        >
          {t('conflict.remove')}
        </Button>
      </Group>
    </Alert>
  )
}
