import { Button, Group, Paper, PasswordInput, Stack, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { SHORTEST } from '#ui/parts/strength.ts'
import { PassphraseFields } from '#ui/parts/passphrase-fields.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

const EMPTY = { current: '', next: '', again: '' }

/** The old passphrase, and the new one twice. */
export function ChangePassphrase() {
  const { t } = useTranslation(['settings', 'common'])
  const notify = useNotify()
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      next: (value) => ([...value].length >= SHORTEST ? null : t('common:newPassphrase.tooShort')),
      again: (value, all) => (value === all.next ? null : t('common:newPassphrase.differs')),
    },
  })
  const change = useMutation({
    ...useOrpc().vault.changePassphrase.mutationOptions(),
    onSuccess: () => {
      form.setValues(EMPTY)
      notify.done(t('vault.passphraseChanged'))
    },
  })
  return (
    <Paper
      component="form"
      noValidate
      onSubmit={form.onSubmit(({ current, next }) => change.mutate({ current, next }))}
    >
      <Stack>
        <Title order={3}>{t('vault.changePassphrase')}</Title>
        <PasswordInput
          label={t('vault.current')}
          autoComplete="current-password"
          required
          {...form.getInputProps('current')}
        />
        <PassphraseFields
          value={form.values.next}
          again={form.values.again}
          onChange={(value) => form.setFieldValue('next', value)}
          onAgain={(value) => form.setFieldValue('again', value)}
          error={form.errors['next']}
          againError={form.errors['again']}
        />
        <RefusalAlert refusal={change.error ? refusalOf(change.error) : null} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending} disabled={!form.values.current}>
            {t('vault.changePassphrase')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
