import { describe, expect, it } from 'vitest'
import type { Scheduler } from '#engine/ports.ts'
import { lockWhenIdle } from './idle.ts'

/** Time that passes when the test says so. */
function fakeTime(): { readonly scheduler: Scheduler; readonly pass: (minutes: number) => void } {
  let now = 0
  const due = new Set<{ readonly at: number; readonly work: () => void }>()
  const scheduler: Scheduler = {
    after: (milliseconds, work) => {
      const timer = { at: now + milliseconds, work }
      due.add(timer)
      return { cancel: () => void due.delete(timer) }
    },
    breathe: () => Promise.resolve(),
  }
  const pass = (minutes: number): void => {
    now += minutes * 60_000
    for (const timer of due)
      if (timer.at <= now) {
        due.delete(timer)
        timer.work()
      }
  }
  return { scheduler, pass }
}

describe('automatic lock', () => {
  it('locks once, after so many minutes without a touch', () => {
    const { scheduler, pass } = fakeTime()
    let locked = 0
    const idle = lockWhenIdle(scheduler, 10, () => (locked += 1))
    pass(9)
    idle.touch()
    pass(9)
    expect(locked).toBe(0)
    pass(1)
    expect(locked).toBe(1)
    idle.touch()
    pass(100)
    expect(locked).toBe(1)
  })

  it('never locks at 0 minutes, nor after it was stopped', () => {
    const { scheduler, pass } = fakeTime()
    let locked = 0
    lockWhenIdle(scheduler, 0, () => (locked += 1)).touch()
    const stopped = lockWhenIdle(scheduler, 5, () => (locked += 1))
    stopped.stop()
    stopped.touch()
    pass(100)
    expect(locked).toBe(0)
  })
})
