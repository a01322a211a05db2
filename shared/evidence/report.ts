import type { FileProblem, SignatureProblem } from '#shared/agreement/pdf-verdict.ts'
import type { Replacement } from '#shared/agreement/replacement.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** What is wrong with an evidence pack. */
export const PACK_PROBLEMS = [
  'container-unreadable', // not a zip, or cut short
  'container-too-large', // would unpack to more than any pack holds
  'container-compressed', // packs are not compressed: nothing has to be unpacked to be read
  'container-changed', // holds what is listed, and not as it was written
  'name-unsafe', // unpacking this name could write elsewhere
  'name-twice', // two files of one name: which is read depends on the program
  'file-missing',
  'file-unlisted',
  'file-changed',
  'manifest-unreadable',
  'manifest-signature-wrong', // the list is not the maker's
  'index-unreadable',
  'newer-pack', // of a later version
  'copy-differs', // a file that follows from others does not
  'list-wrong', // a list of revoked certificates that is none of the roots' own
  'text-unreadable', // no text that names its signatories
  'text-changed', // the text is not the one that was closed for signature
  'entry-unreadable',
  'entry-unsigned', // its device did not sign it
  'entry-foreign', // of another workspace or channel
  'entry-forked', // the device signed two pasts, or another company's log has another past
  'role-missing', // nobody certified the device
  'role-wrong', // the certificate does not lead to the company's root
  'role-expired', // not valid when the device wrote
  'role-revoked', // revoked, and nobody else saw the entry before
  'closing-missing', // no entry closes this text for signature
  'word-missing', // a signatory whose word is not there
  'file-not-stated', // the log states another file than this
  'approval-unreadable',
  'approval-unsigned', // the approver's device did not sign it, or what it signed was changed
  'approval-foreign', // not by somebody of the company that made the pack
  'approval-other-text', // bound to another agreement, version, signatory or text
  'fact-twice', // one entry is in the pack more than once
  'fact-missing', // the signed list names an entry that is not in the pack
  'fact-foreign', // an opened entry says something about another document, or nothing of a decision
  'fact-not-admitted', // its author's roles may not state it
  'facts-out-of-order', // the log is not in the one order that its hashes give
  'decision-not-final', // the facts come to no decision that all have signed
  'outcome-differs', // the facts come to another outcome than the pack claims
  'root-not-expected', // a company's root is not among those that the reader named
] as const
export type PackProblem = (typeof PACK_PROBLEMS)[number]

/** What a reader should know although nothing is wrong. */
export const NOTES = [
  'roots-from-file', // who the companies are says the file itself: compare the fingerprints
  'revocations-unknown', // nothing in the file says whether a certificate was revoked
  'times-claimed', // a time is the signer's word alone
  'readable-pages-unchecked', // readme and timeline are for reading: only the maker vouches for them
  'text-not-known', // the reader's own vault holds no agreement with this text
  'facts-as-given', // whether more was said than the pack holds is open, but for what the signed result names
  'approvals-none', // the pack states no approval: whether there was one, it leaves open
  'approvals-own-word', // approvals are what the company that made the pack states about itself
  'added-by-others', // others added to the file after the last of our signatures
] as const
export type Note = (typeof NOTES)[number]

export interface Finding {
  readonly code: PackProblem | FileProblem | SignatureProblem
  /** A file's name, a person, a company. */
  readonly about?: string
}

export const finding = (code: Finding['code'], about?: string): Finding =>
  about === undefined ? { code } : { code, about }

export interface CheckedSignature {
  readonly person: string
  readonly company: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  readonly claimedAt: Instant | null
  readonly timestampedAt: Instant | null
  /** When another company's log had seen this person's word, at the latest. */
  readonly witnessedAt: Instant | null
  readonly problems: readonly SignatureProblem[]
}

/** An approval inside the company that made the pack, as it states it about itself. */
export interface CheckedApproval {
  readonly company: CompanyId
  readonly person: Bilingual
  readonly roles: readonly string[]
  readonly commitment: 'close-agreement' | 'sign-agreement'
  /** By the approver's own clock. */
  readonly at: Instant
}

export type DecisionKind = 'decision' | 'convergence' | 'change'

/** A decision as the facts in a pack come to it. */
export interface CheckedDecision {
  /** Of peers, negotiated, or a change of a service. */
  readonly kind: DecisionKind
  readonly title: Bilingual
  /** Which round, or which revision of the text. */
  readonly round: number
  /** SHA-256 of the text that was decided on. */
  readonly hash: string
  /** SHA-256 of the result that was signed. */
  readonly result: string
  /** What was decided, in the words of the text; null where that is more than a name. */
  readonly outcome: Bilingual | null
  readonly signed: readonly {
    readonly company: Bilingual
    readonly person: Bilingual
    readonly roles: readonly string[]
    /** By the signer's own clock. */
    readonly claimedAt: Instant
    readonly witnessedAt: Instant | null
  }[]
  /** How many facts about it the pack holds. */
  readonly facts: number
  /** Those without effect: by whom, which, and why not (a code of the decision's rules). */
  readonly refused: readonly {
    readonly entry: string
    readonly type: string
    readonly person: Bilingual
    readonly code: string
  }[]
}

/** A signature that somebody else's software added after the last of ours. */
export interface AddedSignature {
  /** What the certificate says of its owner and of who issued it. */
  readonly signer: string
  readonly issuer: string
  readonly fingerprint: string
  readonly claimedAt: Instant | null
  readonly kind: 'signature' | 'timestamp'
  /** The signature is the certificate's, over exactly the bytes that it names. Whose the certificate is, is for the reader to judge. */
  readonly holds: boolean
  /** It covers the whole file. */
  readonly reachesEnd: boolean
}

/** What a check of a file from anywhere came to. Sentences are the reader's. */
export interface CheckReport {
  readonly kind: 'pdf' | 'pack'
  /**
   * `holds`: nothing is wrong; `added`: what the parties signed is whole inside, and others added to the file; `fails`; `unreadable`:
   * neither a PDF nor a pack.
   */
  readonly answer: 'holds' | 'added' | 'fails' | 'unreadable'
  readonly problems: readonly Finding[]
  readonly notes: readonly Note[]
  readonly agreement: { readonly title: Bilingual; readonly version: number | null; readonly hash: string } | null
  /** Only of a pack that is about a decision. */
  readonly decision: CheckedDecision | null
  /** What to compare with what the company itself says. */
  readonly companies: readonly { readonly name: Bilingual; readonly fingerprint: string }[]
  readonly signatures: readonly CheckedSignature[]
  readonly added: readonly AddedSignature[]
  /** Agreements that the pack's entries prove to take this one's place, and from when on; a PDF alone knows of none. */
  readonly replacedBy: readonly Replacement[]
  /** Only of a pack, and only where its maker's company chose to state them. */
  readonly approvals: readonly (Omit<CheckedApproval, 'company'> & { readonly company: Bilingual })[]
}

/** A report that tells of nothing yet. */
export const EMPTY_REPORT: CheckReport = {
  kind: 'pack',
  answer: 'fails',
  problems: [],
  notes: [],
  agreement: null,
  decision: null,
  companies: [],
  signatures: [],
  added: [],
  replacedBy: [],
  approvals: [],
}

export const failedCheck = (problems: readonly Finding[]): CheckReport => ({ ...EMPTY_REPORT, problems })
