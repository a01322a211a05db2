import type { Brand } from '#shared/kernel/brand.ts'
import type { BoxPublicKey, Hash, PublicKey, Signature } from '#shared/kernel/crypto.ts'
import type {
  ArtifactId, ChannelId, CompanyId, DeviceId, EntryHash, EpochId, FeedId, PersonId, Role, SectionName, SliceId, WorkspaceId,
} from '#shared/kernel/ids.ts' // prettier-ignore
import type { Instant, IsoDate } from '#shared/kernel/time.ts'

/** A text in both languages of the product. */
export interface Bilingual {
  readonly en: string
  readonly ar: string
}

/** A statement as signed: its canonical bytes and the signature over them under the label of its kind. */
export interface Signed<T> {
  readonly statement: Uint8Array
  readonly signature: Signature
  /** Phantom: which statement the bytes are. */
  readonly of?: T
}

/** Root → issuer: signed by the company's root key. */
export interface IssuerCertificate {
  readonly company: CompanyId
  readonly issuer: PublicKey
  readonly serial: string // 16 random bytes, hex
  readonly validFrom: Instant
  readonly validTo: Instant
}

export interface SigningAuthority {
  readonly matters: readonly string[]
  /** null = no limit. `amount` in minor units. */
  readonly limit: { readonly currency: string; readonly amount: number } | null
  /** Needs a second authorised signature. */
  readonly joint: boolean
  /** Hash of the document that gives the authority; null when none is recorded. */
  readonly document: Hash | null
}

/** Issuer → person, roles and device. */
export interface RoleCertificate {
  readonly company: CompanyId
  readonly person: PersonId
  readonly name: Bilingual
  readonly roles: readonly Role[]
  readonly device: DeviceId
  readonly boxKey: BoxPublicKey
  readonly serial: string // 16 random bytes, hex
  readonly validFrom: Instant
  readonly validTo: Instant
  readonly authority: SigningAuthority | null
  /** For whom this device acts while the certificate holds: a delegation. Absent for one's own roles. */
  readonly actingFor?: Represented | undefined
  /** Serials of certificates that no longer count where this one is known: how roles change. */
  readonly replaces?: readonly string[] | undefined
}
export interface Represented {
  readonly person: PersonId
  readonly name: Bilingual
}

/** A role certificate with the issuer certificate that makes it checkable from the root alone. */
export interface CertifiedDevice {
  readonly issuer: Signed<IssuerCertificate>
  readonly certificate: Signed<RoleCertificate>
}

/** Old root → new root. */
export interface RootRotation {
  readonly company: CompanyId
  readonly from: PublicKey
  readonly to: PublicKey
  readonly at: Instant
}

/** The last accepted heads of the revoked device's feeds in a channel. */
export interface Cut {
  readonly channel: ChannelId
  readonly heads: readonly FeedHead[]
}
export interface FeedHead {
  readonly feed: FeedId
  readonly seq: number
  readonly hash: EntryHash
}

/** Issuer (or root) → a device ends; root → an issuer ends. */
export interface Revocation {
  readonly company: CompanyId
  readonly subject:
    { readonly kind: 'device'; readonly device: DeviceId } | { readonly kind: 'issuer'; readonly issuer: PublicKey }
  readonly reason: 'left' | 'lost' | 'compromised' | 'replaced'
  readonly at: Instant
  readonly cuts: readonly Cut[]
}

/** Issuer → roles of a device become fewer: how much of what it wrote under the certificates that end was accepted. */
export interface RoleNarrowing {
  readonly company: CompanyId
  readonly device: DeviceId
  /** Serials of the certificates that end; the new one replaces them. */
  readonly from: readonly string[]
  /** Serial of the new certificate. */
  readonly to: string
  readonly at: Instant
  readonly cuts: readonly Cut[]
}

/** `internal`: one company alone, whose devices share among themselves. It never takes a second company in. */
export const WORKSPACE_KINDS = ['peer', 'customer-seller', 'client-provider', 'alliance', 'internal'] as const
export type WorkspaceKind = (typeof WORKSPACE_KINDS)[number]

export interface Charter {
  /** Whose consent adds a company. */
  readonly addCompany: 'any-member' | 'every-member'
  /** Roles that may act here at all. */
  readonly roles: readonly Role[]
}

