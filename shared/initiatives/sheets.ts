import {
  CURRENCIES,
  JointInitiativePlan,
  type Currency,
  type PlanSet,
} from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Plan } from './plan.ts'
import { fieldsOf } from './read-plan.ts'

/** One sheet of the plan's workbook: what it is called, its headers, its rows. */
export interface PlanSheet {
  readonly set: PlanSet
  readonly name: Words
  readonly headers: readonly Words[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** Fields that only order a list. */
const HIDDEN: readonly string[] = ['order']

/**
 * The whole plan as sheets, one per set that holds something, in the reader's language. Names stand for what a cell refers to; money
 * is in major units, because that is what a spreadsheet adds up.
 */
export function sheetsOf(
  plan: Plan,
  locale: 'en' | 'ar',
  companyName: (company: CompanyId) => string,
): readonly PlanSheet[] {
  const titles = new Map<string, string>()
  for (const { id, titleEn, titleAr } of [...plan.milestones, ...plan.activities])
    titles.set(id, (locale === 'ar' ? titleAr || titleEn : titleEn || titleAr) ?? '')
  for (const { id, metric } of plan.kpis) titles.set(id, metric ?? '')
  for (const { id, name } of plan.resources) titles.set(id, name ?? '')
  const named = (id: unknown): string => (typeof id === 'string' ? (titles.get(id) ?? '') : '')
  const sets = JointInitiativePlan.sections.joint.fields
  return (Object.keys(sets) as PlanSet[]).flatMap((set): readonly PlanSheet[] => {
    const records: readonly Readonly<Record<string, unknown>>[] = set === 'plan' ? [{ ...plan.about }] : plan[set].map((record) => ({ ...record })) // prettier-ignore
    const fields = Object.entries(fieldsOf(set)).filter(([name]) => !HIDDEN.includes(name))
    if (records.length === 0) return []
    const rows = records.map((record) =>
      fields.map(([name, { options, control }]): string | number | null => {
        const value = record[name] ?? null
        if (value === null) return null
        if (Array.isArray(value)) return value.map(named).filter(Boolean).join('; ')
        if (typeof value === 'number')
          return isMoney(set, name) ? major(value, record['currency'] ?? plan.about.currency) : value
        if (typeof value !== 'string') return null
        if (options !== null) return options[value]?.[locale] ?? value
        if (control === 'reference') return COMPANIES.includes(name) ? companyName(value as CompanyId) : named(value)
        return value
      }),
    )
    return [{ set, name: sets[set].label, headers: fields.map(([, { label }]) => label), rows }]
  })
}

const COMPANIES: readonly string[] = ['owner', 'party', 'company']
const isMoney = (set: PlanSet, field: string): boolean =>
  (set === 'budget' && field === 'amount') || (set === 'resources' && field === 'money')

/** Without a currency nobody knows how many decimals there are: the amount is left out rather than shown a hundred times too large. */
function major(minor: number, currency: unknown): number | null {
  const known = typeof currency === 'string' && currency in CURRENCIES ? CURRENCIES[currency as Currency] : undefined
  return known === undefined ? null : minor / 10 ** known.decimals
}
