import { z } from 'zod'
import { clauseValueSchema, MOST_CLAUSES, MOST_CONVERGENCE } from './convergence-content.ts'
import type { ArtifactId } from '../kernel/ids.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const said = z.string().min(1).max(4000)
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
/** The hash of the request's text. */
const negotiation = sha256
/** The hash of an offer's entry. */
const offer = sha256

/** AR-35. What the author's company gives in an offer and what it receives for it. */
export const exchangeSchema = z.object({
  given: z.string().min(1).max(2000),
  received: z.string().min(1).max(2000),
  clause: record.nullable(),
})

/**
 * What happened in a negotiation. Whoever may write its draft may state these; whose word counts for which company is read from the
 * request's text and the certificate of the entry (`shared/decisions/convergence.ts`).
 */
export const convergenceEvents = [
  /** The draft as it stands is what is negotiated. */
  z.object({ type: z.literal('negotiation-requested'), artifact, hash: sha256, text: z.string().max(MOST_CONVERGENCE) }),
  z.object({
    type: z.literal('offer-made'),
    artifact,
    negotiation,
    round: z.int().min(1).max(50),
    /** The other company's offer that this one answers; null: there is none. */
    answers: offer.nullable(),
    values: z.record(record, clauseValueSchema).refine((values) => Object.keys(values).length <= MOST_CLAUSES),
    /** Meant for the other company. */
    rationale: z.string().max(8000),
    tradeOffs: z.array(exchangeSchema).max(20),
  }),
  z.object({ type: z.literal('offer-accepted'), artifact, negotiation, offer }),
  /** Who made the accepted offer signs what came of it; `text` is canonical JSON and `hash` its SHA-256. */
  z.object({ type: z.literal('outcome-confirmed'), artifact, negotiation, offer, hash: sha256, text: z.string().max(MOST_CONVERGENCE) }),
  /** Who accepted has made the same text out of the same facts, and signs its hash. */
  z.object({ type: z.literal('outcome-verified'), artifact, negotiation, offer, hash: sha256 }),
  /** A company's engine has these entries: what it had seen stands in its ancestry. Nobody's opinion. */
  z.object({ type: z.literal('outcome-witnessed'), artifact, negotiation }),
  /** What the outcome became: drafts of an agreement and of a plan. */
  z.object({ type: z.literal('outcome-finalised'), artifact, negotiation, hash: sha256, agreement: artifact, plan: artifact }),
  z.object({ type: z.literal('negotiation-ended'), artifact, negotiation, reason: said }),
] as const // prettier-ignore

export const CONVERGENCE_FACTS: ReadonlySet<string> = new Set(convergenceEvents.map((event) => event.shape.type.value))
export type ConvergenceEvent = z.infer<(typeof convergenceEvents)[number]>
export type Exchange = z.infer<typeof exchangeSchema>