/** What the workspace is: its hash is the WorkspaceId. Travels in invitation and answer, never in clear entries. */
export interface Founding {
  readonly kind: WorkspaceKind
  readonly name: Bilingual
  /** The outcome line (WS-6): what will be different when this works. */
  readonly outcome: Bilingual
  readonly dryRun: boolean
  readonly founder: CompanyCard
  readonly device: CertifiedDevice
  readonly charter: Charter
  readonly foundedAt: Instant
  readonly nonce: Uint8Array
}
/** What a partner knows of a company. */
export interface CompanyCard {
  readonly company: CompanyId
  /** The root in force. */
  readonly root: PublicKey
  readonly name: Bilingual
  /** From the first root, whose hash is the company's id, to the one in force; empty when there was but one. */
  readonly rotations: readonly Signed<RootRotation>[]
}
/** A device that asks its own company for a certificate; signed by that device. */
export interface DeviceRequest {
  readonly name: Bilingual
  readonly device: DeviceId
  readonly boxKey: BoxPublicKey
  readonly at: Instant
  readonly nonce: Uint8Array
}

/** What only `foundWorkspace` and `verifyFounding` make. */
export type Genesis = Brand<
  {
    readonly workspace: WorkspaceId
    readonly founding: Founding
    readonly signed: Signed<Founding>
    readonly certificate: RoleCertificate
    /** Hex of the issuer that signed `certificate`. */
    readonly issuer: string
  },
  'Genesis'
>

/** The audience of a channel. `all` follows the workspace's membership. */
export interface ChannelDefinition {
  readonly name: Bilingual
  readonly companies: readonly CompanyId[] | 'all'
  readonly roles: readonly Role[] | 'all'
  /** A pod ends; other channels do not. */
  readonly expiresOn: IsoDate | null
  readonly nonce: Uint8Array
}

/** An invited company's own word that it joins; signed by its device. */
export interface Joining {
  readonly workspace: WorkspaceId
  readonly invitation: Hash
  readonly card: CompanyCard
  readonly device: CertifiedDevice
  readonly at: Instant
  readonly nonce: Uint8Array
}
/** A member company's consent that another joins or goes; signed by a device of it. */
export interface Consent {
  readonly workspace: WorkspaceId
  /** Who consents. */
  readonly company: CompanyId
  readonly to: 'add' | 'remove'
  readonly subject: CompanyId
  readonly at: Instant
}
export interface GivenConsent {
  readonly device: DeviceId
  readonly consent: Signed<Consent>
}

export interface EpochBox {
  readonly device: DeviceId
  readonly box: Uint8Array
}
export interface EpochCreated {
  readonly kind: 'epoch-created'
  readonly parents: readonly EpochId[]
  readonly commitment: Hash
  readonly boxes: readonly EpochBox[]
  /** Keys of parents wrapped under this epoch's key; empty when earlier history is not shared. */
  readonly earlier: readonly { readonly epoch: EpochId; readonly wrapped: Uint8Array }[]
}

/** The payload of a `control` entry. */
export type Control =
  /** In clear: `definition` is the hash of the ChannelDefinition, told later inside the channel. */
  | { readonly kind: 'channel-created'; readonly definition: Hash }
  | EpochCreated
  | { readonly kind: 'channel-defined'; readonly definition: ChannelDefinition }
  | {
      readonly kind: 'company-added'
      readonly joining: Signed<Joining>
      readonly consents: readonly GivenConsent[]
    }
  /** Before there were cuts: by the company itself, or by the others with all their consents. */
  | { readonly kind: 'company-left'; readonly company: CompanyId; readonly consents: readonly GivenConsent[] }
  /** The same, with the cut: the last entries of the company's devices that its author accepts in this channel. */
  | {
      readonly kind: 'company-departed'
      readonly company: CompanyId
      readonly consents: readonly GivenConsent[]
      readonly heads: readonly FeedHead[]
    }
  /** One member's word that another goes; the removal itself carries all of them. */
  | { readonly kind: 'consent'; readonly given: GivenConsent }
  | { readonly kind: 'root-rotated'; readonly rotation: Signed<RootRotation> }
  | { readonly kind: 'certificate'; readonly device: CertifiedDevice }
  /** A certificate that allows less than those it replaces, with the cut for what is written as if it were not known. */
  | {
      readonly kind: 'roles-narrowed'
      readonly device: CertifiedDevice
      readonly narrowing: Signed<RoleNarrowing>
    }
  | {
      readonly kind: 'revocation'
      readonly revocation: Signed<Revocation>
      readonly issuer: Signed<IssuerCertificate> | null
    }
  /** What this engine had seen of the channel when it wrote this. */
  | { readonly kind: 'ack'; readonly heads: readonly FeedHead[] }
  /** This company opened that slice. */
  | {
      readonly kind: 'receipt'
      readonly artifact: ArtifactId
      readonly section: SectionName
      readonly slice: SliceId
      readonly openedAt: Instant
    }
  /** Hands over the key of a slice section. */
  | {
      readonly kind: 'slice-key'
      readonly artifact: ArtifactId
      readonly section: SectionName
      readonly commitment: Hash
      readonly boxes: readonly EpochBox[]
    }
  /** Bytes of a run of a forked feed, verbatim, for those who hold another past of it: `run` is the hash of its last entry. */
  | {
      readonly kind: 'fork-run'
      readonly run: EntryHash
      readonly at: number
      readonly total: number
      readonly bytes: Uint8Array
    }
  /** What this device's own reading of the channel came to, at the last entry of each feed that counted for it. */
  | { readonly kind: 'checkpoint'; readonly heads: readonly FeedHead[]; readonly parts: CheckpointParts }

