import { Alert, Badge, Button, Group, Modal, MultiSelect, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { Checkpoints } from './checkpoints.tsx'
import { Leave, Remove } from './depart.tsx'
import { MemberDevices } from './member-devices.tsx'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'

/** The companies with their fingerprints and people, the channels, and the charter. */
export function Members({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const { pick } = useLocale()
  const [adding, { open, close }] = useDisclosure()
  return (
    <Stack gap="lg">
      {workspace.members.map((member) => (
        <Paper key={member.company}>
          <Group justify="space-between" mb="sm">
            <Group gap="sm">
              <Title order={2}>
                <bdi>{pick(member.name)}</bdi>
              </Title>
              {member.own ? <Badge variant="light">{t('ownCompany')}</Badge> : null}
              {member.left ? (
                <Badge variant="light" color="gray">
                  {t('hasLeft')}
                </Badge>
              ) : null}
            </Group>
            <Group gap={6}>
              <Text fz="sm" c="dimmed">
                {t('fingerprint')}
              </Text>
              <HashBadge hash={member.rootFingerprint} label={t('fingerprint')} />
            </Group>
          </Group>
          {member.left && member.people.length === 0 ? null : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('person')}</Table.Th>
                  <Table.Th>{t('common:roles')}</Table.Th>
                  <Table.Th>{t('certifiedUntil')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {member.people.map((person, index) => (
                  <Table.Tr key={index}>
                    <Table.Td>
                      <bdi>{pick(person.name)}</bdi>
                      {person.actingFor ? (
                        <Text fz="sm" c="dimmed">
                          {t('actingFor', { name: pick(person.actingFor) })}
                        </Text>
                      ) : null}
                    </Table.Td>
                    <Table.Td>
                      <RoleNames roles={person.roles} />
                    </Table.Td>
                    <Table.Td>
                      <When at={person.validTo} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
          <MemberDevices devices={member.devices} />
          {member.removal ? (
            <Alert color="sand" mt="sm" role="status">
              {t('remove.pending', {
                given: member.removal.consented.map(pick).join(t('remove.separator')),
                missing: member.removal.missing.map(pick).join(t('remove.separator')),
              })}
            </Alert>
          ) : null}
          {workspace.stage === 'active' && !member.left ? (
            <Group justify="flex-end" mt="sm">
              {member.own ? <Leave workspace={workspace} /> : <Remove workspace={workspace} member={member} />}
            </Group>
          ) : null}
        </Paper>
      ))}
      <Paper>
        <Group justify="space-between" mb="sm">
          <Title order={2}>{t('channels')}</Title>
          <Button variant="default" size="sm" onClick={open}>
            {t('addChannel')}
          </Button>
        </Group>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('channel')}</Table.Th>
              <Table.Th>{t('readers')}</Table.Th>
              <Table.Th>{t('expires')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {workspace.channels.map((channel) => (
              <Table.Tr key={channel.id}>
                <Table.Td>
                  <bdi>{pick(channel.name)}</bdi>
                </Table.Td>
                <Table.Td>
                  <RoleNames roles={channel.roles} />
                </Table.Td>
                <Table.Td>{channel.expiresOn ? <When at={channel.expiresOn} /> : t('noExpiry')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      {workspace.kind === 'internal' ? null : <Checkpoints workspace={workspace} />}
      <Paper>
        <Title order={2} mb="xs">
          {t('charter.title')}
        </Title>
        <KeyValue
          items={[
            [t('new.consents'), t(`charter.${workspace.charter.addCompany}`)],
            [t('new.charterRoles'), <RoleNames key="roles" roles={workspace.charter.roles} />],
          ]}
        />
      </Paper>
      <AddChannel workspace={workspace.id} opened={adding} onClose={close} />
    </Stack>
  )
}

function AddChannel(props: { readonly workspace: string; readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const [name, setName] = useState<Bilingual>({ en: '', ar: '' })
  const [roles, setRoles] = useState<Role[]>([])
  const add = useMutation({ ...useOrpc().workspaces.addChannel.mutationOptions(), onSuccess: props.onClose })
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('addChannel')} size="lg">
      <Stack>
        <BilingualInputs legend={t('new.channelName')} value={name} onChange={setName} />
        <MultiSelect
          label={t('new.channelRoles')}
          data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
          value={roles}
          onChange={(next) => setRoles(ROLES.filter((role) => next.includes(role)))}
        />
        <RefusalAlert refusal={add.error ? refusalOf(add.error) : null} />
        <Group justify="flex-end">
          <Button
            loading={add.isPending}
            disabled={roles.length === 0 || !(name.en.trim() || name.ar.trim())}
            onClick={() => add.mutate({ workspace: props.workspace, name, roles })}
          >
            {t('addChannel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
