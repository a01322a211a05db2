import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { ClaimKind, Measured } from '#shared/artifacts/agreement-claim-event.ts'
import type { AgreementContent, Clause } from '#shared/artifacts/agreement-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, monthOf, type IsoDate } from '#shared/kernel/time.ts'
import { lateDelivery, latePayment, type NotLate } from '#shared/commerce/late-delivery.ts'
import { priceAdjustment } from '#shared/commerce/price-adjustment.ts'
import { serviceCredit, type NotComputable } from '#shared/commerce/level-credit.ts'
import { readsAs } from './clause-wording.ts'

/** Where a figure of a calculation comes from: what somebody measured, the clause that says it, or the lines above. */
export type LineSource = { readonly of: 'measured' | 'computed' } | { readonly of: 'clause'; readonly number: number }
export type LineUnit = 'halalas' | 'basis-points' | 'days' | 'count' | 'hundredths' | 'instant' | 'yes-no'
export type LineName =
  | 'good' | 'total' | 'excluded' | 'not-reported' | 'reached' | 'target' | 'step' | 'step-credit' | 'charge' | 'by-steps'
  | 'month-cap' | 'month-limit' | 'year-cap' | 'earlier-charges' | 'earlier-credits' | 'year-limit'
  | 'due' | 'delivered' | 'days' | 'tolerance' | 'value' | 'rate' | 'period' | 'by-days' | 'cap' | 'limit' | 'force-majeure'
  | 'caused-by-buyer' | 'termination' | 'may-cancel'
  | 'base' | 'now' | 'change' | 'most-rise' | 'most-fall' | 'counted' | 'price' | 'claim' // prettier-ignore

/** One line of a calculation, as a screen shows it; `about` is a level's id or an item's name. */
export interface ClaimLine {
  readonly name: LineName
  readonly about?: string
  readonly unit: LineUnit
  readonly value: number
  readonly source: LineSource
}
export interface ComputedClaim {
  /** Halalas: one sum, or the new price of each row. */
  readonly amounts: readonly number[]
  readonly lines: readonly ClaimLine[]
  /** Levels that were missed; none but of a service credit. */
  readonly missed: readonly string[]
  readonly mayCancel: boolean
  /** The clause that the claim rests on, and whether it still has the wording that the formula was made for. */
  readonly clause: number
  readonly wording: 'ours' | 'changed'
}
/** Why there is no claim. The first four are no figures: an input is missing. */
export type ClaimRefusal =
  | NotComputable | 'value-missing' | 'index-missing'
  | NotLate | 'before-effect' | 'nothing-owed' | 'no-such-clause' | 'cash-late-payment' // prettier-ignore

/** What each claim is read from: the terms that its clause must say, in that clause. */
const GROUNDS: Readonly<Record<ClaimKind, { readonly terms: readonly string[]; readonly table?: string }>> = {
  'service-credit': { terms: ['monthCap', 'yearCap'], table: 'credits' },
  'late-delivery': { terms: ['lateTolerance', 'lateRate', 'latePeriod', 'lateCap', 'lateTermination'] },
  'price-adjustment': { terms: ['adjustmentCap', 'adjustmentFloor', 'adjustmentNotice', 'index'] },
}

/** Who may claim: the role that the clause gives it to; null: any party. */
export const claimantRole = (kind: AgreementKind, claim: ClaimKind): string | null =>
  claim === 'price-adjustment' ? null : ['buyer', 'client'].find((role) => Object.hasOwn(kind.roles, role)) ?? null // prettier-ignore

export const mayClaim = (kind: AgreementKind, content: AgreementContent, claim: ClaimKind, company: CompanyId): boolean => {
  const role = claimantRole(kind, claim)
  return content.parties.some((party) => party.company === company && (role === null || party.role?.name === role))
} // prettier-ignore

/** The claims that a signed text has a clause for. */
export const claimsIn = (content: AgreementContent): readonly ClaimKind[] =>
  (Object.keys(GROUNDS) as ClaimKind[]).filter((claim) => clauseOf(content, claim) !== undefined)

/**
 * The clause that says what a claim is computed from, with every term of it in its words: a term whose clause was struck out of the
 * text is a value that nobody signed a sentence about, and gives no claim.
 */
function clauseOf(content: AgreementContent, claim: ClaimKind): Clause | undefined {
  const { terms, table } = GROUNDS[claim]
  const said = terms.map((name) => content.terms[name]?.text)
  return content.clauses.find(
    (clause) =>
      (table === undefined || (clause.table === table && content.tables?.[table] !== undefined)) &&
      said.every((text) => text && clause.text.en.includes(text.en) && clause.text.ar.includes(text.ar)),
  )
}

