import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPhone, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SafetyCode } from '#ui/parts/safety-code.tsx'
import { StatusDot } from '#ui/parts/status-dot.tsx'

/** Both sides read the same digits aloud: the one check that nobody stands between them. */
export function Safety({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const { pick } = useLocale()
  const notify = useNotify()
  const [differs, setDiffers] = useState(false)
  const confirm = useMutation({
    ...useOrpc().workspaces.confirmSafety.mutationOptions(),
    onSuccess: (_, { matches }) => {
      setDiffers(false)
      if (matches) notify.done(t('safety.done'))
    },
  })
  if (!workspace.safetyCode) return null
  const code = workspace.safetyCode.join(' ')
  return (
    <Paper maw="46rem">
      <Stack>
        <Group gap="sm">
          <IconPhone size={22} aria-hidden="true" />
          <Title order={2}>{t('safety.title')}</Title>
        </Group>
        <Text>{t('safety.text')}</Text>
        <SafetyCode groups={workspace.safetyCode} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {workspace.members.map((member) => (
            <div key={member.company}>
              <Text fz="sm" c="dimmed">
                {pick(member.name)}
              </Text>
              <HashBadge hash={member.rootFingerprint} label={t('fingerprint')} />
            </div>
          ))}
        </SimpleGrid>
        <RefusalAlert refusal={confirm.error ? refusalOf(confirm.error) : null} />
        {workspace.safetyConfirmed ? (
          <StatusDot tone="good">{t('safety.confirmed')}</StatusDot>
        ) : (
          <Group>
            <Button
              leftSection={<IconShieldCheck size={18} aria-hidden="true" />}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ workspace: workspace.id, code, matches: true })}
            >
              {t('safety.matches')}
            </Button>
            <Button
              variant="outline"
              color="red"
              leftSection={<IconShieldX size={18} aria-hidden="true" />}
              onClick={() => setDiffers(true)}
            >
              {t('safety.differs')}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmModal
        opened={differs}
        title={t('safety.differsTitle')}
        action={t('safety.close')}
        danger
        busy={confirm.isPending}
        onConfirm={() => confirm.mutate({ workspace: workspace.id, code, matches: false })}
        onClose={() => setDiffers(false)}
      >
        <Text>{t('safety.differsText')}</Text>
      </ConfirmModal>
    </Paper>
  )
}
