import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import type { EngineClient } from '#ui/app/connection.ts'

export type Policy = Awaited<ReturnType<EngineClient['disclosures']['propose']>>
export type Rule = Policy['fields'][number]
export type Transform = Rule['transform']
export type Filter = Policy['rows'][number]
export type Measure = Policy['measures'][number]

export interface Draft {
  readonly policy: Policy
  readonly title: Bilingual
  readonly forecast: ForecastChoice | null
}

/** Where a forecast begins: the method chosen by its past errors, and zones and rules that both sides may still change. */
export const usualForecast = (unit: string): ForecastChoice => ({
  method: 'auto',
  horizon: 6,
  unit,
  overrides: [],
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
})

/** The version that saving will give, so that the previewed bytes are the sealed ones. */
export function numbered(policy: Policy, stored: Policy | undefined): Policy {
  if (!stored) return { ...policy, version: 1 }
  const same = JSON.stringify({ ...policy, version: 0 }) === JSON.stringify({ ...stored, version: 0 })
  return { ...policy, version: same ? stored.version : stored.version + 1 }
}

/** What a column does in a policy: nothing, leaves through a transform, or is added up. */
export type Use = { readonly rule: Transform } | { readonly measures: readonly Measure['is'][] } | null

export function useOf(policy: Policy, column: string): Use {
  const measures = policy.measures.filter((measure) => measure.column === column).map(({ is }) => is)
  if (measures.length > 0) return { measures }
  const rule = policy.fields.find((one) => one.column === column && one.transform.kind !== 'drop')
  return rule ? { rule: rule.transform } : null
}

/** Changes what a column does; totals that lean on a column that no longer leaves go with it. */
export function withUse(policy: Policy, column: string, use: Use): Policy {
  const old = policy.fields.find((one) => one.column === column)
  const others = policy.fields.filter((one) => one.column !== column)
  const measures = policy.measures.filter((measure) => measure.column !== column)
  const rule = (transform: Transform): Rule => ({ column, transform, clause: old?.clause ?? null })
  const inPlace = (made: Rule): Rule[] =>
    old ? policy.fields.map((one) => (one.column === column ? made : one)) : [...policy.fields, made]
  if (use && 'rule' in use) return { ...policy, measures, fields: inPlace(rule(use.rule)) }
  const totals = policy.totals.filter((total) => !total.includes(column))
  if (use)
    return { ...policy, totals, fields: others, measures: [...measures, ...use.measures.map((is) => ({ column, is }))] }
  return { ...policy, totals, measures, fields: inPlace(rule({ kind: 'drop' })) }
}

/** A transform as it begins, before its options are chosen. */
export function transformOf(kind: Transform['kind']): Transform {
  switch (kind) {
    case 'mask':
      return { kind, shape: false, start: 0, end: 0 }
    case 'replace':
      return { kind, prefix: 'P-' }
    case 'generalise-date':
      return { kind, to: 'month' }
    case 'generalise-number':
      return { kind, edges: [10, 100, 1000] }
    case 'generalise-place':
      return { kind, map: {}, other: 'Other' }
    case 'round':
      return { kind, step: 10 }
    case 'bucket':
      return { kind, size: 100 }
    case 'date-shift':
      return { kind, most: 60 }
    case 'keep':
    case 'drop':
    case 'suppress':
    case 'hash':
      return { kind }
  }
}

/** The terms of the revision that is out now: a new one goes on from them. */
export function forecastOf({ content, forecast }: ForecastScreen): ForecastChoice {
  const { buckets } = forecast
  return {
    method: content.method.chosen === 'auto' ? 'auto' : content.method.id,
    horizon: content.horizon.count,
    unit: content.unitOfMeasure,
    overrides: content.rows.flatMap((row) =>
      row.override.flatMap((quantity, at) => {
        const bucket = buckets[at]?.bucket
        return quantity === null || bucket === undefined
          ? []
          : [{ sku: row.sku, region: row.region, bucket, quantity, reason: row.overrideReason ?? '' }]
      }),
    ),
    zones: [...content.zones],
    assumptions: content.assumptions.map(({ statement }) => statement),
    invalidation: [...content.invalidation],
    commitDays: content.commitDays,
    exceptionDays: content.exceptionDays,
  }
}
