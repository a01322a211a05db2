import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'
import { ROLES, type ArtifactId, type CompanyId, type Role } from '../kernel/ids.ts'
import { isoDate, type IsoDate } from '../kernel/time.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const both = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })
const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length) as unknown as z.ZodType<readonly Role[]>
const day = z.string().refine((text) => isoDate(text) !== undefined) as unknown as z.ZodType<IsoDate>

/** What a dispute can be about. */
export const SUBJECT_KINDS = ['decision', 'negotiation', 'agreement', 'plan', 'standard', 'delivery', 'service-change', 'other'] as const // prettier-ignore

const subjectSchema = z.object({
  kind: z.enum(SUBJECT_KINDS),
  /** The document, or whatever else the kind's protocol names its things by. Hex. */
  id: z.string().regex(/^[0-9a-f]{32,96}$/),
  /** The text of it that is in dispute: of an agreement the closed one, of a decision its round; null: the thing as such. */
  hash: sha256.nullable(),
  title: both(400),
  /** The clause or part, in words; empty: the whole. */
  clause: z.string().max(400),
})
export type DisputeSubject = z.infer<typeof subjectSchema>

export const WINDOW_UNITS = ['working-days', 'days'] as const
const levelSchema = z.object({
  kind: z.enum(['mediation', 'arbitration']),
  /** Whose matter it is in each company; of an arbitration: who rules. */
  roles,
  length: z.int().min(1).max(365),
  unit: z.enum(WINDOW_UNITS),
  /** Of a mediation: who mediates; empty: the parties among themselves. */
  mediator: z.string().max(200),
})
export type DisputeLevel = z.infer<typeof levelSchema>

/** Days and hours by which windows are counted: a fixed offset and no zone name, so that every engine counts alike wherever it stands. */
const calendarSchema = z.object({
  /** 0 is Sunday. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  /** Minutes after midnight: when a working day begins and ends. A window ends when a day does. */
  from: z.int().min(0).max(1439),
  to: z.int().min(1).max(1440),
  /** Minutes ahead of UTC. */
  utcOffset: z.int().min(-720).max(840),
  /** Days on which nobody works, both ends included. */
  off: z.array(z.object({ from: day, to: day })).max(200),
})
export type DisputeCalendar = z.infer<typeof calendarSchema>

const fallbackSchema = z.object({
  kind: z.enum(['arbitration', 'court']),
  institution: both(200),
  rules: both(200),
  seat: both(200),
  language: z.enum(['ar', 'en']),
  /** Odd: a tribunal of an even number is void (Saudi Arbitration Law, art. 13). null: as the rules say, and of a court. */
  arbitrators: z.union([z.literal(1), z.literal(3), z.literal(5)]).nullable(),
  /** The law by which it is decided; empty: that of the text in dispute. */
  law: both(200),
})
export type DisputeFallback = z.infer<typeof fallbackSchema>

export const pathSchema = z.object({
  /** The document in which the parties agreed on this path, and the hash of its text; null: proposed with the dispute. */
  source: z.object({ artifact: id<ArtifactId>(16), hash: sha256 }).nullable(),
  levels: z.array(levelSchema).min(1).max(6),
  /** What is left when no level brought a result; null: nothing was agreed. */
  fallback: fallbackSchema.nullable(),
  /** Who signs a settlement, refers it further and records an award for their company. */
  settleRoles: roles,
  calendar: calendarSchema,
})
export type DisputePath = z.infer<typeof pathSchema>

const contentSchema = z.object({
  format: z.literal('mithaq.dispute.v1'),
  artifact: id<ArtifactId>(16),
  subject: subjectSchema,
  /** What it is about, for everybody to read. */
  issue: z.string().min(1).max(8000),
  /** What the company that opens it holds and asks for. */
  position: z.string().min(1).max(20_000),
  parties: z
    .array(z.object({ company: id<CompanyId>(32), name: both(400) }))
    .min(2)
    .max(8),
  path: pathSchema,
})
/** A dispute as it was opened, as canonical JSON. Its SHA-256 names the dispute. */
export type DisputeContent = z.infer<typeof contentSchema>

/** Longest text of an opening, in characters. */
export const MOST_DISPUTE = 200_000

export const writeDispute = (content: DisputeContent): string => canonicalJson(content as unknown as Json)

/** Reads an opening's text; undefined unless it is exactly what `writeDispute` would write, with a path that can run. */
export function readDispute(text: string): DisputeContent | undefined {
  try {
    const raw = JSON.parse(text) as Json
    const parsed = contentSchema.safeParse(raw)
    if (!parsed.success || canonicalJson(raw) !== text || canonicalJson(parsed.data as unknown as Json) !== text)
      return undefined
    const { parties, path } = parsed.data
    const once = new Set(parties.map(({ company }) => company)).size === parties.length
    return once && path.calendar.from < path.calendar.to ? parsed.data : undefined
  } catch {
    return undefined
  }
}
