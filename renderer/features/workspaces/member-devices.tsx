import { Badge, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MemberDeviceView } from '#shared/projection/workspace-views.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'

const COLOR = { active: 'leaf', expired: 'gray', revoked: 'red', forked: 'red' } as const

/** The devices of a company here, and what became of what a revoked one wrote afterwards. */
export function MemberDevices({ devices }: { readonly devices: readonly MemberDeviceView[] }) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  if (devices.length === 0)
    return (
      <Text fz="sm" c="dimmed" mt="sm">
        {t('devices.none')}
      </Text>
    )
  return (
    <Table mt="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('devices.device')}</Table.Th>
          <Table.Th>{t('person')}</Table.Th>
          <Table.Th>{t('devices.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {devices.map((device) => (
          <Table.Tr key={device.device}>
            <Table.Td>
              <HashBadge hash={device.device} label={t('devices.device')} />
            </Table.Td>
            <Table.Td>
              <bdi>{pick(device.person)}</bdi>
              {device.self ? (
                <Text span fz="sm" c="dimmed">
                  {' '}
                  ({t('devices.this')})
                </Text>
              ) : null}
            </Table.Td>
            <Table.Td>
              <Badge color={COLOR[device.state]} variant="light">
                {t(`devices.${device.state}`)}
              </Badge>
              {device.vouched > 0 ? <Text fz="sm">{t('devices.vouched', { count: device.vouched })}</Text> : null}
              {device.parked > 0 ? <Text fz="sm">{t('devices.parked', { count: device.parked })}</Text> : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
