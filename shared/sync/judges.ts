import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, EpochId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Genesis, RoleCertificate } from '#shared/membership/types.ts'
import type { Ancestry } from './channel-index.ts'
import type { CheckUpdate } from './update.ts'

/** The keys that this engine was given. Every key handed out fits the commitment of its epoch; `admit` checks that again. */
export interface EpochKeys {
  of(epoch: EpochId): SymmetricKey | undefined
}

/** An event as admission sees it; `newer-version` for a type that this version does not know. */
export type EventVerdict = 'admit' | 'payload-malformed' | 'not-authorised' | 'newer-version'

/** What admission asks of others. Every answer must follow from the arguments alone: no clock, no arrival order. */
export interface Judges {
  readonly crypto: Crypto
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly genesis: Genesis
  readonly keys: EpochKeys
  readonly checkUpdate: CheckUpdate
  /** Whether `author` may write that section of that artifact, as declared in `ancestry`. */
  mayWrite(artifact: ArtifactId, section: SectionName, author: RoleCertificate, ancestry: Ancestry): boolean
  judgeEvent(payload: Canonical, author: RoleCertificate, ancestry: Ancestry): EventVerdict
}

/** How much may wait or be opened at once. Reaching a limit delays, it never refuses for good. */
export const QUOTA = {
  waitingPerFeed: 16_384,
  feeds: 4_096,
  /** Feeds of devices that hold no certificate here: a member who invents devices takes no room from those that will be certified. */
  strangers: 64,
} as const
