import type { DisputeCalendar, DisputeFallback, DisputeLevel, DisputePath } from '#shared/artifacts/dispute-content.ts'
import type { Role } from '#shared/kernel/ids.ts'

/** The working week of Saudi Arabia, counted at UTC+3. */
export const USUAL_CALENDAR: DisputeCalendar = { days: [0, 1, 2, 3, 4], from: 8 * 60, to: 17 * 60, utcOffset: 180, off: [] } // prettier-ignore

const SETTLE_ROLES: readonly Role[] = ['founder', 'ceo', 'coo', 'cfo']
const SCCA: DisputeFallback = {
  kind: 'arbitration',
  institution: { en: 'Saudi Center for Commercial Arbitration', ar: 'المركز السعودي للتحكيم التجاري' },
  rules: { en: 'SCCA Arbitration Rules', ar: 'قواعد التحكيم لدى المركز السعودي للتحكيم التجاري' },
  seat: { en: 'Riyadh', ar: 'الرياض' },
  language: 'ar',
  arbitrators: 3,
  law: { en: 'Laws of the Kingdom of Saudi Arabia', ar: 'أنظمة المملكة العربية السعودية' },
}

/** GV-6, GV-8. What is proposed with a dispute where the parties have agreed on no path: it binds once the others accept it. */
export const USUAL_PATH: DisputePath = {
  source: null,
  levels: [
    { kind: 'mediation', roles: ['coo', 'ceo'], length: 10, unit: 'working-days', mediator: '' },
    { kind: 'arbitration', roles: ['ceo', 'coo'], length: 5, unit: 'working-days', mediator: '' },
  ],
  fallback: SCCA,
  settleRoles: [...SETTLE_ROLES],
  calendar: USUAL_CALENDAR,
}

/** What the clause on disputes of an agreement leaves open. */
export interface DisputeClause {
  /** Calendar days for each level. */
  readonly mediationDays: number
  /** Roles of each level of mediation, in order. */
  readonly mediators: readonly Role[]
  /** Where arbitration sits and in which language; null: the competent courts. */
  readonly seat: { readonly words: { readonly en: string; readonly ar: string }; readonly language: 'ar' | 'en' } | null
}

/** The path that a clause on disputes says: each level of mediation has the same time, and what is left goes where the clause sends it. */
export function pathOfClause(
  source: NonNullable<DisputePath['source']>,
  { mediationDays, mediators, seat }: DisputeClause,
): DisputePath {
  const level = (role: Role): DisputeLevel => ({ kind: 'mediation', roles: [role], length: mediationDays, unit: 'days', mediator: '' }) // prettier-ignore
  const none = { en: '', ar: '' }
  const court: DisputeFallback = { kind: 'court', institution: { en: 'The competent courts', ar: 'المحاكم المختصة' }, rules: none, seat: none, language: 'ar', arbitrators: null, law: none } // prettier-ignore
  return {
    source,
    levels: mediators.map(level),
    fallback: seat ? { ...SCCA, seat: seat.words, language: seat.language, arbitrators: null, law: none } : court,
    settleRoles: [...SETTLE_ROLES],
    calendar: USUAL_CALENDAR,
  }
}
