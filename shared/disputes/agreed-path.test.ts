import { describe, expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { COURT_DISPUTES, DISPUTES } from '#shared/artifacts/agreement-clauses.ts'
import { CONTRACT_TERMS } from '#shared/artifacts/contract-terms.v1.ts'
import { PEER_AGREEMENT } from '#shared/artifacts/peer-agreement.v1.ts'
import { changeText } from '#test/support/change-world.ts'
import { pathOfAgreement, pathOfChange } from './agreed-path.ts'

const SOURCE = { artifact: 'ab'.repeat(16) as never, hash: 'cd'.repeat(32) }
const both = (en: string, ar: string) => ({ en, ar })

/** A signed text with a clause on disputes as our template reads with its terms, unless `change` says otherwise. */
function signed(template = DISPUTES, change: (text: string) => string = (text) => text): AgreementContent {
  const [days, seat] = [both('15 days', '15 يومًا'), both('Jeddah', 'جدة')]
  const prevailing = both('English', 'الإنجليزية')
  const fill = (language: 'en' | 'ar'): string =>
    change(template.text[language].replaceAll('{mediationDays}', days[language]).replaceAll('{seat}', seat[language]).replaceAll('{prevailing}', prevailing[language])) // prettier-ignore
  return {
    law: 'ksa', prevailing: 'en', effectiveOn: '2027-01-01',
    terms: { mediationDays: { value: 15, text: days }, seat: { value: seat, text: seat } },
    clauses: [{ id: 'c1', number: 1, heading: template.heading, text: both(fill('en'), fill('ar')) }],
  } as unknown as AgreementContent // prettier-ignore
}

describe('a path that was agreed', () => {
  it('[ESC-19, GV-6] is read out of a signed agreement whose clause on disputes still has our words, and out of no other', () => {
    expect(pathOfAgreement(CONTRACT_TERMS, signed(), SOURCE)).toMatchObject({
      source: SOURCE,
      levels: [
        { kind: 'mediation', roles: ['coo'], length: 15, unit: 'days' },
        { roles: ['ceo'], length: 15 },
      ],
      fallback: { kind: 'arbitration', seat: { en: 'Jeddah', ar: 'جدة' }, language: 'en' },
    })
    const courts = pathOfAgreement(PEER_AGREEMENT, signed(COURT_DISPUTES), SOURCE)
    expect(courts).toMatchObject({ levels: [{ roles: ['ceo'] }], fallback: { kind: 'court' } })
    // Changed words are the parties' own, and so is a clause that this kind of agreement does not begin with.
    expect(
      pathOfAgreement(
        CONTRACT_TERMS,
        signed(DISPUTES, (text) => `${text} Or not.`),
        SOURCE,
      ),
    ).toBeUndefined()
    expect(pathOfAgreement(CONTRACT_TERMS, signed(COURT_DISPUTES), SOURCE)).toBeUndefined()
    expect(pathOfAgreement(PEER_AGREEMENT, signed(), SOURCE)).toBeUndefined()
    const { terms } = signed()
    const untimed = { ...signed(), terms: { ...terms, mediationDays: { value: 0, text: both('15 days', '15 يومًا') } } }
    expect(pathOfAgreement(CONTRACT_TERMS, untimed as unknown as AgreementContent, SOURCE)).toBeUndefined()
  })

  it('[ESC-20] of a change is its rule: so many days for those who decide, then the role that it names, and nothing after that', () => {
    const { policy } = changeText()
    const path = pathOfChange(SOURCE, policy)
    expect(path.levels).toMatchObject([
      { kind: 'mediation', roles: policy.verdictRoles, length: policy.mediationDays, unit: 'days' },
      { kind: 'arbitration', roles: [policy.arbitration], length: 5, unit: 'working-days' },
    ])
    expect([path.fallback, path.settleRoles]).toEqual([null, policy.signRoles])
  })
})
