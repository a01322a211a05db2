import type { ReciprocityTerms } from '#shared/artifacts/reciprocity-terms.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type { DisclosureSummary, PreviewOutcome } from '#shared/projection/disclosure-views.ts'
import { importFile, type Company } from './company.ts'
import { ledger, regularOrders, type Order } from './orders.ts'
import { TITLE, type TwoCompanies } from './two-companies.ts'

/** What one company discloses to the other and how: either of the two, where `TwoCompanies` speaks for A alone. */
export interface Disclosing {
  readonly policy: DisclosurePolicy
  /** Changes the policy and discloses a revision under it, after a look at the preview. */
  revise(change?: (policy: DisclosurePolicy) => DisclosurePolicy): Promise<DisclosureSummary>
  preview(change?: (policy: DisclosurePolicy) => DisclosurePolicy): Promise<PreviewOutcome>
}

export async function disclosing(
  { workspace, channel }: TwoCompanies,
  who: Company,
  orders: Iterable<Order> = regularOrders(),
): Promise<Disclosing> {
  const dataset = await importFile(who, 'orders.csv', ledger(orders))
  let policy = await who.client.disclosures.propose({ dataset: dataset.id, workspace, channel })
  const preview = (one: DisclosurePolicy) => who.client.disclosures.preview({ policy: one, title: TITLE })
  return {
    get policy() {
      return policy
    },
    preview: (change = (one) => one) => preview(change(policy)),
    async revise(change = (one) => one) {
      policy = await who.client.disclosures.savePolicy(change(policy))
      const outcome = await preview(policy)
      if (outcome.outcome !== 'preview') throw new Error(`refused: ${JSON.stringify(outcome)}`)
      const { sliceId } = outcome.view
      return who.client.disclosures.disclose({ policy: policy.id, title: TITLE, sliceId, confirmHeld: true })
    },
  }
}

export const companyIdOf = ({ engine }: Company) => engine.desk.session.hub.identity.card.company

/** Terms that a slice of the regular orders meets. */
export const termsFrom = (from: Company, first: Company, change: Partial<ReciprocityTerms> = {}): ReciprocityTerms => ({
  companies: [companyIdOf(from)],
  kind: 'ContextSlice.v1',
  columns: ['Quantity'],
  months: 6,
  coverage: 100,
  ratio: 80,
  graceDays: 10,
  first: companyIdOf(first),
  ...change,
})
