import { Button, Group, Modal, MultiSelect, Stack, Switch, Text } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { addDays, dateOf, isoDate, type Instant } from '#shared/kernel/time.ts'
import type { PersonView } from '#shared/projection/company-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { AuthorityFields, type TypedAuthority } from './authority-fields.tsx'

/** A new role certificate for this device: roles, an end date, and, where wanted, authority to sign. */
export function Certify({ person, onClose }: { readonly person: PersonView; readonly onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const { pick, f } = useLocale()
  const notify = useNotify()
  const current = person.certificates.find(({ state }) => state === 'valid')
  const today = dateOf(Date.now() as Instant)
  const [roles, setRoles] = useState<Role[]>([...(current?.roles ?? [])])
  const [validTo, setValidTo] = useState<string | null>(addDays(today, 365))
  const [signs, setSigns] = useState(current?.signingAuthority !== undefined)
  const granted = current?.signingAuthority
  const [authority, setAuthority] = useState<TypedAuthority>({
    matters: granted?.matters ?? [],
    limit: granted?.amountLimitMinor == null ? '' : granted.amountLimitMinor / 100,
    joint: granted?.joint ?? false,
    file: null,
    document: granted?.document ?? null,
  })
  const client = useClient()
  const until = isoDate(validTo ?? '')
  const certify = useMutation({
    mutationFn: async (day: string) => {
      const { matters, limit, joint, file, document } = authority
      const named = file ? { upload: await upload(client, file) } : document ? { sha256: document.sha256 } : undefined
      const amountLimitMinor = limit === '' ? null : Math.round(Number(limit) * 100)
      return client.company.certify({
        person: person.id,
        roles,
        validTo: day,
        ...(signs
          ? { signingAuthority: { matters: [...matters], amountLimitMinor, joint, ...(named && { document: named }) } }
          : {}),
      })
    },
    onSuccess: () => {
      notify.done(t('certify.done'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('certify.title', { name: pick(person.name) })} size="lg">
      <Stack>
        <Text fz="sm" c="dimmed">
          {t('certify.text')}
        </Text>
        <MultiSelect
          label={t('common:roles')}
          data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
          value={roles}
          onChange={(next) => setRoles(ROLES.filter((role) => next.includes(role)))}
        />
        <DatePickerInput
          label={t('certify.validTo')}
          minDate={today}
          value={validTo}
          onChange={setValidTo}
          valueFormatter={({ date }) =>
            typeof date === 'string' && isoDate(date) ? f.date(isoDate(date) ?? today) : ''
          }
        />
        <Switch
          label={t('certify.signs')}
          description={t('certify.signsHint')}
          checked={signs}
          onChange={(event) => setSigns(event.currentTarget.checked)}
        />
        {signs ? (
          <>
            <AuthorityFields value={authority} onChange={setAuthority} />
          </>
        ) : null}
        <RefusalAlert refusal={certify.error ? refusalOf(certify.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            loading={certify.isPending}
            disabled={roles.length === 0 || !until}
            onClick={() => until && certify.mutate(until)}
          >
            {t('people.certify')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
