import { Alert, Button, Group, Modal, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { WordList } from '#ui/parts/word-list.tsx'

/** New recovery words, or after a suspicion a new database key as well; both end with 24 words that are shown once. */
export function FreshWords({ kind }: { readonly kind: 'newRecoveryWords' | 'rekey' }) {
  const { t } = useTranslation(['settings', 'common'])
  const client = useClient()
  const [opened, setOpened] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const run = useMutation({
    mutationFn: () => client.vault[kind]({ passphrase }),
    onSettled: () => setPassphrase(''),
  })
  const close = (): void => {
    setOpened(false)
    setPassphrase('')
    run.reset()
  }
  return (
    <Paper>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={3}>{t(`${kind}.title`)}</Title>
          <Text c="dimmed" fz="sm">
            {t(`${kind}.text`)}
          </Text>
        </div>
        <Button
          variant={kind === 'rekey' ? 'outline' : 'default'}
          {...(kind === 'rekey' ? { color: 'red' } : {})}
          style={{ flex: 'none' }}
          onClick={() => setOpened(true)}
        >
          {t(`${kind}.action`)}
        </Button>
      </Group>
      <Modal opened={opened} onClose={close} title={t(`${kind}.title`)} size="lg" closeOnClickOutside={!run.data}>
        {run.data ? (
          <Stack>
            <Alert color="amber">{t('words.once')}</Alert>
            <WordList words={run.data.words} label={t(`${kind}.title`)} />
            <Group justify="flex-end">
              <Button onClick={close}>{t('words.kept')}</Button>
            </Group>
          </Stack>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              run.mutate()
            }}
          >
            <Stack>
              <Text>{t(`${kind}.confirm`)}</Text>
              <PasswordInput
                label={t('common:passphrase')}
                autoComplete="current-password"
                data-autofocus
                value={passphrase}
                onChange={(event) => setPassphrase(event.currentTarget.value)}
              />
              <RefusalAlert refusal={run.error ? refusalOf(run.error) : null} />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {t('common:cancel')}
                </Button>
                <Button
                  type="submit"
                  loading={run.isPending}
                  disabled={!passphrase}
                  {...(kind === 'rekey' ? { color: 'red' } : {})}
                >
                  {t(`${kind}.action`)}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Paper>
  )
}
