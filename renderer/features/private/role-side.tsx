import { Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Side, SliceLook } from './partner-side.tsx'

/** A real partner is elsewhere: the owner looks through the eyes of one of its roles. */
export function RoleSide({ disclosure }: { readonly disclosure: DisclosureSummary }) {
  const { t } = useTranslation(['private', 'common'])
  const orpc = useOrpc()
  const [role, setRole] = useState<Role>(disclosure.roles[0] ?? 'coo')
  const sight = useQuery(orpc.disclosures.seeAs.queryOptions({ input: { workspace: disclosure.workspace, role } }))
  const workspace = useQuery(orpc.workspaces.get.queryOptions({ input: { workspace: disclosure.workspace } }))
  const seen = sight.data?.slices.find(({ artifact }) => artifact === disclosure.artifact)
  return (
    <Stack gap="sm">
      <Select
        label={t('beside.role')}
        allowDeselect={false}
        data={ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }))}
        value={role}
        onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)}
      />
      <RefusalAlert refusal={sight.error ? refusalOf(sight.error) : null} />
      {sight.isPending ? (
        <Loading />
      ) : seen ? (
        <Side
          company={workspace.data?.partners[0]?.name}
          title={seen.title}
          hash={seen.sliceId}
          ours={disclosure.sliceId}
        >
          <SliceLook slice={seen.slice} height="calc(100vh - 30rem)" />
        </Side>
      ) : (
        <Text>{t('beside.roleSeesNothing')}</Text>
      )}
    </Stack>
  )
}
