import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId, Role } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import { USUAL_POLICY, type ApprovalPolicy } from './policy.ts'
import { standingOf, type ApprovalAnswer, type AskedApproval, type Colleague } from './request.ts'
import { afterWorking } from './working-time.ts'

const at = (text: string) => Date.parse(text) as Instant
const who = (name: string, ...roles: Role[]): Colleague => ({ person: name as PersonId, name: { en: name, ar: name }, roles }) // prettier-ignore
const MAKER = who('maker', 'account-lead')
const ASKED: AskedApproval = {
  id: 'r', commitment: 'give-position', scope: 'government', amount: null, hash: 'h', maker: MAKER,
  at: at('2026-11-22T06:00:00Z'), withdrawnAt: null, sentAt: null,
} // prettier-ignore
const word = (by: Colleague, verdict: 'approve' | 'refuse' = 'approve', more: Partial<ApprovalAnswer> = {}): ApprovalAnswer => ({ request: 'r', hash: 'h', verdict, reason: '', by, at: at('2026-11-22T07:00:00Z'), ...more }) // prettier-ignore
const [CEO, LEGAL, LEAD] = [who('ceo', 'ceo'), who('legal', 'legal'), who('lead', 'account-lead')]
const NOON = at('2026-11-22T09:00:00Z')
const state = (answers: readonly ApprovalAnswer[], request = ASKED, policy = USUAL_POLICY, now = NOON) => standingOf(policy, request, answers, now) // prettier-ignore

