import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '#shared/projection/today-views.ts'
import { useCodeWords, useDetailWords } from '#ui/parts/code-words.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Num, When } from '#ui/parts/values.tsx'

/** One entry whole. The detail's names are those of the record itself; values are shown in the person's language. */
export function EntryDetail({ entry, onClose }: { readonly entry: AuditRow | null; readonly onClose: () => void }) {
  const { t } = useTranslation(['activity', 'common'])
  const { f } = useLocale()
  const words = useCodeWords()
  const detail = useDetailWords()
  return (
    <Modal opened={entry !== null} onClose={onClose} size="lg" title={entry ? words(entry.code) : ''}>
      {entry ? (
        <KeyValue
          items={[
            [t('column.number'), f.number(entry.seq)],
            [t('column.at'), <When key="at" at={entry.at} withTime both />],
            [t('column.actor'), <bdi key="actor">{entry.actor || t('engine')}</bdi>],
            [t('column.subject'), <bdi key="subject">{entry.subject}</bdi>],
            ...Object.entries(entry.detail).map(
              ([name, value]) => [detail.name(name), <Value key={name} value={value} />] as const,
            ),
            [t('column.hash'), <HashBadge key="hash" hash={entry.hash} />],
          ]}
        />
      ) : null}
    </Modal>
  )
}

function Value({ value }: { readonly value: string | number | boolean }) {
  const { t } = useTranslation()
  const { f } = useLocale()
  const words = useDetailWords()
  if (typeof value === 'number') return <Num value={value} />
  if (typeof value === 'boolean') return <>{value ? t('yes') : t('no')}</>
  if (/^[0-9a-f]{32,}$/.test(value)) return <HashBadge hash={value} />
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return <>{f.date(value as Parameters<typeof f.date>[0])}</>
  return <bdi>{value === '' ? '—' : words.value(value)}</bdi>
}
