import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'

/** Longest text of an export, in characters. */
export const MOST_EXPORT = 300_000

const words = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })
const wording = z.object({ heading: z.string().max(400), text: z.string().max(20_000) })

const exportSchema = z.object({
  format: z.literal('mithaq.agreement-export.v1'),
  artifact: z.string().regex(/^[0-9a-f]{32}$/),
  entries: z
    .array(
      z.object({
        kind: z.enum(['title', 'replaces', 'prevailing', 'law', 'effectiveOn', 'term', 'party', 'signatory', 'row']),
        id: z.string().max(80),
        text: words(6_000),
      }),
    )
    .max(4_000),
  /** What else stands in the file, a line for each paragraph or row, as `lineOf` writes it. */
  around: z.array(z.string().max(14_000)).max(4_200),
  /** What `{name}` stood for. */
  fill: z.record(z.string().max(40), words(400)),
  clauses: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z0-9]{1,32}$/),
        number: z.int().min(1),
        heading: words(400),
        text: words(60_000),
        table: z.string().max(40).optional(),
        /** As it is written, with the names of its terms; null: only what was filled in is known, as of a closed version. */
        raw: z.object({ en: wording, ar: wording }).nullable(),
      }),
    )
    .max(400),
})

/** The text that went into a Word file: what an edited copy of the file is compared with. */
export type AgreementExport = z.infer<typeof exportSchema>
export type ExportedClause = AgreementExport['clauses'][number]

export const writeExport = (exported: AgreementExport): string => canonicalJson(exported as unknown as Json)

/** Undefined unless it is what `writeExport` would write. */
export function readExport(text: string): AgreementExport | undefined {
  if (text.length > MOST_EXPORT) return undefined
  try {
    const raw = JSON.parse(text) as Json
    const parsed = exportSchema.safeParse(raw)
    return parsed.success && canonicalJson(raw) === text ? parsed.data : undefined
  } catch {
    return undefined
  }
}
