import type { DisputeDraft, DisputeView } from '#shared/projection/dispute-views.ts'
import type { Company } from './company.ts'

type Client = Company['client']['disputes']
type Values = Partial<Omit<DisputeDraft, 'subject'>>

/** Writes a draft about something and opens it; `change`: what is not as the draft begins. */
export async function openDispute(
  { client }: Company,
  channel: string,
  subject: { readonly kind: string; readonly id: string },
  change: Values = {},
): Promise<DisputeView> {
  const draft = await draftDispute(client.disputes, channel, subject, change)
  return client.disputes.open({ draft: draft.id, hash: draft.hash ?? '' })
}

export async function draftDispute(
  disputes: Client,
  channel: string,
  subject: { readonly kind: string; readonly id: string },
  change: Values = {},
) {
  const begun = await disputes.begin({ channel, subject: subject as never })
  const values = { ...begun.values, issue: 'They call it infeasible.', position: 'It is in scope.', ...change }
  return disputes.save({ draft: begun.id, values })
}

export const disputeOf = ({ client }: Company, artifact: string): Promise<DisputeView> =>
  client.disputes.get({ artifact, dispute: null })

/** Rules upheld at a level, unless `said` says otherwise. */
export async function ruleOn(
  company: Company,
  artifact: string,
  said: Partial<Parameters<Client['rule']>[0]> = {},
): Promise<DisputeView> {
  const { dispute } = await disputeOf(company, artifact)
  return company.client.disputes.rule({
    artifact, dispute, level: 1, finding: 'upheld', terms: '', rationale: 'The scope says so.', ...said,
  }) // prettier-ignore
}

/** Ends a dispute by words that the first proposes and the others sign; `level`: until everybody has what was said. */
export async function settle(
  [first, ...others]: readonly [Company, ...Company[]],
  artifact: string,
  words: Pick<Parameters<Client['propose']>[0], 'finding' | 'terms'>,
  level: () => Promise<void>,
): Promise<DisputeView> {
  await level()
  const { dispute } = await disputeOf(first, artifact)
  const { settlements } = await first.client.disputes.propose({ artifact, dispute, ...words })
  const hash = settlements.at(-1)?.hash ?? ''
  for (const { client } of others) {
    await level()
    await client.disputes.sign({ artifact, dispute, hash })
  }
  await level()
  return disputeOf(first, artifact)
}
