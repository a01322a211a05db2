import { describe, expect, it } from 'vitest'
import type { Role } from '../kernel/ids.ts'
import { approvalPolicySchema, covers, LEVELS, ruleFor, SCOPES, scopeOf, USUAL_POLICY, warningsOf, type ApprovalPolicy } from './policy.ts' // prettier-ignore
import { COMMITMENTS } from './commitment.ts'
import { lacking } from './request.ts'

const asked = (scope: (typeof SCOPES)[number]) => ruleFor(USUAL_POLICY, scope, 'give-position', null).levels

describe('the approval policy', () => {
  it('[APR-2] has no field for what is forbidden', () => {
    expect(approvalPolicySchema.safeParse(USUAL_POLICY).success).toBe(true)
    const bent = [
      { ...USUAL_POLICY, automatic: ['commit-capacity'] },
      { ...USUAL_POLICY, privateFields: true },
      { ...USUAL_POLICY, special: [{ scope: 'all', commitment: 'give-position', from: null, levels: [], fourEyes: false, withoutPerson: true }] },
      { ...USUAL_POLICY, holders: { ...USUAL_POLICY.holders, model: ['ceo'] } },
      { ...USUAL_POLICY, holders: { ...USUAL_POLICY.holders, manager: ['engine'] } },
    ] // prettier-ignore
    for (const policy of bent) expect(approvalPolicySchema.safeParse(policy).success).toBe(false)
  })

  it('[APR-4] asks by type of partnership what DP-12 names, and by kind of workspace where there is none', () => {
    expect(asked('referral')).toEqual(['manager'])
    expect(asked('distribution')).toEqual(['director'])
    expect(asked('technology')).toEqual(['vp'])
    expect(asked('strategic')).toEqual(['c-level'])
    expect(asked('government')).toEqual(['c-level', 'legal'])
    const typed: ApprovalPolicy = { ...USUAL_POLICY, types: { ['0'.repeat(64)]: 'government' } }
    expect(scopeOf(typed, '0'.repeat(64), 'peer')).toBe('government')
    expect(scopeOf(typed, '1'.repeat(64), 'peer')).toBe('peer')
  })

  it('[APR-5] a higher level approves for a lower one, never the other way, and legal for legal alone', () => {
    const held = (role: Role) => LEVELS.filter((level) => covers({ ...USUAL_POLICY, holders: { ...USUAL_POLICY.holders, manager: ['account-lead'], vp: ['cto'], 'c-level': ['ceo'] } }, [role], level)) // prettier-ignore
    expect(held('account-lead')).toEqual(['manager'])
    expect(held('cto')).toEqual(['manager', 'director', 'vp'])
    expect(held('ceo')).toEqual(['manager', 'director', 'vp', 'c-level'])
    expect(held('legal')).toEqual(['legal'])
    expect(held('admin')).toEqual([])
  })

  it('[APR-6] its own scope goes before all, the higher limit before the lower, and an unsaid amount is above each', () => {
    const rule = (scope: 'all' | 'peer', from: number | null, level: 'manager' | 'director' | 'c-level') => ({ scope, commitment: 'close-agreement' as const, from, levels: [level], fourEyes: false }) // prettier-ignore
    const policy = { ...USUAL_POLICY, special: [rule('all', null, 'manager'), rule('all', 100, 'director'), rule('all', 1000, 'c-level')] } // prettier-ignore
    const levels = (amount: number | null | 'not-said', of: ApprovalPolicy = policy) => ruleFor(of, 'peer', 'close-agreement', amount).levels[0] // prettier-ignore
    expect([levels(null), levels(99), levels(100), levels(999), levels(1000), levels('not-said')]).toEqual(['manager', 'manager', 'director', 'director', 'c-level', 'c-level']) // prettier-ignore
    expect(levels(1000, { ...policy, special: [...policy.special, rule('peer', null, 'manager')] })).toBe('manager')
    expect(ruleFor(policy, 'peer', 'open-decision', null).levels).toEqual([])
  })

  it('[APR-7] asks nobody else of whoever works alone in a leading role', () => {
    const kinds = ['peer', 'customer-seller', 'client-provider', 'alliance'] as const
    for (const role of ['founder', 'ceo', 'coo', 'cfo', 'legal', 'account-lead', 'delivery-lead', 'sponsor'] as const)
      for (const scope of kinds)
        for (const commitment of COMMITMENTS) {
          const maker = { person: 'a' as never, name: { en: '', ar: '' }, roles: [role] }
          const lacks = lacking(USUAL_POLICY, ruleFor(USUAL_POLICY, scope, commitment, null), maker, [])
          expect(lacks, `${role} ${commitment}`).toEqual({ missing: [], needsOther: false })
        }
  })

  it('[APR-8] warns of levels that nobody holds, of four eyes with one person, and of clocks that cross', () => {
    expect(warningsOf(USUAL_POLICY, [['ceo']])).toEqual([])
    const government: ApprovalPolicy = { ...USUAL_POLICY, types: { ['0'.repeat(64)]: 'government' } }
    expect(warningsOf(government, [['ceo']])).toEqual([{ code: 'nobody-holds', scope: 'government', level: 'legal' }])
    expect(warningsOf(government, [['ceo'], ['legal']])).toEqual([])
    const eyes: ApprovalPolicy = { ...USUAL_POLICY, special: [{ scope: 'all', commitment: 'sign-agreement', from: null, levels: [], fourEyes: true }] } // prettier-ignore
    expect(warningsOf(eyes, [['ceo']])).toEqual([{ code: 'four-eyes-alone', scope: 'all' }])
    expect(warningsOf(eyes, [['ceo'], ['cfo']])).toEqual([])
    const crossed = { ...USUAL_POLICY, dueAfter: 9, escalateAfter: 8, expireAfter: 8, week: { ...USUAL_POLICY.week, days: [] } } // prettier-ignore
    expect(warningsOf(crossed, [['ceo']]).map(({ code }) => code)).toEqual(['escalates-before-due', 'expires-before-escalation', 'no-working-time']) // prettier-ignore
    expect(warningsOf(USUAL_POLICY, [['admin']]).map(({ code }) => code)).toContain('escalates-to-nobody')
  })
})
