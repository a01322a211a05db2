import { Alert, Button, Chip, Fieldset, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CompanyProfile, CompanyView } from '#shared/projection/company-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import type { Locale } from '#ui/parts/formatters.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useSentence } from '#ui/parts/sentence.ts'

/** The company as its partners know it. Validators warn and never block: a format that fits is not a verified fact. */
export function CompanyProfileForm() {
  const found = useQuery(useOrpc().company.get.queryOptions())
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  return found.data ? <Form company={found.data} key={found.data.id} /> : <Loading />
}

const NUMBERS = ['crNumber', 'unifiedNumber', 'vatNumber', 'tin'] as const
const ADDRESS = ['building', 'street', 'district', 'city', 'postalCode'] as const

function Form({ company }: { readonly company: CompanyView }) {
  const { t } = useTranslation(['settings', 'common'])
  const orpc = useOrpc()
  const notify = useNotify()
  const sentence = useSentence()
  const { locale } = useLocale()
  const form = useForm<CompanyProfile>({ initialValues: company.profile })
  const [typed] = useDebouncedValue(form.values, 300)
  const asInput = (profile: CompanyProfile) => ({ ...profile, languages: [...profile.languages] })
  const check = useQuery({
    ...orpc.company.check.queryOptions({ input: asInput(typed) }),
    placeholderData: (before: readonly { readonly field: string; readonly code: string }[] | undefined) => before,
  })
  const save = useMutation({ ...orpc.company.save.mutationOptions(), onSuccess: () => notify.done(t('common:saved')) })
  const countries = countryChoices(locale, form.values.country)
  const warnings = check.data ?? company.warnings
  const warning = (field: string) => {
    const codes = warnings
      .filter((one) => one.field === field || one.field.endsWith(`.${field}`))
      .map(({ code }) => code)
      .filter((code) => code !== 'missing')
    if (codes.length === 0) return null
    // That a format fits is a quiet note; anything else is a warning.
    const quiet = codes.every((code) => code === 'format-only')
    return (
      <Text
        span
        fz="xs"
        role="status"
        c={quiet ? 'dimmed' : 'light-dark(var(--mantine-color-amber-7), var(--mantine-color-amber-3))'}
      >
        {codes.map((code) => sentence({ module: 'membership', code })).join(' ')}
      </Text>
    )
  }
  return (
    <Stack>
      <Paper>
        <KeyValue
          items={[
            [
              t('company.fingerprint'),
              <HashBadge key="root" hash={company.rootFingerprint} label={t('company.fingerprint')} />,
            ],
            [t('company.rootKey'), company.rootInVault ? t('company.rootHere') : t('company.rootAway')],
          ]}
        />
      </Paper>
      <Paper component="form" onSubmit={form.onSubmit((values) => save.mutate(asInput(values)))} noValidate>
        <Stack gap="lg">
          <Alert color="sand">{t('company.notVerified')}</Alert>
          <BilingualInputs legend={t('company.name')} {...form.getInputProps('name')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t('company.country')}
              data={countries}
              searchable
              description={warning('country')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps('country')}
            />
            {NUMBERS.map((field) => (
              <TextInput
                key={field}
                label={t(`company.${field}`)}
                dir="ltr"
                inputMode="numeric"
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                description={form.values[field] ? warning(field) : null}
                {...form.getInputProps(field)}
              />
            ))}
          </SimpleGrid>
          <Fieldset legend={t('company.address')}>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {ADDRESS.map((field) => (
                <TextInput
                  key={field}
                  label={t(`company.${field}`)}
                  dir="auto"
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  description={form.values.address[field] ? warning(field) : null}
                  {...form.getInputProps(`address.${field}`)}
                />
              ))}
            </SimpleGrid>
          </Fieldset>
          <div>
            <Text fw={500} fz="sm" mb={6} id="languages">
              {t('company.languages')}
            </Text>
            <Chip.Group
              multiple
              value={[...form.values.languages]}
              onChange={(value) =>
                form.setFieldValue(
                  'languages',
                  (['ar', 'en'] as const).filter((one) => value.includes(one)),
                )
              }
            >
              <Group gap="xs" role="group" aria-labelledby="languages">
                <Chip value="ar">{t('common:arabic')}</Chip>
                <Chip value="en">{t('common:english')}</Chip>
              </Group>
            </Chip.Group>
          </div>
          <RefusalAlert refusal={save.error ? refusalOf(save.error) : null} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  )
}

const COUNTRIES = [
  'SA', 'AE', 'KW', 'QA', 'BH', 'OM', 'EG', 'JO', 'IQ', 'YE', 'LB', 'SY', 'SD', 'MA', 'TN', 'DZ', 'TR', 'PK', 'IN', 'CN',
  'JP', 'KR', 'SG', 'MY', 'ID', 'GB', 'IE', 'FR', 'DE', 'NL', 'BE', 'CH', 'AT', 'IT', 'ES', 'SE', 'NO', 'DK', 'US', 'CA', 'AU',
] as const // prettier-ignore

/** Country codes by name in the person's language; what the profile already says stays a choice. */
function countryChoices(locale: Locale, current: string): { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const codes = COUNTRIES.some((code) => code === current) || current === '' ? COUNTRIES : [current, ...COUNTRIES]
  return codes.map((code) => ({ value: code, label: /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code }))
}
