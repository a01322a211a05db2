import type { Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Piece, PrivateContext } from '#shared/scoring/prompt.ts'
import type { LensName, Rubric } from '#shared/scoring/rubric.ts'
import type { LensFigure } from '#shared/scoring/spread.ts'
import type { Bilingual } from './bilingual.ts'

/** A rubric as it counts now. */
export interface RubricView {
  readonly rubric: Rubric
  /** 0 is the one that Mithaq ships; each saving is one more. */
  readonly version: number
  /** Whether it says and counts what the shipped one does. */
  readonly standard: boolean
  /** Latest first. */
  readonly versions: readonly RubricVersionView[]
}
export interface RubricVersionView {
  readonly version: number
  readonly rubric: Rubric
  readonly by: Bilingual
  readonly at: Instant
}
export interface RubricLineView {
  readonly role: Role
  readonly version: number
  readonly standard: boolean
}

/** How a model is asked. The key is never shown again. */
export interface ModelSettingsView {
  /** Address up to `/v1`; null when no endpoint is set up. */
  readonly base: string | null
  /** Scheme, host and port: what `own` and the key are bound to. */
  readonly origin: string | null
  readonly model: string
  readonly hasKey: boolean
  /** The company says that this endpoint is its own: private context may go there. */
  readonly own: boolean
  readonly terms: ModelTerms
  readonly context: PrivateContext
}
export interface ModelTerms {
  /** At least 3. */
  readonly runs: number
  /** Largest spread of the runs about one lens, in points, with which anything is proposed. */
  readonly limit: number
  readonly temperature: number
  /** Longest wait for one answer, in seconds. */
  readonly patience: number
  /** Per million tokens, in `currency`; null when it is not known. */
  readonly price: { readonly in: number; readonly out: number; readonly currency: string } | null
}

/** What a person sets. */
export interface ModelChoice {
  readonly base: string | null
  readonly model: string
  /** A new key; null keeps the one there is for this origin; empty removes it. */
  readonly key: string | null
  /** The origin that the person marked as the company's own: it counts for exactly that one. */
  readonly own: string | null
  readonly terms: ModelTerms
  readonly context: PrivateContext
}

/** Exactly what would be sent, before it is. */
export interface ScoringPreviewView {
  readonly token: string
  readonly origin: string
  readonly model: string
  readonly own: boolean
  /** SHA-256 of the texts of all runs: the same stands in the audit. */
  readonly hash: string
  readonly classes: readonly ('public' | 'shared-confidential' | 'private')[]
  /** What stays here because the endpoint is not marked as the company's own; `service`: how it has done, and what comes first. */
  readonly leftOut: readonly ('context' | 'service' | 'for-this' | 'rubric')[]
  readonly runs: readonly { readonly system: string; readonly user: string }[]
}

export interface LensProposalView extends LensFigure {
  /** What each run said, in their order. */
  readonly reasons: readonly { readonly rationale: string; readonly evidence: readonly (Piece | 'option')[] }[]
}
/** What a model proposed for one role of the own company. Private, and nobody's scores until a person takes them over. */
export interface ProposalView {
  readonly id: string
  readonly role: Role
  /** `too-wide`: the runs disagreed beyond the limit; there is nothing to take over. */
  readonly state: 'proposed' | 'too-wide'
  readonly at: Instant
  readonly by: Bilingual
  readonly origin: string
  readonly own: boolean
  readonly model: string
  readonly prompt: string
  readonly rubric: number
  readonly temperature: number
  readonly runs: number
  readonly limit: number
  readonly sent: string
  readonly classes: ScoringPreviewView['classes']
  readonly tokens: { readonly in: number | null; readonly out: number | null }
  /** In thousandths of the currency; null when tokens or price are not known. */
  readonly cost: { readonly thousandths: number; readonly currency: string } | null
  /** By id of what is scored, then by the lenses of its protocol. */
  readonly options: Readonly<Record<string, Readonly<Partial<Record<LensName, LensProposalView>>>>>
}
