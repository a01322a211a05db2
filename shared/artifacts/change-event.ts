import { z } from 'zod'
import { INFEASIBLE, MATTERS, MOST_CHANGE } from './change-content.ts'
import type { ArtifactId } from '../kernel/ids.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const said = z.string().min(1).max(4000)
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
/** The hash of the change's text. */
const change = sha256
/** The hash of a verdict's entry. */
const verdict = sha256

export const VERDICTS = ['yes', 'conditional', 'no'] as const
export const conditionSchema = z.object({ id: record, text: said })

/**
 * What happened to a change of a service. Whoever may write its draft may state these; whose word counts on what is read from the
 * text and the certificate of the entry (`shared/decisions/changes.ts`).
 */
export const changeEvents = [
  /** The draft as it stands is what is decided on; a later one names the text that it revises. */
  z.object({ type: z.literal('change-logged'), artifact, hash: sha256, text: z.string().max(MOST_CHANGE) }),
  z.object({
    type: z.literal('matter-decided'),
    artifact,
    change,
    matter: z.enum(MATTERS),
    /** `conditional`: feasible once the conditions are met. */
    verdict: z.enum(VERDICTS),
    /** Meant for the other company. */
    reason: z.string().max(8000),
    /** Of `infeasible` alone. */
    category: z.enum(INFEASIBLE).nullable(),
    /** What would make it feasible. */
    conditions: z.array(conditionSchema).max(20),
  }),
  z.object({ type: z.literal('condition-met'), artifact, change, verdict, condition: record, evidence: said }),
  /** The provider has looked: with its conditions met the change is feasible. */
  z.object({ type: z.literal('conditions-confirmed'), artifact, change, verdict }),
  /** `hash`: of the outcome that both sign. */
  z.object({ type: z.literal('change-signed'), artifact, change, hash: sha256 }),
  /** A company's engine has these entries: what it had seen stands in its ancestry. Nobody's opinion. */
  z.object({ type: z.literal('change-witnessed'), artifact, change }),
  /** What the outcome became: drafts of the amended scope and of a delivery plan. */
  z.object({ type: z.literal('change-finalised'), artifact, change, hash: sha256, scope: artifact, plan: artifact }),
  z.object({ type: z.literal('change-withdrawn'), artifact, change, reason: said }),
] as const

export const CHANGE_FACTS: ReadonlySet<string> = new Set(changeEvents.map((event) => event.shape.type.value))
export type ChangeEvent = z.infer<(typeof changeEvents)[number]>
export type ChangeVerdict = (typeof VERDICTS)[number]
