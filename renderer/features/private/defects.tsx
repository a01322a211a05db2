import { Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DefectView } from '#shared/projection/data-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { DataTable } from '#ui/parts/data-table.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useSentence } from '#ui/parts/sentence.ts'

/** Lines of the file that were not imported, with the reason of each. */
export function Defects({ dataset }: { readonly dataset: string }) {
  const { t } = useTranslation(['private', 'common'])
  const { f } = useLocale()
  const sentence = useSentence()
  const defects = useQuery(useOrpc().datasets.defects.queryOptions({ input: { dataset } }))
  if (defects.error) return <RefusalAlert refusal={refusalOf(defects.error)} />
  const rows = defects.data ?? []
  const said = ({ code }: DefectView) => (
    <Text fz="sm" lineClamp={2} style={{ whiteSpace: 'normal' }}>
      {sentence({ module: 'intake', code: code.startsWith('defect-') ? code : `defect-${code}` })}
    </Text>
  )
  return (
    <Paper>
      <Stack gap="sm">
        <Title order={3}>{t('defect.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('defect.text')}
        </Text>
        <DataTable<DefectView>
          label={t('defect.title')}
          count={rows.length}
          row={(at) => rows[at]}
          rowHeight={54}
          maxHeight={320}
          columns={[
            { id: 'line', header: t('defect.line'), width: '6rem', numeric: true, cell: ({ line }) => f.number(line) },
            { id: 'column', header: t('defect.column'), width: '11rem', cell: ({ column }) => <bdi>{column}</bdi> },
            { id: 'excerpt', header: t('defect.excerpt'), width: '12rem', cell: ({ excerpt }) => <bdi>{excerpt}</bdi> },
            { id: 'why', header: t('defect.why'), width: 'minmax(24rem, 1fr)', cell: said },
          ]}
        />
      </Stack>
    </Paper>
  )
}
