import { Alert, Anchor, Badge, Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { IconFileExport, IconShieldQuestion } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { ConnectionSettings } from './connection-settings.tsx'
import { DryRunChecklist } from './dry-run.tsx'
import { Invite } from './invite.tsx'
import { LinkStatus } from './link-status.tsx'
import { Members } from './members.tsx'
import { Overview } from './overview.tsx'
import { Safety } from './safety.tsx'

const TABS = ['overview', 'members', 'invite', 'safety', 'dry-run', 'connection'] as const
type Tab = (typeof TABS)[number]

/** One workspace: what it is for, who is in it, how it is connected. The open tab is part of the address. */
export function Workspace({ id, tab }: { readonly id: string; readonly tab: string | undefined }) {
  const { t } = useTranslation(['workspaces', 'common', 'dry-run', 'colleagues'])
  const { pick } = useLocale()
  const notify = useNotify()
  const client = useClient()
  const found = useQuery(useOrpc().workspaces.get.queryOptions({ input: { workspace: id } }))
  const exporting = useMutation({
    mutationFn: async () => saveDownload(client, await client.workspaces.exportSync({ workspace: id })),
    onSuccess: () => notify.done(t('sync.saved')),
    onError: notify.refused,
  })
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  const workspace = found.data
  if (!workspace) return <Loading />
  // Colleagues' devices share no documents here: all that is set in this place is how they meet.
  const isInternal = workspace.kind === 'internal'
  const active: Tab = isInternal ? 'connection' : (TABS.find((name) => name === tab) ?? 'overview')
  const shown = TABS.filter(
    (name) =>
      (!isInternal || name === 'connection') &&
      (name !== 'safety' || workspace.safetyCode) &&
      (name !== 'invite' || workspace.partners.length === 0) &&
      (name !== 'dry-run' || workspace.dryRun),
  )
  return (
    <>
      <PageHeader
        title={pick(workspace.name)}
        lead={
          <Group gap="md" component="span">
            {isInternal ? null : (
              <Badge variant="light" color="gray" component="span">
                {t(`kind.${workspace.kind}.name`)}
              </Badge>
            )}
            {workspace.stage === 'active' ? (
              <LinkStatus link={workspace.link} />
            ) : (
              <Text span fz="sm">
                {t(`stage.${workspace.stage}.name`)}
              </Text>
            )}
          </Group>
        }
        back={
          isInternal
            ? { label: t('colleagues:title'), href: hrefOf(to.colleagues()) }
            : { label: t('common:area.workspaces'), href: hrefOf(to.workspaces()) }
        }
        actions={
          workspace.link.state === 'local' ? null : (
            <Button
              variant="default"
              leftSection={<IconFileExport size={18} aria-hidden="true" />}
              loading={exporting.isPending}
              onClick={() => exporting.mutate()}
            >
              {workspace.outstanding > 0 ? t('sync.exportCount', { count: workspace.outstanding }) : t('sync.export')}
            </Button>
          )
        }
      />
      <Stack gap="lg">
        {workspace.stage === 'confirming' || (workspace.safetyCode && !workspace.safetyConfirmed) ? (
          <Alert color="amber" icon={<IconShieldQuestion />} title={t('safety.waiting')}>
            <Group justify="space-between">
              <Text fz="sm">{t('safety.waitingText')}</Text>
              {active === 'safety' ? null : (
                <Button size="sm" onClick={() => go(to.workspace(id, 'safety'))}>
                  {t('safety.compare')}
                </Button>
              )}
            </Group>
          </Alert>
        ) : null}
        {workspace.stage === 'inviting' && active !== 'invite' ? (
          <Alert color="sand" title={t('stage.inviting.name')}>
            <Group justify="space-between">
              <Text fz="sm">{t('stage.inviting.meaning')}</Text>
              <Button size="sm" onClick={() => go(to.workspace(id, 'invite'))}>
                {t('invite.title')}
              </Button>
            </Group>
          </Alert>
        ) : null}
        {workspace.afterDryRun ? (
          <Alert color="leaf" variant="light">
            <Group justify="space-between">
              <Text fz="sm">{t('dry-run:after')}</Text>
              <Anchor fz="sm" href={hrefOf(to.workspace(workspace.afterDryRun, 'dry-run'))}>
                {t('dry-run:toDryRun')}
              </Anchor>
            </Group>
          </Alert>
        ) : null}
        {workspace.stage === 'left' ? <Alert color="sand">{t('stage.left.meaning')}</Alert> : null}
        {workspace.stage === 'answering' ? <Alert color="sand">{t('stage.answering.meaning')}</Alert> : null}
        <Tabs
          value={active}
          onChange={(next) => next && go(to.workspace(id, next === 'overview' ? undefined : next))}
          keepMounted={false}
          // A tab is a place of its own, and a new place takes the focus: the arrows only point, Enter goes.
          activateTabWithKeyboard={false}
        >
          <Tabs.List mb="lg">
            {shown.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {name === 'dry-run' ? t('dry-run:tab') : t(`tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="overview">
            <Overview workspace={workspace} />
          </Tabs.Panel>
          <Tabs.Panel value="members">
            <Members workspace={workspace} />
          </Tabs.Panel>
          <Tabs.Panel value="invite">
            <Invite workspace={workspace} />
          </Tabs.Panel>
          <Tabs.Panel value="safety">
            <Safety workspace={workspace} />
          </Tabs.Panel>
          <Tabs.Panel value="dry-run">
            <DryRunChecklist workspace={workspace.id} />
          </Tabs.Panel>
          <Tabs.Panel value="connection">
            <ConnectionSettings workspace={workspace} key={workspace.id} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  )
}
