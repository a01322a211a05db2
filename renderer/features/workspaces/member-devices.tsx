import { Anchor, Badge, Group, List, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { ForkView, HeldBackAct, MemberDeviceView } from '#shared/projection/workspace-views.ts'
import { HeldBack } from '#ui/app/held-back.tsx'
import { hrefOf, to } from '#ui/app/route.ts'
import { useCodeWords } from '#ui/parts/code-words.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'

const COLOR = { active: 'leaf', expired: 'gray', revoked: 'red', gone: 'gray', forked: 'red' } as const

/** The devices of a company here, and what became of what one that ended wrote afterwards. */
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
              {device.forks.map((fork) => (
                <ForkProof key={fork.entries.map(({ hash }) => hash).join()} fork={fork} />
              ))}
              {device.narrowed ? <Narrowed narrowed={device.narrowed} /> : null}
              {device.parked > 0 ? <Text fz="sm">{t('devices.parked', { count: device.parked })}</Text> : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** That roles became fewer, and what of the old ones was held back or counts after that. */
function Narrowed({
  narrowed: { vouched, heldBack, acts },
}: {
  readonly narrowed: NonNullable<MemberDeviceView['narrowed']>
}) {
  const { t } = useTranslation('workspaces')
  return (
    <Stack gap={4} mt="xs" maw={460}>
      <Text fz="sm">{t('devices.narrowed')}</Text>
      {heldBack > 0 ? <Text fz="sm">{t('devices.heldBack', { count: heldBack })}</Text> : null}
      {acts.length > 0 ? (
        <>
          <Text fz="sm">{t('devices.actsMeaning')}</Text>
          <List size="sm">
            {acts.map((act) => (
              <List.Item key={`${act.code}/${act.about?.id ?? ''}`}>
                <ActOf act={act} />
              </List.Item>
            ))}
          </List>
        </>
      ) : null}
      {vouched > 0 ? <Text fz="sm">{t('devices.seenBefore', { count: vouched })}</Text> : null}
    </Stack>
  )
}

/** A document is named and led to: what was written in it stands there as drafts. */
function ActOf({ act: { code, count, about } }: { readonly act: HeldBackAct }) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  const words = useCodeWords()
  const what = t('devices.act', { what: words(code), count })
  if (!about) return <>{what}</>
  const type = about.document && !about.stands ? artifactOf(about.type) : undefined
  return (
    <>
      {what}:{' '}
      {about.document && about.stands ? (
        <Anchor href={hrefOf(to.document(about.id))}>
          <bdi>{pick(about.title)}</bdi>
        </Anchor>
      ) : (
        <bdi>{pick(about.title)}</bdi>
      )}
      {type && code === 'document-created' ? <HeldBack artifact={about.id} type={type} /> : null}
    </>
  )
}

/** What the bytes prove, and no more: two signed entries under one number, and what follows for everybody. */
function ForkProof({ fork }: { readonly fork: ForkView }) {
  const { t } = useTranslation('workspaces')
  const { f, pick } = useLocale()
  return (
    <Stack gap={4} mt="xs" maw={460}>
      <Text fz="sm">{t('devices.fork.text', { channel: pick(fork.channel), number: fork.number })}</Text>
      {fork.entries.map(({ hash, at }) => (
        <Group key={hash} gap="xs">
          <HashBadge hash={hash} label={t('devices.fork.entry')} />
          <Text fz="sm" c="dimmed">
            {at === undefined ? t('devices.fork.unread') : t('devices.fork.at', { time: f.moment(at) })}
          </Text>
        </Group>
      ))}
      {fork.kept > 0 ? <Text fz="sm">{t('devices.fork.kept', { count: fork.kept })}</Text> : null}
      <Text fz="sm" c="dimmed">
        {t('devices.fork.next')}
      </Text>
    </Stack>
  )
}
