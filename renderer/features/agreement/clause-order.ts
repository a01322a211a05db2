import type { Draft } from '#shared/agreement/draft.ts'
import { between } from '#shared/living/between.ts'

export const orderOf = (values: object): string | undefined => {
  const order = (values as { readonly order?: unknown }).order
  return typeof order === 'string' ? order : undefined
}

/** The index right behind a clause; null: at the front. A clause that is gone leaves the end. */
export function orderBehind({ clauses }: Pick<Draft, 'clauses'>, clause: string | null): string {
  const orders = clauses.map(({ values }) => orderOf(values))
  const at = clause === null ? -1 : clauses.findIndex(({ id }) => id === clause)
  const found = clause !== null && at < 0 ? orders.length - 1 : at
  return between(orders[found], orders[found + 1])
}
