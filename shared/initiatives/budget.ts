import type { Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Of, Plan } from './plan.ts'

export interface PartyBudget {
  readonly party: CompanyId
  /** Integer minor units. null: an item has no amount yet, or the sum is beyond what is exact. */
  readonly amount: number | null
  /** Of the whole amount in this currency, in hundredths of a percent; null where an amount is missing or the whole is 0. */
  readonly actualShare: number | null
  /** As agreed, in hundredths of a percent: the sum of its items' shares; null where one is missing. */
  readonly agreedShare: number | null
}

export interface CurrencyBudget {
  readonly currency: Currency
  readonly total: number | null
  readonly parties: readonly PartyBudget[]
  /** Whether the agreed shares come to 100 %; null: not computable, a share is missing. */
  readonly sharesComplete: boolean | null
  /** By how much they miss it, in hundredths of a percent. */
  readonly sharesOff: number | null
}

export interface Budget {
  readonly currencies: readonly CurrencyBudget[]
  /** Items without a company or a currency: they are in no sum. */
  readonly unplaced: readonly string[]
}

const WHOLE = 10_000
/** Integers above this are not exact: such a sum is not computable rather than nearly right. */
const exact = (sum: number): number | null => (Number.isSafeInteger(sum) ? sum : null)
const sum = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : exact(values.reduce<number>((total, value) => total + (value ?? 0), 0))

/** Sums per currency and company. Amounts are never converted: different currencies are different sums. */
export function budgetOf({ about, budget }: Pick<Plan, 'about' | 'budget'>): Budget {
  const placed = budget.filter(({ party, currency }) => party !== null && (currency ?? about.currency) !== null)
  const byCurrency = Map.groupBy(placed, ({ currency }) => (currency ?? about.currency) as Currency)
  const currencies = [...byCurrency].map(([currency, items]) => currencyBudget(currency, items))
  const unplaced = budget.filter((item) => !placed.includes(item)).map(({ id }) => id)
  return { currencies: currencies.toSorted((left, right) => (left.currency < right.currency ? -1 : 1)), unplaced }
}

function currencyBudget(currency: Currency, items: readonly Of<'budget'>[]): CurrencyBudget {
  const total = sum(items.map(({ amount }) => amount))
  const parties = [...Map.groupBy(items, ({ party }) => party as CompanyId)].map(([party, own]): PartyBudget => {
    const amount = sum(own.map((item) => item.amount))
    const actualShare = amount === null || total === null || total === 0 ? null : Math.round((amount / total) * WHOLE)
    const agreedShare = sum(own.map(({ share }) => (share === null ? null : Math.round(share * 100))))
    return { party, amount, actualShare, agreedShare }
  })
  const shares = sum(parties.map(({ agreedShare }) => agreedShare))
  return {
    currency,
    total,
    parties: parties.toSorted((left, right) => (left.party < right.party ? -1 : 1)),
    sharesComplete: shares === null ? null : shares === WHOLE,
    sharesOff: shares === null ? null : shares - WHOLE,
  }
}
