import type { Scheduler } from '#engine/ports.ts'

/** Locks after a time without any touch: automatic lock. */
export interface IdleLock {
  /** Something a person did. */
  touch(): void
  stop(): void
}

/** Calls `lock` once when `minutes` have passed since the last touch; 0 means never. */
export function lockWhenIdle(scheduler: Scheduler, minutes: number, lock: () => void): IdleLock {
  let pending: { cancel(): void } | undefined
  let over = minutes <= 0
  const arm = (): void => {
    pending?.cancel()
    if (over) return
    pending = scheduler.after(minutes * 60_000, () => {
      over = true
      lock()
    })
  }
  arm()
  return {
    touch: arm,
    stop: () => {
      over = true
      pending?.cancel()
    },
  }
}
