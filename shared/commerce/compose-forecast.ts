import type { DisclosedSlice } from '#shared/artifacts/slice-content.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ColumnMeaning } from '#shared/artifacts/table.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { computeForecast, type ForecastRequest } from './forecast-methods.ts'
import { historyOf, type HistoryColumns, type HistoryRefusal } from './history.ts'

/** What people and the workspace decide; the rest is computed. */
export type ForecastTerms = Pick<
  ForecastContent,
  'envelope' | 'unitOfMeasure' | 'lead' | 'zones' | 'assumptions' | 'invalidation' | 'commitDays' | 'exceptionDays' | 'prior'
> // prettier-ignore

/** The content of `SharedForecast.v1`: the slice as disclosed, and the forecast that the slice alone gives. */
export function composeForecast(
  slice: DisclosedSlice,
  columns: HistoryColumns,
  terms: ForecastTerms,
  request: ForecastRequest,
): Result<ForecastContent, HistoryRefusal> {
  const history = historyOf(slice, columns)
  if (!history.ok) return history
  return ok({ ...terms, slice, columns, ...computeForecast(history.value, request) })
}

/** Zones and rules to begin with; both sides see and may change them before anything is committed. */
export const USUAL_TERMS = {
  zones: [
    { zone: 'frozen', fromMonth: 1, toMonth: 1, upPercent: 0, downPercent: 0 },
    { zone: 'firm', fromMonth: 2, toMonth: 3, upPercent: 10, downPercent: 10 },
    { zone: 'flex', fromMonth: 4, toMonth: null, upPercent: 100, downPercent: 100 },
  ],
  assumptions: [],
  invalidation: [
    { rule: 'change-over', percent: 15, reference: null },
    { rule: 'sku-discontinued', percent: null, reference: null },
  ],
  commitDays: 7,
  exceptionDays: 5,
} as const satisfies Partial<ForecastTerms>

/**
 * Which columns of a slice to forecast from, by what they mean in the dataset: the month, a measured quantity, and the product and
 * region that it splits by, if any. Refuses a slice without months or quantities.
 */
export function columnsFor(
  slice: Pick<DisclosedSlice, 'columns'>,
  meaningOf: (name: string) => ColumnMeaning | undefined,
): Result<HistoryColumns, 'no-such-column'> {
  const named = (part: 'group' | 'measure', ...meanings: readonly ColumnMeaning[]): string | null =>
    meanings
      .map((meaning) => slice.columns.find((one) => one.part === part && meaningOf(one.name) === meaning)?.name)
      .find((name) => name !== undefined) ?? null
  const [bucket, quantity] = [named('group', 'date'), named('measure', 'quantity')]
  if (bucket === null || quantity === null) return refuse('no-such-column')
  return ok({ sku: named('group', 'sku', 'product'), region: named('group', 'region'), bucket, quantity })
}
