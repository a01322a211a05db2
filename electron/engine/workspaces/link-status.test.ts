import { beforeEach, expect, it } from 'vitest'
import type { Instant } from '#shared/kernel/time.ts'
import { CONNECTING_MS, LinkStatus, REFUSED_MS } from './link-status.ts'

let now: number
let changes: number
let timers: number[]
let status: LinkStatus
beforeEach(() => {
  now = 1_000_000
  changes = 0
  timers = []
  const scheduler = {
    after: (milliseconds: number) => {
      timers.push(milliseconds)
      return { cancel: () => undefined }
    },
    breathe: () => Promise.resolve(),
  }
  status = new LinkStatus({ now: () => now as Instant }, scheduler, () => changes++)
})
const said = (possible = true) => status.state(possible).state

it('is offline without a room, and whatever the rooms say when nobody can go there', () => {
  expect(said()).toBe('offline')
  status.reached('room', true)
  expect([said(), said(false)]).toEqual(['waiting', 'offline'])
  status.closed('room')
  expect(said()).toBe('offline')
})

it('is connecting for as long as an attempt may take, then offline, and says when that changes', () => {
  status.reached('room', false)
  expect(said()).toBe('connecting')
  now += CONNECTING_MS
  expect(said()).toBe('offline')
  expect(timers).toEqual([CONNECTING_MS + 1])
})

it('waits when one of two rooms is reached, whichever', () => {
  status.reached('one', true)
  status.reached('two', false)
  expect(said()).toBe('waiting')
  status.closed('one')
  expect(said()).toBe('connecting')
})

it('is direct since the first of its links, until the last is gone', () => {
  status.reached('room', true)
  status.linked()
  const since = now
  now += 5
  status.linked()
  status.unlinked()
  expect(status.state(true)).toEqual({ state: 'direct', since })
  status.unlinked()
  expect(said()).toBe('waiting')
  expect(changes).toBe(5)
})

it('shows a refusal for a while, never over a link that stands', () => {
  status.reached('room', true)
  status.refused('link-bad-proof')
  expect(status.state(true)).toEqual({ state: 'refused', refusal: { module: 'link', code: 'link-bad-proof' } })
  now += REFUSED_MS
  expect(said()).toBe('waiting')
  status.refused('link-bad-proof')
  status.linked()
  status.unlinked()
  expect(said()).toBe('waiting')
})

it('calls a refusal news once a minute for each reason: a stranger cannot fill the audit', () => {
  expect([status.refused('a'), status.refused('a'), status.refused('b')]).toEqual([true, false, true])
  now += 60_000
  expect(status.refused('a')).toBe(true)
})
