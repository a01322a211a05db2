import { describe, expect, it } from 'vitest'
import type { Measured } from '#shared/artifacts/agreement-claim-event.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CONTRACT_TERMS } from '#shared/artifacts/contract-terms.v1.ts'
import type { CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Signer } from './authority.ts'
import { claimOf } from './claim.ts'
import { claimsOf } from './claims.ts'
import type { StatedFact } from './state.ts'

const [SELLER, BUYER] = ['aa', 'bb'].map((two) => two.repeat(32) as CompanyId) as [CompanyId, CompanyId]
const HASH = 'ee'.repeat(32)
const both = (text: string) => ({ en: text, ar: text })
const term = (value: number) => ({ value, text: both(`<${String(value)}>`) })
const LATE = { lateTolerance: 2, lateRate: 1_050, latePeriod: 7, lateCap: 55, lateTermination: 30 }
const words = Object.values(LATE).map((value) => `<${String(value)}>`).join(' ') // prettier-ignore
const content = {
  type: 'ContractTerms.v1', law: 'ksa', prevailing: 'ar', effectiveOn: '2027-01-01',
  parties: [[SELLER, 'seller'], [BUYER, 'buyer']].map(([company, name]) => ({ company, name: both('x'), role: { name, text: both('x') } })),
  signatories: [{ company: SELLER }, { company: BUYER }],
  terms: Object.fromEntries(Object.entries(LATE).map(([name, value]) => [name, term(value)])),
  tables: { prices: { label: both(''), columns: [], rows: [{ id: 'r1', cells: { price: { value: 'free', text: both('free') } } }] } },
  clauses: [{ id: 'c1', number: 3, heading: both('Late'), text: both(words) }],
} as unknown as AgreementContent // prettier-ignore

const measured: Measured = { kind: 'late-delivery', order: 'PO-1', due: Date.UTC(2027, 1, 1) as Instant, delivered: Date.UTC(2027, 1, 15) as Instant, value: 20_000, cause: 'seller' } // prettier-ignore
const by = (company: CompanyId, roles: readonly string[], limit?: number): Signer => ({
  company, person: '11'.repeat(16) as PersonId, name: both('x'), roles, validTo: Number.MAX_SAFE_INTEGER as Instant,
  authority: limit === undefined ? null : { matters: [], limit: { currency: 'SAR', amount: limit }, joint: false },
}) // prettier-ignore
const stated = (author: Signer, fact: Readonly<Record<string, unknown>>): StatedFact<Signer> => ({
  fact: { hash: HASH, claim: 'c1'.repeat(16), ...fact } as unknown as ArtifactEvent, author, at: 0 as Instant,
}) // prettier-ignore
const proposed = (author: Signer, amounts: readonly number[] = [4_200]) => stated(author, { type: 'claim-proposed', measured, amounts, note: '' }) // prettier-ignore
const states = (...facts: readonly StatedFact<Signer>[]) => claimsOf(CONTRACT_TERMS, content, HASH, facts).map(({ state }) => state) // prettier-ignore

describe('claims', () => {
  it('[AGR-22] somebody without the authority for the sum neither claims nor accepts; a limit is held against the sum', () => {
    const [ceo, seller] = [by(BUYER, ['ceo']), by(SELLER, ['ceo'])]
    expect(states(proposed(ceo))).toEqual(['open'])
    expect(states(proposed(by(BUYER, ['cfo'])))).toEqual([])
    expect(states(proposed(by(BUYER, ['cfo'], 4_199)))).toEqual([])
    expect(states(proposed(by(BUYER, ['cfo'], 4_200)))).toEqual(['open'])
    expect(states(proposed(seller))).toEqual([])
    expect(claimOf(CONTRACT_TERMS, content, { ...measured, due: Date.UTC(2026, 11, 31) as Instant } as Measured)).toBe('before-effect') // prettier-ignore
    expect(states(proposed(ceo, [4_201]))).toEqual([])
    const accepted = (author: Signer) => stated(author, { type: 'claim-accepted' })
    expect(states(proposed(ceo), accepted(by(SELLER, ['cfo'])))).toEqual(['open'])
    expect(states(proposed(ceo), accepted(ceo))).toEqual(['open'])
    expect(states(proposed(ceo), accepted(seller))).toEqual(['accepted'])
  })

  it('[AGR-22] what was accepted stays accepted whatever was said apart from it', () => {
    const [ceo, seller] = [by(BUYER, ['ceo']), by(SELLER, ['ceo'])]
    const said = ['claim-accepted', 'claim-disputed', 'claim-withdrawn'].map((type) => stated(type === 'claim-withdrawn' ? ceo : seller, { type, ground: 'other', reason: 'x', evidence: '' })) // prettier-ignore
    const [accepted, disputed, withdrawn] = said as [StatedFact<Signer>, StatedFact<Signer>, StatedFact<Signer>]
    for (const order of [[accepted, disputed, withdrawn], [withdrawn, accepted, disputed], [disputed, withdrawn, accepted]])
      expect(states(proposed(ceo), ...order)).toEqual(['accepted']) // prettier-ignore
  })

  it('[AGR-22] a text that somebody’s own client closed with cells that are no numbers gives no figure, and breaks nothing', () => {
    const priced = { ...content, terms: { ...content.terms, ...Object.fromEntries(['adjustmentCap', 'adjustmentFloor', 'adjustmentNotice', 'index'].map((name) => [name, term(2)])) } } // prettier-ignore
    expect(claimOf(CONTRACT_TERMS, priced, { kind: 'price-adjustment', base: 100, now: 102, source: '' })).toBe(
      'no-such-clause',
    )
    expect(claimOf(CONTRACT_TERMS, { ...content, law: 'moon' }, measured)).toMatchObject({ amounts: [4_200] })
  })
})
