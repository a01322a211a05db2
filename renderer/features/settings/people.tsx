import { Alert, Badge, Button, Group, Modal, Paper, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconCertificate, IconDevicesPlus, IconUserPlus, IconUserShare } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { CertificateView, DeviceView, PersonView } from '#shared/projection/company-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'
import { AddDevice, RevokeDevice, UpdateFile } from './devices.tsx'
import { useMatterName } from './authority-fields.tsx'
import { Certify } from './certify.tsx'
import { Delegate } from './delegate.tsx'

const STATE_COLOR = { valid: 'leaf', 'not-yet': 'sand', expired: 'gray', revoked: 'red', replaced: 'gray' } as const
const DEVICE_COLOR = { active: 'leaf', expired: 'gray', revoked: 'red' } as const

/** The company's people and the role certificates of their devices. */
export function People() {
  const { t } = useTranslation(['settings', 'common'])
  const orpc = useOrpc()
  const company = useQuery(orpc.company.get.queryOptions())
  const [certifying, setCertifying] = useState<PersonView | null>(null)
  const [revoking, setRevoking] = useState<CertificateView | null>(null)
  const [adding, setAdding] = useState(false)
  const [addingDevice, setAddingDevice] = useState(false)
  const [delegating, setDelegating] = useState<PersonView | null>(null)
  const [lost, setLost] = useState<DeviceView | null>(null)
  if (company.error) return <RefusalAlert refusal={refusalOf(company.error)} />
  if (!company.data) return <Loading />
  const { issuer } = company.data
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" maw="32rem">
          {t('people.lead')}
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconUserPlus size={18} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('people.add')}
          </Button>
          {issuer ? (
            <Button
              leftSection={<IconDevicesPlus size={18} aria-hidden="true" />}
              onClick={() => setAddingDevice(true)}
            >
              {t('people.addDevice')}
            </Button>
          ) : null}
        </Group>
      </Group>
      {issuer ? null : <Alert color="sand">{t('people.notIssuer')}</Alert>}
      {company.data.people.map((person) => (
        <Person
          key={person.id}
          person={person}
          issuer={issuer}
          onCertify={() => setCertifying(person)}
          onDelegate={() => setDelegating(person)}
          onRevoke={setRevoking}
          onLost={setLost}
        />
      ))}
      {certifying ? <Certify person={certifying} onClose={() => setCertifying(null)} /> : null}
      {delegating ? (
        <Delegate person={delegating} people={company.data.people} onClose={() => setDelegating(null)} />
      ) : null}
      <RevokeDevice device={lost} onClose={() => setLost(null)} />
      <AddDevice opened={addingDevice} onClose={() => setAddingDevice(false)} />
      <Revoke certificate={revoking} onClose={() => setRevoking(null)} />
      <AddPerson opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  )
}

function Person(props: {
  readonly person: PersonView
  readonly issuer: boolean
  readonly onCertify: () => void
  readonly onDelegate: () => void
  readonly onRevoke: (certificate: CertificateView) => void
  readonly onLost: (device: DeviceView) => void
}) {
  const { t } = useTranslation(['settings', 'common'])
  const { pick } = useLocale()
  const { person, issuer } = props
  const active = person.devices.some(({ state }) => state === 'active')
  return (
    <Paper role="group" aria-label={pick(person.name)}>
      <Group justify="space-between" mb={person.certificates.length > 0 ? 'sm' : 0}>
        <Group gap="sm">
          <Text fw={600}>
            <bdi>{pick(person.name)}</bdi>
          </Text>
          {person.self ? <Badge variant="light">{t('common:you')}</Badge> : null}
        </Group>
        {person.devices.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('people.elsewhere')}
          </Text>
        ) : issuer && active ? (
          <Group gap="xs">
            <Button
              size="sm"
              variant="light"
              leftSection={<IconCertificate size={18} aria-hidden="true" />}
              onClick={props.onCertify}
            >
              {t('people.certify')}
            </Button>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconUserShare size={18} aria-hidden="true" />}
              onClick={props.onDelegate}
            >
              {t('people.delegate')}
            </Button>
          </Group>
        ) : null}
      </Group>
      <Devices devices={person.devices} issuer={issuer} onLost={props.onLost} />
      <Certificates certificates={person.certificates} issuer={issuer} onRevoke={props.onRevoke} />
    </Paper>
  )
}

