import type { ChannelId, CompanyId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { RefusalView } from './app-views.ts'
import type { Bilingual } from './bilingual.ts'

export type WorkspaceKind = 'peer' | 'customer-seller' | 'client-provider' | 'alliance'

export type LinkState =
  | { readonly state: 'local' } // the sample partner, in this app
  | { readonly state: 'direct'; readonly since: Instant }
  | { readonly state: 'connecting' }
  | { readonly state: 'waiting' } // signalling reached, the other side is not there
  | { readonly state: 'offline' } // no signalling configured, or none reachable
  | { readonly state: 'refused'; readonly refusal: RefusalView }

export interface WorkspaceSummary {
  readonly id: WorkspaceId
  readonly kind: WorkspaceKind
  readonly name: Bilingual
  readonly outcome: Bilingual
  readonly partners: readonly { readonly id: CompanyId; readonly name: Bilingual }[]
  readonly stage: 'inviting' | 'answering' | 'confirming' | 'active'
  readonly link: LinkState
  readonly lastSync?: Instant
}

export interface ChannelView {
  readonly id: ChannelId
  readonly name: Bilingual
  readonly roles: readonly Role[]
  readonly expiresOn?: IsoDate
}

export interface MemberView {
  readonly company: CompanyId
  readonly name: Bilingual
  readonly own: boolean
  readonly rootFingerprint: string
  readonly people: readonly { readonly name: Bilingual; readonly roles: readonly Role[]; readonly validTo: IsoDate }[]
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
  }
  /** Runs that the partner is not known to have yet. */
  readonly outstanding: number
  readonly measures: readonly { readonly metric: string; readonly value: number | null; readonly unit: string }[]
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
  readonly inviterFingerprint: string
  readonly expiresAt: Instant
}

/** What opening a `.mithaq` file or link did. */
export type FileOutcome =
  | { readonly kind: 'invitation'; readonly preview: InvitationPreview; readonly token: string }
  | { readonly kind: 'answer'; readonly workspace: WorkspaceId; readonly company: Bilingual }
  | {
      readonly kind: 'sync'
      readonly workspace: WorkspaceId
      readonly admitted: number
      readonly refused: number
      readonly parked: number
    }
