import { describe, expect, it } from 'vitest'
import { readSealed } from '#shared/artifacts/define.ts'
import { monthly, SAMPLE_COLUMNS, sampleSlice } from '#shared/artifacts/sample.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ColumnMeaning } from '#shared/artifacts/table.ts'
import { columnsFor, composeForecast, USUAL_TERMS } from './compose-forecast.ts'
import { sampleForecast } from './sample.ts'

const rows = monthly('A', 'N', '2025-01', [10, 20, 30, null, 40])
const slice = sampleSlice(rows, '2025-05-31')
const terms = { ...sampleForecast(rows, '2025-05-31'), ...USUAL_TERMS }
const request = { method: 'auto', count: 4, decimals: 0 } as const

describe('composing a forecast', () => {
  it('[AR-7] gives a document that its own schema reads, around the very slice', () => {
    const { envelope, unitOfMeasure, lead, prior } = terms
    const made = composeForecast(
      slice,
      SAMPLE_COLUMNS,
      { ...USUAL_TERMS, envelope, unitOfMeasure, lead, prior },
      request,
    )
    const content = made.ok ? made.value : undefined
    expect(content?.slice).toBe(slice)
    expect(content?.horizon).toEqual({ bucket: 'month', start: '2025-06', count: 4 })
    expect(content?.rows[0]?.baseline).toEqual([30, 30, 30, 30])
    expect(readSealed(SharedForecast, 'slice', content)).toEqual({ ok: true, value: content })
  })

  it('[COM-4] refuses a slice without months rather than forecasting nothing', () => {
    const late = { ...slice, rows: [] }
    expect(composeForecast(late, SAMPLE_COLUMNS, terms, request)).toEqual({ ok: false, refusal: 'no-months' })
  })

  it('[COM-9] columns are found by meaning: a product stands in for a missing article number', () => {
    const meanings: Record<string, ColumnMeaning> = {
      Item: 'product',
      Area: 'region',
      Month: 'date',
      Units: 'quantity',
    }
    const of = (without?: string) => columnsFor(slice, (name) => (name === without ? undefined : meanings[name]))
    expect(of()).toEqual({ ok: true, value: SAMPLE_COLUMNS })
    expect(of('Area')).toEqual({ ok: true, value: { ...SAMPLE_COLUMNS, region: null } })
    expect(of('Month')).toEqual({ ok: false, refusal: 'no-such-column' })
    expect(of('Units')).toEqual({ ok: false, refusal: 'no-such-column' })
  })
})
