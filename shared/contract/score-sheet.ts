import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import { hexId } from './refusal.ts'

const points = z.int().min(0).max(100)

/** What one role thinks of everything that is scored, under each lens of the protocol; `subject` names one of it. It stays in the vault. */
export const scoreSheet = <D extends string>(subject: z.ZodType<string, string>, lenses: readonly [D, ...D[]]) => ({
  role: z.enum(ROLES),
  weight: z.int().min(1).max(1000),
  options: z.record(
    subject,
    z.object({
      scores: z.object(Object.fromEntries(lenses.map((lens) => [lens, points])) as Record<D, typeof points>),
      rationale: z.string().max(8000),
      evidence: z.array(z.string().max(400)).max(20),
      /** Lenses whose points were taken over from a model's proposal. */
      taken: z.object({ proposal: hexId, lenses: z.array(z.enum(lenses)).max(lenses.length) }).optional(),
    }),
  ),
})
