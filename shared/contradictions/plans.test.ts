import { describe, expect, it } from 'vitest'
import type { CommitCell } from '#shared/commerce/capacity.ts'
import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import { readPlan, undisputed } from '#shared/initiatives/read-plan.ts'
import { readRegister, type Register } from '#shared/living/register.ts'
import { addRecord } from '#shared/living/write.ts'
import { planSource } from './plan-source.ts'
import { claimSources } from './claim-source.ts'
import { forecastSource } from './forecast-source.ts'
import { changeSource, decisionSource } from './outcome-source.ts'
import { agreement, day, docOf, find, GULF, idOf, NAJD, NAMES, plan } from '#test/support/saying.ts'

const HASH = 'dd'.repeat(32)
const due = (...days: readonly string[]) => ({ milestones: days.map((one, at) => ({ id: `m${String(at + 1)}`, titleEn: 'Pilot', titleAr: 'تجربة', due: day(one) })) }) // prettier-ignore
const decided = (reviewOn: string | null, plans = [idOf('ee')]) =>
  decisionSource(docOf('dd', 'JointGovernanceDecision.v1'), HASH, reviewOn === null ? null : day(reviewOn), plans)
const changed = (number: string, neededBy: string | null) =>
  changeSource(docOf('cc', 'ChangeRequest.v1'), HASH, { number, neededBy: neededBy === null ? null : day(neededBy), scopes: [idOf('bb')] }, { agreements: [idOf('ff')], plans: [idOf('ee')] }) // prettier-ignore
const scope = (changes: readonly string[], over: object = {}) =>
  agreement({ digits: 'bb', type: 'ServiceScope.v1', terms: { fee: 100_000 }, tables: { changes: changes.map((code) => ({ code, on: day('2026-02-01'), what: { en: 'x', ar: 'س' } })) }, ...over }) // prettier-ignore

