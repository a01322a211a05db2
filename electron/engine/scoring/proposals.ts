import type { Role } from '#shared/kernel/ids.ts'
import type { ProposalView } from '#shared/projection/scoring-views.ts'
import type { Hub } from '../workspaces/hub.ts'

const KIND = 'score-proposal'

/** What models proposed in a round, the latest per role. It stays in the vault. */
export const proposalsOf = ({ context }: Hub, artifact: string, round: string): readonly ProposalView[] =>
  context.vault.records.get<readonly ProposalView[]>(KIND, `${artifact}/${round}`) ?? []

/** Call it inside the transaction of what it belongs to. */
export const keepProposals = (
  { context }: Hub,
  artifact: string,
  round: string,
  proposals: readonly ProposalView[],
): void => context.vault.records.put(KIND, `${artifact}/${round}`, proposals)

/** Puts a role's proposal away; scores that were taken over stay. */
export function discardProposal(hub: Hub, artifact: string, round: string, role: Role): void {
  hub.change(() => {
    keepProposals(hub, artifact, round, proposalsOf(hub, artifact, round).filter((one) => one.role !== role)) // prettier-ignore
    return undefined
  })
}
