import { Anchor, Button, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { IconKey, IconLockOpen } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useAppState } from '#ui/app/state.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** The vault is locked: by passphrase, by this computer's key store, or with the recovery words. */
export function Unlock() {
  const { t } = useTranslation(['welcome', 'common'])
  const { keychain } = useAppState()
  const orpc = useOrpc()
  const [passphrase, setPassphrase] = useState('')
  const unlock = useMutation({ ...orpc.vault.unlock.mutationOptions(), onError: () => setPassphrase('') })
  const byKeychain = useMutation(orpc.vault.unlockWithKeychain.mutationOptions())
  const error = unlock.error ?? byKeychain.error
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
          {t('unlock.title')}
        </Title>
        <Text c="dimmed" mt={6}>
          {t('unlock.lead')}
        </Text>
      </div>
      <Paper
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase) unlock.mutate({ passphrase })
        }}
      >
        <Stack>
          <PasswordInput
            label={t('common:passphrase')}
            autoComplete="current-password"
            size="md"
            autoFocus
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <RefusalAlert refusal={error ? refusalOf(error) : null} />
          <Button
            type="submit"
            size="md"
            leftSection={<IconLockOpen size={18} />}
            loading={unlock.isPending}
            disabled={!passphrase}
          >
            {t('unlock.open')}
          </Button>
          {keychain === 'in-use' ? (
            <Button
              variant="default"
              leftSection={<IconKey size={18} />}
              loading={byKeychain.isPending}
              onClick={() => byKeychain.mutate({})}
            >
              {t('unlock.keychain')}
            </Button>
          ) : null}
        </Stack>
      </Paper>
      <Group justify="center">
        <Anchor href={hrefOf(to.welcome('words'))} fz="sm">
          {t('unlock.forgot')}
        </Anchor>
      </Group>
    </Stack>
  )
}