function Devices(props: {
  readonly devices: readonly DeviceView[]
  readonly issuer: boolean
  readonly onLost: (device: DeviceView) => void
}) {
  const { t } = useTranslation(['settings', 'common'])
  if (props.devices.length === 0) return null
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t('people.devices')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.device')}</Table.Th>
            <Table.Th>{t('common:roles')}</Table.Th>
            <Table.Th>{t('people.state')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.devices.map((device) => (
            <Table.Tr key={device.device}>
              <Table.Td>
                <HashBadge hash={device.device} label={t('people.device')} />
                {device.self ? (
                  <Text fz="xs" c="dimmed">
                    {t('people.thisDevice')}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td>
                <RoleNames roles={device.roles} />
              </Table.Td>
              <Table.Td>
                <Badge color={DEVICE_COLOR[device.state]} variant="light">
                  {t(`deviceState.${device.state}`)}
                </Badge>
              </Table.Td>
              <Table.Td ta="end">
                {props.issuer && !device.self && device.state !== 'revoked' ? (
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    {device.state === 'active' ? <UpdateFile device={device} /> : null}
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => props.onLost(device)}>
                      {t('people.lost')}
                    </Button>
                  </Group>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Certificates(props: {
  readonly certificates: readonly CertificateView[]
  readonly issuer: boolean
  readonly onRevoke: (certificate: CertificateView) => void
}) {
  const { t } = useTranslation(['settings', 'common'])
  const { pick, f } = useLocale()
  const matterName = useMatterName()
  if (props.certificates.length === 0) return null
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t('people.certificates')} mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common:roles')}</Table.Th>
            <Table.Th>{t('people.validity')}</Table.Th>
            <Table.Th>{t('people.serial')}</Table.Th>
            <Table.Th>{t('people.state')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.certificates.map((certificate) => (
            <Table.Tr key={certificate.serial}>
              <Table.Td>
                <RoleNames roles={certificate.roles} />
                {certificate.actingFor ? (
                  <Text fz="xs" c="dimmed">
                    {t('people.actingFor', { name: pick(certificate.actingFor) })}
                  </Text>
                ) : null}
                {certificate.signingAuthority ? (
                  <Text fz="xs" c="dimmed">
                    {certificate.signingAuthority.amountLimitMinor === null
                      ? t('people.signsAny')
                      : t('people.signs', { limit: f.money(certificate.signingAuthority.amountLimitMinor) })}
                    {certificate.signingAuthority.matters.length > 0
                      ? `: ${f.list(certificate.signingAuthority.matters.map(matterName))}`
                      : ''}
                    {certificate.signingAuthority.joint ? ` ${t('people.jointly')}` : ''}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td>
                <When at={certificate.validFrom} both={false} /> – <When at={certificate.validTo} both={false} />
              </Table.Td>
              <Table.Td>
                <HashBadge hash={certificate.serial} label={t('people.serial')} />
              </Table.Td>
              <Table.Td>
                <Badge color={STATE_COLOR[certificate.state]} variant="light">
                  {t(`certificate.${certificate.state}`)}
                </Badge>
              </Table.Td>
              <Table.Td ta="end">
                {props.issuer && (certificate.state === 'valid' || certificate.state === 'not-yet') ? (
                  <Button size="compact-sm" variant="subtle" color="red" onClick={() => props.onRevoke(certificate)}>
                    {t('people.revoke')}
                  </Button>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Revoke({
  certificate,
  onClose,
}: {
  readonly certificate: CertificateView | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('settings')
  const notify = useNotify()
  const [reason, setReason] = useState('')
  const revoke = useMutation({
    ...useOrpc().company.revoke.mutationOptions(),
    onSuccess: () => {
      notify.done(t('people.revoked'))
      setReason('')
      onClose()
    },
  })
  return (
    <ConfirmModal
      opened={certificate !== null}
      title={t('people.revokeTitle')}
      action={t('people.revoke')}
      danger
      busy={revoke.isPending}
      disabled={!reason.trim()}
      onConfirm={() => certificate && revoke.mutate({ serial: certificate.serial, reason: reason.trim() })}
      onClose={onClose}
    >
      <Text>{t('people.revokeText')}</Text>
      <TextInput
        label={t('people.reason')}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <RefusalAlert refusal={revoke.error ? refusalOf(revoke.error) : null} />
    </ConfirmModal>
  )
}

function AddPerson({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const [name, setName] = useState<Bilingual>({ en: '', ar: '' })
  const add = useMutation({
    ...useOrpc().company.addPerson.mutationOptions(),
    onSuccess: () => {
      setName({ en: '', ar: '' })
      onClose()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('people.add')} size="lg">
      <Stack>
        <BilingualInputs legend={t('people.name')} value={name} onChange={setName} />
        <RefusalAlert refusal={add.error ? refusalOf(add.error) : null} />
        <Group justify="flex-end">
          <Button
            loading={add.isPending}
            disabled={!(name.en.trim() || name.ar.trim())}
            onClick={() => add.mutate({ name })}
          >
            {t('common:add')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
