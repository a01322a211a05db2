import type { Role } from '#shared/kernel/ids.ts'
import type { ProposalView } from '#shared/projection/scoring-views.ts'
import type { Hub } from '../workspaces/hub.ts'

const KIND = 'score-proposal'

/** What models proposed about a text, the latest per role. It stays in the vault. */
export const proposalsOf = ({ context }: Hub, artifact: string, text: string): readonly ProposalView[] =>
  context.vault.records.get<readonly ProposalView[]>(KIND, `${artifact}/${text}`) ?? []

/** Call it inside the transaction of what it belongs to. */
export const keepProposals = (
  { context }: Hub,
  artifact: string,
  text: string,
  proposals: readonly ProposalView[],
): void => context.vault.records.put(KIND, `${artifact}/${text}`, proposals)

/** Puts a role's proposal away; scores that were taken over stay. */
export function discardProposal(hub: Hub, artifact: string, text: string, role: Role): void {
  hub.change(() => {
    keepProposals(hub, artifact, text, proposalsOf(hub, artifact, text).filter((one) => one.role !== role)) // prettier-ignore
    return undefined
  })
}
