import { Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { CheckReportView } from './check-report.tsx'

/** Takes a signed PDF or an evidence pack from anywhere and says plainly whether it holds, and why not. */
export function CheckFile() {
  const { t } = useTranslation('agreement')
  const client = useClient()
  const checking = useMutation({
    mutationFn: async (file: File) => client.agreements.check({ upload: await upload(client, file) }),
  })
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('check.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('check.about')}
      </Text>
      <Stack>
        <FileDrop
          label={t('check.drop')}
          endings={['pdf', 'zip']}
          busy={checking.isPending}
          onFile={(file) => checking.mutate(file)}
        />
        <RefusalAlert refusal={checking.error ? refusalOf(checking.error) : null} />
        {checking.data ? <CheckReportView check={checking.data} /> : null}
      </Stack>
    </Paper>
  )
}
