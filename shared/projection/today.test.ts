import { describe, expect, it } from 'vitest'
import { BUYER, monthly, SELLER } from '#shared/artifacts/sample.ts'
import { projectForecast } from '#shared/commerce/project-forecast.ts'
import { day, sampleForecast, samplePlan } from '#shared/commerce/sample.ts'
import type { ArtifactId, PersonId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { Due } from '#shared/standards/due.ts'
import { effectOfCommitments, effectOfRevision, todayView, type Change, type Effect, type TodayInput } from './today.ts'

const both = (text: string) => ({ en: text, ar: text })
const ARTIFACT = '11'.repeat(16) as ArtifactId
const ME = '01'.repeat(16) as PersonId
const HER = '02'.repeat(16) as PersonId
const QUIET: TodayInput = {
  since: 100 as Instant,
  self: ME,
  company: BUYER,
  changes: [],
  forecasts: [],
  documents: [],
  situation: { profileComplete: true, datasets: 1, disclosures: 1, unconfirmed: [], unsent: [] },
}
const change = (id: string, at: number, effect: Effect | null = null, more: Partial<Change> = {}): Change => ({
  id,
  at: at as Instant,
  person: HER,
  by: both('Huda'),
  company: both('Maker'),
  code: 'capacity-committed',
  subject: both('Forecast'),
  target: { area: 'artifact', id: ARTIFACT },
  effect,
  ...more,
})
const effect = (quantity: number | null, ...buckets: string[]): Effect =>
  ({ quantity, unit: 'box', buckets }) as unknown as Effect

const rows = monthly('A', 'N', '2025-01', [100, 100, 100])
const forecast = sampleForecast(rows, '2025-03-31')
const committed = (quantity: number) => ({
  committed: quantity,
  status: 'committed' as const,
  committedOn: day('2025-04-05'),
  forRevision: 1,
  forQuantity: 100,
})

const STANDARD = { artifact: ARTIFACT, subject: both('Delivery notes') }
const due = (kind: Due['kind'], tests: readonly string[], on: string | null = null): Due => ({
  kind, party: BUYER, version: '1.0.0', tests, on: on as IsoDate | null,
}) // prettier-ignore

describe('standards', () => {
  it('[TR-13] what a company owes to a standard waits for it: reruns, failures, a version that ends with its day', () => {
    const dues = [due('rerun', ['t', 'u']), due('non-conformant', ['v']), due('deprecated', [], '2026-03-31')]
    const { needs } = todayView({ ...QUIET, standards: [{ ...STANDARD, dues }] })
    expect(needs.map(({ code, count, dueOn }) => [code, count, dueOn])).toEqual([
      ['standard-ending', 1, '2026-03-31'],
      ['standard-rerun', 2, undefined],
      ['standard-failed', 1, undefined],
    ])
    expect(needs[0]?.target).toEqual({ area: 'document', id: ARTIFACT })
    expect(todayView({ ...QUIET, standards: [{ ...STANDARD, dues: [] }] }).needs).toEqual([])
  })
})

describe('what changed', () => {
  it('is what others did after the last visit, the newest first', () => {
    const changes = [
      change('old', 100),
      change('new', 101, null, { code: 'slice-opened' }),
      change('mine', 150, null, { person: ME }),
      change('newest', 160, null, { person: null, code: 'receipt-arrived' }),
    ]
    expect(todayView({ ...QUIET, changes }).changes.map(({ id }) => id)).toEqual(['newest', 'new'])
    expect(todayView({ ...QUIET, changes, since: null }).changes.map(({ id }) => id)).toEqual(['newest', 'new', 'old'])
  })

  it('[INI-4, AR-3] waits for milestones of this company by their date, then for a choice between values', () => {
    const standing = {
      artifact: ARTIFACT,
      subject: both('Plan'),
      conflicts: 2,
      due: { count: 3, on: day('2025-04-01') },
      proposals: 0,
    }
    const { needs } = todayView({ ...QUIET, documents: [standing, { ...standing, conflicts: 0, due: null }] })
    const target = { area: 'document', id: ARTIFACT }
    expect(needs).toMatchObject([
      { code: 'milestone-due', count: 3, dueOn: '2025-04-01', target },
      { code: 'settle-conflict', count: 2, target },
    ])
    const proposed = todayView({ ...QUIET, documents: [{ ...standing, conflicts: 0, due: null, proposals: 2 }] })
    expect(proposed.needs).toMatchObject([{ code: 'answer-proposal', count: 2, target }])
  })

  it('[AGR-23] a signature that is asked for has its last day; a reminder, or that day when it is near, is said in its place', () => {
    const document = { artifact: ARTIFACT, subject: both('Terms'), conflicts: 0, due: null, proposals: 0 }
    const asked = { count: 1, on: day('2026-12-20'), soon: false, reminded: false }
    const needs = (signatures: typeof asked) => todayView({ ...QUIET, documents: [{ ...document, signatures }] }).needs
    expect(needs(asked)).toMatchObject([{ code: 'sign-agreement', count: 1, dueOn: '2026-12-20' }])
    expect(needs({ ...asked, soon: true })).toMatchObject([{ code: 'sign-soon', dueOn: '2026-12-20' }])
    expect(needs({ ...asked, soon: true, reminded: true })).toMatchObject([{ code: 'sign-reminded' }])
    expect(needs({ ...asked, count: 0 })).toEqual([])
  })

  it('[INI-13, AR-3] tells what one person’s edits did to a plan’s dates, taken together', () => {
    const title = { en: 'Pilot', ar: 'تجربة' }
    const moved = (from: string, to: string, days: number) => ({
      moves: [{ code: 'moved' as const, milestone: 'm', title, from: day(from), to: day(to), days }],
      end: null,
    })
    const document = { code: 'document-changed', target: { area: 'document', id: ARTIFACT } } as const
    const changes = [
      change('second', 120, null, { ...document, dates: moved('2026-05-10', '2026-05-17', 7) }),
      change('first', 110, null, { ...document, dates: moved('2026-05-03', '2026-05-10', 7) }),
    ]
    const [found] = todayView({ ...QUIET, changes }).changes
    expect(found?.dates).toEqual(moved('2026-05-03', '2026-05-17', 14))
    expect(todayView({ ...QUIET, changes: [change('old', 110)] }).changes[0]?.dates).toBeNull()
  })

  it('adds up one person’s many edits of one thing, and nobody else’s', () => {
    const changes = [
      change('a', 110, effect(20, '2025-05')),
      change('b', 130, effect(-50, '2025-04', '2025-05')),
      change('c', 120, effect(7, '2025-06'), { person: ME.replace('1', '3') as PersonId, by: both('Omar') }),
    ]
    expect(todayView({ ...QUIET, changes }).changes).toMatchObject([
      { id: 'b', at: 130, quantityEffect: -30, unit: 'box', bucketEffect: ['2025-04', '2025-05'] },
      { id: 'c', quantityEffect: 7, bucketEffect: ['2025-06'] },
    ])
  })

  it('keeps an effect that cannot be computed apart from none at all', () => {
    const of = (...effects: (Effect | null)[]) =>
      todayView({ ...QUIET, changes: effects.map((one, at) => change(String(at), 110 + at, one)) }).changes[0]
    expect(of(effect(null, '2025-04'), effect(5, '2025-05'))?.quantityEffect).toBeNull()
    expect(of(null, effect(5, '2025-05'))?.quantityEffect).toBe(5)
    expect(of(effect(0))?.quantityEffect).toBe(0)
    expect(of(null)).toMatchObject({ quantityEffect: null, unit: '', bucketEffect: [] })
  })

  it('[AR-7] a revision’s effect is its difference; the first one’s is all that it says', () => {
    expect(effectOfRevision(forecast, undefined)).toEqual(effect(300, '2025-04', '2025-05', '2025-06'))
    const override = { 'A|N|2025-05': { quantity: 60, reason: 'x' } }
    const next = sampleForecast(rows, '2025-03-31', { overrides: override }, 2)
    expect(effectOfRevision(next, forecast)).toEqual(effect(-40, '2025-05'))
    expect(effectOfRevision({ ...next, rows: [] }, forecast).quantity).toBeNull()
    expect(effectOfRevision(forecast, forecast)).toEqual(effect(0))
  })

  it('[AR-8] a commitment’s effect is what it promises more or less; a proposal promises nothing', () => {
    const of = (quantity: number, status: 'committed' | 'proposed' | 'shortfall') =>
      samplePlan({ 'A|N|2025-05': { committed: quantity, status } }).own.commitments ?? {}
    expect(effectOfCommitments({}, of(80, 'committed'), 'box')).toEqual(effect(80, '2025-05'))
    expect(effectOfCommitments(of(80, 'committed'), of(50, 'shortfall'), 'box')).toEqual(effect(-30, '2025-05'))
    expect(effectOfCommitments(of(80, 'committed'), {}, 'box')).toEqual(effect(-80, '2025-05'))
    expect(effectOfCommitments({}, of(80, 'proposed'), 'box')).toEqual(effect(0))
  })
})

describe('what needs you', () => {
  const view = (today: string, quantity?: number) =>
    projectForecast({
      current: forecast,
      previous: [],
      plans: quantity === undefined ? [] : [samplePlan({ 'A|N|2025-04': committed(quantity) })],
      today: day(today),
    })
  const standing = {
    artifact: ARTIFACT,
    subject: both('F'),
    mine: false,
    opened: true,
    mayCommit: true,
    view: view('2025-04-06'),
  }
  const needs = (more: Partial<TodayInput>) =>
    todayView({ ...QUIET, ...more }).needs.map(({ code, count, dueOn }) => [code, count, dueOn])

  it('nothing, when nothing does', () => expect(needs({})).toEqual([]))

  it('[AR-8] a received forecast is opened, then answered by its day, by those who may', () => {
    const unopened = { ...standing, opened: false, view: null }
    expect(needs({ forecasts: [unopened], company: SELLER })).toEqual([['open-slice', 1, undefined]])
    expect(needs({ forecasts: [standing], company: SELLER })).toEqual([['commit-capacity', 3, '2025-04-07']])
    expect(needs({ forecasts: [{ ...standing, mayCommit: false }], company: SELLER })).toEqual([])
    const part = { ...standing, view: view('2025-04-06', 100) }
    expect(needs({ forecasts: [part], company: SELLER })).toEqual([['commit-capacity', 2, '2025-04-07']])
  })

  it('[TR-7] an open shortfall is its owner’s, with its clock', () => {
    const mine = { ...standing, mine: true, view: view('2025-04-06', 70) }
    expect(needs({ forecasts: [mine] })).toEqual([['resolve-shortfall', 1, '2025-04-08']])
    expect(needs({ forecasts: [{ ...mine, mine: false, mayCommit: false }], company: SELLER })).toEqual([])
  })

  it('[TR-4] a stale forecast is its owner’s to refresh, and nobody’s to commit to', () => {
    const stale = { ...standing, view: view('2025-05-11', 70) }
    expect(needs({ forecasts: [{ ...stale, mine: true }] })).toEqual([['refresh-stale', 1, '2025-05-10']])
    expect(needs({ forecasts: [stale], company: SELLER })).toEqual([])
  })

  it('the dated come first, the earliest of them in front, then the steps of a newcomer in their order', () => {
    const workspace = '33'.repeat(32) as WorkspaceId
    const situation = {
      profileComplete: false,
      datasets: 0,
      disclosures: 0,
      unconfirmed: [{ workspace, name: both('W') }],
      unsent: [
        { workspace, name: both('W'), runs: 2 },
        { workspace, name: both('V'), runs: 0 },
      ],
    }
    const forecasts = [
      { ...standing, artifact: '22'.repeat(16) as ArtifactId, opened: false, view: null },
      { ...standing, view: view('2025-04-06', 70) },
      { ...standing, mine: true, view: view('2025-04-06', 70) },
    ]
    expect(needs({ situation, forecasts }).map(([code]) => code)).toEqual([
      'commit-capacity', 'resolve-shortfall', 'resolve-shortfall', 'open-slice',
      'confirm-safety', 'finish-profile', 'import-data', 'send-file',
    ]) // prettier-ignore
    expect(
      needs({ situation: { ...situation, profileComplete: true, datasets: 2, unconfirmed: [], unsent: [] } }),
    ).toEqual([['disclose-first', 1, undefined]])
  })
})
