import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconLock, IconSearch, IconShare2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import { useDatasetRows } from '#ui/app/dataset-rows.ts'
import { EngineProvider, useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useAppState } from '#ui/app/state.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RecordTable } from '#ui/parts/record-table.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import classes from './beside.module.css'
import { PartnerSide } from './partner-side.tsx'
import { RoleSide } from './role-side.tsx'

/** The private table beside what the partner sees of it, and the one line between them. */
export function Beside() {
  const { t } = useTranslation(['private', 'common'])
  const { f, pick } = useLocale()
  const state = useAppState()
  const orpc = useOrpc()
  const datasets = useQuery(orpc.datasets.list.queryOptions())
  const disclosed = useQuery(orpc.disclosures.list.queryOptions())
  const policies = useQuery(orpc.disclosures.policies.queryOptions())
  const [chosen, setChosen] = useState<string | null>(null)
  const failed = datasets.error ?? disclosed.error ?? policies.error
  if (failed) return <RefusalAlert refusal={refusalOf(failed)} />
  if (!datasets.data || !disclosed.data || !policies.data) return <Loading />
  const live = disclosed.data.filter((one) => one.state !== 'withdrawn')
  const disclosure = live.find(({ artifact }) => artifact === chosen) ?? live[0]
  const policy = policies.data.find(({ id }) => id === disclosure?.policy)
  const dataset = datasets.data.find(({ id }) => id === policy?.datasetId) ?? datasets.data[0]
  if (!dataset)
    return (
      <>
        <PageHeader title={t('beside.title')} lead={t('beside.lead')} />
        <EmptyState
          icon={<IconLock aria-hidden="true" />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={
            <Button component="a" href={hrefOf(to.importData())}>
              {t('common:action.importData')}
            </Button>
          }
        />
      </>
    )
  const leaves = new Set([
    ...(policy?.fields ?? []).filter(({ transform }) => transform.kind !== 'drop').map(({ column }) => column),
    ...(policy?.measures ?? []).flatMap(({ column }) => (column === null ? [] : [column])),
  ])
  const stays = dataset.columns.filter(({ name }) => !leaves.has(name)).map(({ name }) => `\u2068${name}\u2069`)
  return (
    <>
      <PageHeader
        title={t('beside.title')}
        lead={t('beside.lead')}
        actions={
          live.length > 1 ? (
            <Select
              aria-label={t('beside.choose')}
              allowDeselect={false}
              data={live.map((one) => ({ value: one.artifact, label: pick(one.title) }))}
              value={disclosure?.artifact ?? null}
              onChange={setChosen}
              w={300}
            />
          ) : null
        }
      />
      {disclosure ? <Crossing disclosure={disclosure} stays={f.list(stays)} /> : null}
      <div className={classes.sides}>
        <PrivateSide
          dataset={dataset}
          company={state.company ? pick(state.company.name) : ''}
          {...(disclosure ? { hash: disclosure.sliceId } : {})}
        />
        <div className={classes.border} aria-hidden="true">
          <span className={classes.gate}>
            <IconShare2 size={18} />
          </span>
        </div>
        {disclosure ? (
          <div className={classes.theirs}>
            {state.sample ? (
              <EngineProvider engine="partner">
                <PartnerSide artifact={disclosure.artifact} ours={disclosure.sliceId} />
              </EngineProvider>
            ) : (
              <RoleSide disclosure={disclosure} />
            )}
          </div>
        ) : (
          <div className={classes.theirs}>
            <EmptyState
              icon={<IconShare2 aria-hidden="true" />}
              title={t('beside.nothing')}
              text={t('beside.nothingText')}
              action={
                <Button component="a" href={hrefOf(to.newDisclosure({ dataset: dataset.id }))}>
                  {t('common:action.newDisclosure')}
                </Button>
              }
            />
          </div>
        )}
      </div>
    </>
  )
}

function PrivateSide(props: { readonly dataset: DatasetView; readonly company: string; readonly hash?: string }) {
  const { dataset, company, hash } = props
  const { t } = useTranslation(['private', 'common'])
  const [text, setText] = useState('')
  const [filter] = useDebouncedValue(text, 300)
  const rows = useDatasetRows(dataset.id, filter)
  return (
    <section className={classes.ours} aria-labelledby="stays">
      <Group justify="space-between" align="flex-start" gap="xs" mb="xs" wrap="nowrap" mih={58}>
        <div>
          <Group gap={8} wrap="nowrap">
            <IconLock size={19} aria-hidden="true" />
            <Title order={2} id="stays" fz="lg">
              {t('beside.stays', { company })}
            </Title>
          </Group>
          <Text fz="sm" c="dimmed">
            <bdi>{dataset.name}</bdi> · {t('common:rows', { count: dataset.rows })}
          </Text>
        </div>
        {hash ? (
          <Stack gap={4} align="flex-end">
            <HashBadge hash={hash} />
            <Text fz="xs" c="dimmed">
              {t('beside.ourHash')}
            </Text>
          </Stack>
        ) : null}
      </Group>
      <TextInput
        aria-label={t('filter')}
        placeholder={t('filter')}
        size="xs"
        mb="sm"
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RefusalAlert refusal={rows.error ? refusalOf(rows.error) : null} />
      <RecordTable
        {...rows}
        meanings={dataset.columns}
        label={dataset.name}
        maxHeight="max(18rem, calc(100vh - 24.5rem))"
      />
    </section>
  )
}

function Crossing({ disclosure, stays }: { readonly disclosure: DisclosureSummary; readonly stays: string }) {
  const { t } = useTranslation('private')
  return (
    <Group className={classes.never} justify="space-between" gap="sm">
      <Group gap={8} wrap="nowrap" style={{ flex: '1 1 24rem' }}>
        <IconLock size={17} aria-hidden="true" style={{ flex: 'none' }} />
        <Text fz="sm">
          <b>{t('beside.neverTitle')}:</b> {t('beside.never', { columns: stays })}
        </Text>
      </Group>
      <Group gap="xs">
        <Button component="a" size="compact-sm" variant="default" href={hrefOf(to.disclosure(disclosure.artifact))}>
          {t('beside.openDisclosure')}
        </Button>
        <Button component="a" size="compact-sm" variant="default" href={hrefOf(to.artifact(disclosure.artifact))}>
          {t('beside.openForecast')}
        </Button>
      </Group>
    </Group>
  )
}
