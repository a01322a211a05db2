import { type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import type { RubricLineView, RubricView } from '#shared/projection/scoring-views.ts'
import { rubricSchema } from '#shared/scoring/rubric.ts'
import { none, procedure } from './refusal.ts'

/** How roles judge: their rubrics. All of it stays in the vault. */
export const scoring = {
  rubrics: procedure.input(none).output(type<readonly RubricLineView[]>()),
  rubric: procedure.input(z.object({ role: z.enum(ROLES) })).output(type<RubricView>()),
  /** `version`: the one that the person started from. */
  saveRubric: procedure.input(z.object({ rubric: rubricSchema, version: z.int().min(0) })).output(type<RubricView>()),
}
