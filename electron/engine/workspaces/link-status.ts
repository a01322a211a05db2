import type { Clock, Instant } from '#shared/kernel/time.ts'
import type { LinkState } from '#shared/projection/workspace-views.ts'
import type { Scheduler } from '../ports.ts'

/** How long an unanswered attempt counts as one. */
export const CONNECTING_MS = 15_000
/** How long a refusal stays on the screen when nobody tries again. */
export const REFUSED_MS = 90_000
/** A stranger who keeps trying must not fill the audit. */
const RECORD_AGAIN_MS = 60_000

/** What the status line of one workspace may say, from what its rooms and links really do. */
export class LinkStatus {
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #changed: () => void
  readonly #reachable = new Map<string, boolean>()
  #since: Instant | null = null
  #links = 0
  #tryingSince: Instant | null = null
  #refused: { readonly code: string; readonly at: Instant } | null = null
  #recorded = new Map<string, Instant>()

  constructor(clock: Clock, scheduler: Scheduler, changed: () => void) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#changed = changed
  }

  /** A room's signalling was reached, is being tried, or was lost. */
  reached(room: string, reachable: boolean): void {
    this.#reachable.set(room, reachable)
    if (!reachable) this.#tryingSince = this.#clock.now()
    this.#changed()
    if (!reachable) this.#scheduler.after(CONNECTING_MS + 1, this.#changed)
  }

  closed(room: string): void {
    this.#reachable.delete(room)
    this.#changed()
  }

  linked(): void {
    if (this.#links++ === 0) this.#since = this.#clock.now()
    this.#refused = null
    this.#changed()
  }

  unlinked(): void {
    if (--this.#links === 0) this.#since = null
    this.#changed()
  }

  /** True when the refusal is news, so that it belongs in the audit. */
  refused(code: string): boolean {
    const at = this.#clock.now()
    this.#refused = { code, at }
    this.#changed()
    this.#scheduler.after(REFUSED_MS + 1, this.#changed)
    const last = this.#recorded.get(code)
    if (last !== undefined && at - last < RECORD_AGAIN_MS) return false
    this.#recorded.set(code, at)
    return true
  }

  /** `possible`: the way is switched on, has an address, and somebody is there to go it. */
  state(possible: boolean): LinkState {
    const now = this.#clock.now()
    if (this.#since !== null) return { state: 'direct', since: this.#since }
    if (!possible || this.#reachable.size === 0) return { state: 'offline' }
    if (this.#refused && now - this.#refused.at < REFUSED_MS)
      return { state: 'refused', refusal: { module: 'link', code: this.#refused.code } }
    if ([...this.#reachable.values()].includes(true)) return { state: 'waiting' }
    const trying = this.#tryingSince !== null && now - this.#tryingSince < CONNECTING_MS
    return { state: trying ? 'connecting' : 'offline' }
  }
}
