import { describe, expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { SERVICE_SCOPE } from '#shared/artifacts/scope-of-services.v1.ts'
import type { CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { Signer } from './authority.ts'
import { lifeOf } from './life.ts'
import { replacedBy, replacementRefusal, replacementsOf } from './replacement.ts'
import type { AgreementVersion } from './state.ts'

const [A, B, C] = ['aa', 'bb', 'cc'].map((two) => two.repeat(32) as CompanyId) as [CompanyId, CompanyId, CompanyId]
const day = (text: string): IsoDate => text as IsoDate
const WORDS = { en: 'x', ar: 'س' }
const said = (value: number | string) => ({ value, text: WORDS })
const signer = (company: CompanyId, roles: readonly string[] = ['ceo']): Signer => ({
  company, person: '11'.repeat(16) as PersonId, name: WORDS, roles, validTo: Number.MAX_SAFE_INTEGER as Instant, authority: null,
}) // prettier-ignore

interface Made {
  readonly id: string
  readonly on?: string
  readonly replaces?: AgreementContent['replaces']
  readonly parties?: readonly CompanyId[]
  readonly by?: readonly Signer[]
  readonly state?: AgreementVersion<Signer>['state']
}
/** A version of an agreement that everybody signed, unless it says otherwise. */
function version({ id, on = '2027-01-01', replaces, parties = [A, B], by = parties.map((one) => signer(one)), state = 'signed' }: Made) {
  const content = {
    type: 'ServiceScope.v1', artifact: id.repeat(16), title: { en: `Scope ${id}`, ar: `نطاق ${id}` }, effectiveOn: day(on),
    ...(replaces && { replaces }),
    parties: parties.map((company, at) => ({ company, name: WORDS, registration: '', address: WORDS, role: { name: at === 0 ? 'client' : 'provider', text: WORDS } })),
    signatories: by.map(({ company }, at) => ({ id: `s${String(at)}`, company })),
    terms: { termMonths: said(12), noticeDays: said(90), fee: said(100), handoverDays: said(30) },
    tables: {
      deliverables: { label: WORDS, columns: [], rows: ['2027-02-01', '2027-09-01'].map((due, at) => ({ id: `r${String(at)}`, cells: { by: said('provider'), due: said(due), what: said('plan') } })) },
    },
  } as unknown as AgreementContent
  const signed = new Map(by.map((one, at) => [`s${String(at)}`, { by: one, at: 0 as Instant, certificate: '' }]))
  return { hash: `${id}0`.repeat(16), content, signed, state } as unknown as AgreementVersion<Signer>
} // prettier-ignore

const OLD = version({ id: 'd1' })
const NAMES = replacedBy(OLD.content, OLD.hash)
const replacing = (made: Partial<Made> = {}) => version({ id: 'e2', on: '2027-06-01', replaces: NAMES, ...made })
const life = (others: readonly AgreementVersion<Signer>[], today: string) =>
  lifeOf(SERVICE_SCOPE, OLD.content, OLD.hash, [], day(today), replacementsOf(OLD, others))

describe('what a text may replace', () => {
  it('[AGR-19] a signed text of the same workspace between the same parties, named as it is; else it says which of them fails', () => {
    const refusal = (content: AgreementContent, known = [OLD]) => replacementRefusal(content, known)
    expect(refusal(replacing().content)).toBeUndefined()
    expect(refusal(OLD.content)).toBeUndefined()
    expect(refusal(replacing().content, [])).toBe('replaces-unknown')
    expect(refusal(replacing().content, [version({ id: 'd1', state: 'signing' })])).toBe('replaces-unsigned')
    expect(refusal(version({ id: 'd1', replaces: NAMES }).content)).toBe('replaces-itself')
    expect(refusal(replacing({ parties: [A, C] }).content)).toBe('replaces-other-parties')
    expect(refusal(replacing({ parties: [A, B, C] }).content)).toBe('replaces-other-parties')
    expect(refusal(replacing({ replaces: { ...NAMES, effectiveOn: day('2020-01-01') } }).content)).toBe(
      'replaces-misnamed',
    )
    expect(refusal(replacing({ replaces: { ...NAMES, title: { en: 'Another', ar: 'أخرى' } } }).content)).toBe('replaces-misnamed') // prettier-ignore
    const amended = { ...version({ id: 'd1' }), hash: 'd9'.repeat(32) }
    expect(refusal(replacing().content, [OLD, amended])).toBe('replaces-older')
  })
})

describe('what replaced a text', () => {
  it('[AGR-20] it stays in force until the day on which what all have signed takes effect, and ends on the day before', () => {
    expect(life([replacing()], '2027-05-31')).toMatchObject({ state: 'in-force', until: '2027-05-31', noticeBy: null })
    expect(life([replacing()], '2027-06-01')).toMatchObject({ state: 'superseded', until: '2027-05-31', open: [] })
    expect(life([replacing()], '2027-06-01').replacements).toMatchObject([{ artifact: 'e2'.repeat(16), on: '2027-06-01' }]) // prettier-ignore
    for (const state of ['signing', 'declined', 'superseded'] as const)
      expect(life([replacing({ state })], '2027-06-01')).toMatchObject({ state: 'in-force', until: '2027-12-31', replacements: [] }) // prettier-ignore
    // What had ended by itself was not replaced.
    expect(life([replacing({ on: '2028-02-01' })], '2028-03-01').state).toBe('ended')
    expect(life([replacing({ on: '2028-01-01' })], '2028-03-01').state).toBe('superseded')
  })

  it('[AGR-20] a text that only one side could sign, or somebody without the authority, replaces nothing', () => {
    const alone = replacing({ by: [signer(A)] })
    const clerk = replacing({ by: [signer(A), signer(B, ['cfo'])] })
    for (const hostile of [alone, clerk, replacing({ parties: [A, C] }), replacing({ replaces: { ...NAMES, hash: 'ff'.repeat(32) } })])
      expect(life([hostile], '2027-07-01')).toMatchObject({ state: 'in-force', until: '2027-12-31' }) // prettier-ignore
  })

  it('[AGR-20] of two the first to take effect ends it, in whatever order they are told; an amended one counts once', () => {
    const [early, late] = [replacing({ id: 'e3', on: '2027-05-01' }), replacing()]
    const amended = { ...replacing({ on: '2027-08-01' }), hash: 'ee'.repeat(32) }
    const same = replacing({ id: 'e1' })
    for (const order of [
      [early, late, amended, same],
      [same, amended, late, early],
      [amended, early, same, late],
    ]) {
      const found = life(order, '2027-05-01')
      expect(found).toMatchObject({ state: 'superseded', until: '2027-04-30' })
      expect(found.replacements.map(({ artifact, on }) => [artifact.slice(0, 2), on])).toEqual([['e3', '2027-05-01'], ['e1', '2027-06-01'], ['e2', '2027-06-01']]) // prettier-ignore
    }
  })

  it('[AGR-20] what had fallen due is still owed, what falls due later is not, and what was done stays done', () => {
    const owed = life([replacing()], '2027-06-01').obligations.map(({ id, ended }) => [id, ended])
    expect(owed).toEqual([
      ['deliverables/r0', false],
      ['deliverables/r1', true],
      ['handoverDays', true],
    ])
    expect(life([], '2027-06-01').obligations.some(({ ended }) => ended)).toBe(false)
  })
})
