import { expect, it } from 'vitest'
import type { ApprovalView } from '#shared/projection/approval-views.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { noticeOf } from './notice.ts'

const ours = 'ours' as ArtifactId
const request = (state: ApprovalView['state'], artifact = ours) => ({ state, artifact }) as ApprovalView

it('[GV-10] the page of a dispute tells what waits for approval: to whoever said it, to whoever approves it, and not once it is pointless', () => {
  const notice = (open: boolean, mine: readonly ApprovalView[], waiting: readonly ApprovalView[] = []) =>
    noticeOf({ id: ours, open }, { mine, waiting })
  expect(notice(true, [request('waiting')])).toBe('waiting')
  expect(notice(true, [request('approved')])).toBe('approved')
  expect([notice(false, [request('waiting')]), notice(false, [request('approved')])]).toEqual(['moot', 'moot'])
  expect([notice(true, [], [request('waiting')]), notice(false, [], [request('waiting')])]).toEqual(['asked', null])
  const another = request('waiting', 'another' as ArtifactId)
  expect([notice(true, []), notice(true, [another], [another])]).toEqual([null, null])
})
