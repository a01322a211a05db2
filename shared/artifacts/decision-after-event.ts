import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
/** The hash of the text of the round that is final. */
const round = z.string().regex(/^[0-9a-f]{64}$/)
const said = z.string().min(1).max(8000)
const number = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/)

/** How an outcome compares with what was expected of it. */
export const VERDICTS = ['met', 'partly', 'missed', 'too-early'] as const
export type Verdict = (typeof VERDICTS)[number]

/** One measure of the plan as it stood when the outcome was judged; numbers as decimal text, null: not there. */
export const figureSchema = z.object({
  metric: z.string().max(400),
  unit: z.string().max(80),
  baseline: number.nullable(),
  target: number.nullable(),
  value: number.nullable(),
  /** null: it cannot be said. */
  met: z.boolean().nullable(),
})
export type Figure = z.infer<typeof figureSchema>
export const MOST_FIGURES = 200

/** What follows a decision that all have signed. Nothing here changes what was decided. */
export const decisionAfterEvents = [
  /** A joint plan that carries it out. */
  z.object({ type: z.literal('decision-planned'), artifact, round, plan: artifact }),
  /** What a company that did not say yes to the outcome puts on record. */
  z.object({ type: z.literal('minority-reported'), artifact, round, report: said }),
  /** A company's judgement of what came of it, with the measures that it had before it. */
  z.object({
    type: z.literal('outcome-reviewed'),
    artifact,
    round,
    on: z.iso.date() as unknown as z.ZodType<IsoDate>,
    verdict: z.enum(VERDICTS),
    note: said,
    figures: z.array(figureSchema).max(MOST_FIGURES),
  }),
  /** The question is put again, in a decision of its own. */
  z.object({ type: z.literal('decision-reopened'), artifact, round, reason: said, successor: artifact }),
] as const

export const DECISION_AFTER_FACTS: ReadonlySet<string> = new Set(
  decisionAfterEvents.map((event) => event.shape.type.value),
)
export type DecisionAfterEvent = z.infer<(typeof decisionAfterEvents)[number]>
