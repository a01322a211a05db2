import { Alert, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PreviewView } from '#shared/projection/disclosure-views.ts'
import { DataTable } from '#ui/parts/data-table.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Suppressed } from '#ui/parts/slice-table.tsx'
import { useCellText } from '#ui/parts/slice-words.ts'
import { useWords } from '#ui/parts/words.ts'

/** Every missing number by its groups, and why it is missing. */
export function Missing({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation('disclosures')
  const words = useWords('policy')
  const text = useCellText()
  const missing = view.report.suppressed
  return (
    <Paper>
      <Title order={3} mb="xs">
        {t('report.missing')}
      </Title>
      <DataTable
        label={t('report.missing')}
        count={missing.length}
        row={(at) => missing[at]}
        maxHeight={260}
        columns={[
          {
            id: 'where',
            header: t('diff.where'),
            width: 'minmax(16rem, 2fr)',
            cell: ({ group, total }) =>
              `${
                group
                  .filter((value) => value !== null)
                  .map((value) => text(value))
                  .join(' · ') || t('diff.all')
              }${total ? ` (${t('report.total')})` : ''}`,
          },
          {
            id: 'mark',
            header: t('report.mark'),
            width: '7rem',
            cell: ({ why }) => <Suppressed why={why} k={view.slice.k} />,
          },
          {
            id: 'why',
            header: t('report.why'),
            width: 'minmax(16rem, 2fr)',
            cell: ({ why }) => words(`suppression.${why}`),
          },
        ]}
      />
    </Paper>
  )
}

/** Numbers that hold the smallest group and are still nearly one customer's own. */
export function Dominated({ view }: { readonly view: PreviewView }) {
  const { t } = useTranslation('disclosures')
  const { f } = useLocale()
  const text = useCellText()
  return (
    <Alert color="amber" variant="light" icon={<IconAlertTriangle />} title={t('report.dominated')}>
      <Text fz="sm">{t('report.dominatedText')}</Text>
      <Stack gap={2} mt={6}>
        {view.report.dominated.slice(0, 10).map((one, at) => (
          <Text key={at} fz="sm">
            {one.group.map((value) => text(value)).join(' · ')}: {f.percent(one.share, 0)}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
