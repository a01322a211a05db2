import { Button, Group, Paper, Select, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { IconShare2 } from '@tabler/icons-react'
import { forecastOf, usualForecast, type Policy } from './draft.ts'
import { Editor } from './editor.tsx'

/** First what and to whom; then the proposal, edited beside its preview. With a policy it is the next revision. */
export function NewDisclosure(props: { readonly dataset: string | undefined; readonly policy: string | undefined }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const orpc = useOrpc()
  const [proposed, setProposed] = useState<Policy | null>(null)
  const datasets = useQuery(orpc.datasets.list.queryOptions())
  const policies = useQuery(orpc.disclosures.policies.queryOptions())
  const disclosed = useQuery(orpc.disclosures.list.queryOptions())
  const out = disclosed.data?.find((one) => one.policy === props.policy && one.state !== 'withdrawn')
  const artifacts = useQuery(orpc.artifacts.list.queryOptions({ input: {} }))
  const isForecast = artifacts.data?.find(({ id }) => id === out?.artifact)?.type === 'SharedForecast.v1'
  const current = useQuery({
    ...orpc.artifacts.open.queryOptions({ input: { artifact: out?.artifact ?? '' } }),
    enabled: isForecast,
  })
  const failed = datasets.error ?? policies.error ?? disclosed.error ?? artifacts.error ?? current.error
  if (failed) return <RefusalAlert refusal={refusalOf(failed)} />
  if (!datasets.data || !policies.data || !disclosed.data || !artifacts.data) return <Loading />
  if (isForecast && !current.data) return <Loading />
  const stored = policies.data.find(({ id }) => id === props.policy)
  const policy = stored ?? proposed
  const dataset = datasets.data.find(({ id }) => id === policy?.datasetId)
  const before = disclosed.data.find((one) => one.policy === stored?.id)
  return (
    <>
      <PageHeader
        title={before ? t('revise') : t('common:action.newDisclosure')}
        lead={t('newLead')}
        back={{ label: t('common:area.disclosures'), href: hrefOf(to.disclosures()) }}
      />
      {policy && dataset ? (
        <Editor
          key={policy.id}
          dataset={dataset}
          stored={stored}
          start={{
            policy,
            title: before?.title ?? policy.name,
            forecast: current.data ? forecastOf(current.data) : before ? null : usualForecast(t('usual.unit')),
          }}
        />
      ) : (
        <Choose
          dataset={props.dataset}
          // What it is for is the person's word, so it begins in the person's language.
          onProposed={(made) => setProposed({ ...made, purpose: t('usual.purpose') })}
        />
      )}
    </>
  )
}

function Choose(props: { readonly dataset: string | undefined; readonly onProposed: (policy: Policy) => void }) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { pick } = useLocale()
  const orpc = useOrpc()
  const datasets = useQuery(orpc.datasets.list.queryOptions())
  const workspaces = useQuery(orpc.workspaces.list.queryOptions())
  const [dataset, setDataset] = useState(props.dataset ?? null)
  const [workspace, setWorkspace] = useState<string | null>(null)
  const [channel, setChannel] = useState<string | null>(null)
  const place = workspace ?? workspaces.data?.[0]?.id ?? null
  const view = useQuery({
    ...orpc.workspaces.get.queryOptions({ input: { workspace: place ?? '' } }),
    enabled: place !== null,
  })
  const propose = useMutation({ ...orpc.disclosures.propose.mutationOptions(), onSuccess: props.onProposed })
  const data = dataset ?? datasets.data?.[0]?.id ?? null
  const audience = channel ?? view.data?.channels[0]?.id ?? null
  if (datasets.data?.length === 0)
    return (
      <EmptyState
        icon={<IconShare2 aria-hidden="true" />}
        title={t('needData')}
        text={t('needDataText')}
        action={
          <Button component="a" href={hrefOf(to.importData())}>
            {t('common:action.importData')}
          </Button>
        }
      />
    )
  if (workspaces.data?.length === 0)
    return (
      <EmptyState
        icon={<IconShare2 aria-hidden="true" />}
        title={t('needPartner')}
        text={t('needPartnerText')}
        action={
          <Button component="a" href={hrefOf(to.newWorkspace())}>
            {t('common:action.newWorkspace')}
          </Button>
        }
      />
    )
  return (
    <Paper maw={640}>
      <Stack>
        <Select
          label={t('from')}
          allowDeselect={false}
          data={(datasets.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={data}
          onChange={setDataset}
        />
        <Select
          label={t('toWorkspace')}
          allowDeselect={false}
          data={(workspaces.data ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))}
          value={place}
          onChange={(value) => {
            setWorkspace(value)
            setChannel(null)
          }}
        />
        <Select
          label={t('toChannel')}
          description={t('toChannelHint')}
          allowDeselect={false}
          data={(view.data?.channels ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))}
          value={audience}
          onChange={setChannel}
        />
        <RefusalAlert refusal={propose.error ? refusalOf(propose.error) : null} />
        <Group justify="flex-end">
          <Button
            disabled={!data || !place || !audience}
            loading={propose.isPending}
            onClick={() =>
              data && place && audience
                ? propose.mutate({ dataset: data, workspace: place, channel: audience })
                : undefined
            }
          >
            {t('propose')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
