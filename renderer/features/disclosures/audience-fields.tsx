import { MultiSelect, NumberInput, SimpleGrid, Stack, Textarea } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useTranslation } from 'react-i18next'
import { ROLES } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import type { Draft } from './draft.ts'

/** To whom, what for, and until when. */
export function AudienceFields({
  draft,
  onChange,
}: {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f } = useLocale()
  const { policy } = draft
  const set = (part: Partial<Draft['policy']>) => onChange({ ...draft, policy: { ...policy, ...part } })
  return (
    <Stack>
      <BilingualInputs
        legend={t('field.title')}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title, policy: { ...policy, name: title } })}
      />
      <MultiSelect
        label={t('field.roles')}
        description={t('field.rolesHint')}
        data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
        value={policy.roles}
        onChange={(roles) => set({ roles: ROLES.filter((role) => roles.includes(role)) })}
      />
      <Textarea
        label={t('field.purpose')}
        description={t('field.purposeHint')}
        autosize
        minRows={1}
        maxLength={500}
        value={policy.purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t('field.currency')}
          description={t('field.currencyHint')}
          min={1}
          max={3650}
          allowDecimal={false}
          value={policy.currencyDays}
          onChange={(value) => (typeof value === 'number' && value > 0 ? set({ currencyDays: value }) : undefined)}
        />
        <DatePickerInput
          label={t('field.expires')}
          description={t('field.expiresHint')}
          value={policy.expiresOn}
          valueFormatter={({ date }) => (typeof date === 'string' ? f.date(date as IsoDate) : '')}
          onChange={(value) => (value ? set({ expiresOn: value as IsoDate }) : undefined)}
        />
      </SimpleGrid>
    </Stack>
  )
}
