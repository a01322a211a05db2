import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import { MOST_DECISION, positionSchema } from './decision-content.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const said = z.string().min(1).max(4000)
/** The hash of the round's text. */
const round = sha256

/**
 * What happened in a decision. Whoever may write its draft may state these; whose word counts for which company is read from the
 * round's text and the certificate of the entry (`shared/decisions`).
 */
export const decisionEvents = [
  /** The draft as it stands is put to the vote. `reason`: what a later round changes, and why. */
  z.object({ type: z.literal('decision-opened'), artifact, hash: sha256, text: z.string().max(MOST_DECISION), reason: z.string().max(4000) }),
  z.object({ type: z.literal('position-given'), artifact, round, position: positionSchema }),
  /** The hash of a position with decision, round, company and a secret number. */
  z.object({ type: z.literal('position-sealed'), artifact, round, commitment: sha256 }),
  z.object({ type: z.literal('position-revealed'), artifact, round, position: positionSchema, salt: sha256 }),
  /** A company's engine has these entries: what it had seen stands in its ancestry. Nobody's opinion. */
  z.object({ type: z.literal('position-witnessed'), artifact, round }),
  /** `option` null: all of them. */
  z.object({ type: z.literal('veto-cast'), artifact, round, option: z.string().max(32).nullable(), reason: said }),
  /** The list of what was counted and what came of it, as canonical JSON; `hash` is what is signed. */
  z.object({ type: z.literal('round-closed'), artifact, round, hash: sha256, text: z.string().max(MOST_DECISION) }),
  z.object({ type: z.literal('decision-signed'), artifact, round, hash: sha256 }),
  z.object({ type: z.literal('mediation-opened'), artifact, round, reason: said }),
  z.object({ type: z.literal('decision-withdrawn'), artifact, round, reason: said }),
] as const // prettier-ignore

export const DECISION_FACTS: ReadonlySet<string> = new Set(decisionEvents.map((event) => event.shape.type.value))
export type DecisionEvent = z.infer<(typeof decisionEvents)[number]>
