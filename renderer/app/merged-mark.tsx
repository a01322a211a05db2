import { Button, Group, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readField } from '#shared/living/register.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useAuthorText } from './author.tsx'
import { useOrpc } from './engine.tsx'
import type { LiveDocument } from './live-document.ts'

/** Beside a text that several people changed apart: whose letters it now holds, until somebody says that they read it. */
export function MergedMark(props: {
  readonly live: LiveDocument
  readonly artifact: string
  readonly set: string
  readonly record: string
  readonly field: string
}) {
  const { live, artifact, set, record, field } = props
  const { t } = useTranslation()
  const { f } = useLocale()
  const author = useAuthorText()
  const merged = useQuery(useOrpc().documents.merged.queryOptions({ input: { artifact } }))
  const found = merged.data?.find((one) => one.set === set && one.record === record && one.field === field)
  if (!found) return null
  return (
    <Group gap="xs" role="note" wrap="wrap">
      <IconGitMerge size={16} aria-hidden="true" color="var(--mantine-color-amber-text)" />
      <Text fz="sm">{t('merged.text', { people: f.list(found.by.map(({ by }) => author(by))) })}</Text>
      {live.mayWrite ? (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() =>
            live.set(
              set,
              record,
              readField(field),
              found.by.map(({ at }) => at),
            )
          }
        >
          {t('merged.read')}
        </Button>
      ) : null}
    </Group>
  )
}