/** Whether a clause still reads as our template with these terms: the formula is that of the template's words. */
const wordingOf = (kind: AgreementKind, content: AgreementContent, clause: Clause): ComputedClaim['wording'] =>
  kind.clauses.some((template) => readsAs(template, content, clause)) ? 'ours' : 'changed'

const counted = (content: AgreementContent, term: string): number => {
  const value = content.terms[term]?.value
  return typeof value === 'number' ? value : 0
}
const PERCENT = 100

/** A text says nothing about what was due before its day: a month counts when any day of it is the text's. */
function isBefore(measured: Measured, effectiveOn: IsoDate): boolean {
  if (measured.kind === 'service-credit') return measured.month < monthOf(effectiveOn)
  return measured.kind === 'late-delivery' && dateOf(measured.due) < effectiveOn
}

/** What the signed terms make of what was measured, every figure with where it comes from. Pure: the same on every engine. */
export function claimOf(kind: AgreementKind, content: AgreementContent, measured: Measured): ComputedClaim | ClaimRefusal {
  const clause = clauseOf(content, measured.kind)
  if (!clause) return 'no-such-clause'
  if (isBefore(measured, content.effectiveOn)) return 'before-effect'
  const by: LineSource = { of: 'clause', number: clause.number }
  const found =
    measured.kind === 'service-credit' ? creditOf(content, measured, by)
    : measured.kind === 'late-delivery' ? lateOf(content, measured, by)
    : adjustmentOf(content, measured, by)
  return typeof found === 'string' ? found : { ...found, clause: clause.number, wording: wordingOf(kind, content, clause) }
} // prettier-ignore

type Found = Omit<ComputedClaim, 'clause' | 'wording'> | ClaimRefusal
const MEASURED: LineSource = { of: 'measured' }
const COMPUTED: LineSource = { of: 'computed' }
const line = (name: LineName, unit: LineUnit, value: number, source: LineSource, about?: string): ClaimLine => ({ name, unit, value, source, ...(about !== undefined && { about }) }) // prettier-ignore

