import { describe, expect, it } from 'vitest'
import type { ReciprocityTerms, Worth } from '#shared/artifacts/reciprocity-terms.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { reciprocityOn, type ReciprocityCase } from './reciprocity.ts'
import type { SliceContent } from './slice.ts'
import { ledgerOn, type Contribution } from './value-ledger.ts'
import { lacksOf, pointsOn, worthOf } from './worth.ts'

const A = 'aa'.repeat(32) as CompanyId
const B = 'bb'.repeat(32) as CompanyId
const day = (text: string) => text as IsoDate
const OURS = '01'.repeat(16) as ArtifactId
const THEIRS = '02'.repeat(16) as ArtifactId

const worth = (cells: number, change: Partial<Worth> = {}): Worth => ({
  rows: cells,
  fields: 1,
  publicCells: 0,
  sharedCells: cells,
  asOf: day('2026-03-01'),
  currencyDays: 30,
  ...change,
})
const given = (from: CompanyId, cells: number, change: Partial<Contribution> = {}): Contribution => ({
  artifact: from === A ? OURS : THEIRS,
  revision: 1,
  from,
  to: from === A ? B : A,
  worth: worth(cells),
  since: day('2026-03-02'),
  expiresOn: day('2026-12-31'),
  withdrawnOn: null,
  ...change,
})
const terms: ReciprocityTerms = {
  companies: [B],
  kind: 'any',
  columns: [],
  months: 3,
  coverage: 100,
  ratio: 50,
  graceDays: 7,
  first: B,
}
const story = (change: Partial<ReciprocityCase> = {}): ReciprocityCase => ({
  terms,
  owner: A,
  other: B,
  statedOn: day('2026-03-02'),
  handedOn: null,
  contributions: [given(A, 100)],
  checks: [],
  ...change,
})
const answered = story({
  contributions: [given(A, 100), given(B, 60)],
  checks: [{ artifact: THEIRS, revision: 1, on: day('2026-03-02'), lacks: [] }],
  handedOn: day('2026-03-02'),
})

const slice = (rows: SliceContent['rows']): SliceContent => ({
  format: 'mithaq.slice.v1',
  owner: B,
  policy: '03'.repeat(16) as SliceContent['policy'],
  policyVersion: 1,
  revision: 1,
  supersedes: null,
  title: { en: 'x', ar: 'س' },
  purpose: 'x',
  necessity: null,
  roles: ['coo'],
  k: 5,
  columns: [
    { name: 'Month', type: 'text', part: 'group', transform: 'generalise(month)', dataClass: 'public' },
    { name: 'Quantity', type: 'integer', part: 'measure', transform: 'sum', dataClass: 'shared-confidential' },
  ],
  rows,
  suppressed: [],
  totals: [],
  provenance: { sourceSystem: 'x', sourceTimestamp: 0 as never, sourceVersion: '1', transformation: '' },
  asOf: day('2026-03-31'),
  currencyDays: 30,
  expiresOn: day('2026-12-31'),
})

