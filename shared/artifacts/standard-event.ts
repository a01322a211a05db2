import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { calendarDate } from './field.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const version = z.string().min(5).max(64)

/**
 * What a company states about a standard in its own name, as facts that nobody edits: who said it is in the entry's certificate,
 * never in the fact. Whoever may write the draft may state them.
 */
export const standardEvents = [
  /** One part of a frozen version: `hash` is over the content of all parts together. */
  z.object({
    type: z.literal('standard-released'),
    artifact: id<ArtifactId>(16),
    version,
    hash: id<string>(32),
    part: z.int().min(0).max(31),
    parts: z.int().min(1).max(32),
    content: z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length > 0 && value.length <= 256 * 1024,
    ),
  }),
  z.object({
    type: z.literal('standard-adopted'),
    artifact: id<ArtifactId>(16),
    version,
    status: z.enum(['planned', 'running', 'stopped']),
    on: calendarDate<IsoDate>(),
  }),
  /** `definition` is the hash of what was tested, `evidence` the SHA-256 of the file that stayed at home. */
  z.object({
    type: z.literal('standard-tested'),
    artifact: id<ArtifactId>(16),
    version,
    test: z.string().regex(/^[a-z0-9]{1,32}$/),
    definition: id<string>(16),
    result: z.enum(['pass', 'fail']),
    evidence: id<string>(32).nullable(),
    note: z.string().max(2_000),
  }),
] as const

export const STANDARD_FACTS: ReadonlySet<string> = new Set(standardEvents.map((option) => option.shape.type.value))
