import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { calendarDate } from './field.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What companies state about a signed agreement, each for itself; whose word it is stands in the entry's certificate. */
export const agreementLifeEvents = [
  /** A party ends it by notice. Whether the day leaves the notice that the text asks for is read from the text. */
  z.object({
    type: z.literal('agreement-notice-given'),
    artifact,
    hash: sha256,
    endsOn: calendarDate<IsoDate>(),
    reason: z.string().min(1).max(2000),
  }),
  /** A party agrees that the agreement lasts through this day: once all have, it does. Later than before it is a renewal. */
  z.object({ type: z.literal('agreement-term-agreed'), artifact, hash: sha256, until: calendarDate<IsoDate>() }),
  /** The company that a row or term obliges says that it is done, and where that can be seen; or takes that back. */
  z.object({
    type: z.literal('obligation-stated'),
    artifact,
    hash: sha256,
    /** `table/row` or a term's name. */
    obligation: z.string().regex(/^[A-Za-z]{1,40}(\/[a-z0-9]{1,32})?$/),
    done: z.boolean(),
    evidence: z.string().max(2000),
  }),
] as const
