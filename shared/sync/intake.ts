import type { FeedId } from '#shared/kernel/ids.ts'
import type { Head, VerifiedEntry } from '#shared/seal/entry.ts'
import type { AdmittedEntry, Refused, SectionEffect } from './admit.ts'
import type { RunRefusal } from './refusal.ts'
import type { CheckedUpdate } from './update.ts'

/** What the engine does in one transaction after a run was taken: append, apply, audit. */
export interface Intake {
  readonly outcome: 'taken'
  /** To append to the log, verbatim. `firstSeq` is the first entry that was not held; the bytes may begin earlier. */
  readonly run: {
    readonly feed: FeedId
    readonly firstSeq: number
    readonly lastSeq: number
    readonly bytes: Uint8Array
  }
  /** In the order of judgement, which respects ancestry. May hold entries of other feeds that had waited. */
  readonly admitted: readonly AdmittedEntry[]
  readonly refused: readonly RefusedEntry[]
  /** What to apply to documents, in order: what counts, and the places of what does not and others lean on. */
  readonly updates: readonly Change[]
  /** Heads to ask the sender for: whoever names a head supplies it. */
  readonly missing: readonly Head[]
  /** The run goes on from another past of its feed than the one that is held: to be kept, not to be appended. */
  readonly branch?: true
}
/** One section's part of an entry, to be applied. */
export interface Change extends SectionEffect<CheckedUpdate> {
  readonly by: AdmittedEntry
}
export interface RefusedEntry {
  readonly entry: VerifiedEntry
  readonly refusal: Refused
}
/** Why a run was not taken. */
export interface NotTaken {
  readonly outcome: 'refused'
  readonly code: RunRefusal
  /** Where to ask from, when the run leaves a gap. */
  readonly need?: { readonly feed: FeedId; readonly fromSeq: number }
  /** Bytes that a later version may understand: to be kept aside. */
  readonly park?: Uint8Array
  /** Signed proof of a fork: this run, beside the one held for the same seq. */
  readonly proof?: { readonly feed: FeedId; readonly seq: number; readonly bytes: Uint8Array }
}
export type Taken = Intake | NotTaken

/** What judging what had waited brought to light. */
export type Settled = Pick<Intake, 'admitted' | 'refused' | 'updates' | 'missing'>

/** The same while it is being put together. */
export interface Settling extends Settled {
  readonly admitted: AdmittedEntry[]
  readonly updates: Change[]
  readonly refused: RefusedEntry[]
  readonly missing: Head[]
}
export const newSettling = (): Settling => ({ admitted: [], refused: [], updates: [], missing: [] })

export const notTaken = (code: RunRefusal, more: Omit<NotTaken, 'outcome' | 'code'> = {}): NotTaken => ({
  outcome: 'refused',
  code,
  ...more,
})

/** The parts of an entry that change documents. */
export const changesOf = (by: AdmittedEntry): readonly Change[] =>
  by.effect.kind === 'doc' ? by.effect.updates.map((part) => ({ ...part, by })) : []
