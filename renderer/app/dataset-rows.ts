import { keepPreviousData, usePrefetchQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Cell } from '#shared/artifacts/table.ts'
import type { TablePage } from '#shared/projection/data-views.ts'
import { useOrpc } from './engine.tsx'

const PAGE = 200

export interface DatasetRows {
  readonly columns: TablePage['columns']
  readonly total: number
  readonly row: (index: number) => readonly Cell[] | undefined
  readonly onRange: (first: number, last: number) => void
  readonly sort: { readonly column: string; readonly descending: boolean } | null
  /** Ascending, then descending, then the order of the file. */
  readonly onSort: (column: string) => void
  readonly isPending: boolean
  readonly error: unknown
}

/** Asks for the first rows of a dataset before the table that shows them is there. */
export function usePrefetchRows(dataset: string): void {
  usePrefetchQuery(useOrpc().datasets.page.queryOptions({ input: { dataset, offset: 0, limit: PAGE } }))
}

/** The rows of a dataset by pages: only what the screen shows is asked for. */
export function useDatasetRows(dataset: string, filter = ''): DatasetRows {
  const orpc = useOrpc()
  const [pages, setPages] = useState<readonly [number, number]>([0, 0])
  const [sort, setSort] = useState<DatasetRows['sort']>(null)
  const ask = (page: number) =>
    orpc.datasets.page.queryOptions({
      input: {
        dataset,
        offset: page * PAGE,
        limit: PAGE,
        ...(sort ? { sort } : {}),
        ...(filter.trim() ? { filter: filter.trim() } : {}),
      },
    })
  const head = useQuery({ ...ask(0), placeholderData: keepPreviousData, enabled: dataset !== '' })
  const results = useQueries({
    queries: Array.from({ length: pages[1] - pages[0] + 1 }, (_, index) => ({
      ...ask(pages[0] + index),
      enabled: dataset !== '',
    })),
  })
  const onRange = useCallback((first: number, last: number) => {
    const next = [Math.floor(first / PAGE), Math.floor(last / PAGE)] as const
    setPages((now) => (next[0] === now[0] && next[1] === now[1] ? now : next))
  }, [])
  return {
    columns: head.data?.columns ?? [],
    total: head.data?.total ?? 0,
    row: (index) => results[Math.floor(index / PAGE) - pages[0]]?.data?.rows[index % PAGE],
    onRange,
    sort,
    onSort: (column) =>
      setSort((now) =>
        now?.column !== column ? { column, descending: false } : now.descending ? null : { column, descending: true },
      ),
    isPending: head.isPending,
    error: head.error ?? results.find(({ error }) => error)?.error ?? null,
  }
}
