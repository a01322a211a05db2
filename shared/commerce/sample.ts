import type { Commitment, ShortfallAnswer } from '#shared/artifacts/capacity-plan.v1.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { projectLiving } from '#shared/artifacts/define.ts'
import { SAMPLE_COLUMNS, sampleContent, sampleSlice, SELLER, type SampleRow } from '#shared/artifacts/sample.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { IsoDate, IsoMonth } from '#shared/kernel/time.ts'
import type { Plan } from './capacity.ts'
import { computeForecast, type ForecastRequest } from './forecast-methods.ts'
import { historyOf, type History } from './history.ts'

/** Documents for tests whose forecast is computed from their rows. */
export function sampleHistory(rows: readonly SampleRow[], asOf: string): History {
  const history = historyOf(sampleSlice(rows, asOf), SAMPLE_COLUMNS)
  if (!history.ok) throw new Error(history.refusal)
  return history.value
}

export function sampleForecast(
  rows: readonly SampleRow[],
  asOf: string,
  request: Partial<ForecastRequest> = {},
  revision = 1,
): ForecastContent {
  const whole = { method: 'moving-average', count: 3, decimals: 1, ...request } as const
  return sampleContent(rows, asOf, computeForecast(sampleHistory(rows, asOf), whole), revision)
}

export const samplePlan = (
  commitments: Readonly<Record<string, Partial<Commitment>>>,
  answers: Readonly<Record<string, ShortfallAnswer>> = {},
  rest: Readonly<Record<string, unknown>> = {},
): Plan => ({
  company: SELLER,
  own: projectLiving(CapacityPlan, 'own', { commitments, ...rest }).value,
  answers,
})

export const day = (text: string): IsoDate => text as IsoDate
export const bucket = (text: string): IsoMonth => text as IsoMonth
