import type { BoxPair, Crypto, SecretKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, FeedId } from '#shared/kernel/ids.ts'
import type { Clock } from '#shared/kernel/time.ts'
import type { SectionKey } from '#shared/sync/update.ts'
import type { Documents } from '../documents.ts'
import type { LogStore } from '../ports.ts'
import type { ChannelStore } from './stored-channel.ts'

/** What a channel in an open vault is handed. */
export interface ChannelDeps {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly log: LogStore
  newDocuments(): Documents
  /** Keys of our own slices, by sealed section; absent once a slice was withdrawn. */
  ownSliceKey(section: SectionKey): SymmetricKey | undefined
  /** A partner's slice to which access ended: this app does not open it again, though the log still holds key and bytes. */
  isForgotten(section: SectionKey): boolean
  /** Where the channel's state is kept beside its log; absent where nothing is to be kept. */
  readonly store?: ChannelStore
  problem?(problem: unknown): void
  /** Runs of forked feeds that go on from another past than the log holds. */
  readonly branches: BranchRuns
}

export interface BranchRuns {
  list(): readonly Uint8Array[]
  /** Keeps one, within bounds. Inside the transaction of the caller. */
  keep(feed: FeedId, bytes: Uint8Array): void
}

/** Who writes here: this device in this incarnation. */
export interface ChannelSelf {
  readonly device: DeviceId
  readonly secret: SecretKey
  readonly box: BoxPair
  readonly feed: FeedId
  /** Devices that this one replaced: what was boxed to them stays readable. */
  readonly former: readonly BoxOwner[]
}
export interface BoxOwner {
  readonly device: DeviceId
  readonly box: BoxPair
}

/** Whose boxes this device opens. */
export const ownersOf = (self: ChannelSelf): readonly BoxOwner[] => [self, ...self.former]
