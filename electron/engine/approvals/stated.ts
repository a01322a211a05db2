import { readApproval } from '#shared/approvals/approval-word.ts'
import type { ApprovalAnswer } from '#shared/approvals/request.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { internalChannel } from '../colleagues/internal.ts'
import type { Hub } from '../workspaces/hub.ts'
import { listAnswers, requestOf } from './records.ts'

/**
 * Our company's approvals of one text that were carried out, as others can check them, closing before signing. This device knows
 * those that it gave, asked for, or might have answered; a level that whoever did it holds leaves no such word.
 */
export function statedApprovals(
  hub: Hub,
  artifact: ArtifactId,
  text: string,
): readonly NonNullable<ApprovalAnswer['word']>[] {
  const { context } = hub
  const ended = internalChannel(hub)?.members.revocations
  return listAnswers(context)
    .filter(({ verdict, request }) => verdict === 'approve' && requestOf(context, request)?.sentAt != null)
    .flatMap(({ word }) => {
      const said = word && readApproval(word.statement)
      const isOurs = said?.artifact === artifact && said.text === text && ended?.has(said.device) !== true
      return word && isOurs ? [{ word, said }] : []
    })
    .toSorted((left, right) => left.said.at - right.said.at || (left.said.commitment < right.said.commitment ? -1 : 1))
    .map(({ word }) => word)
}