/** What a reading of a channel came to at a cut, as one hash of each part: two that differ say in which. */
export interface CheckpointParts {
  /** Which entries were refused. */
  readonly verdicts: Hash
  readonly members: Hash
  readonly epochs: Hash
  /** The state of every section that is not a slice, to the byte. */
  readonly documents: Hash
}

/** A control entry as the fold sees it. */
export interface ControlFact {
  readonly hash: EntryHash
  readonly author: DeviceId
  readonly at: Instant
  readonly payload: Control
}

export interface MemberCompany {
  readonly card: CompanyCard
  /** Whether any going is in force. */
  readonly left: boolean
  /** Entries that told of its going, less those that a taking-in had seen. */
  readonly goings: ReadonlySet<EntryHash>
}
/** A certificate with the issuer (hex) that signed it, so that the end of an issuer ends what it signed. */
export interface HeldCertificate {
  readonly certificate: RoleCertificate
  readonly issuer: string
  /** The device signed the company's joining or founding itself. */
  readonly proven?: true
}
/** A company's word that a device ends. */
export interface DeviceWord {
  readonly device: DeviceId
  readonly revocation: Revocation
  /** The issuer whose word it is, `company/key`; null for the root's. */
  readonly signedBy: string | null
}
export interface Epoch {
  readonly id: EpochId
  readonly parents: readonly EpochId[]
  readonly recipients: readonly DeviceId[]
  readonly commitment: Hash
  readonly payload: EpochCreated
}

/** Who may act in a channel, as a set of control facts says: a pure fold, the same on every engine. */
export interface Membership {
  readonly genesis: Genesis
  readonly channel: {
    readonly id: ChannelId
    readonly creator: DeviceId
    readonly definitionHash: Hash
    readonly definition: ChannelDefinition | null
  } | null
  readonly companies: ReadonlyMap<CompanyId, MemberCompany>
  readonly certificates: ReadonlyMap<DeviceId, readonly HeldCertificate[]>
  /** By the signature (hex), in the order of the fold. */
  readonly words: ReadonlyMap<string, DeviceWord>
  /** Of those the ones that count. */
  readonly revocations: ReadonlyMap<DeviceId, Revocation>
  /** `company/serial` of certificates that a later one of the same company replaced. */
  readonly superseded: ReadonlySet<string>
  /** Issuers (`company/key`) whose certificates no longer count → the words (by signature) that ended them → what those had seen of its words. */
  readonly endedIssuers: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>
  readonly epochs: ReadonlyMap<EpochId, Epoch>
}

/** Why a control fact is without effect, or a statement does not count. */
export type MembershipRefusal =
  | 'control-malformed'
  | 'not-a-member'
  | 'wrong-company'
  | 'bad-statement'
  | 'newer-statement'
  | 'bad-statement-signature'
  | 'issuer-not-valid'
  | 'device-revoked'
  | 'no-channel'
  | 'channel-exists'
  | 'definition-mismatch'
  | 'creator-outside'
  | 'consent-missing'
  | 'wrong-workspace'
  | 'unknown-parent-epoch'
  | 'one-company-only'
  | 'narrowing-mismatch'
