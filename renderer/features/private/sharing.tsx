import { Alert, Badge, Button, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconEye, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DataClass } from '#shared/artifacts/table.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { SharePreview, ShareView } from '#shared/projection/colleague-views.ts'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useJob } from '#ui/app/job.ts'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { RoleNames } from '#ui/parts/values.tsx'
import { ShareChoice } from './share-choice.tsx'
import { ShareState } from './share-state.tsx'
import { SharedPolicies } from './shared-policies.tsx'

/** Whether and how a dataset of this vault is shared with colleagues, with a preview of what goes to whom. */
export function Sharing({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation('colleagues')
  const colleagues = useQuery(useOrpc().colleagues.get.queryOptions())
  if (colleagues.error) return <RefusalAlert refusal={refusalOf(colleagues.error)} />
  if (!colleagues.data) return <Loading />
  const { devices, shares } = colleagues.data
  const share = shares.find(({ subject, standing }) => subject === dataset.id && standing !== 'ended')
  if (devices.length === 0 && !share)
    return (
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
    )
  return (
    <Stack gap="lg">
      {share ? <ShareState share={share} /> : null}
      <ShareForm key={share?.revision ?? 0} dataset={dataset} share={share} />
      {share ? <SharedPolicies dataset={dataset.id} share={share} shares={shares} /> : null}
    </Stack>
  )
}

function ShareForm({ dataset, share }: { readonly dataset: DatasetView; readonly share: ShareView | undefined }) {
  const { t } = useTranslation('colleagues')
  const notify = useNotify()
  const orpc = useOrpc()
  const [roles, setRoles] = useState<readonly Role[]>(share?.roles ?? [])
  // The careful choice stands first: private goes by an explicit one alone.
  const [ceiling, setCeiling] = useState<DataClass>(share?.ceiling ?? 'shared-confidential')
  const preview = useQuery({
    ...orpc.colleagues.preview.queryOptions({ input: { dataset: dataset.id, roles: [...roles], ceiling } }),
    placeholderData: keepPreviousData,
  })
  const sending = useMutation({ ...orpc.colleagues.share.mutationOptions(), onError: notify.refused })
  const { job, cancel } = useJob(sending.data?.job)
  const going = preview.data?.columns.filter(({ goes }) => goes).map(({ name }) => name) ?? []
  const isSame =
    share?.standing === 'current' && share.ceiling === ceiling && [...share.roles].sort().join() === [...roles].sort().join() // prettier-ignore
  const running = sending.isPending || job?.state === 'running'
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper>
          <Stack>
            <Title order={3}>{t('form.title')}</Title>
            <ShareChoice roles={roles} onRoles={setRoles} ceiling={ceiling} onCeiling={setCeiling} />
            {ceiling === 'private' ? (
              <Alert color="amber" variant="light">
                {t('form.privateNote')}
              </Alert>
            ) : null}
            <People roles={roles} preview={preview.data} />
            {preview.data && going.length === 0 ? <Text fz="sm">{t('form.nothing')}</Text> : null}
            {job && job.state !== 'done' ? <JobProgress job={job} onCancel={cancel} /> : null}
            {isSame ? (
              <Text fz="sm" c="dimmed">
                {t('form.same')}
              </Text>
            ) : (
              <Group justify="flex-end">
                <Button
                  loading={running}
                  disabled={roles.length === 0 || going.length === 0}
                  onClick={() => sending.mutate({ dataset: dataset.id, roles: [...roles], ceiling, columns: going })}
                >
                  {share ? t('form.update') : t('form.share')}
                </Button>
              </Group>
            )}
          </Stack>
        </Paper>
        <Paper>
          <Stack gap="sm">
            <Group gap="xs">
              <IconEye size={18} aria-hidden="true" />
              <Title order={3}>{t('preview.title')}</Title>
            </Group>
            <RefusalAlert refusal={preview.error ? refusalOf(preview.error) : null} />
            {preview.data ? <Columns preview={preview.data} /> : <Loading />}
          </Stack>
        </Paper>
      </SimpleGrid>
    </Stack>
  )
}

function People({ roles, preview }: { readonly roles: readonly Role[]; readonly preview: SharePreview | undefined }) {
  const { t } = useTranslation('colleagues')
  const { pick } = useLocale()
  if (roles.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('form.chooseRoles')}
      </Text>
    )
  const people = preview?.people ?? []
  if (people.length === 0) return <Text fz="sm">{t('form.nobody')}</Text>
  return (
    <div>
      <Text fz="sm" fw={500} mb={4}>
        {t('form.people')}
      </Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {people.map(({ device, person, roles: held }) => (
          <li key={device}>
            <bdi>{pick(person)}</bdi> ·{' '}
            <Text span fz="sm" c="dimmed">
              <RoleNames roles={held} />
            </Text>
          </li>
        ))}
      </Stack>
    </div>
  )
}

function Columns({ preview }: { readonly preview: SharePreview }) {
  const { t } = useTranslation(['colleagues', 'private', 'common'])
  return (
    <Table.ScrollContainer minWidth={380}>
      <Table verticalSpacing={6}>
        <caption>{t('common:rows', { count: preview.rows })}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('preview.column')}</Table.Th>
            <Table.Th scope="col">{t('preview.class')}</Table.Th>
            <Table.Th scope="col">{t('preview.where')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.columns.map(({ name, dataClass, goes }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                <bdi>{name}</bdi>
              </Table.Th>
              <Table.Td>
                <ClassBadge dataClass={dataClass} />
              </Table.Td>
              <Table.Td>
                <Badge variant={goes ? 'filled' : 'outline'} color={goes ? 'leaf' : 'gray'} size="sm">
                  {goes ? t('preview.goes') : t('preview.stays')}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
