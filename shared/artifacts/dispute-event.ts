import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import { MOST_DISPUTE } from './dispute-content.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const said = z.string().min(1).max(4000)
/** The hash of the opening's text. */
const dispute = sha256

/** What a dispute comes to, for whom: what its opener asks for, nothing of it, or what the terms say. */
export const FINDINGS = ['upheld', 'dismissed', 'varied'] as const
export type Finding = (typeof FINDINGS)[number]
const finding = z.enum(FINDINGS)
/** What follows, in words. Parties and arbitrators agree when finding and terms are the same to the letter. */
const terms = z.string().max(8000)

/**
 * What happened in a dispute. Every member of the channel may state these, but for opening and withdrawing, which are the owner's; whose
 * word counts, and at which level, is read from the opening's text and the certificate of the entry (`shared/disputes`).
 */
export const disputeEvents = [
  z.object({ type: z.literal('dispute-opened'), artifact, hash: sha256, text: z.string().max(MOST_DISPUTE) }),
  /** Another party's position; `path`: whether it accepts the path, where none was agreed before. */
  z.object({ type: z.literal('dispute-answered'), artifact, dispute, position: z.string().min(1).max(20_000), path: z.enum(['accepted', 'declined']) }),
  /** A company's engine has these entries: what it had seen stands in its ancestry. Nobody's opinion. */
  z.object({ type: z.literal('dispute-witnessed'), artifact, dispute }),
  z.object({ type: z.literal('settlement-proposed'), artifact, dispute, finding, terms }),
  /** `hash`: `settlementHash` of what was proposed. */
  z.object({ type: z.literal('settlement-signed'), artifact, dispute, hash: sha256 }),
  /** `level`: the number of the arbitration among the levels of the path, from 0. */
  z.object({ type: z.literal('dispute-ruled'), artifact, dispute, level: z.int().min(0).max(5), finding, terms, rationale: z.string().min(1).max(20_000) }),
  z.object({ type: z.literal('arbitrator-recused'), artifact, dispute, reason: said }),
  /** It was taken to the arbitration or the court that the path names last; `reference`: its number there. */
  z.object({ type: z.literal('dispute-referred'), artifact, dispute, reference: z.string().min(1).max(200), reason: z.string().max(4000) }),
  /** What came of it there; `award`: the SHA-256 of the file. */
  z.object({ type: z.literal('award-recorded'), artifact, dispute, award: sha256, reference: z.string().min(1).max(200), finding, terms }),
  z.object({ type: z.literal('dispute-withdrawn'), artifact, dispute, reason: said }),
] as const // prettier-ignore

export const DISPUTE_FACTS: ReadonlySet<string> = new Set(disputeEvents.map((event) => event.shape.type.value))
export type DisputeEvent = z.infer<(typeof disputeEvents)[number]>
