import type { Level } from '../approvals/policy.ts'
import type { CheckReport } from '#shared/evidence/report.ts'
import type { Signer, Standing } from '#shared/agreement/authority.ts'
import type { Claim } from '#shared/agreement/claims.ts'
import type { ClaimKind } from '#shared/artifacts/agreement-claim-event.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ArtifactId, CompanyId, PersonId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { AgreementLife } from '#shared/agreement/life.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { RefusalView } from './app-views.ts'
import type { Bilingual } from './bilingual.ts'

/** Somebody of the channel who could be named as a signatory. */
export interface PersonView {
  readonly company: CompanyId
  readonly companyName: Bilingual
  readonly person: PersonId
  readonly name: Bilingual
  readonly roles: readonly Role[]
  /** What their certificate says about signing, as it is now. */
  readonly signer: Signer
}

export interface SignatureView {
  readonly signatory: string
  readonly company: Bilingual
  readonly name: Bilingual
  readonly capacity: Bilingual
  /** `word`: they said that they sign, and the file does not carry it yet. */
  readonly state: 'waiting' | 'word' | 'signed' | 'declined'
  readonly at: Instant | null
  /** When another company's word first had this signature in its ancestry; null while nobody else has seen it. */
  readonly witnessedAt: Instant | null
  readonly own: boolean
  /** Reminders to this signatory that count; null: none. */
  readonly reminded: { readonly count: number; readonly by: Bilingual; readonly at: Instant } | null
  /** Whether this person may remind them now. */
  readonly mayRemind: boolean
  /** Who gave the word in this signatory's place; null: the person whom the text names. */
  readonly inPlace: Bilingual | null
  /** On what the signature rests, by the certificate that signed, else by the one of now; null: no certificate is known here. */
  readonly standing: Standing | null
}

export interface AgreementVersionView {
  readonly version: number
  readonly hash: string
  readonly content: AgreementContent
  readonly frozenBy: Bilingual
  readonly frozenAt: Instant
  /** The last day on which it can be signed; null: it stays open. */
  readonly signBy: IsoDate | null
  /** That day is past, and it is not signed by all. */
  readonly lapsed: boolean
  readonly state: 'signing' | 'declined' | 'signed' | 'superseded'
  readonly declined: { readonly name: Bilingual; readonly reason: string } | null
  readonly signatures: readonly SignatureView[]
  /** Whether the file is here whole. */
  readonly fileHere: boolean
  /** The file came back from a provider with more signatures: who put it here last, and whether it is here whole. */
  readonly certified: { readonly by: Bilingual; readonly at: Instant; readonly here: boolean } | null
  /** Approvals of our own company that a pack of it may state. */
  readonly ownApprovals: number
  /** This person is asked to sign; a refusal says why they may not. */
  readonly ask: { readonly refusal: RefusalView | null; readonly approval: ApprovalGate | null } | null
}

/** The life of the text that is in force. */
export interface AgreementLifeView {
  readonly version: number
  readonly hash: string
  /** Ours. */
  readonly company: CompanyId
  readonly parties: readonly { readonly company: CompanyId; readonly name: Bilingual }[]
  readonly life: AgreementLife
  /** The first day on which a notice given today may end it; null: the text knows no notice. */
  readonly earliestEnd: IsoDate | null
  /** Why this person may not bind the company to a notice or a renewal. */
  readonly refusal: RefusalView | null
}

/** An approval of the own company that is missing: whose, and whether it was asked for already. */
export interface ApprovalGate {
  readonly levels: readonly Level[]
  readonly fourEyes: boolean
  readonly waits: boolean
}

/** What the signed terms came to, and what our company can claim under them. */
export interface ClaimsView {
  /** SHA-256 of the text, and the text itself: the window computes with it while somebody types. */
  readonly hash: string
  readonly content: AgreementContent
  /** Ours. */
  readonly company: CompanyId
  readonly today: IsoDate
  readonly mayEdit: boolean
  /** Kinds of claim that the text has a clause for and that are ours to make. */
  readonly kinds: readonly ClaimKind[]
  /** Latest first. */
  readonly claims: readonly Claim[]
}

export interface AgreementView {
  /** What closing the draft lacks; null: this person may close it. */
  readonly closeApproval: ApprovalGate | null
  /** null until a text is signed by all. */
  readonly life: AgreementLifeView | null
  /** null until a text is signed by all. */
  readonly claims: ClaimsView | null
  /** Why the draft may not replace what it names; null: it may, or names nothing. */
  readonly replacing: RefusalView | null
  readonly id: ArtifactId
  readonly type: string
  readonly workspace: WorkspaceId
  readonly title: Bilingual
  readonly people: readonly PersonView[]
  /** The timestamp authority that signatures ask, by its host; null: none. */
  readonly timestampHost: string | null
  /** Latest first. */
  readonly versions: readonly AgreementVersionView[]
}

/** What checking a file said; sentences are the window's. */
export interface FileCheckView extends CheckReport {
  /** The agreement or the decision of this vault whose text the file carries, and its version or round; null: none that is known here. */
  readonly known: { readonly artifact: ArtifactId; readonly version: number; readonly title: Bilingual } | null
}

export interface TimestampRootView {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  readonly name: string
}
/** How signatures are timestamped here. */
export interface TimestampingView {
  readonly url: string | null
  /** Authorities that are believed: a time counts when its certificate leads to one of these. */
  readonly roots: readonly TimestampRootView[]
}
/** What one timestamp, asked for to try the authority, came to. */
export interface TimestampTrial {
  readonly at: Instant
  /** The authority's own certificate first. */
  readonly certificates: readonly TimestampRootView[]
  /** Whether they lead to a root that is believed already. */
  readonly believed: boolean
}
