import { describe, expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { CONTRACT_TERMS } from '#shared/artifacts/contract-terms.v1.ts'
import { PEER_AGREEMENT } from '#shared/artifacts/peer-agreement.v1.ts'
import type { CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { amountOf, authorityRefusal, signsAs, signsByOffice, type Signer } from './authority.ts'

const [COMPANY, OTHER] = ['aa'.repeat(32) as CompanyId, 'bb'.repeat(32) as CompanyId]
const [ONE, TWO] = ['11'.repeat(16) as PersonId, '22'.repeat(16) as PersonId]
const NOW = 1000 as Instant
const NAME = { en: 'Amal', ar: 'أمل' }
const authority: Signer['authority'] = { matters: [], limit: { currency: 'SAR', amount: 1_000 }, joint: false }
const signer = (part: Partial<Signer> = {}): Signer => ({
  company: COMPANY, person: ONE, name: NAME, roles: ['cfo'], validTo: 2000 as Instant, authority, ...part,
}) // prettier-ignore
const content = { type: 'ContractTerms.v1', signatories: [{ company: COMPANY }, { company: OTHER }] }
const refused = (part: Partial<Signer>, amount: number | null | 'not-said' = null) =>
  authorityRefusal(signer(part), content, amount, NOW)
const granted = (part: Partial<NonNullable<Signer['authority']>>): Partial<Signer> => ({
  authority: { matters: [], limit: null, joint: false, ...part },
})
const term = (value: number) => ({ value, text: NAME })

describe('who may sign', () => {
  it('[AGR-13] matter, limit, joint signature and end, each to the last unit', () => {
    expect(refused({}, 1_000)).toBeUndefined()
    expect(refused({}, 1_001)).toBe('above-limit')
    expect(refused({}, 'not-said')).toBe('value-not-said')
    expect(refused(granted({}), 'not-said')).toBeUndefined()
    expect(refused(granted({ limit: { currency: 'USD', amount: 9_999_999 } }), 1)).toBe('above-limit')
    expect(refused(granted({ matters: ['PeerAgreement'] }))).toBe('matter-not-covered')
    expect(refused(granted({ matters: ['PeerAgreement', 'ContractTerms'] }))).toBeUndefined()
    expect(refused(granted({ matters: ['agreements'] }))).toBeUndefined()
    expect(refused(granted({ joint: true }))).toBe('second-signature-needed')
    const two = { ...content, signatories: [...content.signatories, { company: COMPANY }] }
    expect(authorityRefusal(signer(granted({ joint: true })), two, null, NOW)).toBeUndefined()
    expect(refused({ validTo: 999 as Instant })).toBe('certificate-expired')
    expect(refused({ authority: null })).toBe('no-authority')
    expect(refused({ authority: null, roles: ['coo', 'ceo'] })).toBeUndefined()
  })

  it('[AGR-13] the amount is the largest of terms and tables; a value that is left open is not said', () => {
    const cells = (price: number) => ({ id: 'r', cells: { price: term(price) } })
    const said = (terms: AgreementContent['terms']): number | null | 'not-said' =>
      amountOf(CONTRACT_TERMS, {
        terms,
        tables: { prices: { label: NAME, columns: [], rows: [cells(70), cells(900)] } },
      })
    expect(said({ yearlyValue: term(500) })).toBe(900)
    expect(said({ yearlyValue: term(5_000), vat: term(99_999) })).toBe(5_000)
    expect(said({})).toBe('not-said')
    expect(amountOf(PEER_AGREEMENT, { terms: {} })).toBeNull()
  })

  it('[AGR-14] a lent office signs nothing; a lent authority signs for the one it came from, in its own company', () => {
    const acting = { actingFor: { person: TWO, name: NAME }, roles: ['ceo'] }
    expect(signsByOffice(signer({ authority: null, roles: ['ceo'] }))).toBe(true)
    expect(signsByOffice(signer({ ...acting, authority: null }))).toBe(false)
    expect(refused({ ...acting, authority: null })).toBe('no-authority')
    const named = { company: COMPANY, person: TWO }
    expect(signsAs(named, signer(acting))).toBe(true)
    expect(signsAs(named, signer({ ...acting, authority: null }))).toBe(false)
    expect(signsAs(named, signer())).toBe(false)
    expect(signsAs({ ...named, company: OTHER }, signer(acting))).toBe(false)
    expect(signsAs({ company: COMPANY, person: ONE }, signer({ authority: null }))).toBe(true)
  })
})
