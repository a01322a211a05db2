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
