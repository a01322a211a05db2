import { Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SliceTable } from '#ui/parts/slice-table.tsx'

/** The owner looks through the eyes of a partner's role. */
export function SeeAs(props: { readonly workspace: string | undefined }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f, pick } = useLocale()
  const orpc = useOrpc()
  const workspaces = useQuery(orpc.workspaces.list.queryOptions())
  const [chosen, setChosen] = useState<string | null>(props.workspace ?? null)
  const [role, setRole] = useState<Role>('coo')
  const workspace = chosen ?? workspaces.data?.[0]?.id ?? null
  const sight = useQuery({
    ...orpc.disclosures.seeAs.queryOptions({ input: { workspace: workspace ?? '', role } }),
    enabled: workspace !== null,
  })
  const failed = workspaces.error ?? sight.error
  return (
    <>
      <PageHeader
        title={t('common:action.seeAs')}
        lead={t('seeAs.lead')}
        back={{ label: t('common:area.disclosures'), href: hrefOf(to.disclosures()) }}
      />
      <Stack>
        <Group align="flex-end">
          <Select
            label={t('toWorkspace')}
            w={300}
            allowDeselect={false}
            data={(workspaces.data ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))}
            value={workspace}
            onChange={setChosen}
          />
          <Select
            label={t('seeAs.role')}
            w={220}
            allowDeselect={false}
            data={ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }))}
            value={role}
            onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)}
          />
        </Group>
        <RefusalAlert refusal={failed ? refusalOf(failed) : null} />
        {sight.isPending && workspace !== null ? <Loading /> : null}
        {sight.data?.slices.length === 0 ? (
          <Paper>
            <EmptyState
              icon={<IconEyeOff aria-hidden="true" />}
              title={t('seeAs.nothing')}
              text={t('seeAs.nothingText')}
            />
          </Paper>
        ) : null}
        {sight.data?.slices.map((one) => (
          <Paper key={one.artifact} bg="var(--mithaq-partner)">
            <Group justify="space-between" mb="sm">
              <div>
                <Title order={2}>{pick(one.title)}</Title>
                <Text fz="sm" c="dimmed">
                  {t('revisionNumber', { number: f.number(one.revision) })} ·{' '}
                  {t('common:rows', { count: one.slice.rows.length })}
                </Text>
              </div>
              <HashBadge hash={one.sliceId} />
            </Group>
            <SliceTable slice={one.slice} label={pick(one.title)} />
          </Paper>
        ))}
        {sight.data && sight.data.hidden > 0 ? (
          <Text fz="sm" c="dimmed">
            {t('seeAs.hidden', { count: sight.data.hidden })}
          </Text>
        ) : null}
      </Stack>
    </>
  )
}
