import { RACI_WORDS, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { words, type Words } from '#shared/artifacts/words.ts'
import { dateText } from '#shared/agreement/term-text.ts'
import { budgetOf } from '#shared/initiatives/budget.ts'
import type { Of, Plan } from '#shared/initiatives/plan.ts'
import { raciOf } from '#shared/initiatives/raci.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { monthOf, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import { placesOf, type Doc, type Place, type PlaceOf } from './place.ts'
import { either, joined, moneyText, shareText } from './text.ts'

/** A joint plan as the rules read it. What is done is past: its days contradict nothing any more. */
export interface PlanSource {
  readonly of: 'plan'
  readonly doc: Doc
  /** Hash of the outcome that it carries out; null: none is named. */
  readonly decision: string | null
  readonly start: Place | null
  readonly end: Place | null
  /** Due days of the milestones that are not done. */
  readonly due: readonly Place[]
  /** Rows that somebody filled and in which nobody is accountable; and, of rows with several, each who is. */
  readonly unaccountable: readonly Place[]
  readonly accountable: readonly { readonly activity: string; readonly name: Words; readonly places: readonly Place[] }[]
  /** Of every company with both: the share agreed and the share of the amounts, in hundredths of a percent. */
  readonly shares: readonly { readonly name: Words; readonly agreed: Place; readonly actual: Place }[]
  readonly totals: readonly { readonly currency: Currency; readonly place: Place }[]
  readonly currency: { readonly code: Currency; readonly place: Place } | null
  /** Measures in percent. */
  readonly measures: readonly {
    readonly metric: string
    readonly direction: 'up' | 'down' | null
    readonly target: Place | null
    /** The last reading of each month. */
    readonly readings: readonly { readonly month: IsoMonth; readonly place: Place }[]
  }[]
  /** What its links name, as they are written. */
  readonly references: readonly string[]
} // prettier-ignore

const START = words('Start of the plan', 'بداية الخطة')
const END = words('End of the plan', 'نهاية الخطة')
const CURRENCY = words('Currency of the plan', 'عملة الخطة')
const MILESTONE = words('A milestone', 'مرحلة')
const ACTIVITY = words('An activity', 'نشاط')
const PERCENT: ReadonlySet<string> = new Set(['%', '٪', 'percent', 'بالمئة'])

/** Reads a joint plan for the rules. `names`: of the companies. */
export function planSource(doc: Doc, plan: Plan, names: ReadonlyMap<CompanyId, Words>): PlanSource {
  const place = placesOf(doc, 'current')
  const { about } = plan
  const day = (anchor: string, label: Words, value: IsoDate | null): Place | null =>
    value && place(anchor, label, value, dateText(value))
  return {
    of: 'plan',
    doc,
    decision: about.decision?.trim() || null,
    start: day('plan/it/start', START, about.start),
    end: day('plan/it/end', END, about.end),
    due: plan.milestones.flatMap((one) =>
      one.doneOn === null ? (day(`milestones/${one.id}/due`, titleOf(one), one.due) ?? []) : [],
    ),
    ...rolesOf(plan, names, place),
    ...moneyOf(plan, names, place),
    currency: about.currency && {
      code: about.currency,
      place: place('plan/it/currency', CURRENCY, about.currency, words(about.currency, about.currency)),
    },
    measures: plan.kpis.flatMap((kpi) => measureOf(plan, kpi, place)),
    references: plan.links.flatMap(({ reference }) => reference?.trim() || []),
  }
}

const titleOf = ({ titleEn, titleAr }: Of<'milestones'>): Words => either(titleEn, titleAr, MILESTONE)

function rolesOf(plan: Plan, names: ReadonlyMap<CompanyId, Words>, place: PlaceOf): Pick<PlanSource, 'unaccountable' | 'accountable'> {
  const titles = new Map<string, Words>([
    ...plan.milestones.map((one) => [one.id, titleOf(one)] as const),
    ...plan.activities.map(({ id, titleEn, titleAr }) => [id, either(titleEn, titleAr, ACTIVITY)] as const),
  ])
  const rows = raciOf(plan).map((row) => ({ ...row, name: titles.get(row.id) ?? ACTIVITY }))
  const said = (parts: ReadonlyMap<CompanyId, keyof typeof RACI_WORDS>): Words =>
    joined(', ', ...[...parts].map(([company, part]) => joined(': ', names.get(company) ?? words('', ''), RACI_WORDS[part])))
  return {
    // A row that nobody filled says nothing yet.
    unaccountable: rows.flatMap(({ id, name, parts, problems }) =>
      parts.size > 0 && problems.includes('nobody-accountable') ? [place(`raci/${id}`, name, codes(parts), said(parts))] : [],
    ),
    accountable: rows.flatMap(({ id, name, parts, problems }) =>
      problems.includes('several-accountable')
        ? [{ activity: id, name, places: [...parts].flatMap(([company, part]) =>
            part === 'a' || part === 'ra'
              ? [place(`raci/${id}/${company}`, joined(' · ', name, names.get(company) ?? words('', '')), part, RACI_WORDS[part])]
              : [],
          ).toSorted((left, right) => (left.anchor < right.anchor ? -1 : 1)) }]
        : [],
    ),
  }
} // prettier-ignore

const codes = (parts: ReadonlyMap<CompanyId, string>): string =>
  [...parts].map(([company, part]) => `${company} ${part}`).toSorted().join(', ') // prettier-ignore

function moneyOf(plan: Plan, names: ReadonlyMap<CompanyId, Words>, place: PlaceOf): Pick<PlanSource, 'shares' | 'totals'> {
  const { currencies } = budgetOf(plan)
  return {
    shares: currencies.flatMap(({ currency, parties }) =>
      parties.flatMap(({ party, agreedShare, actualShare }) => {
        if (agreedShare === null || actualShare === null) return []
        const name = names.get(party) ?? words('', '')
        const at = (which: 'share' | 'amount', en: string, ar: string, value: number): Place =>
          place(`budget/${currency}/${party}/${which}`, joined(' · ', name, words(en, ar)), value, shareText(value))
        return [{ name, agreed: at('share', 'agreed share', 'الحصة المتفق عليها', agreedShare), actual: at('amount', 'share of the amounts', 'الحصة من المبالغ', actualShare) }]
      }),
    ),
    totals: currencies.flatMap(({ currency, total }) =>
      total === null ? [] : [{ currency, place: place(`budget/${currency}`, words('Whole budget', 'إجمالي الميزانية'), total, moneyText(total, currency)) }],
    ),
  }
} // prettier-ignore

function measureOf({ readings }: Plan, kpi: Of<'kpis'>, place: PlaceOf): PlanSource['measures'] {
  const metric = kpi.metric?.trim() ?? ''
  if (metric === '' || !PERCENT.has(kpi.unit?.trim().toLowerCase() ?? '')) return []
  const last = new Map<IsoMonth, Of<'readings'>>()
  for (const one of readings) {
    if (one.kpi !== kpi.id || one.on === null || one.value === null) continue
    const known = last.get(monthOf(one.on))
    if (!known || `${known.on ?? ''} ${known.id}` < `${one.on} ${one.id}`) last.set(monthOf(one.on), one)
  }
  const percent = (value: number): Words => shareText(value * 100)
  return [
    {
      metric,
      direction: kpi.direction,
      target: kpi.target === null ? null : place(`kpis/${kpi.id}/target`, words(`${metric}: target`, `${metric}: المستهدف`), kpi.target, percent(kpi.target)), // prettier-ignore
      readings: [...last].map(([month, { id, value }]) => ({
        month,
        place: place(`readings/${id}/value`, words(`${metric}: reading`, `${metric}: القراءة`), value ?? 0, percent(value ?? 0)), // prettier-ignore
      })),
    },
  ]
}
