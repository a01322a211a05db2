import { CapacityPlan, COMMIT_WORDS } from '#shared/artifacts/capacity-plan.v1.ts'
import { METHOD_WORDS, SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import { labelAt } from '#shared/artifacts/form-model.ts'
import type { Cell } from '#shared/artifacts/table.ts'
import type { SliceContent } from '#shared/disclosure/slice.ts'
import { exportTable } from '../datasets/export.ts'
import type { Hub } from '../workspaces/hub.ts'
import { openForecast, openSlice, runtimeOf } from './forecast-screen.ts'

type Locale = 'en' | 'ar'

const WORDS = {
  en: { month: 'Month', forecast: 'Forecast', committed: 'Committed', gap: 'Shortfall', status: 'Status', reason: 'Reason', owner: 'Owner', id: 'Slice (hash)', method: 'Method', asOf: 'Data as of', source: 'Source system', done: 'What was done to it', revision: 'Revision', k: 'Fewest entities behind a number' },
  ar: { month: 'الشهر', forecast: 'التوقع', committed: 'الملتزم به', gap: 'العجز', status: 'الحالة', reason: 'السبب', owner: 'المالك', id: 'الشريحة (البصمة)', method: 'الطريقة', asOf: 'البيانات حتى', source: 'النظام المصدر', done: 'ما أُجري عليه', revision: 'المراجعة', k: 'أقل عدد خلف أي رقم' },
} as const // prettier-ignore

/** The artifact as a workbook: what both screens show, with where it comes from on a second sheet. */
export async function exportForecast(
  hub: Hub,
  artifact: string,
  locale: Locale,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { tables, scheduler } = hub.context
  if (runtimeOf(hub, artifact).type !== SharedForecast.type) {
    const { slice, sliceId, owner } = openSlice(hub, artifact)
    const table = sliceTable(slice, sliceId, owner[locale], locale)
    return { name: fileName(slice.title[locale]), bytes: await exportTable(tables, scheduler, table, locale) }
  }
  const words = WORDS[locale]
  const { content, forecast, sliceId, owner } = openForecast(hub, artifact)
  const label = (path: string): string => labelAt(SharedForecast, 'slice', path)?.[locale] ?? path
  const headers = [
    label('rows.sku'),
    label('rows.region'),
    words.month,
    words.forecast,
    label('rows.p10'),
    label('rows.p50'),
    label('rows.p90'),
    words.committed,
    words.gap,
    words.status,
    words.reason,
    labelAt(CapacityPlan, 'own', 'commitments.alternate')?.[locale] ?? '',
  ]
  const rows = forecast.series.flatMap(({ cells }) =>
    cells.map(({ sku, region, bucket, net, p10, p50, p90, committed, shortfall, promises }): readonly Cell[] => {
      const promise = promises[0]?.commitment
      const status = promise?.status ? COMMIT_WORDS[promise.status][locale] : null
      return [
        sku,
        region,
        bucket,
        net,
        p10,
        p50,
        p90,
        committed,
        shortfall,
        status,
        promise?.reason ?? null,
        promise?.alternate ?? null,
      ]
    }),
  )
  const table = {
    name: content.envelope.title[locale],
    columns: headers.map((name) => ({ name, type: 'text' as const, meaning: 'other' as const })),
    rows,
    moneyDecimals: 0,
    provenance: [
      ...origin(content.slice as unknown as SliceContent, sliceId, owner[locale], locale),
      [words.method, METHOD_WORDS[content.method.id][locale]] as const,
    ],
  }
  return { name: fileName(content.envelope.title[locale]), bytes: await exportTable(tables, scheduler, table, locale) }
}

/** A disclosed slice as a table to export. */
export function sliceTable(slice: SliceContent, id: string, owner: string, locale: Locale) {
  return {
    name: slice.title[locale],
    columns: slice.columns.map(({ name, type }) => ({ name, type, meaning: 'other' as const })),
    rows: slice.rows,
    moneyDecimals: 0,
    provenance: origin(slice, id, owner, locale),
  }
}

function origin(
  slice: SliceContent,
  id: string,
  owner: string,
  locale: Locale,
): readonly (readonly [string, string | number])[] {
  const words = WORDS[locale]
  const { provenance, asOf, revision, k } = slice
  return [
    [words.owner, owner],
    [words.id, id],
    [words.revision, revision],
    [words.asOf, asOf],
    [words.source, provenance.sourceSystem],
    [words.done, provenance.transformation],
    [words.k, k],
  ]
}

export const fileName = (title: string): string =>
  `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'slice'}.xlsx`
