import type { AgreementText } from '#shared/agreement/agreement-text.ts'
import type { Proposal, ProposalReply } from '#shared/agreement/proposals.ts'
import type { TradeOff } from '#shared/agreement/trade-offs.ts'
import type { WordChanges, WordItem } from '#shared/agreement/word-changes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { AuthorView } from './document-views.ts'

/** What a version says in both languages. */
export type TextOfVersion = AgreementText

/** A text of an agreement that can be compared with another: closed for signature, named by somebody, or the draft. */
export interface TextVersionView {
  readonly key: string
  readonly kind: 'closed' | 'named' | 'draft'
  /** The number of a closed version. */
  readonly number: number | null
  readonly name: string | null
  /** Who closed or named it, and when; null for the draft. */
  readonly by: AuthorView | null
  readonly at: Instant | null
}

/** A proposal as the window shows it; authors are those of the certificates. */
export type ProposalView = Proposal<AuthorView>
export type ProposalReplyView = ProposalReply<AuthorView>
export type TradeOffView = TradeOff<AuthorView>

/** An edited Word file as it was read: what it would change, and what it claims. */
export interface WordReadingView {
  readonly file: string
  /** Who made the file that it goes back to, and when. */
  readonly exported: { readonly by: AuthorView; readonly at: Instant }
  /** `gone`: the clause is not in the draft any more. */
  readonly items: readonly (WordItem & { readonly gone: boolean })[]
  readonly moved: WordChanges['moved']
  readonly comments: WordChanges['comments']
  readonly dropped: WordChanges['dropped']
}
