import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Clock } from '#shared/kernel/time.ts'
import type { Changes } from '../changes.ts'
import type { Desk } from '../desk.ts'

/** What the answers to the contract need of the engine behind them. */
export interface Front {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly changes: Changes
  /** The vault in front. */
  readonly desk: Desk
  /** The vault of the person's own company. @throws Refused while the sample companies are open. */
  realDesk(): Desk
  /** Asks as a window would: the same checks, whoever asks. @throws Refused */
  perform(path: readonly string[], input: unknown): Promise<void>
  explore(locale?: 'en' | 'ar'): Promise<void>
  leaveSample(): void
}
