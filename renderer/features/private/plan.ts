import type { DatasetView, ImportProbe } from '#shared/projection/data-views.ts'
import type { ImportPlan } from '#shared/contract/datasets.ts'

export type Source = ImportPlan['source']
export type Choice = ImportPlan['choice']
export type PlanColumn = ImportPlan['columns'][number]

/** Everything of a plan that the person may change after the file was looked at. */
export interface Draft {
  readonly name: string
  readonly system: string
  readonly columns: readonly (PlanColumn & { readonly ambiguous: boolean; readonly settled: boolean })[]
  readonly cancellations: ImportPlan['cancellations']
  readonly maxDefects: number
}

/** What the file proposes; a dataset that is imported again keeps its own classes and meanings. */
export function draftOf(probe: ImportProbe, name: string, known?: DatasetView): Draft {
  const before = new Map(known?.columns.map((column) => [column.name, column]))
  return {
    name: known?.name ?? name,
    system: known?.source.system ?? '',
    columns: probe.columns.map((column) => {
      const old = before.get(column.name)
      return {
        header: column.header,
        name: column.name,
        type: old?.type ?? column.type,
        meaning: old?.meaning ?? column.meaning,
        dataClass: old?.dataClass ?? column.dataClass,
        ...(column.dateOrder ? { dateOrder: column.dateOrder } : {}),
        ...(column.decimalMark ? { decimalMark: column.decimalMark } : {}),
        ambiguous: column.ambiguous,
        settled: !column.ambiguous,
      }
    }),
    cancellations: probe.cancellation?.proposal ?? 'keep',
    maxDefects: 0,
  }
}

/** The plan that is sent; undefined while something is missing. */
export function planOf(source: Source, choice: Choice, draft: Draft): ImportPlan | undefined {
  if (draft.name.trim() === '' || draft.columns.some(({ settled, name }) => !settled || name.trim() === ''))
    return undefined
  return {
    source,
    choice,
    name: draft.name.trim(),
    system: draft.system.trim(),
    columns: draft.columns.map(({ ambiguous: _ambiguous, settled: _settled, ...column }) => column),
    cancellations: draft.cancellations,
    maxDefects: draft.maxDefects,
  }
}
