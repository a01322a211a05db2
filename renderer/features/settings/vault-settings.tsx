import { Alert, Button, Group, NumberInput, Paper, Stack, Switch, Text, Title } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useAppState } from '#ui/app/state.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { ChangePassphrase } from './change-passphrase.tsx'
import { FreshWords } from './fresh-words.tsx'
import { RotateRoot } from './rotate-root.tsx'

const LONGEST_MINUTES = 480

/** How the vault is opened, when it locks itself, and its copies. */
export function VaultSettings() {
  const { t } = useTranslation(['settings', 'common'])
  const state = useAppState()
  const client = useClient()
  const orpc = useOrpc()
  const notify = useNotify()
  const [minutes, setMinutes] = useState<number | string>(state.autoLockMinutes)
  const saved = { onSuccess: () => notify.done(t('common:saved')), onError: notify.refused }
  const autoLock = useMutation({ ...orpc.vault.setAutoLock.mutationOptions(), ...saved })
  const keychain = useMutation({ ...orpc.vault.useKeychain.mutationOptions(), ...saved })
  const backup = useMutation({
    mutationFn: async () => saveDownload(client, await client.vault.backup({})),
    onSuccess: () => notify.done(t('vault.backupDone')),
    onError: notify.refused,
  })
  if (state.sample) return <Alert color="sand">{t('vault.sample')}</Alert>
  return (
    <Stack>
      <Paper>
        <Title order={3}>{t('vault.backup')}</Title>
        <Text c="dimmed" fz="sm" mb="md">
          {t('vault.backupText')}
        </Text>
        <Button
          leftSection={<IconArchive size={18} aria-hidden="true" />}
          loading={backup.isPending}
          onClick={() => backup.mutate()}
        >
          {t('vault.backupMake')}
        </Button>
      </Paper>
      <ChangePassphrase />
      <FreshWords kind="newRecoveryWords" />
      <Paper>
        <Title order={3} mb="xs">
          {t('vault.lock')}
        </Title>
        <Group align="flex-end">
          <NumberInput
            label={t('vault.minutes')}
            min={1}
            max={LONGEST_MINUTES}
            allowDecimal={false}
            clampBehavior="strict"
            w={200}
            value={minutes}
            onChange={setMinutes}
          />
          <Button
            variant="default"
            loading={autoLock.isPending}
            disabled={!(Number(minutes) >= 1)}
            onClick={() => autoLock.mutate({ minutes: Number(minutes) })}
          >
            {t('common:save')}
          </Button>
        </Group>
        <Switch
          mt="lg"
          label={t('vault.keychain')}
          description={state.keychain === 'unavailable' ? t('vault.keychainUnavailable') : t('vault.keychainHint')}
          checked={state.keychain === 'in-use'}
          disabled={state.keychain === 'unavailable' || keychain.isPending}
          onChange={(event) => keychain.mutate({ on: event.currentTarget.checked })}
        />
      </Paper>
      <FreshWords kind="rekey" />
      <RotateRoot />
      <Paper>
        <Title order={3}>{t('vault.restore')}</Title>
        <Text c="dimmed" fz="sm">
          {t('vault.restoreText')}
        </Text>
      </Paper>
    </Stack>
  )
}
