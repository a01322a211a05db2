import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'
import type { CompanyId, PersonId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { calendarDate } from './field.ts'
import { replacedSchema } from './replaced-agreement.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const both = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })

/** A value as it was given, and how it reads in both languages. */
const filled = z.object({ value: z.union([z.int(), z.string().max(400), both(400)]), text: both(1000) })

const contentSchema = z.object({
  format: z.literal('mithaq.agreement.v1'),
  type: z.string().max(60),
  artifact: id<string>(16),
  /** Signed in a workspace on synthetic data: it binds nobody. */
  dryRun: z.literal(true).optional(),
  /** The signed agreement that ends on the day before this one takes effect. */
  replaces: replacedSchema.optional(),
  title: both(400),
  prevailing: z.enum(['ar', 'en']),
  law: z.string().max(40),
  effectiveOn: calendarDate<IsoDate>(),
  parties: z
    .array(
      z.object({
        company: id<CompanyId>(32),
        name: both(400),
        registration: z.string().max(400),
        /** The last day on which the registration is valid; absent where nobody said it. */
        registrationUntil: calendarDate<IsoDate>().optional(),
        address: both(400),
        /** What the text calls it, where the parties are not equals. */
        role: z.object({ name: z.string().max(40), text: both(400) }).optional(),
      }),
    )
    .min(2)
    .max(20),
  terms: z.record(z.string().max(40), filled),
  tables: z
    .record(
      z.string().max(40),
      z.object({
        label: both(400),
        columns: z.array(z.object({ name: z.string().max(40), label: both(400) })).min(1).max(20),
        rows: z.array(z.object({ id: z.string().max(32), cells: z.record(z.string().max(40), filled) })).max(400),
      }),
    )
    .optional(),
  clauses: z
    .array(
      z.object({
        id: z.string().max(32),
        number: z.int().min(1),
        heading: both(400),
        text: both(60_000),
        /** The table that stands under it. */
        table: z.string().max(40).optional(),
      }),
    )
    .min(1)
    .max(400),
  signatories: z
    .array(
      z.object({ id: z.string().max(32), company: id<CompanyId>(32), person: id<PersonId>(16), name: both(400), capacity: both(400) }),
    )
    .min(1)
    .max(40),
}) // prettier-ignore

/**
 * What is signed: the agreement with its terms filled in, as canonical JSON. Its SHA-256 is what every signature, page and
 * evidence pack names; a third party computes it with ordinary tools.
 */
export type AgreementContent = z.infer<typeof contentSchema>
export type Party = AgreementContent['parties'][number]
export type Clause = AgreementContent['clauses'][number]
export type Signatory = AgreementContent['signatories'][number]
export type ContentTable = NonNullable<AgreementContent['tables']>[string]

/** Longest text of a frozen agreement, in characters. */
export const MOST_CONTENT = 400_000

export const writeContent = (content: AgreementContent): string => canonicalJson(content as unknown as Json)

/** Reads a frozen text; undefined unless it is exactly what `writeContent` would write. */
export function readContent(text: string): AgreementContent | undefined {
  try {
    const raw = JSON.parse(text) as Json
    const parsed = contentSchema.safeParse(raw)
    return parsed.success && canonicalJson(raw) === text ? parsed.data : undefined
  } catch {
    return undefined
  }
}
