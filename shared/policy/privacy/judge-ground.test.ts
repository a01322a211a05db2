import { describe, expect, it } from 'vitest'
import type { ColumnMeaning } from '#shared/artifacts/table.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { PermittedField } from '../permit.ts'
import type { FieldTransform } from '../transform.ts'
import type { ConsentRecord } from './consent.ts'
import type { PrivacyGround } from './ground.ts'
import { findPersonal, judgeGround, type GroundCase } from './judge-ground.ts'

const B = 'bb'.repeat(32) as CompanyId
const C = 'cc'.repeat(32) as CompanyId
const day = (text: string) => text as IsoDate
const field = (meaning: ColumnMeaning, transform: FieldTransform): PermittedField => ({
  scan: 0, column: meaning, meaning, type: 'text', transform, from: 'private', to: 'shared-confidential', clause: null,
}) // prettier-ignore
const consent: ConsentRecord = {
  id: '01'.repeat(16), subject: 'contact persons', purpose: 'Joint delivery planning', recipients: [B], channel: 'form', textVersion: '2',
  text: { en: 'I agree', ar: 'أوافق' }, givenOn: day('2026-01-01'), expiresOn: day('2026-12-31'), evidence: 'form 17', withdrawnOn: null, withdrawal: null,
} // prettier-ignore
const ground: PrivacyGround = { basis: 'consent', consents: [consent.id], approval: null, transfer: null }
const situation = (change: Partial<GroundCase> = {}): GroundCase => ({
  ground,
  purpose: 'joint  delivery planning',
  recipients: [B],
  consents: new Map([[consent.id, consent]]),
  ownCountry: 'SA',
  countries: new Map([[B, 'SA']]),
  today: day('2026-06-01'),
  ...change,
})
const codes = (change: Partial<GroundCase> = {}) => judgeGround(situation(change)).map(({ code }) => code)
const withConsent = (change: Partial<ConsentRecord>) => codes({ consents: new Map([[consent.id, { ...consent, ...change }]]) }) // prettier-ignore

describe('personal data', () => {
  it.each<[FieldTransform, boolean]>([
    [{ kind: 'keep' }, true],
    [{ kind: 'replace', prefix: 'P-' }, true],
    [{ kind: 'hash' }, true],
    [{ kind: 'mask', shape: false, start: 1, end: 0 }, true],
    [{ kind: 'mask', shape: true, start: 0, end: 0 }, false],
    [{ kind: 'suppress' }, false],
  ])('[PRI-1] %o of a personal column', (transform, personal) => {
    expect(findPersonal([field('email', transform)], []).personal).toBe(personal)
    expect(findPersonal([field('product', transform)], []).personal).toBe(false)
  })
  it('[PRI-1] a finding of the scan is enough, whatever the tags say', () => {
    const finding = {
      column: 'note',
      kind: 'phone' as const,
      certainty: 'certain' as const,
      values: 1,
      clause: 'clause 7',
    }
    expect(findPersonal([field('note', { kind: 'keep' })], [finding])).toEqual({ tagged: [], scanned: 1, personal: true }) // prettier-ignore
  })
})

describe('grounds', () => {
  it('[PRI-2] no ground, no approval: nothing leaves', () => {
    expect(codes()).toEqual([])
    expect(codes({ ground: null })).toEqual(['ground-missing'])
    expect(codes({ ground: { ...ground, basis: 'public-source' } })).toEqual(['approval-missing'])
    expect(codes({ ground: { ...ground, basis: 'public-source', approval: 'Legal, 3 March: commercial register' } })).toEqual([]) // prettier-ignore
    expect(codes({ ground: { ...ground, consents: [] } })).toEqual(['consent-unknown'])
  })
  it('[PRI-3] a consent is for its purpose, recipients and days', () => {
    expect(codes({ purpose: 'Marketing' })).toEqual(['consent-other-purpose'])
    expect(codes({ recipients: [B, C], countries: new Map([[B, 'SA'], [C, 'SA']]) })).toEqual(['consent-other-recipient']) // prettier-ignore
    expect(withConsent({ withdrawnOn: day('2026-05-31') })).toEqual(['consent-withdrawn'])
    expect(codes({ today: day('2026-12-31') })).toEqual([])
    expect(codes({ today: day('2027-01-01') })).toEqual(['consent-expired'])
    expect(codes({ today: day('2025-12-31') })).toEqual(['consent-expired'])
    expect(codes({ consents: new Map() })).toEqual(['consent-unknown'])
  })
  it('[PRI-4] across a border with ground, safeguard and minimisation, and never into a country nobody named', () => {
    const abroad = { countries: new Map([[B, 'AE']]) }
    const transfer = { ground: 'obligation-to-the-person', safeguard: 'standard-clauses', document: 'SCC 2026-4', minimised: true } as const // prettier-ignore
    expect(codes(abroad)).toEqual(['transfer-ground-missing'])
    expect(codes({ ...abroad, ground: { ...ground, transfer } })).toEqual([])
    expect(codes({ ...abroad, ground: { ...ground, transfer: { ...transfer, minimised: false } } })).toEqual(['transfer-not-minimised']) // prettier-ignore
    expect(codes({ ...abroad, ground: { ...ground, transfer: { ...transfer, document: ' ' } } })).toEqual(['transfer-ground-missing']) // prettier-ignore
    expect(codes({ countries: new Map() })).toEqual(['data-country-unknown'])
  })
})
