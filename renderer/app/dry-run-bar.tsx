import { Anchor, Group, Text } from '@mantine/core'
import { IconTestPipe } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useOrpc } from './engine.tsx'
import { hrefOf, to, type Route } from './route.ts'
import classes from './sample-bar.module.css'

/** Says on every screen of a dry run, whatever feature it belongs to, that its data are invented. */
export function DryRunBar({ route }: { readonly route: Route }) {
  const orpc = useOrpc()
  const workspaces = useQuery(orpc.workspaces.list.queryOptions())
  const rehearsals = workspaces.data?.filter(({ dryRun }) => dryRun) ?? []
  return rehearsals.length > 0 ? <Located route={route} rehearsals={rehearsals.map(({ id }) => id)} /> : null
}

function Located({ route, rehearsals }: { readonly route: Route; readonly rehearsals: readonly string[] }) {
  const orpc = useOrpc()
  const { area, path, query } = route
  const [first, second] = path
  const artifact = area === 'artifact' ? first : area === 'disclosures' && first === 'of' ? second : undefined
  const document = area === 'document' ? first : undefined
  const policy = area === 'disclosures' && first === 'new' ? query['policy'] : undefined
  const artifacts = useQuery({ ...orpc.artifacts.list.queryOptions({ input: {} }), enabled: artifact !== undefined })
  const documents = useQuery({ ...orpc.documents.list.queryOptions({ input: {} }), enabled: document !== undefined })
  const policies = useQuery({ ...orpc.disclosures.policies.queryOptions(), enabled: policy !== undefined })
  const workspace =
    (area === 'workspaces' && first === 'of' ? second : undefined) ??
    artifacts.data?.find(({ id }) => id === artifact)?.workspace ??
    documents.data?.find(({ id }) => id === document)?.workspace ??
    policies.data?.find(({ id }) => id === policy)?.workspaceId
  return workspace !== undefined && rehearsals.includes(workspace) ? <DryRunNote workspace={workspace} /> : null
}

/** The banner itself, for a screen that knows its workspace before the address does. */
export function DryRunNote({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation('dry-run')
  return (
    <Group className={classes.bar} justify="space-between" gap="xs" role="note">
      <Group gap="xs">
        <IconTestPipe size={18} aria-hidden="true" />
        <Text fz="sm" fw={600}>
          {t('bar')}
        </Text>
      </Group>
      <Anchor fz="sm" c="inherit" underline="always" href={hrefOf(to.workspace(workspace, 'dry-run'))}>
        {t('toChecklist')}
      </Anchor>
    </Group>
  )
}