describe('a request for approval', () => {
  it('[APR-9] comes to the same in any order of what was said', () => {
    const said = fc.array(
      fc.record({
        by: fc.constantFrom(CEO, LEGAL, LEAD, MAKER, who('cfo', 'cfo')),
        verdict: fc.constantFrom('approve' as const, 'refuse' as const),
        hash: fc.constantFrom('h', 'other'),
        hours: fc.integer({ min: 0, max: 900 }),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(said, fc.boolean(), (drawn, fourEyes) => {
        const government = USUAL_POLICY.scopes.government
        const policy: ApprovalPolicy = { ...USUAL_POLICY, scopes: { ...USUAL_POLICY.scopes, government: { ...government, everyday: { ...government.everyday, fourEyes } } } } // prettier-ignore
        const answers = drawn.map(({ by, verdict, hash, hours }) => word(by, verdict, { hash, at: (ASKED.at + hours * 3_600_000) as Instant })) // prettier-ignore
        const now = (ASKED.at + 3_600_000 * 1_000) as Instant
        const one = state(answers, ASKED, policy, now)
        const other = state(answers.toReversed(), ASKED, policy, now)
        expect(other.state).toBe(one.state)
        expect(other.missing).toEqual(one.missing)
        expect(new Set(other.approvals)).toEqual(new Set(one.approvals))
      }),
    )
  })

  it('[APR-10] is approved when each level has spoken, the maker’s own role counting for its level', () => {
    expect(state([]).missing).toEqual(['c-level', 'legal'])
    expect(state([word(CEO)])).toMatchObject({ state: 'waiting', missing: ['legal'] })
    expect(state([word(CEO), word(LEGAL)])).toMatchObject({ state: 'approved', missing: [] })
    expect(state([word(CEO)], { ...ASKED, maker: who('maker', 'legal') }).state).toBe('approved')
  })

  it('[APR-10] needs a second person under four eyes, though the maker holds every level, and never the maker’s own word', () => {
    const eyes = { levels: ['c-level' as const], fourEyes: true }
    const policy: ApprovalPolicy = { ...USUAL_POLICY, scopes: { ...USUAL_POLICY.scopes, government: { everyday: eyes, weighty: eyes } } } // prettier-ignore
    const mine = { ...ASKED, maker: CEO }
    expect(state([], mine, policy)).toMatchObject({ state: 'waiting', missing: [], needsOther: true })
    expect(state([word(CEO)], mine, policy).state).toBe('waiting')
    expect(state([word(LEAD)], mine, policy).state).toBe('waiting')
    expect(state([word(who('cfo', 'cfo'))], mine, policy).state).toBe('approved')
  })

  it('[APR-11] is refused by one refusal, whatever others approved', () => {
    expect(state([word(CEO), word(LEGAL), word(who('coo', 'coo'), 'refuse')]).state).toBe('refused')
  })

  it('[APR-11] counts no word about another content, of no level asked, or after the end', () => {
    const strangers = [word(LEGAL, 'approve', { hash: 'x' }), word(LEGAL, 'approve', { request: 'x' }), word(LEAD), word(LEAD, 'refuse')] // prettier-ignore
    for (const one of strangers) expect(state([word(CEO), one])).toMatchObject({ state: 'waiting', missing: ['legal'] })
    const late = word(LEGAL, 'approve', { at: at('2026-12-30T07:00:00Z') })
    expect(state([word(CEO), late], ASKED, USUAL_POLICY, at('2026-12-31T07:00:00Z')).state).toBe('expired')
    const spent = { ...ASKED, sentAt: NOON }
    expect(state([word(CEO), word(LEGAL), word(LEGAL, 'refuse')], spent).state).toBe('sent')
    expect(state([word(CEO), word(LEGAL)], { ...ASKED, withdrawnAt: NOON }).state).toBe('withdrawn')
  })

  it('[APR-12] is due, escalated and expired after working hours, Sunday to Thursday in Riyadh', () => {
    // Thursday 14:00 in Riyadh: two hours are left of the week.
    const thursday = { ...ASKED, at: at('2026-11-26T11:00:00Z') }
    const of = (now: string) => state([], thursday, USUAL_POLICY, at(now))
    expect(of('2026-11-26T12:00:00Z').dueAt).toBe(at('2026-11-29T11:00:00Z'))
    expect(of('2026-11-29T11:00:00Z')).toMatchObject({ overdue: false, escalated: false })
    expect(of('2026-11-29T11:00:01Z')).toMatchObject({ overdue: true, escalated: false })
    expect(of('2026-11-30T11:00:01Z')).toMatchObject({ overdue: true, escalated: true, state: 'waiting' })
    expect(of('2026-12-10T11:00:00Z').state).toBe('waiting')
    expect(of('2026-12-10T11:00:01Z')).toMatchObject({ state: 'expired', overdue: false })
  })

  it('[APR-12] counts no day off, whole or in part of one', () => {
    const { week } = USUAL_POLICY
    const off = [{ what: 'national-day', from: '2026-09-23', to: '2026-09-24' }] as ApprovalPolicy['off']
    // Tuesday 22 September, 15:00 in Riyadh: one hour is left, then two days off, Friday and Saturday.
    const tuesday = at('2026-09-22T12:00:00Z')
    expect(afterWorking(tuesday, 1, week, off)).toBe(at('2026-09-22T13:00:00Z'))
    expect(afterWorking(tuesday, 2, week, off)).toBe(at('2026-09-27T06:00:00Z'))
    expect(afterWorking(at('2026-09-23T07:00:00Z'), 1, week, off)).toBe(at('2026-09-27T06:00:00Z'))
    // The day is that of the company's own clock: 21:30 UTC of the 22nd is the 23rd in Riyadh.
    expect(afterWorking(at('2026-09-22T21:30:00Z'), 1, { ...week, from: 0, to: 1440 }, off)).toBe(at('2026-09-26T22:00:00Z')) // prettier-ignore
    const closed = { ...USUAL_POLICY, off }
    expect(state([], { ...ASKED, at: tuesday }, closed, tuesday).dueAt).toBe(at('2026-09-27T12:00:00Z'))
  })

  it('[APR-12] counts nothing outside working hours, and every hour of a week that has none', () => {
    const { week } = USUAL_POLICY
    expect(afterWorking(at('2026-11-27T20:00:00Z'), 1, week)).toBe(at('2026-11-29T06:00:00Z'))
    expect(afterWorking(at('2026-11-22T03:00:00Z'), 8, week)).toBe(at('2026-11-22T13:00:00Z'))
    expect(afterWorking(at('2026-11-22T20:30:00Z'), 1, { ...week, days: [] })).toBe(at('2026-11-22T21:30:00Z'))
    expect(afterWorking(at('2026-11-22T14:00:00Z'), 1, { ...week, utcOffset: -300, days: [0] })).toBe(at('2026-11-22T15:00:00Z')) // prettier-ignore
  })
})
