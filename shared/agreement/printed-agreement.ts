import type { ReplacedAgreement } from '#shared/artifacts/replaced-agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { IsoDate } from '#shared/kernel/time.ts'

/**
 * An agreement as it goes to paper: frozen text in both languages and what is known about it at that moment. Plain text
 * throughout; a blank line in a body begins a new paragraph, and a line that begins with "- " is an item of a list.
 */
export interface PrintedAgreement {
  /** What kind of paper it is, for example "Peer agreement". */
  readonly kind: Words
  readonly title: Words
  /** The number that people quote, for example `PA-2026-014`. Latin letters and digits. */
  readonly reference: string
  readonly version: number
  readonly date: IsoDate
  /** The text that counts when the two say different things. */
  readonly prevailing: 'en' | 'ar'
  /** The signed agreement whose place this one takes. */
  readonly replaces?: ReplacedAgreement
  readonly parties: readonly PrintedParty[]
  readonly clauses: readonly PrintedClause[]
  readonly signatories: readonly PrintedSignatory[]
  /** SHA-256 of the attached canonical text, lower-case hex. */
  readonly contentHash: string
  /** File name of the attached canonical text. */
  readonly attachment: string
  readonly versions: readonly PrintedVersion[]
}
export interface PrintedParty {
  readonly name: Words
  /** How the text calls it from here on, for example "the Supplier". */
  readonly called: Words
  /** Commercial registration, VAT number, address, in the order in which they are shown. */
  readonly facts: readonly { readonly label: Words; readonly value: Words | string }[]
}
export interface PrintedClause {
  /** `4` or `4.2`, in Latin digits: the Arabic side writes its own. */
  readonly number: string
  readonly heading: Words | null
  readonly body: Words
  readonly table?: { readonly columns: readonly Words[]; readonly rows: readonly (readonly (Words | string)[])[] }
}
export interface PrintedSignatory {
  /** Letters, digits and hyphens: the name of the signature field. */
  readonly field: string
  readonly company: Words
  readonly person: Words
  readonly role: Words
  /** SHA-256 of the certificate that will sign, lower-case hex; null while it is not known. */
  readonly fingerprint: string | null
}
export interface PrintedVersion {
  readonly number: number
  readonly date: IsoDate
  readonly by: Words
  /** SHA-256 of that version's canonical text, lower-case hex. */
  readonly hash: string
}

/** Width and height of a signature's box on the page, in CSS pixels (96 to the inch). */
export const SIGNATURE_BOX = { width: 320, height: 136 } as const
