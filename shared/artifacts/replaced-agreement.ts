import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { calendarDate, field } from './field.ts'
import { words } from './words.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>

/** The signed agreement that a new one takes the place of: its id, the SHA-256 of its text, what it is called and since when it is in force. */
export const replacedSchema = z.object({
  artifact: id<ArtifactId>(16),
  hash: id<string>(32),
  title: z.object({ en: z.string().max(400), ar: z.string().max(400) }),
  effectiveOn: calendarDate<IsoDate>(),
})
export type ReplacedAgreement = z.infer<typeof replacedSchema>

/** Of a draft: begun from the signed agreement, so nobody types it. */
export const replacedField = field<ReplacedAgreement>(words('Replaces', 'تحل محل'), 'hidden', replacedSchema)
