import {
  Button,
  Fieldset,
  Group,
  MultiSelect,
  Paper,
  SimpleGrid,
  Stack,
  Stepper,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { KitSteps } from './kit-steps.tsx'
import { PassphraseFields } from '#ui/parts/passphrase-fields.tsx'
import { BackToStart } from './start.tsx'
import { SHORTEST } from '#ui/parts/strength.ts'

interface Form {
  companyEn: string
  companyAr: string
  personEn: string
  personAr: string
  roles: Role[]
  passphrase: string
  again: string
}

/** A new company in two steps, and then the two kits of words that are shown this once. */
export function Create({ then }: { readonly then: string | undefined }) {
  const { t } = useTranslation(['welcome', 'common'])
  const { f } = useLocale()
  const [step, setStep] = useState(0)
  const create = useMutation(useOrpc().vault.create.mutationOptions())
  const form = useForm<Form>({
    initialValues: { companyEn: '', companyAr: '', personEn: '', personAr: '', roles: [], passphrase: '', again: '' },
    validate: {
      companyEn: (value, all) => (value.trim() || all.companyAr.trim() ? null : t('create.needName')),
      personEn: (value, all) => (value.trim() || all.personAr.trim() ? null : t('create.needName')),
      roles: (value) => (value.length > 0 ? null : t('create.needRole')),
      passphrase: (value) => (step === 0 || [...value].length >= SHORTEST ? null : t('common:newPassphrase.tooShort')),
      again: (value, all) => (step === 0 || value === all.passphrase ? null : t('common:newPassphrase.differs')),
    },
  })
  const submit = form.onSubmit((values) => {
    if (step === 0) return setStep(1)
    create.mutate(
      {
        company: { en: values.companyEn.trim(), ar: values.companyAr.trim() },
        person: { en: values.personEn.trim(), ar: values.personAr.trim() },
        roles: values.roles,
        passphrase: values.passphrase,
      },
      { onSuccess: () => (form.setFieldValue('passphrase', ''), form.setFieldValue('again', '')) },
    )
  })

  if (create.data)
    return (
      <KitSteps
        recoveryWords={create.data.recoveryWords}
        companyWords={create.data.companyWords}
        onDone={() => go(then === 'open' ? to.openInvitation() : to.today())}
      />
    )
  return (
    <Stack gap="lg">
      <BackToStart />
      <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
        {t('create.title')}
      </Title>
      <Stepper
        active={step}
        size="sm"
        onStepClick={(next) => next < step && setStep(next)}
        aria-label={t('create.title')}
      >
        <Stepper.Step label={t('create.whoStep')} icon={f.number(1)} />
        <Stepper.Step label={t('create.passphraseStep')} icon={f.number(2)} />
        <Stepper.Step label={t('create.kitStep')} icon={f.number(3)} />
      </Stepper>
      <Paper component="form" onSubmit={submit} noValidate>
        <Stack>
          {step === 0 ? (
            <>
              <Fieldset variant="unstyled" legend={<Text fw={600}>{t('create.company')}</Text>}>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <TextInput label={t('common:nameAr')} lang="ar" dir="rtl" {...form.getInputProps('companyAr')} />
                  <TextInput label={t('common:nameEn')} lang="en" dir="ltr" {...form.getInputProps('companyEn')} />
                </SimpleGrid>
              </Fieldset>
              <Fieldset variant="unstyled" legend={<Text fw={600}>{t('create.person')}</Text>}>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <TextInput label={t('common:nameAr')} lang="ar" dir="rtl" {...form.getInputProps('personAr')} />
                  <TextInput label={t('common:nameEn')} lang="en" dir="ltr" {...form.getInputProps('personEn')} />
                </SimpleGrid>
              </Fieldset>
              <MultiSelect
                label={t('create.roles')}
                description={t('create.rolesHint')}
                data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
                {...form.getInputProps('roles')}
              />
            </>
          ) : (
            <PassphraseFields
              value={form.values.passphrase}
              again={form.values.again}
              onChange={(value) => form.setFieldValue('passphrase', value)}
              onAgain={(value) => form.setFieldValue('again', value)}
              error={form.errors['passphrase']}
              againError={form.errors['again']}
            />
          )}
          <RefusalAlert refusal={create.error ? refusalOf(create.error) : null} />
          <Group justify="flex-end">
            {step === 1 ? (
              <Button variant="default" onClick={() => setStep(0)}>
                {t('common:back')}
              </Button>
            ) : null}
            <Button type="submit" loading={create.isPending}>
              {step === 0 ? t('common:next') : t('create.make')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  )
}
