import { z } from 'zod'
import { ROLES, type ArtifactId, type SliceId } from '../kernel/ids.ts'
import { lackSchema, worthSchema } from './reciprocity-terms.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>

/** Facts about a disclosed slice that others than its owner state, or that follow its disclosure. */
export const disclosureEvents = [
  /** Another company opened this revision and looked whether it answers its own terms: empty `lacks` say that it does. */
  z.object({
    type: z.literal('slice-checked'),
    artifact: id<ArtifactId>(16),
    revision: z.int().min(1),
    slice: id<SliceId>(32),
    terms: id<string>(32),
    lacks: z.array(lackSchema).max(10),
    worth: worthSchema.nullable(),
  }),
  /** The owner says that access has ended, and asks whoever had it for a receipt (TR-11). */
  z.object({
    type: z.literal('access-ended'),
    artifact: id<ArtifactId>(16),
    /** The newest revision that it concerns. */
    revision: z.int().min(1),
    cause: z.enum(['expired', 'scope-changed']),
    /** Roles that lost access; all that had it when it expired. */
    roles: z.array(z.enum(ROLES)).min(1),
  }),
  /** A company that had access says that its app has closed and forgotten the slice. */
  z.object({
    type: z.literal('end-acknowledged'),
    artifact: id<ArtifactId>(16),
    revision: z.int().min(1),
    cause: z.enum(['expired', 'scope-changed', 'withdrawn']),
  }),
] as const

/** What only a company other than the slice's owner can state. */
export const CHECKS: ReadonlySet<string> = new Set(['slice-checked', 'end-acknowledged'])
