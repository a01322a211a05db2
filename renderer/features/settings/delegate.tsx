import { Button, Group, Modal, MultiSelect, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/kernel/ids.ts'
import { addDays, dateOf, isoDate, type Instant } from '#shared/kernel/time.ts'
import type { PersonView } from '#shared/projection/company-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** A substitute for some days: which of this person's roles, and from when until when. */
export function Delegate(props: {
  readonly person: PersonView
  readonly people: readonly PersonView[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['settings', 'common'])
  const { pick, f } = useLocale()
  const notify = useNotify()
  const { person } = props
  const today = dateOf(Date.now() as Instant)
  const held = [...new Set(person.certificates.filter(({ state, actingFor }) => state === 'valid' && !actingFor).flatMap(({ roles }) => roles))] // prettier-ignore
  const others = props.people.filter(
    ({ id, devices }) => id !== person.id && devices.some(({ state }) => state === 'active'),
  )
  const [to, setTo] = useState<string | null>(others[0]?.id ?? null)
  const [roles, setRoles] = useState<Role[]>([])
  const [from, setFrom] = useState<string | null>(today)
  const [until, setUntil] = useState<string | null>(addDays(today, 14))
  const [signing, setSigning] = useState(false)
  const delegate = useMutation({
    ...useOrpc().company.delegate.mutationOptions(),
    onSuccess: () => {
      notify.done(t('delegate.done'))
      props.onClose()
    },
  })
  const [validFrom, validTo] = [isoDate(from ?? ''), isoDate(until ?? '')]
  const complete = to !== null && roles.length > 0 && validFrom && validTo && validFrom <= validTo
  const date = ({ date: value }: { date: unknown }): string =>
    typeof value === 'string' ? f.date(isoDate(value) ?? today) : ''
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('delegate.title', { name: pick(person.name) })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text fz="sm" c="dimmed">
          {t('delegate.text')}
        </Text>
        {others.length === 0 ? (
          <Text>{t('delegate.nobody')}</Text>
        ) : (
          <>
            <Select
              label={t('delegate.to')}
              allowDeselect={false}
              data={others.map((one) => ({ value: one.id as string, label: pick(one.name) }))}
              value={to}
              onChange={setTo}
            />
            <MultiSelect
              label={t('delegate.roles')}
              data={held.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
              value={roles}
              onChange={(next) => setRoles(held.filter((role) => next.includes(role)))}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DatePickerInput
                label={t('delegate.from')}
                minDate={today}
                value={from}
                onChange={setFrom}
                valueFormatter={date}
              />
              <DatePickerInput
                label={t('delegate.until')}
                minDate={from ?? today}
                value={until}
                onChange={setUntil}
                valueFormatter={date}
              />
            </SimpleGrid>
            <Switch
              label={t('delegate.signing')}
              description={t('delegate.signingHint')}
              checked={signing}
              onChange={(event) => setSigning(event.currentTarget.checked)}
            />
          </>
        )}
        <RefusalAlert refusal={delegate.error ? refusalOf(delegate.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            loading={delegate.isPending}
            disabled={!complete}
            onClick={() =>
              to !== null &&
              validFrom &&
              validTo &&
              delegate.mutate({ from: person.id, to, roles, validFrom, validTo, signing })
            }
          >
            {t('delegate.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
