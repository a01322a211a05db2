import type { ApprovalsView } from '#shared/projection/approval-views.ts'
import type { DisputeView } from '#shared/projection/dispute-views.ts'

/** `moot`: what this person asked for can do nothing any more. `asked`: a colleague asks this person. */
export type Notice = 'waiting' | 'approved' | 'moot' | 'asked'

/** What of a dispute has been said and has not left the company yet; null: nothing. */
export function noticeOf({ id, open }: Pick<DisputeView, 'id' | 'open'>, approvals: Pick<ApprovalsView, 'mine' | 'waiting'>): Notice | null {
  const mine = approvals.mine.find(({ artifact }) => artifact === id)
  if (mine) return open ? (mine.state === 'approved' ? 'approved' : 'waiting') : 'moot'
  return open && approvals.waiting.some(({ artifact }) => artifact === id) ? 'asked' : null
} // prettier-ignore
