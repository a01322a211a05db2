import { oc } from '@orpc/contract'
import * as z from 'zod'

/** Exported for the compiler, which names it in every procedure. */
export interface Refusal {
  module: string
  code: string
  params?: Record<string, string | number> | undefined
}
/** Every expected refusal crosses the port in this one shape; the screens turn it into a sentence of the person's language. */
const refusal: z.ZodType<Refusal, Refusal> = z.object({
  module: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** The base of every procedure: the only declared error is a refusal. Anything else that fails is a bug. */
export const procedure = oc.errors({ REFUSED: { data: refusal } })

export const hexId = z.string().regex(/^[0-9a-f]{32,128}$/)
export const bilingual = z.object({ en: z.string().max(200), ar: z.string().max(200) })
export const none = z.object({}).optional()
