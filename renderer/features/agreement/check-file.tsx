import { Alert, List, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FileCheckView } from '#shared/projection/agreement-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'

/** Takes a signed PDF from anywhere and says plainly whether it holds, and why not. */
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
          endings={['pdf']}
          busy={checking.isPending}
          onFile={(file) => checking.mutate(file)}
        />
        <RefusalAlert refusal={checking.error ? refusalOf(checking.error) : null} />
        {checking.data ? <Verdict check={checking.data} /> : null}
      </Stack>
    </Paper>
  )
}

function Verdict({ check }: { readonly check: FileCheckView }) {
  const { t, i18n } = useTranslation('agreement')
  const { f, pick } = useLocale()
  // A verifier of a later version may name a problem that has no sentence here yet.
  const sentence = (code: string): string =>
    i18n.exists(`agreement:problem.${code}`) ? t(`problem.${code as 'unsigned'}`) : t('problem.other')
  return (
    <Alert
      role="status"
      color={check.valid ? 'leaf' : 'red'}
      icon={check.valid ? <IconCircleCheck /> : <IconCircleX />}
      title={check.valid ? t('check.valid') : t('check.invalid')}
    >
      <Stack gap="xs">
        {check.known ? (
          <Text fz="sm">
            {t('check.known', { title: pick(check.known.title), number: f.number(check.known.version) })}
          </Text>
        ) : null}
        {check.problems.length > 0 ? (
          <List size="sm">
            {check.problems.map((code) => (
              <List.Item key={code}>{sentence(code)}</List.Item>
            ))}
          </List>
        ) : null}
        {check.signatures.map((one) => (
          <div key={one.fingerprint}>
            <Text fz="sm" fw={500}>
              <bdi>{one.person}</bdi> · <bdi>{one.company}</bdi>
              {one.claimedAt === null ? null : (
                <>
                  {' '}
                  · <When at={one.claimedAt} withTime both={false} />
                </>
              )}
            </Text>
            <HashBadge hash={one.fingerprint} label={t('check.fingerprint')} />
            {one.problems.length > 0 ? (
              <List size="sm">
                {one.problems.map((code) => (
                  <List.Item key={code}>{sentence(code)}</List.Item>
                ))}
              </List>
            ) : (
              <Text fz="sm">{t('check.good')}</Text>
            )}
          </div>
        ))}
      </Stack>
    </Alert>
  )
}