describe('what a slice is worth', () => {
  it('[DIS-23] values count by class, withheld ones not at all; a month is covered where a number is shown', () => {
    const full = slice([['2026-01', 5], ['2026-02', null], ['2026-03', 7]]) // prettier-ignore
    expect(worthOf(full)).toMatchObject({ rows: 3, fields: 2, publicCells: 3, sharedCells: 2 })
    expect(pointsOn(worthOf(full), day('2026-04-30'))).toBe(3 * 1 + 2 * 3)
    expect(lacksOf(full, 'ContextSlice.v1', { ...terms, coverage: 66 })).toEqual([])
    expect(lacksOf(full, 'ContextSlice.v1', terms)).toEqual([{ lack: 'months', shown: 2, needed: 3 }])
    // Rows of months outside the period, or without a date, cover nothing.
    expect(lacksOf(slice([['2024-01', 5], [null, 7]]), 'ContextSlice.v1', terms)).toEqual([{ lack: 'months', shown: 0, needed: 3 }]) // prettier-ignore
    expect(lacksOf(full, 'ContextSlice.v1', { ...terms, coverage: 0, kind: 'SharedForecast.v1', columns: ['Price'] })).toEqual([
      { lack: 'other-kind' },
      { lack: 'columns', columns: ['Price'] },
    ]) // prettier-ignore
  })

  it('[DIS-26] the ledger weighs freshness, counts a document once, and leaves out what ended', () => {
    expect(pointsOn(worth(10), day('2026-03-31'))).toBe(30)
    expect(pointsOn(worth(10), day('2026-04-01'))).toBe(15)
    const all = [
      given(A, 100),
      given(A, 40, { revision: 2, since: day('2026-03-05') }),
      given(B, 10),
      given(B, 1000, { to: 'cc'.repeat(32) as CompanyId, artifact: '09'.repeat(16) as ArtifactId }),
    ]
    expect(ledgerOn(all, A, B, day('2026-03-04'))).toMatchObject({ given: 300, received: 30, ratio: 10 })
    expect(ledgerOn(all, A, B, day('2026-03-05'))).toMatchObject({ given: 120, received: 30, ratio: 25 })
    expect(ledgerOn([given(A, 1), given(B, 9, { expiresOn: day('2026-03-03') })], A, B, day('2026-03-04')).received).toBe(0) // prettier-ignore
    expect(ledgerOn([given(A, 1), given(B, 9, { withdrawnOn: day('2026-03-04') })], A, B, day('2026-03-04')).received).toBe(0) // prettier-ignore
    expect(ledgerOn([given(B, 9)], A, B, day('2026-03-04')).ratio).toBeNull()
    // Rounded down: 49.99 % is not half.
    expect(ledgerOn([given(A, 10_000), given(B, 4_999)], A, B, day('2026-03-04')).ratio).toBe(49)
  })
})

describe('how a condition stands', () => {
  it('[DIS-24] it waits until a checked slice answers it', () => {
    expect(reciprocityOn(story(), day('2026-03-02'))).toMatchObject({ standing: 'waiting', graceUntil: null })
    expect(reciprocityOn(answered, day('2026-03-02'))).toMatchObject({ standing: 'met', missing: [] })
    // Given and never checked, or checked with something missing, answers nothing.
    const unchecked = story({ contributions: answered.contributions })
    expect(reciprocityOn(unchecked, day('2026-03-02')).missing).toEqual([{ lack: 'nothing-received' }])
    const wrong = { ...answered, checks: [{ artifact: THEIRS, revision: 1, on: day('2026-03-02'), lacks: [{ lack: 'other-kind' as const }] }] } // prettier-ignore
    expect(reciprocityOn(wrong, day('2026-03-02')).missing).toEqual([{ lack: 'other-kind' }])
  })

  it('[DIS-25] grace runs from the day on which it ceased to be met, to its last day; then reads are suspended', () => {
    // B's slice is current until 2026-03-31.
    expect(reciprocityOn(answered, day('2026-03-31')).standing).toBe('met')
    expect(reciprocityOn(answered, day('2026-04-01'))).toMatchObject({ standing: 'grace', graceUntil: '2026-04-08' })
    expect(reciprocityOn(answered, day('2026-04-08')).standing).toBe('grace')
    expect(reciprocityOn(answered, day('2026-04-09')).standing).toBe('suspended')
    // Whoever moves first hands over and waits from the day of the statement.
    const first = story({ terms: { ...terms, first: A } })
    expect(reciprocityOn(first, day('2026-03-02'))).toMatchObject({ standing: 'grace', graceUntil: '2026-03-09' })
    expect(reciprocityOn(first, day('2026-03-10')).standing).toBe('suspended')
    // A new answer ends the suspension, and a later gap starts a grace of its own.
    const again = {
      ...answered,
      contributions: [...answered.contributions, given(B, 60, { revision: 2, since: day('2026-04-20'), worth: worth(60, { asOf: day('2026-04-20') }) })], // prettier-ignore
      checks: [...answered.checks, { artifact: THEIRS, revision: 2, on: day('2026-04-20'), lacks: [] }],
    }
    expect(reciprocityOn(again, day('2026-04-20')).standing).toBe('met')
    expect(reciprocityOn(again, day('2026-05-21'))).toMatchObject({ standing: 'grace', graceUntil: '2026-05-28' })
  })
})