type Cells = Readonly<Record<string, { readonly value: unknown }>>
function idIn(cells: Cells, column: string): string {
  const value = cells[column]?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
/** Whole and not negative, or nothing: a text may have been closed by somebody's own client. */
function numberIn(cells: Cells, column: string): number | null {
  const value = cells[column]?.value
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

function creditOf(content: AgreementContent, measured: Extract<Measured, { kind: 'service-credit' }>, by: LineSource): Found {
  const rowsOf = (table: string) => content.tables?.[table]?.rows ?? []
  const steps = rowsOf('credits').map(({ cells }) => ({ metric: idIn(cells, 'metric'), below: numberIn(cells, 'below') ?? 0, credit: numberIn(cells, 'credit') ?? 0 }))
  const targets = rowsOf('levels').map(({ cells }) => ({ metric: idIn(cells, 'metric'), target: numberIn(cells, 'target') ?? 0 }))
  const known = new Set(targets.map(({ metric }) => metric))
  const results = measured.results.filter(({ metric }) => known.has(metric))
  // A level counted twice would be paid twice.
  if (new Set(results.map(({ metric }) => metric)).size < measured.results.length) return 'result-missing'
  const [monthCap, yearCap] = [counted(content, 'monthCap') * PERCENT, counted(content, 'yearCap') * PERCENT]
  const found = serviceCredit({ steps, targets, monthCap, yearCap }, { ...measured, results })
  if (typeof found === 'string') return found
  if (found.credit === 0) return 'nothing-owed'
  const levelsClause = content.clauses.find(({ table }) => table === 'levels')
  const levels: LineSource = levelsClause ? { of: 'clause', number: levelsClause.number } : by
  const perLevel = results.flatMap((result, at): readonly ClaimLine[] => {
    const { metric } = result
    const [target, step] = [targets.find((one) => one.metric === metric)?.target ?? 0, found.levels[at]?.step]
    return [
      ...(result.reported
        ? [line('good', 'count', result.good, MEASURED, metric), line('total', 'count', result.total, MEASURED, metric), line('excluded', 'count', result.excluded, MEASURED, metric),
           line('reached', 'basis-points', Math.floor((result.good * 10_000) / (result.total - result.excluded)), COMPUTED, metric)]
        : [line('not-reported', 'yes-no', 1, MEASURED, metric)]),
      line('target', 'basis-points', target, levels, metric),
      ...(step ? [line('step', 'basis-points', step.below, by, metric), line('step-credit', 'basis-points', step.credit, by, metric)] : []),
    ]
  })
  return {
    amounts: [found.credit],
    missed: found.levels.filter(({ missed }) => missed).map(({ metric }) => metric),
    mayCancel: false,
    lines: [
      ...perLevel,
      line('charge', 'halalas', measured.charge ?? 0, MEASURED), line('by-steps', 'halalas', found.bySteps, COMPUTED),
      line('month-cap', 'basis-points', monthCap, by), line('month-limit', 'halalas', found.monthLimit, COMPUTED),
      line('earlier-charges', 'halalas', measured.earlierCharges ?? 0, MEASURED), line('earlier-credits', 'halalas', measured.earlierCredits, MEASURED),
      line('year-cap', 'basis-points', yearCap, by), line('year-limit', 'halalas', found.yearLimit, COMPUTED),
      line('claim', 'halalas', found.credit, COMPUTED),
    ],
  }
} // prettier-ignore

function lateOf(content: AgreementContent, measured: Extract<Measured, { kind: 'late-delivery' }>, by: LineSource): Found {
  const { value, due, delivered, cause } = measured
  if (value === null) return 'value-missing'
  const [tolerance, rate, period, cap, termination] = [counted(content, 'lateTolerance'), counted(content, 'lateRate'), counted(content, 'latePeriod'), counted(content, 'lateCap') * PERCENT, counted(content, 'lateTermination')]
  if (period <= 0) return 'no-such-clause'
  const found = lateDelivery({ tolerance, rate, period, cap, termination }, { due, delivered, value, cause })
  if (typeof found === 'string') return found
  if (found.penalty === 0 && !found.mayCancel) return 'nothing-owed'
  return {
    amounts: [found.penalty],
    missed: [],
    mayCancel: found.mayCancel,
    lines: [
      line('due', 'instant', due, MEASURED), line('delivered', 'instant', delivered, MEASURED), line('days', 'days', found.days, COMPUTED),
      line('tolerance', 'days', tolerance, by), line('value', 'halalas', value, MEASURED), line('rate', 'basis-points', rate, by),
      line('period', 'days', period, by), line('by-days', 'halalas', found.byDays, COMPUTED), line('cap', 'basis-points', cap, by), line('limit', 'halalas', found.limit, COMPUTED),
      ...(cause === 'force-majeure' ? [line('force-majeure', 'yes-no', 1, MEASURED)] : cause === 'buyer' ? [line('caused-by-buyer', 'yes-no', 1, MEASURED)] : []),
      line('claim', 'halalas', found.penalty, COMPUTED),
      line('termination', 'days', termination, by), line('may-cancel', 'yes-no', found.mayCancel ? 1 : 0, COMPUTED),
    ],
  }
} // prettier-ignore

function adjustmentOf(content: AgreementContent, measured: Extract<Measured, { kind: 'price-adjustment' }>, by: LineSource): Found {
  const { base, now } = measured
  const rows = content.tables?.['prices']?.rows ?? []
  const prices = rows.flatMap(({ cells }) => numberIn(cells, 'price') ?? [])
  if (prices.length < rows.length) return 'no-such-clause'
  if (base === null || now === null) return 'index-missing'
  const [cap, floor] = [counted(content, 'adjustmentCap') * PERCENT, counted(content, 'adjustmentFloor') * PERCENT]
  const found = priceAdjustment({ cap, floor }, base, now, prices)
  if (!found) return 'index-missing'
  if (found.counted === 0 || prices.length === 0) return 'nothing-owed'
  return {
    amounts: found.prices,
    missed: [],
    mayCancel: false,
    lines: [
      line('base', 'hundredths', base, MEASURED), line('now', 'hundredths', now, MEASURED), line('change', 'basis-points', found.change, COMPUTED),
      line('most-rise', 'basis-points', cap, by), line('most-fall', 'basis-points', floor, by), line('counted', 'basis-points', found.counted, COMPUTED),
      ...rows.flatMap(({ cells }, at): readonly ClaimLine[] => {
        const item = cells['item']?.text
        const about = `${item?.en ?? ''}|${item?.ar ?? ''}|${idIn(cells, 'from')}`
        return [line('price', 'halalas', prices[at] ?? 0, by, about), line('claim', 'halalas', found.prices[at] ?? 0, COMPUTED, about)]
      }),
    ],
  }
} // prettier-ignore

/** Compensation for a late payment is no claim [TR-28]: under Saudi law it cannot be one. */
export const latePaymentRefusal = ({ law }: Pick<AgreementContent, 'law'>): ClaimRefusal => latePayment(law)

/** What two claims may not both be about: one month of a service, one order, one pair of figures. */
export const subjectOf = (measured: Measured): string =>
  measured.kind === 'service-credit' ? `service-credit/${measured.month}`
  : measured.kind === 'late-delivery' ? `late-delivery/${measured.order.trim().toLowerCase()}`
  : `price-adjustment/${String(measured.base)}/${String(measured.now)}` // prettier-ignore