describe('a joint plan', () => {
  it('[CON-8] is due outside the agreement that it rests on: made of one outcome, named in a link, or the workspace’s peer agreement', () => {
    const frame = agreement({ digits: 'aa', type: 'PeerAgreement.v1' })
    const late = plan('ee', {}, due('2026-06-01', '2027-01-01', '2027-03-01'))
    expect(find(frame, late)).toEqual([['CON-8', '2026-12-31', '2027-03-01', 1]])
    expect(find(frame, plan('ee', {}, due('2025-12-31')))).toEqual([['CON-8', '2026-01-01', '2025-12-31']])
    expect(find(frame, plan('ee', {}, due('2026-01-01', '2026-12-31')))).toEqual([])
    // Not the workspace's frame: another kind of agreement says nothing of a plan that does not name it.
    const terms = agreement({ digits: 'aa', type: 'ContractTerms.v1' })
    expect(find(terms, late)).toEqual([])
    expect(find(terms, plan('ee', {}, { ...due('2027-03-01'), links: [{ id: 'l1', reference: ' ct-aaaaaaaa ' }] }))).toHaveLength(1)
    expect(find(frame, plan('ee', {}, due('2027-03-01'), { workspace: '99'.repeat(16) as never }))).toEqual([])
    expect(find(frame, plan('ee', {}, { milestones: [{ id: 'm1', due: day('2027-03-01'), doneOn: day('2026-05-01') }] }))).toEqual([])
  })

  it('[CON-10] is due outside its own period', () => {
    expect(find(plan('ee', { start: day('2026-02-01'), end: day('2026-03-01') }, due('2026-01-01', '2026-02-10', '2026-04-01')))).toEqual([
      ['CON-10', '2026-03-01', '2026-04-01'], ['CON-10', '2026-02-01', '2026-01-01'],
    ])
    expect(find(plan('ee', {}, due('2026-01-01')))).toEqual([])
  })

  it('[CON-10] a day that two people wrote apart is nobody’s word until somebody chooses', () => {
    const write = (set: string, record: string, values: Readonly<Record<string, string>>, client: number) =>
      addRecord({ set, record, client }, values).flatMap(({ key, value }, at) => readRegister(key, value ?? null, client, at) ?? [])
    const base = [...write('plan', 'it', { end: '2026-03-31' }, 7), ...write('milestones', 'm1', { due: '2026-05-31' }, 7)]
    const read = (registers: readonly Register[]) => find(planSource(docOf('ee', 'JointInitiativePlan.v1'), readPlan(undisputed(registers)), NAMES))
    expect(read(base)).toEqual([['CON-10', '2026-03-31', '2026-05-31']])
    expect(read([...base, ...write('milestones', 'm1', { due: '2026-05-31' }, 8)])).toHaveLength(1)
    expect(read([...base, ...write('milestones', 'm1', { due: '2026-06-30' }, 8)])).toEqual([])
    expect(read([...base, ...write('plan', 'it', { end: '2026-06-30' }, 8)])).toEqual([])
  })

  it('[CON-11] is due after the signed outcome is looked at or needed', () => {
    expect(find(decided('2026-05-31'), plan('ee', {}, due('2026-06-30')))).toEqual([['CON-11', '2026-05-31', '2026-06-30']])
    expect(find(decided('2026-06-30'), plan('ee', {}, due('2026-06-30')))).toEqual([])
    expect(find(decided(null), plan('ee', {}, due('2026-06-30')))).toEqual([])
    expect(find(changed('CR-1', '2026-05-31'), plan('ee', {}, due('2026-06-30')))).toEqual([['CON-11', '2026-05-31', '2026-06-30']])
    expect(find(decided('2026-05-31', []), plan('ee', {}, due('2026-06-30')))).toEqual([])
  })

  it('[CON-12] carries out a signed change that no scope in force carries; a draft of the amended scope is none', () => {
    expect(find(changed('CR-2', null), scope(['CR-1']))).toEqual([['CON-12', 'CR-2', 'CR-1']])
    expect(find(changed('CR-2', null), scope(['CR-1', 'cr-2']))).toEqual([])
    expect(find(changed('CR-2', null), scope([], { read: { standing: 'draft' } }))).toEqual([])
    const amended = agreement({ digits: 'ff', type: 'ServiceScope.v1', read: { standing: 'draft' } })
    expect(find(changed('CR-2', null), scope(['CR-1']), amended)).toEqual([['CON-12', 'CR-2', 'CR-1']])
  })

  it('[CON-13] has nobody accountable in a row that somebody filled, and carries out an outcome', () => {
    const roles = (part: 'r' | 'a') => ({ milestones: [{ id: 'm1', titleEn: 'Pilot', titleAr: null }], raci: [{ id: 'x', activity: 'm1', company: NAJD, part }] })
    expect(find(decided(null), plan('ee', {}, roles('r')))).toEqual([['CON-13', HASH, `${NAJD} r`]])
    expect(find(decided(null), plan('ee', {}, roles('a')))).toEqual([])
    expect(find(decided(null, []), plan('ee', {}, roles('r')))).toEqual([])
    expect(find(decided(null, []), plan('ee', { decision: HASH }, roles('r')))).toHaveLength(1)
    expect(find(decided(null), plan('ee', {}, { milestones: [{ id: 'm1' }] }))).toEqual([])
  })

  it('[CON-14] has two companies accountable for one thing', () => {
    const raci = [NAJD, GULF].map((company, at) => ({ id: `x${String(at)}`, activity: 'm1', company, part: at === 0 ? ('a' as const) : ('ra' as const) }))
    expect(find(plan('ee', {}, { milestones: [{ id: 'm1' }], raci }))).toEqual([['CON-14', 'a', 'ra']])
  })

  it('[CON-15] splits its amounts otherwise than agreed, by more than one part in a hundred', () => {
    const budget = (share: number, amount: number) => [{ id: 'b1', party: NAJD, share, amount, currency: 'SAR' as const }, { id: 'b2', party: GULF, share: 100 - share, amount: 100_000 - amount, currency: 'SAR' as const }]
    expect(find(plan('ee', {}, { budget: budget(50, 50_900) }))).toEqual([])
    expect(find(plan('ee', {}, { budget: budget(50, 60_000) }))).toEqual([['CON-15', 5_000, 6_000], ['CON-15', 5_000, 4_000]])
  })

  it('[CON-16, CON-17] is above the most that was agreed in fees, or counts in another currency', () => {
    const money = (amount: number, currency: 'SAR' | 'USD') => plan('ee', { currency }, { budget: [{ id: 'b1', party: NAJD, amount }], links: [{ id: 'l', reference: idOf('bb') }] })
    expect(find(scope([]), money(100_000, 'SAR'))).toEqual([])
    expect(find(scope([]), money(100_001, 'SAR'))).toEqual([['CON-16', 100_000, 100_001]])
    expect(find(scope([]), money(500, 'USD'))).toEqual([['CON-17', 100_000, 'USD']])
  })
}) // prettier-ignore

