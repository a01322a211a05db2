import { z } from 'zod'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import { hexOf, proofsShape, readIndexAs } from './pack-index.ts'

export const V3 = 'mithaq.evidence.v3'

/** What a pack of a decision claims to prove; the check computes it anew. */
const claimSchema = z.strictObject({
  /** From 1: which round, or which revision of the text. */
  round: z.int().min(1),
  /** SHA-256 of the text that was decided on, which names the round. */
  hash: hexOf<string>(32),
  /** SHA-256 of the result, which is what was signed. */
  result: hexOf<string>(32),
  /** Companies whose signature on the result counts, sorted. */
  signed: z.array(hexOf<CompanyId>(32)).min(1).max(64),
  /** Facts without effect: `entry` counts from 1 in the log; why not, by the code of the decision's rules. */
  refused: z.array(z.strictObject({ entry: z.int().min(1).max(999), code: z.string().regex(/^[a-z-]{1,40}$/) })).max(999),
}) // prettier-ignore
export type DecisionClaim = z.infer<typeof claimSchema>

const indexSchema = z.strictObject({ format: z.literal(V3), ...proofsShape, claim: claimSchema })
export type DecisionIndex = z.infer<typeof indexSchema>

export const readDecisionIndex = (bytes: Uint8Array): Result<DecisionIndex, 'index-unreadable' | 'newer-pack'> =>
  readIndexAs(indexSchema, bytes)
