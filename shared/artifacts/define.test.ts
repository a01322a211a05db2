import { describe, expect, it } from 'vitest'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { CompanyId, Role } from '#shared/kernel/ids.ts'
import { CapacityPlan } from './capacity-plan.v1.ts'
import { artifactOf, CATALOGUE, mayWrite } from './catalogue.ts'
import { defineArtifact, projectLiving, readSealed, schemaVersionOf } from './define.ts'
import { BUYER as OWNER, monthly, sampleContent, SELLER as OTHER } from './sample.ts'
import { SharedForecast, type ForecastContent } from './shared-forecast.v1.ts'

const computed = {
  horizon: { bucket: 'month', start: '2025-05', count: 2 },
  method: { id: 'moving-average', chosen: 'auto', bands: 'b', fittedFrom: '2025-01', fittedTo: '2025-04', backtest: [] },
  rows: [
    { sku: 'A', region: 'N', baseline: [7, null], override: [null, 9.5], overrideReason: null, p10: [1, null],
      p50: [2, null], p90: [3, null], parameters: { months: 3 }, gap: null },
  ],
} as unknown as Pick<ForecastContent, 'horizon' | 'method' | 'rows'> // prettier-ignore
// Tests bend documents into shapes that no type allows.
// oxlint-disable-next-line no-explicit-any
type Loose = any
const content = () => sampleContent(monthly('A', 'N', '2025-01', [5, null, 7, 8]), '2025-04-30', computed)
const may = (type: string, section: string, company: CompanyId, ...roles: Role[]) => {
  const result = mayWrite(type, section, { company, roles }, OWNER)
  return result.ok ? 'yes' : result.refusal
}

describe('sealed sections', () => {
  it('[AR-7] a whole forecast survives canonical bytes and reads back equal', () => {
    const bytes = encode(content() as unknown as Canonical)
    const decoded = decode(bytes)
    const read = readSealed(SharedForecast, 'slice', decoded.ok ? decoded.value : null)
    expect(read).toEqual({ ok: true, value: content() })
  })

  it('[ART-1] fields of a newer minor pass and stay, at the top, in groups and in rows', () => {
    const newer: Loose = structuredClone(content())
    newer.carbon = 12
    newer.envelope = { ...newer.envelope, schemaVersion: '1.7', colour: 'teal' }
    newer.rows[0] = { ...newer.rows[0], channel: 'web' }
    const read = readSealed(SharedForecast, 'slice', newer)
    expect(read.ok && encode(read.value as unknown as Canonical)).toEqual(encode(newer as Canonical))
  })

  it('[ART-1] another major is refused as newer, not as malformed', () => {
    const value = content()
    const other = { ...value, envelope: { ...value.envelope, schemaVersion: '2.0' }, rows: 'reshaped' }
    expect(readSealed(SharedForecast, 'slice', other)).toEqual({ ok: false, refusal: 'newer-artifact' })
    const misnamed = { ...value, envelope: { ...value.envelope, type: 'SharedForecast.v2' } }
    expect(readSealed(SharedForecast, 'slice', misnamed)).toEqual({ ok: false, refusal: 'newer-artifact' })
    expect(schemaVersionOf(SharedForecast)).toBe('1.0')
  })

  const defects: readonly (readonly [string, (v: Loose) => void])[] = [
    ['a missing field', (v: Loose) => delete v.lead],
    ['a quantity below 0', (v: Loose) => (v.rows[0].baseline[0] = -1)],
    ['a quantity that is no number', (v: Loose) => (v.rows[0].p90[0] = '7')],
    ['an unknown choice', (v: Loose) => (v.method.id = 'guess')],
    ['a month that does not exist', (v: Loose) => (v.horizon.start = '2025-13')],
    ['a month beyond any calendar', (v: Loose) => (v.horizon.start = '9999-12')],
    ['a day that does not exist', (v: Loose) => (v.envelope.asOf = '2025-02-30')],
    ['a slice of a day that does not exist', (v: Loose) => (v.slice.asOf = '2025-13-01')],
    ['an instant beyond any calendar', (v: Loose) => (v.envelope.provenance.sourceTimestamp = 9e15)],
    ['a row shorter than the columns', (v: Loose) => v.slice.rows[0].pop()],
    ['a suppressed cell with a value', (v: Loose) => v.slice.suppressed.push([2, 3, 'below-k'])],
    ['a private column', (v: Loose) => (v.slice.columns[0].dataClass = 'private')],
  ]
  for (const [what, spoil] of defects)
    it(`[ART-4] ${what} refuses the whole`, () => {
      const value = structuredClone(content())
      spoil(value)
      expect(readSealed(SharedForecast, 'slice', value)).toEqual({ ok: false, refusal: 'artifact-malformed' })
    })
})

