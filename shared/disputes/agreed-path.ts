import { COURT_DISPUTES, DISPUTES } from '#shared/artifacts/agreement-clauses.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ServiceDecisionPolicy } from '#shared/artifacts/change-content.ts'
import type { DisputePath } from '#shared/artifacts/dispute-content.ts'
import { readsAs } from '#shared/agreement/clause-wording.ts'
import { pathOfClause, USUAL_CALENDAR, USUAL_PATH } from './path.ts'

type Source = NonNullable<DisputePath['source']>

/**
 * ESC-19. The path of a signed agreement; undefined where it has no clause on disputes in our words: what the parties wrote themselves
 * is theirs to read, and no machine's to guess.
 */
export function pathOfAgreement(kind: AgreementKind, content: AgreementContent, source: Source): DisputePath | undefined {
  const days = content.terms['mediationDays']?.value
  if (typeof days !== 'number' || days < 1 || days > 365) return undefined
  const has = (template: typeof DISPUTES): boolean =>
    kind.clauses.includes(template) && content.clauses.some((clause) => readsAs(template, content, clause))
  if (has(COURT_DISPUTES)) return pathOfClause(source, { mediationDays: days, mediators: ['ceo'], seat: null })
  const seat = content.terms['seat']?.text
  if (!has(DISPUTES) || !seat) return undefined
  return pathOfClause(source, { mediationDays: days, mediators: ['coo', 'ceo'], seat: { words: seat, language: content.prevailing } }) // prettier-ignore
} // prettier-ignore

/**
 * ESC-20. The path of a change of a service: its rule's days for those who decide, then the role that it names rules. It names no
 * institution, so nothing is left after that but a settlement.
 */
export const pathOfChange = (source: Source, { verdictRoles, signRoles, arbitration, mediationDays }: ServiceDecisionPolicy): DisputePath => ({
  source,
  levels: [
    { kind: 'mediation', roles: [...verdictRoles], length: mediationDays, unit: 'days', mediator: '' },
    { ...ruling(), roles: [arbitration] },
  ],
  fallback: null,
  settleRoles: [...signRoles],
  calendar: USUAL_CALENDAR,
}) // prettier-ignore

/** The rule of a change says who rules and not how long: as long as usual. */
function ruling(): DisputePath['levels'][number] {
  const [level] = USUAL_PATH.levels.filter(({ kind }) => kind === 'arbitration')
  if (!level) throw new Error('the usual path has no arbitration')
  return level
}
