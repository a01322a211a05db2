import { Button, Group, Modal, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { CONSENT_CHANNELS, type ConsentTerms } from '#shared/policy/privacy/consent.ts'
import type { ConsentRegister } from '#shared/projection/consent-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** A consent as it is entered into the register. */
export function NewConsent(props: { readonly companies: ConsentRegister['companies']; readonly onClose: () => void }) {
  const { t } = useTranslation('privacy')
  const { f, pick } = useLocale()
  const notify = useNotify()
  const [terms, setTerms] = useState<ConsentTerms>({
    subject: '',
    purpose: '',
    recipients: props.companies.map(({ company }) => company),
    channel: 'form',
    textVersion: '1',
    text: { en: '', ar: '' },
    givenOn: new Date().toISOString().slice(0, 10) as IsoDate,
    expiresOn: null,
    evidence: '',
  })
  const set = (part: Partial<ConsentTerms>) => setTerms({ ...terms, ...part })
  const add = useMutation({
    ...useOrpc().consents.add.mutationOptions(),
    onSuccess: () => {
      notify.done(t('done'))
      props.onClose()
    },
  })
  const line = (name: 'subject' | 'purpose' | 'evidence') => (
    <TextInput
      label={t(`field.${name}`)}
      description={t(`field.${name}Hint`)}
      required
      minLength={3}
      maxLength={500}
      value={terms[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  const day = (value: IsoDate | null) => ({
    value,
    valueFormatter: ({ date }: { date: unknown }) => (typeof date === 'string' ? f.date(date as IsoDate) : ''),
  })
  const complete =
    [terms.subject, terms.purpose, terms.evidence].every((text) => text.trim().length >= 3) &&
    terms.recipients.length > 0 &&
    terms.textVersion.trim() !== ''
  return (
    <Modal opened onClose={props.onClose} title={t('add')} size="lg">
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate({ ...terms, recipients: [...terms.recipients] })
        }}
      >
        {line('subject')}
        {line('purpose')}
        <MultiSelect
          label={t('field.recipients')}
          data={props.companies.map(({ company, name }) => ({ value: company, label: pick(name) }))}
          value={[...terms.recipients]}
          onChange={(recipients) => set({ recipients: recipients as CompanyId[] })}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
          <Select
            label={t('field.channel')}
            allowDeselect={false}
            data={CONSENT_CHANNELS.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
            value={terms.channel}
            onChange={(channel) => (channel ? set({ channel }) : undefined)}
          />
          <TextInput
            label={t('field.textVersion')}
            required
            maxLength={60}
            value={terms.textVersion}
            onChange={(event) => set({ textVersion: event.currentTarget.value })}
          />
          <DatePickerInput
            label={t('field.givenOn')}
            {...day(terms.givenOn)}
            onChange={(value) => (value ? set({ givenOn: value as IsoDate }) : undefined)}
          />
          <DatePickerInput
            label={t('field.expiresOn')}
            description={t('field.expiresHint')}
            clearable
            {...day(terms.expiresOn)}
            onChange={(value) => set({ expiresOn: value ? (value as IsoDate) : null })}
          />
        </SimpleGrid>
        <BilingualInputs legend={t('field.text')} value={terms.text} onChange={(text) => set({ text })} />
        {line('evidence')}
        <RefusalAlert refusal={add.error ? refusalOf(add.error) : null} />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending} disabled={!complete}>
            {t('record')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
