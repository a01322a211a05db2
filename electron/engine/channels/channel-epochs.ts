import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Clock, Instant } from '#shared/kernel/time.ts'
import { readers } from '#shared/membership/certificate-of.ts'
import { createEpoch, leaves, opens, unreached, writableEpoch } from '#shared/membership/epoch.ts'
import type { EpochCreated, Membership } from '#shared/membership/types.ts'
import type { WritingEpoch } from '#shared/seal/entry.ts'
import type { HeldKeys } from './held-keys.ts'

const HOUR = 3_600_000

/** What the epochs of a channel are computed from: all of it as it is now. */
interface KeyedChannel {
  readonly members: Membership
  readonly keyHolders: Membership
  readonly keys: Pick<HeldKeys, 'of' | 'all'>
}

/** Under which key this device writes in a channel, whom a new one is for, and who was left out of those that are held. */
export class ChannelEpochs {
  readonly #crypto: Crypto
  readonly #clock: Clock
  readonly #channel: ChannelId
  readonly #now: () => KeyedChannel
  /** Members of whom all were found to have all keys that are here, and when. */
  #nobodyLeftOut: { readonly members: Membership; readonly at: Instant } | undefined

  constructor(crypto: Crypto, clock: Clock, channel: ChannelId, now: () => KeyedChannel) {
    this.#crypto = crypto
    this.#clock = clock
    this.#channel = channel
    this.#now = now
  }

  /** The epoch to write under; undefined when none is safe, or its key is not here. */
  get writing(): WritingEpoch | undefined {
    const { keyHolders, keys } = this.#now()
    const epoch = writableEpoch(keyHolders)
    const key = epoch && keys.of(epoch.id)
    return epoch && key ? { id: epoch.id, key } : undefined
  }

  /**
   * Whether the next entry needs an epoch to be made first: none is safe, somebody who may read lacks a key of it or of an earlier one, somebody
   * holds one whose certificate has run out, or its author gave us a key that is not the one that it committed to, so that we could
   * not write under it.
   */
  get needed(): boolean {
    const { keyHolders, keys } = this.#now()
    const epoch = writableEpoch(keyHolders)
    if (epoch === undefined || !keys.of(epoch.id) || this.leftOut.length > 0) return true
    const { recipients } = epoch
    const devices = this.#readers.map(({ device }) => device)
    return devices.some((device) => !recipients.includes(device)) || recipients.some((one) => !devices.includes(one))
  }

  /** Whether it falls to `own` to give a key to somebody who was left out of it: the first of those who have it. */
  fallsTo(own: DeviceId): boolean {
    const members = this.#now().keyHolders
    const now = this.#clock.now()
    // Asked after everything that is received, and hardly anything changes who may read.
    const known = this.#nobodyLeftOut
    if (known?.members === members && now >= known.at && now - known.at < HOUR) return false
    const devices = this.#readers.map(({ device }) => device)
    const { leftOut } = this
    if (leftOut.length === 0) this.#nobodyLeftOut = { members, at: now }
    return leftOut.some((epoch) => devices.find((device) => opens(members, device, epoch)) === own)
  }

  /** A new key for exactly those who may read now, to be announced. Earlier keys come with it: a newcomer reads from the beginning. */
  create(): EpochCreated {
    const { members, keys } = this.#now()
    const recipients = this.#readers
    const parents = [...new Set([...leaves(members).map(({ id }) => id), ...this.leftOut])]
    const earlier = keys.all.filter(({ epoch }) => parents.includes(epoch))
    return createEpoch(this.#crypto, { channel: this.#channel, parents, recipients, earlier }).payload
  }

  /** Epochs whose key is held here and under which somebody who may read cannot. */
  get leftOut(): readonly EpochId[] {
    const { keyHolders, keys } = this.#now()
    const devices = this.#readers.map(({ device }) => device)
    return unreached(keyHolders, devices).filter((epoch) => keys.of(epoch) !== undefined)
  }

  /** Who may read now. */
  get #readers(): ReturnType<typeof readers> {
    return readers(this.#now().keyHolders, this.#clock.now())
  }
}
