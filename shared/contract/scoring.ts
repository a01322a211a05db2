import { type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import type {
  ModelChoice,
  ModelSettingsView,
  ProposalView,
  RubricLineView,
  RubricView,
  ScoringPreviewView,
} from '#shared/projection/scoring-views.ts'
import { rubricSchema } from '#shared/scoring/rubric.ts'
import { hexId, none, procedure } from './refusal.ts'

/** What is scored: the round of a decision or the text of a change, by its hash. */
const scored = z.object({ artifact: hexId, text: hexId })
const said = z.string().max(20_000)
const price = z.number().min(0).max(1_000_000)

const choice: z.ZodType<ModelChoice, ModelChoice> = z.object({
  base: z.string().max(400).nullable(),
  model: z.string().max(200),
  key: z.string().max(2000).nullable(),
  own: z.string().max(400).nullable(),
  terms: z.object({
    runs: z.int().min(3).max(9),
    limit: z.int().min(0).max(50),
    temperature: z.number().min(0).max(2),
    patience: z.int().min(1).max(1800),
    price: z.object({ in: price, out: price, currency: z.string().trim().min(1).max(8) }).nullable(),
  }),
  context: z.object({ vision: said, purpose: said, notes: said }),
})

/** How roles judge: their rubrics. All of it stays in the vault. */
export const scoring = {
  rubrics: procedure.input(none).output(type<readonly RubricLineView[]>()),
  rubric: procedure.input(z.object({ role: z.enum(ROLES) })).output(type<RubricView>()),
  /** `version`: the one that the person started from. */
  saveRubric: procedure.input(z.object({ rubric: rubricSchema, version: z.int().min(0) })).output(type<RubricView>()),
  model: procedure.input(none).output(type<ModelSettingsView>()),
  /** `key`: null keeps the one there is. `own`: the origin that the person marks as the company's own. */
  saveModel: procedure.input(choice).output(type<ModelSettingsView>()),
  /** Asks the endpoint for the names of its models. */
  models: procedure.input(none).output(type<readonly string[]>()),
  /** Composes what would be sent; sends nothing. */
  preview: procedure
    .input(scored.extend({ role: z.enum(ROLES), language: z.enum(['en', 'ar']), forThis: z.string().max(8000) }))
    .output(type<ScoringPreviewView>()),
  /** Sends exactly what was previewed under the token. */
  propose: procedure.input(z.object({ token: hexId })).output(type<{ readonly job: string }>()),
  proposals: procedure.input(scored).output(type<readonly ProposalView[]>()),
  discard: procedure.input(scored.extend({ role: z.enum(ROLES) })).output(type<readonly ProposalView[]>()),
}
