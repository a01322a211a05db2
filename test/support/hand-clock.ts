import type { Scheduler } from '#engine/ports.ts'
import type { Clock, Instant } from '#shared/kernel/time.ts'

const DAY = 86_400_000

/** A clock that moves when a story says so, with the timers that hang on it. */
export class HandClock implements Clock, Scheduler {
  #now: number
  readonly #timers = new Set<{ readonly due: number; readonly work: () => void }>()

  constructor(start = '2026-11-21T06:00:00Z') {
    this.#now = Date.parse(start)
  }

  now(): Instant {
    return this.#now as Instant
  }
  /** The day as ISO date. */
  get today(): string {
    return new Date(this.#now).toISOString().slice(0, 10)
  }

  after(milliseconds: number, work: () => void): { cancel(): void } {
    const timer = { due: this.#now + milliseconds, work }
    this.#timers.add(timer)
    return { cancel: () => this.#timers.delete(timer) }
  }

  breathe(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }

  /** Days pass; what falls due is done once, as after a long sleep of the machine. */
  pass(days: number): void {
    this.passMinutes(days * 1440)
  }
  passMinutes(minutes: number): void {
    this.#now += Math.round(minutes * (DAY / 1440))
    for (const timer of [...this.#timers].toSorted((left, right) => left.due - right.due)) {
      if (timer.due <= this.#now && this.#timers.delete(timer)) timer.work()
    }
  }
}
