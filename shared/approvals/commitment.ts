import type { ArtifactEvent } from '../artifacts/artifact-event.ts'
import type { Canonical } from '../kernel/canonical.ts'
import type { Control } from '../membership/types.ts'

/**
 * Everything that binds a company towards another and leaves its machines (Class B). The engine lets none of these out without
 * the approval that the company's policy asks for; a new kind of fact does not compile until it is said here whether it is one.
 */
export const COMMITMENTS = [
  'disclose-slice', 'declare-fact', 'commit-capacity', 'answer-shortfall', 'agree-quantity',
  'propose-change', 'accept-proposal', 'record-trade-off',
  'close-agreement', 'sign-agreement', 'give-notice', 'agree-term', 'state-obligation',
  'propose-claim', 'accept-claim',
  'open-decision', 'give-position', 'cast-veto', 'close-round', 'sign-decision', 'report-minority', 'review-outcome',
  'request-negotiation', 'make-offer', 'accept-offer', 'confirm-outcome', 'verify-outcome',
  'open-dispute', 'answer-dispute', 'propose-settlement', 'sign-settlement', 'give-ruling', 'refer-dispute', 'record-award',
  'log-change', 'decide-matter', 'confirm-conditions', 'sign-change',
  'release-standard', 'adopt-standard', 'state-test',
  'pass-dry-run', 'found-production', 'remove-company',
] as const // prettier-ignore
export type Commitment = (typeof COMMITMENTS)[number]

/** Those that bind for long or cannot be taken back: a policy can ask more of them than of everyday ones. */
export const WEIGHTY: ReadonlySet<Commitment> = new Set([
  'sign-agreement', 'give-notice', 'agree-term', 'accept-claim', 'sign-decision', 'accept-offer', 'confirm-outcome', 'verify-outcome',
  'propose-settlement', 'sign-settlement', 'give-ruling', 'refer-dispute', 'record-award',
  'sign-change', 'release-standard', 'found-production', 'remove-company',
]) // prettier-ignore

/** Those that say an amount of money, so that a limit can be held against it. */
export const WITH_AMOUNT: ReadonlySet<Commitment> = new Set(['close-agreement', 'sign-agreement', 'record-trade-off'])

/**
 * Which commitment a fact is; null: it binds nobody (Class A). Withdrawing, declining and mediation stay free, so that nobody is
 * held in something for want of an approver; what follows from a word already given follows by itself.
 */
const OF_FACT: Readonly<Record<ArtifactEvent['type'], Commitment | null>> = {
  'artifact-created': null,
  'version-named': null,
  'slice-disclosed': 'disclose-slice',
  'slice-withdrawn': null,
  'slice-checked': null,
  'access-ended': null,
  'end-acknowledged': null,
  'fact-declared': 'declare-fact',
  'change-proposed': 'propose-change',
  'move-proposed': 'propose-change',
  'proposal-accepted': 'accept-proposal',
  'proposal-declined': null,
  'proposal-withdrawn': null,
  'agreement-exported': null,
  'trade-off-recorded': 'record-trade-off',
  'trade-off-withdrawn': null,
  'agreement-frozen': 'close-agreement',
  'agreement-signed': 'sign-agreement',
  'agreement-declined': null,
  'agreement-reminded': null,
  'agreement-file-signed': null,
  'agreement-witnessed': null,
  'agreement-certified': null,
  'agreement-notice-given': 'give-notice',
  'agreement-term-agreed': 'agree-term',
  'obligation-stated': 'state-obligation',
  'claim-proposed': 'propose-claim',
  'claim-accepted': 'accept-claim',
  'claim-disputed': null,
  'claim-withdrawn': null,
  'decision-opened': 'open-decision',
  'position-given': 'give-position',
  'position-sealed': 'give-position',
  'position-revealed': null,
  'position-witnessed': null,
  'veto-cast': 'cast-veto',
  'round-closed': 'close-round',
  'decision-signed': 'sign-decision',
  'mediation-opened': null,
  'decision-withdrawn': null,
  'decision-planned': null,
  'minority-reported': 'report-minority',
  'outcome-reviewed': 'review-outcome',
  'decision-reopened': null,
  'negotiation-requested': 'request-negotiation',
  'offer-made': 'make-offer',
  'offer-accepted': 'accept-offer',
  'outcome-confirmed': 'confirm-outcome',
  'outcome-verified': 'verify-outcome',
  'outcome-witnessed': null,
  'outcome-finalised': null,
  'negotiation-ended': null,
  'dispute-opened': 'open-dispute',
  'dispute-answered': 'answer-dispute',
  'dispute-witnessed': null,
  'settlement-proposed': 'propose-settlement',
  'settlement-signed': 'sign-settlement',
  'dispute-ruled': 'give-ruling',
  'arbitrator-recused': null,
  'dispute-referred': 'refer-dispute',
  'award-recorded': 'record-award',
  'dispute-withdrawn': null,
  'change-logged': 'log-change',
  'matter-decided': 'decide-matter',
  'condition-met': null,
  'conditions-confirmed': 'confirm-conditions',
  'change-signed': 'sign-change',
  'change-witnessed': null,
  'change-finalised': null,
  'change-withdrawn': null,
  'standard-released': 'release-standard',
  'standard-adopted': 'adopt-standard',
  'standard-tested': 'state-test',
  'checklist-ticked': null,
  'dry-run-passed': 'pass-dry-run',
  'production-founded': 'found-production',
  'colleague-shared': null,
  'colleague-share-ended': null,
  'company-word': null,
  'signing-key-offered': null,
}
export const commitmentOf = (event: ArtifactEvent): Commitment | null => OF_FACT[event.type]

/** Sections in which writing is committing, not drafting. */
const OF_SECTION: Readonly<Record<string, Commitment>> = {
  'CapacityPlan.v1/own': 'commit-capacity',
  'CapacityPlan.v1/partner': 'answer-shortfall',
  'SharedForecast.v1/joint': 'agree-quantity',
}
export const commitmentOfWrite = (type: string, section: string): Commitment | null =>
  OF_SECTION[`${type}/${section}`] ?? null

/** Leaving is free; putting another company out, or consenting to it, is not. */
export const commitmentOfControl = (control: Control, own: string): Commitment | null =>
  control.kind === 'consent' ||
  ((control.kind === 'company-left' || control.kind === 'company-departed') && control.company !== own)
    ? 'remove-company'
    : null

/** What an engine draws anew at each try, and the bytes that the fact already names by their hash. */
const DRAWN: Readonly<Partial<Record<ArtifactEvent['type'], readonly string[]>>> = {
  'change-proposed': ['proposal'],
  'move-proposed': ['proposal'],
  'trade-off-recorded': ['tradeOff'],
  'claim-proposed': ['claim'],
  'standard-released': ['part', 'content'],
  'production-founded': ['workspace', 'link'],
}

/** What of a fact is approved: the whole of it, but for what is drawn anew at each try. */
export function contentOf(event: ArtifactEvent): Canonical {
  const drawn = DRAWN[event.type] ?? []
  return Object.fromEntries(
    Object.entries(event as unknown as Readonly<Record<string, Canonical>>).filter(
      ([key, value]) => !drawn.includes(key) && value !== undefined,
    ),
  )
}