const OTIF = { metric: 'OTIF', definition: { en: 'a', ar: 'أ' }, target: 9_500, window: 'month' }
const measured = (kpi: object, readings: readonly object[] = [], links: readonly { id: string; reference: string }[] = [{ id: 'l', reference: idOf('aa') }]) =>
  plan('ee', {}, { kpis: [{ id: 'k1', metric: 'otif', unit: '%', direction: 'up', ...kpi }], readings: readings as never, links }) // prettier-ignore

describe('what is measured', () => {
  const terms = agreement({ digits: 'aa', type: 'ContractTerms.v1', tables: { levels: [OTIF] } })

  it('[CON-21] aims for less than the agreement asks for; more is no contradiction', () => {
    expect(find(terms, measured({ target: 90 }))).toEqual([['CON-21', 9_500, 90]])
    for (const target of [95, 99]) expect(find(terms, measured({ target }))).toEqual([])
    expect(find(terms, measured({ target: 90, unit: 'days' }))).toEqual([])
    expect(find(terms, measured({ target: 90 }, [], []))).toEqual([])
  })

  it('[CON-22] is claimed otherwise than it was read in the same month', () => {
    const claims = (good: number, state = 'open') =>
      claimSources(terms, [{ id: 'c', state, measured: { kind: 'service-credit', month: '2026-05', results: [{ metric: 'OTIF', reported: true, good, total: 100, excluded: 0 }] } } as never]) // prettier-ignore
    const readings = [{ id: 'r1', kpi: 'k1', on: day('2026-05-10'), value: 80 }, { id: 'r2', kpi: 'k1', on: day('2026-05-31'), value: 97 }] // prettier-ignore
    expect(find(...claims(91), measured({}, readings))).toEqual([['CON-22', 9_100, 97]])
    expect(find(...claims(97), measured({}, readings))).toEqual([])
    expect(find(...claims(91, 'withdrawn'), measured({}, readings))).toEqual([])
    expect(find(...claims(91), measured({}, [{ id: 'r1', kpi: 'k1', on: day('2026-06-01'), value: 97 }]))).toEqual([])
  })
})

describe('what is committed', () => {
  const cell = (bucket: string, net: number, committed: number, over: object = {}): CommitCell =>
    ({ key: `SKU|R|${bucket}`, bucket, net, committed, shortfall: Math.max(0, net - committed), state: net > committed ? 'short' : 'covered', answer: null, promises: [{ company: GULF, counts: true }], ...over }) as never // prettier-ignore
  const view = (cells: readonly CommitCell[], slots: readonly object[] = []): ForecastView =>
    ({ unit: 'cartons', series: [{ sku: 'SKU', region: 'R', cells }], slots }) as never
  const PLANS = new Map([[GULF, { artifact: idOf('cc'), title: { en: 'Capacity', ar: 'الطاقة' } }]])
  const read = (cells: readonly CommitCell[], slots: readonly object[] = []) =>
    forecastSource(docOf('aa', 'SharedForecast.v1'), view(cells, slots), PLANS, '2026-03' as IsoMonth)

  it('[CON-6] is less than forecast: the widest gap, with how many others there are', () => {
    expect(find(read([cell('2026-03', 100, 100), cell('2026-04', 100, 90), cell('2026-05', 100, 60)]))).toEqual([['CON-6', 100, 60, 1]]) // prettier-ignore
    expect(find(read([cell('2026-02', 100, 60)]))).toEqual([])
    for (const answer of ['accepted', 'elsewhere', 'moved']) expect(find(read([cell('2026-04', 100, 60, { answer })]))).toEqual([]) // prettier-ignore
    expect(find(read([cell('2026-04', 100, 60, { answer: 'disputed' })]))).toHaveLength(1)
  })

  it('[CON-7] is more than a line can make', () => {
    const slot = { company: GULF, key: 'L1|2026-04', resource: 'L1', bucket: '2026-04', capacity: 50, committed: 60, available: -10 } // prettier-ignore
    expect(find(read([], [slot]))).toEqual([['CON-7', 50, 60]])
    expect(find(read([], [{ ...slot, committed: 50, available: 0 }]))).toEqual([])
  })
})
