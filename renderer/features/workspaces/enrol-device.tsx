import { Alert, Button, Group, MultiSelect, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { IconDownload, IconPhone, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { addDays, dateOf, isoDate, type Instant } from '#shared/kernel/time.ts'
import type { FileOutcome } from '#shared/projection/workspace-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SafetyCode } from '#ui/parts/safety-code.tsx'

const NEW = 'new'

/** A device of our own company asks for a certificate: the code is compared, then roles and dates are given. */
export function EnrolDevice(props: {
  readonly request: Extract<FileOutcome, { readonly kind: 'device-request' }>
  readonly onBack: () => void
}) {
  const { t } = useTranslation(['workspaces', 'common'])
  const { pick, f } = useLocale()
  const client = useClient()
  const orpc = useOrpc()
  const notify = useNotify()
  const company = useQuery(orpc.company.get.queryOptions())
  const enrol = useMutation(orpc.company.enrol.mutationOptions())
  const today = dateOf(Date.now() as Instant)
  const [person, setPerson] = useState<string>(NEW)
  const [roles, setRoles] = useState<Role[]>([])
  const [validTo, setValidTo] = useState<string | null>(addDays(today, 365))
  const { request } = props
  const until = isoDate(validTo ?? '')
  const name = pick(request.name)
  if (enrol.data)
    return (
      <Paper>
        <Stack>
          <Title order={2}>{t('enrol.doneTitle')}</Title>
          <Alert color="leaf" role="status">
            {t('enrol.doneText')}
          </Alert>
          <SafetyCode groups={enrol.data.code} />
          <Group>
            <Button
              leftSection={<IconDownload size={18} aria-hidden="true" />}
              onClick={() => void saveDownload(client, enrol.data.answer).catch(notify.refused)}
            >
              {t('enrol.answer')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    )
  return (
    <Paper>
      <Stack>
        <Group gap="sm">
          <IconPhone size={22} aria-hidden="true" />
          <Title order={2}>{t('enrol.title')}</Title>
        </Group>
        <Text>{t('enrol.text', { name })}</Text>
        <SafetyCode groups={request.code} />
        <Select
          label={t('enrol.whose')}
          allowDeselect={false}
          data={[
            { value: NEW, label: t('enrol.newPerson', { name }) },
            ...(company.data?.people ?? []).map((one) => ({ value: one.id as string, label: pick(one.name) })),
          ]}
          value={person}
          onChange={(value) => setPerson(value ?? NEW)}
        />
        <MultiSelect
          label={t('enrol.roles')}
          data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
          value={roles}
          onChange={(next) => setRoles(ROLES.filter((role) => next.includes(role)))}
        />
        <DatePickerInput
          label={t('enrol.until')}
          minDate={today}
          value={validTo}
          onChange={setValidTo}
          valueFormatter={({ date }) => (typeof date === 'string' ? f.date(isoDate(date) ?? today) : '')}
        />
        <RefusalAlert refusal={enrol.error ? refusalOf(enrol.error) : null} />
        <Group>
          <Button
            leftSection={<IconShieldCheck size={18} aria-hidden="true" />}
            loading={enrol.isPending}
            disabled={roles.length === 0 || !until}
            onClick={() =>
              until &&
              enrol.mutate({
                token: request.token,
                code: request.code.join(' '),
                person: person === NEW ? null : person,
                name: request.name,
                roles,
                validTo: until,
              })
            }
          >
            {t('enrol.certify')}
          </Button>
          <Button
            variant="outline"
            color="red"
            leftSection={<IconShieldX size={18} aria-hidden="true" />}
            onClick={props.onBack}
          >
            {t('enrol.refuse')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
