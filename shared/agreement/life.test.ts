import { describe, expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { SERVICE_SCOPE } from '#shared/artifacts/scope-of-services.v1.ts'
import type { ArtifactId, CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { Signer } from './authority.ts'
import { addCalendarMonths } from './life-dates.ts'
import { lifeOf } from './life.ts'
import type { StatedFact } from './state.ts'

const [A, B, C] = ['aa', 'bb', 'cc'].map((two) => two.repeat(32) as CompanyId) as [CompanyId, CompanyId, CompanyId]
const PERSON = '11'.repeat(16) as PersonId
const ARTIFACT = 'dd'.repeat(16) as ArtifactId
const HASH = 'ee'.repeat(32)
const day = (text: string): IsoDate => text as IsoDate
const WORDS = { en: 'x', ar: 'س' }
const said = (value: number | string) => ({ value, text: WORDS })
const party = (company: CompanyId, role: string) => ({ company, name: WORDS, registration: '', address: WORDS, role: { name: role, text: WORDS } }) // prettier-ignore
const content = {
  type: 'ServiceScope.v1',
  effectiveOn: day('2027-01-01'),
  parties: [party(A, 'client'), party(B, 'provider')],
  signatories: [{ company: A }, { company: B }],
  terms: { termMonths: said(12), noticeDays: said(90), fee: said(100), handoverDays: said(30) },
  tables: {
    deliverables: { label: WORDS, columns: [], rows: [{ id: 'r1', cells: { by: said('provider'), due: said('2027-02-01'), what: said('plan') } }] },
  },
} as unknown as AgreementContent // prettier-ignore

type Fact = { type: string } & Readonly<Record<string, unknown>>
const stated = (company: CompanyId, at: string, fact: Fact, roles: readonly string[] = ['ceo']): StatedFact<Signer> => ({
  fact: { artifact: ARTIFACT, hash: HASH, ...fact } as unknown as ArtifactEvent,
  author: { company, person: PERSON, name: WORDS, roles, validTo: Number.MAX_SAFE_INTEGER as Instant, authority: null },
  at: Date.parse(`${at}T09:00:00Z`) as Instant,
}) // prettier-ignore
const notice = (company: CompanyId, at: string, endsOn: string, roles?: readonly string[]) =>
  stated(company, at, { type: 'agreement-notice-given', endsOn, reason: 'moving' }, roles)
const agree = (company: CompanyId, at: string, until: string) => stated(company, at, { type: 'agreement-term-agreed', until }) // prettier-ignore
const done = (company: CompanyId, obligation: string, is = true) =>
  stated(company, '2027-01-20', { type: 'obligation-stated', obligation, done: is, evidence: 'mail of 20 January' })
const life = (facts: readonly StatedFact<Signer>[], today = '2027-03-01') =>
  lifeOf(SERVICE_SCOPE, content, HASH, facts, day(today))

describe('dates of a term', () => {
  it('[AGR-15] months end on the day before the same day, and on the last day of a shorter month', () => {
    expect(addCalendarMonths(day('2027-01-31'), 1)).toBe('2027-02-28')
    expect(addCalendarMonths(day('2028-01-31'), 1)).toBe('2028-02-29')
    expect(addCalendarMonths(day('2027-11-30'), 3)).toBe('2028-02-29')
    expect(life([])).toMatchObject({ state: 'in-force', until: '2027-12-31', noticeBy: '2027-10-02', notice: null })
    expect(life([], '2026-12-31').state).toBe('not-yet')
    expect(life([], '2027-12-31').state).toBe('in-force')
    expect(life([], '2028-01-01')).toMatchObject({ state: 'ended', noticeBy: null })
  })
})

describe('ending and renewing', () => {
  it('[AGR-15] a notice counts with the whole notice of the text, from who may sign for a party, once', () => {
    expect(life([notice(A, '2027-03-01', '2027-05-30')])).toMatchObject({ state: 'ending', until: '2027-05-30', noticeBy: null }) // prettier-ignore
    expect(life([notice(A, '2027-03-01', '2027-05-29')])).toMatchObject({ state: 'in-force', until: '2027-12-31' })
    expect(life([notice(A, '2027-03-01', '2027-06-30', ['cfo'])]).state).toBe('in-force')
    expect(life([notice(C, '2027-03-01', '2027-06-30')]).state).toBe('in-force')
    expect(life([notice(A, '2027-03-01', '2028-06-30')]).until).toBe('2027-12-31')
    const both = life([notice(A, '2027-03-01', '2027-06-30'), notice(B, '2027-03-02', '2027-07-30')])
    expect(both).toMatchObject({ until: '2027-06-30', notice: { company: A, reason: 'moving' } })
    expect(life([notice(A, '2027-03-01', '2027-06-30')], '2027-07-01').state).toBe('ended')
  })

  it('[AGR-15] a last day is agreed by all on the same day, renews or ends, and takes the place of a notice', () => {
    const one = life([agree(A, '2027-03-01', '2028-12-31')])
    expect(one).toMatchObject({ until: '2027-12-31', renewed: false, open: [{ until: '2028-12-31', companies: [A] }] })
    expect(life([agree(A, '2027-03-01', '2028-12-31'), agree(B, '2027-03-02', '2028-06-30')]).until).toBe('2027-12-31')
    const renewed = life([agree(A, '2027-03-01', '2028-12-31'), agree(B, '2027-03-02', '2028-12-31')], '2028-03-01')
    expect(renewed).toMatchObject({ state: 'in-force', until: '2028-12-31', renewed: true, open: [] })
    const saved = [notice(A, '2027-03-01', '2027-06-30'), agree(A, '2027-03-05', '2027-12-31'), agree(B, '2027-03-06', '2027-12-31')] // prettier-ignore
    expect(life(saved)).toMatchObject({ state: 'in-force', until: '2027-12-31', notice: null, renewed: false })
    // What has ended is not woken by words alone.
    expect(life([agree(A, '2028-03-01', '2029-12-31'), agree(B, '2028-03-02', '2029-12-31')], '2028-04-01').state).toBe('ended') // prettier-ignore
  })

  it('[AGR-15] a word about another text is no word about this one', () => {
    const other = stated(A, '2027-03-01', { type: 'agreement-notice-given', hash: 'ff'.repeat(32), endsOn: '2027-09-30', reason: 'x' }) // prettier-ignore
    expect(life([other]).notice).toBeNull()
  })
})

describe('obligations', () => {
  it('[AGR-16] come from rows and from what runs after the end, with owner and day', () => {
    const owed = life([]).obligations.map(({ id, owners, due }) => [id, owners, due])
    expect(owed).toEqual([
      ['deliverables/r1', [B], '2027-02-01'],
      ['handoverDays', [B], '2028-01-30'],
    ])
    expect(life([notice(A, '2027-03-01', '2027-06-30')]).obligations.find(({ id }) => id === 'handoverDays')?.due).toBe('2027-07-30') // prettier-ignore
  })

  it('[AGR-16] only the owner marks one as done, and the last word counts', () => {
    const of = (facts: readonly StatedFact<Signer>[]) => life(facts).obligations[0]?.done.map(({ company }) => company)
    expect(of([done(A, 'deliverables/r1')])).toEqual([])
    expect(of([done(B, 'deliverables/r1')])).toEqual([B])
    expect(of([done(B, 'deliverables/r1'), done(B, 'deliverables/r1', false)])).toEqual([])
    expect(of([done(B, 'deliverables/r2')])).toEqual([])
  })
})
