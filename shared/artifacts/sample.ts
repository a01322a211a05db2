import type { CompanyId } from '../kernel/ids.ts'
import { addMonths, type IsoMonth } from '../kernel/time.ts'
import type { ForecastContent } from './shared-forecast.v1.ts'

/** Small, complete documents for tests: every field present, so that a test changes only what it is about. */
export const BUYER = 'aa'.repeat(32) as CompanyId
export const SELLER = 'bb'.repeat(32) as CompanyId
export const SAMPLE_COLUMNS = { sku: 'Item', region: 'Area', bucket: 'Month', quantity: 'Units' } as const

const HEX_16 = '11'.repeat(16)
const HEX_32 = '22'.repeat(32)

export type SampleRow = readonly [sku: string, region: string, bucket: string, quantity: number | null]

/** Rows from `start` on, one month after another; null is a suppressed month. */
export const monthly = (sku: string, region: string, start: string, values: readonly (number | null)[]): SampleRow[] =>
  values.map((value, at) => [sku, region, addMonths(start as IsoMonth, at), value])

export function sampleSlice(rows: readonly SampleRow[], asOf: string, revision = 1): ForecastContent['slice'] {
  const suppressed = rows.flatMap((row, at) => (row[3] === null ? [[at, 3, 'below-k'] as const] : []))
  return {
    format: 'mithaq.slice.v1',
    owner: BUYER,
    policy: HEX_16,
    policyVersion: 1,
    revision,
    supersedes: null,
    title: { en: 'Sales', ar: 'المبيعات' },
    purpose: 'capacity',
    necessity: null,
    roles: ['coo'],
    k: 5,
    columns: [
      { name: 'Item', type: 'text', part: 'group', transform: 'keep', dataClass: 'shared-confidential' },
      { name: 'Area', type: 'text', part: 'group', transform: 'keep', dataClass: 'shared-confidential' },
      { name: 'Month', type: 'text', part: 'group', transform: 'generalise(month)', dataClass: 'shared-confidential' },
      { name: 'Units', type: 'integer', part: 'measure', transform: 'sum', dataClass: 'shared-confidential' },
    ],
    rows,
    suppressed,
    totals: [],
    provenance: { sourceSystem: 'ERP', sourceTimestamp: 0, sourceVersion: '1', transformation: 'sum by month' },
    asOf,
    currencyDays: 40,
    expiresOn: '2030-01-01',
  } as unknown as ForecastContent['slice']
}

export function sampleContent(
  rows: readonly SampleRow[],
  asOf: string,
  computed: Pick<ForecastContent, 'horizon' | 'method' | 'rows'>,
  revision = 1,
): ForecastContent {
  return {
    envelope: {
      id: HEX_16,
      type: 'SharedForecast.v1',
      schemaVersion: '1.0',
      workspace: HEX_32,
      revision,
      status: 'active',
      title: { en: 'Forecast', ar: 'توقع' },
      owner: { company: BUYER, role: 'coo', person: null },
      purpose: 'capacity',
      validFrom: asOf,
      validTo: null,
      asOf,
      currencyDays: 40,
      provenance: { sourceSystem: 'ERP', sourceTimestamp: 0, sourceVersion: '1', transformation: 'sum by month' },
      links: [],
    } as unknown as ForecastContent['envelope'],
    slice: sampleSlice(rows, asOf, revision),
    columns: SAMPLE_COLUMNS,
    unitOfMeasure: 'box',
    lead: BUYER,
    ...computed,
    zones: [],
    assumptions: [],
    invalidation: [{ rule: 'change-over', percent: 10, reference: null }],
    commitDays: 7,
    exceptionDays: 3,
    prior: null,
  }
}
