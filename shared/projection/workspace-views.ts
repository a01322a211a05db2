import type { ArtifactId, ChannelId, CompanyId, DeviceId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { RefusalView } from './app-views.ts'
import type { Bilingual } from './bilingual.ts'

/** With partners; `internal` is one company's own. */
export type PartnerKind = 'peer' | 'customer-seller' | 'client-provider' | 'alliance'
export type WorkspaceKind = PartnerKind | 'internal'

export type LinkState =
  | { readonly state: 'local' } // the sample partner, in this app
  | { readonly state: 'direct'; readonly since: Instant }
  | { readonly state: 'mailbox'; readonly since: Instant } // no direct link, but the mailbox is reached
  | { readonly state: 'connecting' }
  | { readonly state: 'waiting' } // signalling reached, the other side is not there
  | { readonly state: 'offline' } // no signalling configured, or none reachable
  | { readonly state: 'refused'; readonly refusal: RefusalView }

export interface WorkspaceSummary {
  readonly id: WorkspaceId
  readonly kind: WorkspaceKind
  readonly name: Bilingual
  readonly outcome: Bilingual
  /** On synthetic data alone. */
  readonly dryRun: boolean
  readonly partners: readonly { readonly id: CompanyId; readonly name: Bilingual }[]
  readonly stage: 'inviting' | 'answering' | 'confirming' | 'active' | 'left'
  readonly link: LinkState
  readonly lastSync?: Instant
}

export interface ChannelView {
  readonly id: ChannelId
  readonly name: Bilingual
  readonly roles: readonly Role[]
  readonly expiresOn?: IsoDate
  /** The latest checkpoint; absent while there is none. */
  readonly checkpoint?: CheckpointView
  /** When the latest one that every company attested was made. */
  readonly attestedAt?: Instant
}

/** What devices say that a channel came to at one place of its log. */
export interface CheckpointView {
  /** Hash of the cut and of what the channel had come to. */
  readonly id: string
  /** By the claim of who made it. */
  readonly at: Instant
  /** How many entries lie behind it. */
  readonly entries: number
  /** Every company that was a member there came to the same. */
  readonly stands: boolean
  readonly attested: readonly { readonly company: Bilingual; readonly person: Bilingual; readonly at: Instant }[]
  readonly missing: readonly Bilingual[]
  /** Who came to something else, and in what it differs. */
  readonly differing: readonly {
    readonly company: Bilingual
    readonly person: Bilingual
    readonly parts: readonly ('verdicts' | 'members' | 'epochs' | 'documents')[]
  }[]
}

export interface MemberView {
  readonly company: CompanyId
  readonly name: Bilingual
  readonly own: boolean
  readonly rootFingerprint: string
  readonly people: readonly {
    readonly name: Bilingual
    readonly roles: readonly Role[]
    readonly validTo: IsoDate
    /** For whom they act at present: a delegation. */
    readonly actingFor?: Bilingual
  }[]
  readonly devices: readonly MemberDeviceView[]
  /** It has left or was removed; what it wrote before stays. */
  readonly left: boolean
  /** Its removal is under way: who has consented, and whose word is missing. */
  readonly removal?: {
    readonly consented: readonly Bilingual[]
    readonly missing: readonly Bilingual[]
    readonly own: boolean
  }
}

/** A device of a member, as this workspace knows it. */
export interface MemberDeviceView {
  readonly device: DeviceId
  readonly person: Bilingual
  readonly self: boolean
  readonly state: 'active' | 'expired' | 'revoked' | 'gone' | 'forked'
  /** Entries beyond its end that count because somebody had seen them before, and those that wait for good. */
  readonly vouched: number
  readonly parked: number
  /** After its roles were narrowed: entries under the old ones that count because somebody had seen them, and those without effect. */
  readonly narrowed: NarrowedView | null
  /** Where it signed two different entries under one number. */
  readonly forks: readonly ForkView[]
}

export interface NarrowedView {
  readonly vouched: number
  readonly heldBack: number
  /** Of this device alone: what those without effect were. */
  readonly acts: readonly HeldBackAct[]
}

/** What this device did and what has no effect: so many acts of one kind on one thing. */
export interface HeldBackAct {
  /** As the audit names it, e.g. `document-edited`, `decision-voted`. */
  readonly code: string
  readonly count: number
  /** Absent for an act on the workspace itself. */
  readonly about?: {
    readonly id: ArtifactId
    readonly type: string
    readonly title: Bilingual
    /** False where it was made by an act that is held back itself: then nobody has it. */
    readonly stands: boolean
    /** A co-edited document: what was written in it can be read as drafts. */
    readonly document: boolean
  }
}

/** Proof of a fork: from entry `number` of one of its logs on nothing of that log counts. */
export interface ForkView {
  readonly channel: Bilingual
  readonly number: number
  /** So many entries from there on count nevertheless: every other company had attested them. */
  readonly kept: number
  /** The entries as they were signed; the time is their own claim, absent where they cannot be read. */
  readonly entries: readonly { readonly hash: string; readonly at?: Instant }[]
}

export interface WorkspaceView extends WorkspaceSummary {
  readonly members: readonly MemberView[]
  readonly channels: readonly ChannelView[]
  readonly charter: { readonly addCompany: 'any-member' | 'every-member'; readonly roles: readonly Role[] }
  /** Groups of digits that both sides compare by voice; absent until both keys are known. */
  readonly safetyCode?: readonly string[]
  readonly safetyConfirmed: boolean
  readonly invitation?: { readonly link: string; readonly expiresAt: Instant; readonly used: boolean }
  readonly connection: {
    readonly enabled: boolean
    readonly signalling: readonly string[]
    readonly iceServers: readonly IceServerView[]
    readonly mailbox: string | null
  }
  /** Absent while no mailbox is used. */
  readonly mailbox?: MailboxView
  /** The dry run that this workspace came out of. */
  readonly afterDryRun?: WorkspaceId
  /** Runs that the partner is not known to have yet. */
  readonly outstanding: number
  readonly measures: readonly { readonly metric: string; readonly value: number | null; readonly unit: string }[]
}

/** What is known of the mailbox that a workspace uses. Counts are of entries. */
export interface MailboxView {
  readonly address: string
  readonly state: 'connected' | 'connecting' | 'unreachable' | 'refused'
  /** Reached, and both hold the same of every channel, as far as each said; false before there is a channel. */
  readonly level: boolean
  /** Also beside `connected`: the mailbox is reached, and did not take part of what was sent. */
  readonly refusal?: RefusalView
  /** When it last said that it holds everything that is held here. */
  readonly storedAt?: Instant
  /** When something was last fetched from it, or it last had nothing more. */
  readonly fetchedAt?: Instant
  /** Not known to be there yet; absent while it is not reached. */
  readonly unstored?: number
  /** Own entries that lie there, and that the partner is not known to have seen; absent while it is not reached. */
  readonly waiting?: number
  /** The gap: what is named, and nobody has handed over. */
  readonly missing: number
}

export interface IceServerView {
  readonly urls: string
  readonly username?: string
  readonly credential?: string
}

export interface InvitationPreview {
  readonly workspace: Bilingual
  readonly kind: WorkspaceKind
  readonly outcome: Bilingual
  readonly inviter: Bilingual
  readonly dryRun: boolean
  readonly inviterFingerprint: string
  readonly expiresAt: Instant
}

/** What opening a `.mithaq` file or link did. */
export type FileOutcome =
  | { readonly kind: 'invitation'; readonly preview: InvitationPreview; readonly token: string }
  | { readonly kind: 'answer'; readonly workspace: WorkspaceId; readonly company: Bilingual }
  /** Our own company's word to this device was taken. */
  | { readonly kind: 'company-update' }
  /** A device asks our own company for a certificate: first the code is compared. */
  | {
      readonly kind: 'device-request'
      readonly token: string
      readonly name: Bilingual
      readonly code: readonly string[]
    }
  | {
      readonly kind: 'sync'
      readonly workspace: WorkspaceId
      readonly admitted: number
      readonly refused: number
      readonly parked: number
    }
