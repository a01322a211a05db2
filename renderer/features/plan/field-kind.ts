import type { Field } from '#shared/artifacts/field.ts'
import type { Currency, PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Row } from './desk.tsx'

export type FieldKind =
  'company' | 'record' | 'records' | 'rating' | 'choice' | 'date' | 'money' | 'number' | 'note' | 'line'

const COMPANIES: readonly string[] = ['owner', 'party', 'company']
const MONEY: readonly string[] = ['budget/amount', 'resources/money']

/** Fields that name a record, and the set that it is in. */
export const SET_OF: Readonly<Record<string, 'milestones' | 'kpis' | 'resources'>> = {
  milestone: 'milestones',
  kpi: 'kpis',
  resource: 'resources',
}

/** How a field of the plan is entered and shown. */
export function kindOf(set: PlanSet, field: string, { control }: Field): FieldKind {
  if (COMPANIES.includes(field)) return 'company'
  if (field === 'depends') return 'records'
  if (field === 'likelihood' || field === 'impact') return 'rating'
  if (MONEY.includes(`${set}/${field}`)) return 'money'
  if (control === 'choice' || control === 'date' || control === 'note') return control
  if (Object.hasOwn(SET_OF, field) && control === 'reference') return 'record'
  return control === 'quantity' || control === 'count' || control === 'percent' ? 'number' : 'line'
}

/** The currency of a record's money: its own, else the plan's. */
export const currencyOf = (row: Row<PlanSet>, planned: Currency | null): Currency | null =>
  (row.values as { readonly currency?: Currency | null }).currency ?? planned