describe('living sections', () => {
  it('[ART-3] one bad value is left out and flagged, its neighbours stay', () => {
    const { value, flags } = projectLiving(CapacityPlan, 'own', {
      leadTimeDays: 'soon',
      constraint: 'One mould',
      slots: 7,
      commitments: {
        good: { committed: 40, status: 'committed' },
        bad: { committed: -3, status: 'committed' },
        worse: 'x',
      },
    })
    expect(value.constraint).toBe('One mould')
    expect(value.commitments?.good).toMatchObject({ committed: 40, status: 'committed' })
    expect(value.commitments?.bad).toMatchObject({ committed: null, status: 'committed' })
    expect(Object.keys(value.commitments ?? {})).toEqual(['good', 'bad'])
    expect(flags).toEqual([
      { path: 'leadTimeDays', problem: 'not-valid' },
      { path: 'slots', problem: 'not-a-map' },
      { path: 'commitments.bad.committed', problem: 'not-valid' },
      { path: 'commitments.worse', problem: 'not-a-map' },
    ])
  })

  it('[ART-9] what nobody wrote is null, in a document and in a partly merged cell', () => {
    const { value, flags } = projectLiving(CapacityPlan, 'own', { commitments: { cell: { reason: 'mould' } } })
    expect(value.minimumOrder).toBeNull()
    expect(value.commitments?.cell).toMatchObject({ reason: 'mould', committed: null, committedOn: null, status: null })
    expect(value.slots).toEqual({})
    expect(flags).toEqual([])
  })

  it('[ART-3] a key cannot reach the prototype', () => {
    const raw = JSON.parse('{"commitments":{"__proto__":{"committed":5}}}') as Record<string, unknown>
    const { value, flags } = projectLiving(CapacityPlan, 'own', raw)
    expect(value.commitments).toEqual({})
    expect((value.commitments as Loose).committed).toBeUndefined()
    expect(flags).toHaveLength(1)
  })

  it('[ART-1] a newer minor’s field in a cell is carried', () => {
    const { value } = projectLiving(CapacityPlan, 'own', { commitments: { cell: { committed: 1, shift: 'night' } } })
    expect(value.commitments?.cell).toMatchObject({ committed: 1, shift: 'night' })
  })
})

describe('who writes', () => {
  it('[ART-2] the slice of a forecast is its owner’s alone, in a role that may', () => {
    expect(may('SharedForecast.v1', 'slice:3', OWNER, 'coo')).toBe('yes')
    expect(may('SharedForecast.v1', 'slice:3', OTHER, 'coo')).toBe('not-writer-company')
    expect(may('SharedForecast.v1', 'slice:3', OWNER, 'investor')).toBe('not-writer-role')
    expect(may('SharedForecast.v1', 'slice:3', OWNER)).toBe('not-writer-role')
    expect(may('SharedForecast.v1', 'slice:3', OWNER, 'investor', 'ceo')).toBe('yes')
  })

  it('[ART-2] joint is everybody’s; partner is everybody’s but the owner’s', () => {
    expect(may('SharedForecast.v1', 'joint', OWNER, 'coo')).toBe('yes')
    expect(may('SharedForecast.v1', 'joint', OTHER, 'coo')).toBe('yes')
    expect(may('CapacityPlan.v1', 'own', OWNER, 'delivery-lead')).toBe('yes')
    expect(may('CapacityPlan.v1', 'own', OTHER, 'delivery-lead')).toBe('not-writer-company')
    expect(may('CapacityPlan.v1', 'partner', OTHER, 'coo')).toBe('yes')
    expect(may('CapacityPlan.v1', 'partner', OWNER, 'coo')).toBe('not-writer-company')
  })

  it.each(['slice', 'slice:0', 'slice:01', 'slice:-1', 'slice:1:2', 'joint:1', 'own', 'constructor', '', 'Slice:1'])(
    '[ART-2] there is no section "%s" in a forecast',
    (section) => expect(may('SharedForecast.v1', section, OWNER, 'coo')).toBe('unknown-section'),
  )
})

describe('catalogue', () => {
  it('[ART-10] knows each finished artifact once, and nothing else', () => {
    const types = CATALOGUE.map((artifact) => artifact.type)
    expect(types).toEqual(expect.arrayContaining(['SharedForecast.v1', 'CapacityPlan.v1']))
    expect(new Set(types).size).toBe(types.length)
    for (const artifact of CATALOGUE) expect(artifactOf(artifact.type)).toBe(artifact)
    expect(may('QualityReport.v1', 'own', OWNER, 'coo')).toBe('unknown-artifact')
    expect(() => defineArtifact({ ...SharedForecast, type: 'Forecast' })).toThrow('not an artifact type')
  })
})
