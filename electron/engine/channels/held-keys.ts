import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EpochId } from '#shared/kernel/ids.ts'
import { openEpoch, unwrapEarlier } from '#shared/membership/epoch.ts'
import type { EpochCreated } from '#shared/membership/types.ts'
import { ownersOf, type ChannelSelf } from './channel-deps.ts'

/** The channel's keys that this device can open, and every epoch that was announced to it. */
export class HeldKeys {
  readonly #crypto: Crypto
  readonly #channel: ChannelId
  readonly #self: ChannelSelf
  readonly #keys = new Map<EpochId, SymmetricKey>()
  readonly #announced = new Map<EpochId, EpochCreated>()

  constructor(crypto: Crypto, channel: ChannelId, self: ChannelSelf) {
    this.#crypto = crypto
    this.#channel = channel
    this.#self = self
  }

  /** In the order in which they were heard of. */
  get announced(): readonly (readonly [EpochId, EpochCreated])[] {
    return [...this.#announced]
  }
  get all(): readonly { readonly epoch: EpochId; readonly key: SymmetricKey }[] {
    return [...this.#keys].map(([epoch, key]) => ({ epoch, key }))
  }

  of(epoch: EpochId): SymmetricKey | undefined {
    return this.#keys.get(epoch)
  }

  /** Opens the epoch for this device, or with a key that a later epoch brought, and walks back as far as history was shared. */
  learn(epoch: EpochId, created: EpochCreated): void {
    this.#announced.set(epoch, created)
    const held = this.#keys.get(epoch)
    const opened = held
      ? unwrapEarlier(this.#crypto, this.#channel, created, held)
      : ownersOf(this.#self)
          .map(({ device, box }) => openEpoch(this.#crypto, this.#channel, created, device, box))
          .find(({ ok }) => ok)
    if (!opened?.ok) return
    this.#keys.set(epoch, opened.value.key)
    for (const { epoch: past, key } of opened.value.earlier) {
      if (this.#keys.has(past)) continue
      this.#keys.set(past, key)
      const known = this.#announced.get(past)
      if (known) this.learn(past, known)
    }
  }
}
