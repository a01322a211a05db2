import { Button, Group, Menu, Paper, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconChevronDown,
  IconFileSpreadsheet,
  IconReplace,
  IconSearch,
  IconShare2,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, usePrefetchQuery, useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { useDatasetRows, usePrefetchRows } from '#ui/app/dataset-rows.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to, type Route } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { late } from '#ui/parts/late.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RecordTable } from '#ui/parts/record-table.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Bidi, When } from '#ui/parts/values.tsx'
import { Defects } from './defects.tsx'
import { ExportProgress } from './export-progress.tsx'
import { FromColleague } from './from-colleague.tsx'

const Sharing = late(async () => (await import('./sharing.tsx')).Sharing)
const DatasetColumns = late(async () => (await import('./dataset-columns.tsx')).DatasetColumns)

export const reimportRoute = (id: string): Route => ({ area: 'private', path: ['of', id, 'reimport'], query: {} })

/** One dataset: its rows, what its columns mean, where it came from. */
export function Dataset({ dataset: id, tab }: { readonly dataset: string; readonly tab: string | undefined }) {
  const { t } = useTranslation(['private', 'common', 'colleagues'])
  const { locale } = useLocale()
  const orpc = useOrpc()
  const notify = useNotify()
  usePrefetchQuery(orpc.datasets.list.queryOptions())
  usePrefetchRows(id)
  const list = useQuery(orpc.datasets.list.queryOptions())
  const [removing, setRemoving] = useState(false)
  // A tab comes to be when it is first opened, and then keeps what the person did in it.
  const [opened, setOpened] = useState<ReadonlySet<string | null>>(new Set(['rows', tab ?? 'rows']))
  const exporting = useMutation({ ...orpc.datasets.export.mutationOptions(), onError: notify.refused })
  const remove = useMutation({
    ...orpc.datasets.remove.mutationOptions(),
    onSuccess: () => {
      notify.done(t('removed'))
      go(to.privateData())
    },
    onError: notify.refused,
  })
  if (list.error) return <RefusalAlert refusal={refusalOf(list.error)} />
  if (!list.data) return <Loading />
  const dataset = list.data.find((one) => one.id === id)
  if (!dataset) return <RefusalAlert refusal={{ module: 'intake', code: 'no-such-dataset' }} />
  return (
    <>
      <PageHeader
        title={<bdi>{dataset.name}</bdi>}
        lead={`${t('common:rows', { count: dataset.rows })} · ${t('columns', { count: dataset.columns.length })}`}
        back={{ label: t('common:area.private'), href: hrefOf(to.privateData()) }}
        actions={
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden="true" />}>
                  {t('more')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconFileSpreadsheet size={16} aria-hidden="true" />}
                  onClick={() => exporting.mutate({ dataset: id, locale })}
                >
                  {t('export')}
                </Menu.Item>
                {dataset.from ? null : (
                  <>
                    <Menu.Item
                      component="a"
                      href={hrefOf(reimportRoute(id))}
                      leftSection={<IconReplace size={16} aria-hidden="true" />}
                    >
                      {t('reimport.title')}
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item
                      color="red"
                      leftSection={<IconTrash size={16} aria-hidden="true" />}
                      onClick={() => setRemoving(true)}
                    >
                      {t('remove')}
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
            <Button
              component="a"
              href={hrefOf(to.newDisclosure({ dataset: id }))}
              leftSection={<IconShare2 size={18} aria-hidden="true" />}
            >
              {t('disclose')}
            </Button>
          </>
        }
      />
      <Stack>
        {dataset.from ? <FromColleague dataset={dataset} from={dataset.from} /> : null}
        {exporting.data ? <ExportProgress job={exporting.data.job} onDone={() => exporting.reset()} /> : null}
        <Tabs defaultValue={tab ?? 'rows'} onChange={(tab) => setOpened((tabs) => new Set([...tabs, tab]))}>
          <Tabs.List>
            <Tabs.Tab value="rows">{t('tab.rows')}</Tabs.Tab>
            {dataset.from ? null : <Tabs.Tab value="columns">{t('tab.columns')}</Tabs.Tab>}
            {dataset.from ? null : <Tabs.Tab value="colleagues">{t('colleagues:tab')}</Tabs.Tab>}
            <Tabs.Tab value="source">{t('tab.source')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="rows" pt="md">
            <Rows dataset={dataset} />
          </Tabs.Panel>
          <Tabs.Panel value="columns" pt="md">
            <Suspense fallback={<Loading />}>
              {opened.has('columns') ? (
                <DatasetColumns key={`${dataset.id}:${dataset.version}`} dataset={dataset} />
              ) : null}
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="colleagues" pt="md">
            <Suspense fallback={<Loading />}>
              {opened.has('colleagues') ? <Sharing dataset={dataset} /> : null}
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="source" pt="md">
            {opened.has('source') ? <Source dataset={dataset} /> : null}
          </Tabs.Panel>
        </Tabs>
      </Stack>
      <ConfirmModal
        opened={removing}
        title={t('removeTitle', { name: dataset.name })}
        action={t('removeAction')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ dataset: id })}
        onClose={() => setRemoving(false)}
      >
        <Text>{t('removeText')}</Text>
      </ConfirmModal>
    </>
  )
}

function Rows({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation(['private', 'common'])
  const [text, setText] = useState('')
  const [filter] = useDebouncedValue(text, 300)
  const rows = useDatasetRows(dataset.id, filter)
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="center">
        <TextInput
          aria-label={t('filter')}
          placeholder={t('filter')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={text}
          maxLength={200}
          w={300}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text fz="sm" c="dimmed" role="status" aria-live="polite">
          {t('common:rows', { count: rows.total })}
        </Text>
      </Group>
      <RefusalAlert refusal={rows.error ? refusalOf(rows.error) : null} />
      <RecordTable {...rows} meanings={dataset.columns} label={dataset.name} maxHeight="calc(100vh - 20rem)" />
    </Stack>
  )
}

function Source({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation(['private', 'common'])
  const { f } = useLocale()
  return (
    <Stack>
      <Paper>
        <KeyValue
          items={[
            [t('source.file'), <Bidi key="file">{dataset.source.file}</Bidi>],
            [t('source.system'), <bdi key="system">{dataset.source.system || '—'}</bdi>],
            [t('source.at'), <When key="at" at={dataset.importedAt} withTime />],
            [t('source.version'), f.number(dataset.version)],
            [
              t('source.sha'),
              <Bidi key="sha" mono>
                {dataset.source.sha256}
              </Bidi>,
            ],
            [t('source.cancelled'), f.number(dataset.excludedCancellations)],
          ]}
        />
      </Paper>
      {dataset.defects > 0 ? <Defects dataset={dataset.id} /> : null}
    </Stack>
  )
}
