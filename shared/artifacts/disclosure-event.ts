import { z } from 'zod'
import type { ArtifactId, SliceId } from '../kernel/ids.ts'
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
] as const

/** What only a company other than the slice's owner can state. */
export const CHECKS: ReadonlySet<string> = new Set(['slice-checked'])
