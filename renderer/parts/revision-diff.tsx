import { Badge, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cell } from '#shared/artifacts/table.ts'
import type { RevisionDiff } from '#shared/projection/disclosure-views.ts'
import { DataTable, type TableColumn } from './data-table.tsx'
import { useLocale } from './locale.ts'
import { useCellText } from './slice-words.ts'

type Line = RevisionDiff['added'][number] & { readonly kind: 'added' | 'removed' | 'changed' }
const COLOR = { added: 'leaf', removed: 'red', changed: 'amber' } as const

/** What a revision changes in the numbers that are shown: appeared, vanished, changed. */
export function RevisionDifference({ diff }: { readonly diff: RevisionDiff }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f } = useLocale()
  const text = useCellText()
  const lines: readonly Line[] = [
    ...diff.changed.map((one) => ({ ...one, kind: 'changed' as const })),
    ...diff.added.map((one) => ({ ...one, kind: 'added' as const })),
    ...diff.removed.map((one) => ({ ...one, kind: 'removed' as const })),
  ]
  const shown = (value: Cell) => (value === null ? '—' : text(value))
  const columns: readonly TableColumn<Line>[] = [
    {
      id: 'kind',
      header: t('diff.kind'),
      width: '8rem',
      cell: ({ kind }) => (
        <Badge variant="light" color={COLOR[kind]}>
          {t(`diff.${kind}`)}
        </Badge>
      ),
    },
    {
      id: 'where',
      header: t('diff.where'),
      width: 'minmax(14rem, 2fr)',
      cell: ({ group }) => (group.length === 0 ? t('diff.all') : group.map((one) => text(one)).join(' · ')),
    },
    {
      id: 'before',
      header: t('diff.before'),
      width: 'minmax(6rem, 1fr)',
      numeric: true,
      cell: (one) => shown(one.before),
    },
    {
      id: 'after',
      header: t('diff.after'),
      width: 'minmax(6rem, 1fr)',
      numeric: true,
      cell: (one) => shown(one.after),
    },
  ]
  return (
    <Stack gap="sm">
      <Group gap="lg">
        {(['changed', 'added', 'removed'] as const).map((kind) => (
          <Text key={kind} fz="sm">
            <Text span fw={600} className="tabular">
              {f.number(diff[kind].length)}
            </Text>{' '}
            {t(`diff.count.${kind}`)}
          </Text>
        ))}
      </Group>
      {lines.length === 0 ? (
        <Text c="dimmed">{t('diff.none')}</Text>
      ) : (
        <DataTable
          label={t('diff.title', { from: f.number(diff.from), to: f.number(diff.to) })}
          columns={columns}
          count={lines.length}
          row={(at) => lines[at]}
          maxHeight={360}
        />
      )}
    </Stack>
  )
}
