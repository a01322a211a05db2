import { Anchor, Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconBriefcase, IconMailOpened, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkspaceSummary } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { LinkStatus } from './link-status.tsx'
import classes from './workspaces.module.css'

/** Every workspace with its outcome, its partners, and the truth about its connection. */
export function WorkspaceList() {
  const { t } = useTranslation(['workspaces', 'common'])
  const list = useQuery(useOrpc().workspaces.list.queryOptions())
  const create = (
    <Button component="a" href={hrefOf(to.newWorkspace())} leftSection={<IconPlus size={18} aria-hidden="true" />}>
      {t('common:action.newWorkspace')}
    </Button>
  )
  const open = (
    <Button
      component="a"
      href={hrefOf(to.openInvitation())}
      variant="default"
      leftSection={<IconMailOpened size={18} aria-hidden="true" />}
    >
      {t('common:action.openInvitation')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('common:area.workspaces')}
        lead={t('lead')}
        actions={
          <>
            {open}
            {create}
          </>
        }
      />
      {list.error ? <RefusalAlert refusal={refusalOf(list.error)} /> : null}
      {list.isPending ? <Loading /> : null}
      {list.data?.length === 0 ? (
        <Paper>
          <EmptyState
            icon={<IconBriefcase aria-hidden="true" />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={
              <Group>
                {open}
                {create}
              </Group>
            }
          />
        </Paper>
      ) : null}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {list.data?.map((one) => (
          <Card key={one.id} one={one} />
        ))}
      </SimpleGrid>
    </>
  )
}

function Card({ one }: { readonly one: WorkspaceSummary }) {
  const { t } = useTranslation(['workspaces', 'dry-run'])
  const { pick, f } = useLocale()
  const name = pick(one.name)
  return (
    <Paper component="article" className={classes.card} aria-label={name}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Title order={2}>
              <Anchor inherit c="inherit" href={hrefOf(to.workspace(one.id))} className={classes.cover}>
                <bdi>{name}</bdi>
              </Anchor>
            </Title>
            <Text fz="sm" c="dimmed">
              {one.partners.length > 0 ? f.list(one.partners.map((partner) => pick(partner.name))) : t('noPartner')}
            </Text>
          </div>
          <Group gap={6} style={{ flex: 'none' }}>
            {one.dryRun ? <Badge color="sand">{t('dry-run:badge')}</Badge> : null}
            <Badge variant="light" color="gray">
              {t(`kind.${one.kind}.name`)}
            </Badge>
          </Group>
        </Group>
        <Text>
          <bdi>{pick(one.outcome)}</bdi>
        </Text>
        <Group justify="space-between" mt="auto">
          {one.stage === 'active' ? (
            <LinkStatus link={one.link} />
          ) : (
            <Badge color="amber" variant="light">
              {t(`stage.${one.stage}.name`)}
            </Badge>
          )}
          {one.lastSync ? (
            <Text fz="sm" c="dimmed">
              {t('lastSync')} <When at={one.lastSync} ago />
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  )
}
