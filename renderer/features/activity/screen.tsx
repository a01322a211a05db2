import { Button, Group, MultiSelect, Paper, Stack, Text, TextInput } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity, IconDownload, IconSearch, IconShieldCheck } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AUDIT_KINDS } from '#shared/audit/chain.ts'
import type { AuditRow } from '#shared/projection/today-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useCodeWords } from '#ui/parts/code-words.ts'
import { DataTable, type TableColumn } from '#ui/parts/data-table.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { EntryDetail } from './entry-detail.tsx'
import { Verdict } from './verdict.tsx'

const PAGE = 100

/** What happened, searchable; and whether the chain that holds it is whole. */
export default function Activity() {
  const { t } = useTranslation(['activity', 'common', 'audit'])
  const { f, locale } = useLocale()
  const words = useCodeWords()
  const notify = useNotify()
  const client = useClient()
  const orpc = useOrpc()
  const [text, setText] = useState('')
  const [kinds, setKinds] = useState<string[]>([])
  const [dates, setDates] = useState<[string | null, string | null]>([null, null])
  const [pages, setPages] = useState<readonly [number, number]>([0, 0])
  const [opened, setOpened] = useState<AuditRow | null>(null)
  const [wanted] = useDebouncedValue(text, 250)
  const filter = {
    ...(wanted.trim() ? { text: wanted.trim() } : {}),
    ...(kinds.length > 0 ? { kinds: AUDIT_KINDS.filter((kind) => kinds.includes(kind)) } : {}),
    ...(dates[0] ? { from: dates[0] } : {}),
    ...(dates[1] ? { to: dates[1] } : {}),
  }
  const results = useQueries({
    queries: Array.from({ length: pages[1] - pages[0] + 1 }, (_, index) =>
      orpc.audit.search.queryOptions({ input: { ...filter, offset: (pages[0] + index) * PAGE, limit: PAGE } }),
    ),
  })
  // The first page always counts: were the total taken from the pages on the screen, it would vanish while they load.
  const head = useQuery({
    ...orpc.audit.search.queryOptions({ input: { ...filter, offset: 0, limit: PAGE } }),
    placeholderData: keepPreviousData,
  })
  const total = head.data?.total ?? 0
  const failed = head.error ?? results.find(({ error }) => error)?.error
  const row = (index: number): AuditRow | undefined =>
    results[Math.floor(index / PAGE) - pages[0]]?.data?.rows[index % PAGE]
  const onRange = useCallback((first: number, last: number) => {
    setPages((now) => {
      const next = [Math.floor(first / PAGE), Math.floor(last / PAGE)] as const
      return next[0] === now[0] && next[1] === now[1] ? now : next
    })
  }, [])
  const verify = useMutation(orpc.audit.verify.mutationOptions())
  const exporting = useMutation({
    mutationFn: async () => saveDownload(client, await client.audit.export({ locale })),
    onError: notify.refused,
  })
  const columns: readonly TableColumn<AuditRow>[] = [
    {
      id: 'at',
      header: t('column.at'),
      width: '11.5rem',
      cell: (entry) => <span className="tabular">{f.moment(entry.at)}</span>,
    },
    { id: 'kind', header: t('column.kind'), width: '6.5rem', cell: (entry) => kindWords(entry.kind) },
    { id: 'what', header: t('column.what'), width: 'minmax(11rem, 2fr)', cell: (entry) => words(entry.code) },
    {
      id: 'subject',
      header: t('column.subject'),
      width: 'minmax(9rem, 1.6fr)',
      cell: (entry) => <bdi>{entry.subject}</bdi>,
    },
    {
      id: 'actor',
      header: t('column.actor'),
      width: 'minmax(7.5rem, 1fr)',
      cell: (entry) => <bdi>{entry.actor || t('engine')}</bdi>,
    },
    { id: 'hash', header: t('column.hash'), width: '10.5rem', cell: (entry) => <HashBadge hash={entry.hash} /> },
  ]
  const kindWords = (kind: string): string => {
    const known = AUDIT_KINDS.find((name) => name === kind)
    return known ? t(`audit:kind.${known}`) : t('common:recordedEvent')
  }
  const filtered = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader
        title={t('common:area.activity')}
        lead={t('lead')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden="true" />}
              loading={exporting.isPending}
              onClick={() => exporting.mutate()}
            >
              {t('export')}
            </Button>
            <Button
              leftSection={<IconShieldCheck size={18} aria-hidden="true" />}
              loading={verify.isPending}
              onClick={() => verify.mutate({})}
            >
              {t('verify')}
            </Button>
          </>
        }
      />
      <Stack>
        {verify.data ? <Verdict verdict={verify.data} onClose={() => verify.reset()} /> : null}
        <RefusalAlert refusal={verify.error ? refusalOf(verify.error) : failed ? refusalOf(failed) : null} />
        <Group align="flex-end" grow preventGrowOverflow={false}>
          <TextInput
            label={t('filter.text')}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <MultiSelect
            label={t('filter.kinds')}
            placeholder={kinds.length === 0 ? t('filter.all') : ''}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
            data={AUDIT_KINDS.map((kind) => ({ value: kind, label: t(`audit:kind.${kind}`) }))}
            value={kinds}
            onChange={setKinds}
          />
          <DatePickerInput
            type="range"
            label={t('filter.dates')}
            placeholder={t('filter.all')}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
            value={dates}
            valueFormatter={({ date }) =>
              Array.isArray(date)
                ? date
                    .filter((one) => one !== null)
                    .map((one) => f.date(Date.parse(String(one)) as never))
                    .join(' – ')
                : ''
            }
            onChange={setDates}
          />
        </Group>
        <Text fz="sm" c="dimmed" role="status" aria-live="polite">
          {t('count', { count: total })}
        </Text>
        {total === 0 && !head.isPending ? (
          <Paper>
            <EmptyState
              icon={<IconActivity aria-hidden="true" />}
              title={filtered ? t('noMatch.title') : t('empty.title')}
              text={filtered ? t('noMatch.text') : t('empty.text')}
            />
          </Paper>
        ) : (
          <DataTable
            label={t('common:area.activity')}
            columns={columns}
            count={total}
            row={row}
            onRange={onRange}
            onOpen={setOpened}
            rowHeight={42}
            maxHeight="calc(100vh - 20rem)"
          />
        )}
      </Stack>
      <EntryDetail entry={opened} onClose={() => setOpened(null)} />
    </>
  )
}
