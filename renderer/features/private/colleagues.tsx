import { Anchor, Button, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconFileExport, IconPlugConnected, IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ColleaguesView, CopyView } from '#shared/projection/colleague-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'
import { SHARE_TONE } from './share-state.tsx'

const COPY_TONE: Readonly<Record<CopyView['state'], Tone>> = {
  current: 'good',
  coming: 'busy',
  withdrawn: 'off',
  'role-lost': 'off',
  'sharer-ended': 'off',
  removed: 'off',
}

/** What goes between this device and those of colleagues, and how they meet. */
export function Colleagues() {
  const { t } = useTranslation('colleagues')
  const found = useQuery(useOrpc().colleagues.get.queryOptions())
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  const { workspace, busy } = found.data
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        back={{ label: t('back'), href: hrefOf(to.privateData()) }}
        actions={workspace ? <ExchangeFile workspace={workspace.id} /> : null}
      />
      {workspace ? (
        <Stack gap="lg">
          <Text fz="sm" c="dimmed" role="status" aria-live="polite">
            {busy ? (
              <Group component="span" gap="xs">
                <Loader size="xs" aria-hidden="true" />
                {t('overview.working')}
              </Group>
            ) : null}
          </Text>
          <Copies view={found.data} />
          <Shares view={found.data} />
          <Meeting view={found.data} />
        </Stack>
      ) : (
        <Paper>
          <EmptyState
            icon={<IconUsersGroup aria-hidden="true" />}
            title={t('none.title')}
            text={t('none.text')}
            action={
              <Button component="a" href={hrefOf(to.settings('people'))}>
                {t('none.action')}
              </Button>
            }
          />
        </Paper>
      )}
    </>
  )
}

/** For devices that never meet: everything of the internal workspace as a sealed file. */
function ExchangeFile({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation('colleagues')
  const client = useClient()
  const notify = useNotify()
  const save = useMutation({
    mutationFn: async () => saveDownload(client, await client.workspaces.exportSync({ workspace })),
    onSuccess: () => notify.done(t('overview.fileSaved')),
    onError: notify.refused,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconFileExport size={18} aria-hidden="true" />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('overview.file')}
    </Button>
  )
}

function Copies({ view }: { readonly view: ColleaguesView }) {
  const { t } = useTranslation('colleagues')
  const { pick } = useLocale()
  return (
    <Paper>
      <Title order={2} mb="sm">
        {t('overview.copies')}
      </Title>
      {view.copies.length === 0 ? (
        <Text c="dimmed">{t('overview.noCopies')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('overview.name')}</Table.Th>
                <Table.Th scope="col">{t('overview.by')}</Table.Th>
                <Table.Th scope="col">{t('overview.revision')}</Table.Th>
                <Table.Th scope="col">{t('overview.status')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {view.copies.map((copy) => (
                <Table.Tr key={copy.artifact}>
                  <Table.Th scope="row" fw={500}>
                    <Named copy={copy} />
                  </Table.Th>
                  <Table.Td>
                    <bdi>{pick(copy.by)}</bdi>
                  </Table.Td>
                  <Table.Td>
                    {copy.revision > 0 ? t('state.revision', { revision: copy.revision }) : '—'}
                    <Text fz="xs" c="dimmed">
                      <When at={copy.sharedAt} withTime />
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <StatusDot tone={COPY_TONE[copy.state]}>{t(`copyState.${copy.state}`)}</StatusDot>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}

function Named({ copy }: { readonly copy: CopyView }) {
  const { t } = useTranslation('colleagues')
  const isOpen = copy.of === 'dataset' && copy.revision > 0 && copy.state !== 'removed'
  const name = <bdi>{copy.name || t('copy.unnamed')}</bdi>
  return (
    <>
      {isOpen ? <Anchor href={hrefOf(to.dataset(copy.artifact))}>{name}</Anchor> : name}
      <Text fz="xs" c="dimmed">
        {t(`overview.of.${copy.of}`)}
      </Text>
    </>
  )
}

function Shares({ view }: { readonly view: ColleaguesView }) {
  const { t } = useTranslation('colleagues')
  return (
    <Paper>
      <Title order={2} mb="sm">
        {t('overview.shares')}
      </Title>
      {view.shares.length === 0 ? (
        <Text c="dimmed">{t('overview.noShares')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('overview.name')}</Table.Th>
                <Table.Th scope="col">{t('overview.roles')}</Table.Th>
                <Table.Th scope="col">{t('overview.revision')}</Table.Th>
                <Table.Th scope="col">{t('overview.status')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {view.shares.map((share) => (
                <Table.Tr key={share.artifact}>
                  <Table.Th scope="row" fw={500}>
                    {share.of === 'dataset' && share.standing !== 'ended' ? (
                      <Anchor href={hrefOf({ ...to.dataset(share.subject), query: { tab: 'colleagues' } })}>
                        <bdi>{share.name}</bdi>
                      </Anchor>
                    ) : (
                      <bdi>{share.name}</bdi>
                    )}
                    <Text fz="xs" c="dimmed">
                      {t(`overview.of.${share.of}`)}
                    </Text>
                  </Table.Th>
                  <Table.Td>
                    <RoleNames roles={share.roles} />
                  </Table.Td>
                  <Table.Td>
                    {t('state.revision', { revision: share.revision })}
                    <Text fz="xs" c="dimmed">
                      <When at={share.at} withTime />
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <StatusDot tone={SHARE_TONE[share.standing]}>{t(`state.${share.standing}`)}</StatusDot>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}

const LINK_TONE = {
  local: 'good', direct: 'good', mailbox: 'good', connecting: 'busy', waiting: 'waiting', offline: 'off', refused: 'bad',
} as const satisfies Record<string, Tone> // prettier-ignore

function Meeting({ view }: { readonly view: ColleaguesView }) {
  const { t } = useTranslation(['colleagues', 'workspaces'])
  const { pick } = useLocale()
  const { workspace, devices } = view
  if (!workspace) return null
  const { link, lastSync, id } = workspace
  return (
    <Paper>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2}>{t('overview.link')}</Title>
            <Text fz="sm" c="dimmed" mt={4} maw="42rem">
              {t('overview.linkText')}
            </Text>
          </div>
          <Button
            component="a"
            variant="default"
            href={hrefOf(to.workspace(id, 'connection'))}
            leftSection={<IconPlugConnected size={18} aria-hidden="true" />}
          >
            {t('overview.settings')}
          </Button>
        </Group>
        <Group gap="lg">
          <StatusDot tone={LINK_TONE[link.state]}>{t(`workspaces:link.${link.state}.name`)}</StatusDot>
          <Text fz="sm" c="dimmed">
            {t('overview.lastSync')}: {lastSync === null ? t('overview.never') : <When at={lastSync} withTime />}
          </Text>
        </Group>
        <div>
          <Text fw={500} mb={4}>
            {t('overview.devices')}
          </Text>
          {devices.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t('overview.noDevices')}
            </Text>
          ) : (
            <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
              {devices.map(({ device, person, roles }) => (
                <li key={device}>
                  <bdi>{pick(person)}</bdi> ·{' '}
                  <Text span fz="sm" c="dimmed">
                    <RoleNames roles={roles} />
                  </Text>
                </li>
              ))}
            </Stack>
          )}
        </div>
      </Stack>
    </Paper>
  )
}
