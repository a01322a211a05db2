import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'
import { ROLES, type ArtifactId, type CompanyId, type Role } from '../kernel/ids.ts'
import { isoDate, type Instant } from '../kernel/time.ts'
import { LAST_INSTANT } from './field.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const both = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })
const instant = z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<Instant>
const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length) as unknown as z.ZodType<readonly Role[]>
const record = z.string().regex(/^[a-z0-9]{1,32}$/)

/** Money is whole halalas and a share is basis points (hundredths of a percent), so that nothing is ever rounded. */
export const CLAUSE_UNITS = ['halalas', 'number', 'basis-points', 'days', 'date', 'choice'] as const
export type ClauseUnit = (typeof CLAUSE_UNITS)[number]
export const NEGOTIATED_AGREEMENTS = ['ContractTerms.v1', 'PartnershipAgreement.v1'] as const
export const SIDES = ['buyer', 'seller'] as const
export type Side = (typeof SIDES)[number]

/** Lenses under which a role judges offers, all of the same weight: no rule of a negotiation gives them any. */
export const PARTNERSHIP_DIMENSIONS = ['vision', 'purpose', 'partnership', 'legend'] as const
export type PartnershipDimension = (typeof PARTNERSHIP_DIMENSIONS)[number]
export const PARTNERSHIP_WEIGHTS: Readonly<Record<PartnershipDimension, number>> = {
  vision: 25,
  purpose: 25,
  partnership: 25,
  legend: 25,
}

/** Most clauses of one negotiation. */
export const MOST_CLAUSES = 40

const clauseSchema = z.object({
  id: record,
  label: both(400),
  unit: z.enum(CLAUSE_UNITS),
  /** Of a `choice`: what can be chosen; else empty. */
  choices: z.array(z.object({ id: record, label: both(400) })).max(20),
  /** The agreement's own term, or `table.column`, that takes the agreed value; null: the words of the draft alone. */
  term: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39})?$/)
    .nullable(),
})
export type ConvergenceClause = z.infer<typeof clauseSchema>

const contentSchema = z.object({
  format: z.literal('mithaq.negotiation.v1'),
  artifact: id<ArtifactId>(16),
  workspace: z.literal('customer-seller'),
  topic: z.object({
    title: both(400),
    question: both(20_000),
    benefits: both(20_000),
    urgency: z.enum(['low', 'normal', 'high']),
    affected: z.array(z.object({ artifact: id<ArtifactId>(16), type: z.string().max(60), title: both(400) })).max(50),
  }),
  clauses: z.array(clauseSchema).min(1).max(MOST_CLAUSES),
  policy: z.object({
    format: z.literal('PartnershipDecisionPolicy.v1'),
    kind: z.literal('negotiated-convergence'),
    /** Roles that make offers for their company, and those that accept and sign for it. */
    offerRoles: roles,
    signRoles: roles,
    rounds: z.int().min(1).max(50),
    mediationDays: z.int().min(1).max(90),
  }),
  parties: z.array(z.object({ company: id<CompanyId>(32), name: both(400), side: z.enum(SIDES) })).length(2),
  /** What the outcome becomes a draft of. */
  agreement: z.enum(NEGOTIATED_AGREEMENTS),
  /** Offers count until then. */
  answerBy: instant,
  /** Until then, the mediation window included, what stands may be accepted and signed. */
  settleBy: instant,
})

/** What is negotiated: topic, clauses, rule and both companies, as canonical JSON. Its SHA-256 names the negotiation. */
export type ConvergenceContent = z.infer<typeof contentSchema>

/** Longest text of a request or an outcome, in characters. */
export const MOST_CONVERGENCE = 400_000

export const writeConvergence = (content: ConvergenceContent): string => canonicalJson(content as unknown as Json)

/** Reads a request's text; undefined unless it is exactly what `writeConvergence` would write, with ids that name one thing each. */
export function readConvergence(text: string): ConvergenceContent | undefined {
  try {
    const raw = JSON.parse(text) as Json
    const parsed = contentSchema.safeParse(raw)
    if (!parsed.success || canonicalJson(raw) !== text || canonicalJson(parsed.data as unknown as Json) !== text)
      return undefined
    const { clauses, parties, answerBy, settleBy } = parsed.data
    const once = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
    const sound =
      once(clauses.map((clause) => clause.id)) &&
      clauses.every(({ unit, choices }) => (unit === 'choice') === choices.length > 0 && once(choices.map((one) => one.id))) &&
      once(parties.map(({ company }) => company)) &&
      once(parties.map(({ side }) => side)) &&
      settleBy >= answerBy // prettier-ignore
    return sound ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** A clause's value: an integer in its unit, a calendar date, or the id of a choice. */
export const clauseValueSchema = z.union([z.int().min(0).max(1e15), z.string().min(1).max(40)])
export type ClauseValue = z.infer<typeof clauseValueSchema>
export type ClauseValues = Readonly<Record<string, ClauseValue>>

/** The most that a number of a unit may be. */
export const mostOfClause = (unit: ClauseUnit): number =>
  unit === 'basis-points' ? 10_000 : unit === 'days' ? 36_500 : 1e15

export function fitsClause({ unit, choices }: ConvergenceClause, value: ClauseValue | undefined): boolean {
  if (unit === 'choice') return choices.some((one) => one.id === value)
  if (unit === 'date') return typeof value === 'string' && isoDate(value) !== undefined
  return typeof value === 'number' && value <= mostOfClause(unit)
}
