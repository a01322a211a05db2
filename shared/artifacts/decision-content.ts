import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'
import type { ArtifactId, CompanyId, Role } from '../kernel/ids.ts'
import { ROLES } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'
import { LAST_INSTANT } from './field.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const both = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })
const instant = z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<Instant>
const percent = z.int().min(0).max(100)
const roles = z.array(z.enum(ROLES)).max(ROLES.length) as unknown as z.ZodType<readonly Role[]>
const record = z.string().regex(/^[a-z0-9]{1,32}$/)

/** The four dimensions that a role scores an option on, in a workspace of peers. */
export const DIMENSIONS = ['vision', 'purpose', 'fit', 'legend'] as const
export type Dimension = (typeof DIMENSIONS)[number]
export const POLICY_KINDS = ['weighted-majority', 'unanimity', 'consent'] as const
export const ABSTAIN_RULES = ['left-out', 'present', 'against'] as const

const policySchema = z.object({
  format: z.literal('PeerDecisionPolicy.v1'),
  kind: z.enum(POLICY_KINDS),
  /** The score that an option needs, in points of 100; not asked for by consent. */
  threshold: percent,
  /** Share of the weight of all who may vote that has to take part, in percent. */
  quorum: percent,
  /** Share of the same weight that has to say yes; weighted majority alone asks for it. */
  leastYes: percent,
  /**
   * What an abstention is: `left-out` counts nowhere, `present` counts towards the quorum alone, `against` counts towards the quorum
   * as a no with no points.
   */
  abstain: z.enum(ABSTAIN_RULES),
  /** Positions are committed to first and shown together afterwards. */
  sealed: z.boolean(),
  /** Roles of a voting company that may stop an option, with a reason. */
  vetoRoles: roles,
  /** Roles that approve and sign for their company. */
  approvers: roles,
  /** In percent; together 100. */
  dimensions: z.object({ vision: percent, purpose: percent, fit: percent, legend: percent }),
  /** A role further than so many points from its company's position dissents. */
  dissent: percent,
  /** By how many points who approves may move a computed score. */
  leeway: percent,
  mediationDays: z.int().min(1).max(365),
  revealDays: z.int().min(1).max(30),
})
export type DecisionPolicy = z.infer<typeof policySchema>

const contentSchema = z.object({
  format: z.literal('mithaq.decision.v1'),
  artifact: id<ArtifactId>(16),
  /** From 1; `previous` is the hash of the round before, whose text it revises. */
  round: z.int().min(1).max(1000),
  previous: id<string>(32).nullable(),
  workspace: z.literal('peer'),
  topic: z.object({
    title: both(400),
    question: both(20_000),
    benefits: both(20_000),
    urgency: z.enum(['low', 'normal', 'high']),
    /** Documents that the decision is about. */
    affected: z.array(z.object({ artifact: id<ArtifactId>(16), type: z.string().max(60), title: both(400) })).max(50),
  }),
  options: z
    .array(z.object({ id: record, title: both(400), about: both(20_000) }))
    .min(1)
    .max(20),
  policy: policySchema,
  voters: z
    .array(z.object({ company: id<CompanyId>(32), name: both(400), weight: z.int().min(1).max(10_000) }))
    .min(2)
    .max(20),
  /** Positions count until then. */
  closesAt: instant,
  /** Sealed positions are shown until then; without sealing the same as `closesAt`. */
  revealBy: instant,
  /** For afterwards: what would put the question again, and when the outcome is looked at. Absent where nothing was said of it. */
  after: z
    .object({ reopen: both(8000), reviewOn: z.iso.date().nullable() as unknown as z.ZodType<IsoDate | null> })
    .optional(),
})

/** What a round decides on: topic, options, rule and voters, as canonical JSON. Its SHA-256 names the round. */
export type DecisionContent = z.infer<typeof contentSchema>

/** Longest text of a round, in characters. */
export const MOST_DECISION = 400_000

export const writeDecision = (content: DecisionContent): string => canonicalJson(content as unknown as Json)

/** Reads a round's text; undefined unless it is exactly what `writeDecision` would write, with ids that name one thing each. */
export function readDecision(text: string): DecisionContent | undefined {
  try {
    const raw = JSON.parse(text) as Json
    const parsed = contentSchema.safeParse(raw)
    if (!parsed.success || canonicalJson(raw) !== text || canonicalJson(parsed.data as unknown as Json) !== text)
      return undefined
    const { options, voters, policy, closesAt, revealBy } = parsed.data
    const once = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
    const whole = DIMENSIONS.reduce((sum, name) => sum + policy.dimensions[name], 0) === 100
    const sound = once(options.map(({ id: one }) => one)) && once(voters.map(({ company }) => company)) && whole
    return sound && revealBy >= closesAt ? parsed.data : undefined
  } catch {
    return undefined
  }
}

const points = z.int().min(0).max(10_000)

/** What a company says in a round. Scores are hundredths of a point, 0 to 10,000. */
export const positionSchema = z.object({
  stance: z.enum(['vote', 'abstain', 'recuse']),
  /** The weight that the voter takes itself to have: another than the text's is without effect. */
  weight: z.int().min(1),
  /** One per option of the text when the stance is to vote, else none. */
  options: z
    .array(
      z.object({
        option: record,
        score: points,
        vote: z.enum(['yes', 'no']),
        /** Why not: under consent a no without it stops nothing. */
        objection: z.string().max(4000),
        /** Spread of the company's own scores, in hundredths of a point. */
        uncertainty: points,
        /** How many of its roles are far from this score. */
        dissent: z.int().min(0).max(100),
      }),
    )
    .max(20),
  /** Meant for the other companies. */
  rationale: z.string().max(8000),
})
export type CompanyPosition = z.infer<typeof positionSchema>
