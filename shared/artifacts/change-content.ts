import { z } from 'zod'
import { canonicalJson, type Json } from '../kernel/canonical-json.ts'
import { ROLES, type ArtifactId, type CompanyId, type Role } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'
import { calendarDate, LAST_INSTANT } from './field.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const both = (most: number) => z.object({ en: z.string().max(most), ar: z.string().max(most) })
const instant = z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<Instant>
const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length) as unknown as z.ZodType<readonly Role[]>
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
const percent = z.int().min(0).max(100)

export const CHANGE_SIDES = ['client', 'provider'] as const
export type ChangeSide = (typeof CHANGE_SIDES)[number]
/** What is decided about a change. The first two always are: scope by the client, feasibility by the provider. */
export const MATTERS = ['scope', 'feasibility', 'price', 'timeline', 'acceptance'] as const
export type Matter = (typeof MATTERS)[number]
/** Who may say that a condition of the provider is met. */
export const MARKERS = ['client', 'provider', 'either'] as const
/** The four dimensions that a role scores a change on. */
export const SERVICE_DIMENSIONS = ['vision', 'purpose', 'value', 'legend'] as const
export type ServiceDimension = (typeof SERVICE_DIMENSIONS)[number]
/** Why a provider calls a change infeasible. */
export const INFEASIBLE = ['capacity', 'skills', 'technology', 'dependency', 'law', 'safety', 'time', 'cost'] as const
export type Infeasible = (typeof INFEASIBLE)[number]

const matterSchema = z.object({
  matter: z.enum(MATTERS),
  decider: z.enum(CHANGE_SIDES),
  /** The time-box in days, and the moment at which it ends. */
  days: z.int().min(1).max(365),
  until: instant,
})

const policySchema = z.object({
  format: z.literal('ServiceDecisionPolicy.v1'),
  kind: z.literal('split-authority'),
  matters: z.array(matterSchema).min(2).max(MATTERS.length),
  /** Roles that give their company's verdicts, and those that sign for it. */
  verdictRoles: roles,
  signRoles: roles,
  conditionsBy: z.enum(MARKERS),
  /** Weights of the private scores, in percent; together 100. */
  dimensions: z.object({ vision: percent, purpose: percent, value: percent, legend: percent }),
  /** Who rules when the two cannot. */
  arbitration: z.enum(['ceo', 'coo']),
  /** How long after the last time-box conditions may be met and the change signed. */
  mediationDays: z.int().min(1).max(365),
})
export type ServiceDecisionPolicy = z.infer<typeof policySchema>

const contentSchema = z.object({
  format: z.literal('mithaq.change.v1'),
  artifact: id<ArtifactId>(16),
  /** From 1; `previous` is the hash of the text that this one revises. */
  revision: z.int().min(1).max(1000),
  previous: id<string>(32).nullable(),
  workspace: z.literal('client-provider'),
  topic: z.object({
    /** In the log of changes. */
    number: z.string().min(1).max(40),
    title: both(400),
    question: both(20_000),
    benefits: both(20_000),
    urgency: z.enum(['low', 'normal', 'high']),
    neededBy: calendarDate<IsoDate>().nullable(),
    affected: z.array(z.object({ artifact: id<ArtifactId>(16), type: z.string().max(60), title: both(400) })).max(50),
  }),
  /** Which clause or deliverable becomes what. */
  changes: z.array(z.object({ id: record, place: both(400), text: both(20_000) })).min(1).max(40),
  /** What was considered instead. A verdict is on the change alone: who wants one of these revises the text. */
  options: z.array(z.object({ id: record, title: both(400), about: both(20_000) })).max(10),
  policy: policySchema,
  parties: z.array(z.object({ company: id<CompanyId>(32), name: both(400), side: z.enum(CHANGE_SIDES) })).length(2),
  /** Conditions are met and signatures count until then. */
  signBy: instant,
}) // prettier-ignore

/** What is decided on: the change, the rule and both companies, as canonical JSON. Its SHA-256 names the text. */
export type ChangeContent = z.infer<typeof contentSchema>

/** Longest text of a change, in characters. */
export const MOST_CHANGE = 400_000

export const writeChange = (content: ChangeContent): string => canonicalJson(content as unknown as Json)

/** Reads a change's text; undefined unless it is exactly what `writeChange` would write, with ids that name one thing each. */
export function readChange(text: string): ChangeContent | undefined {
  try {
    const raw = JSON.parse(text) as Json
    const parsed = contentSchema.safeParse(raw)
    if (!parsed.success || canonicalJson(raw) !== text || canonicalJson(parsed.data as unknown as Json) !== text)
      return undefined
    return isSound(parsed.data) ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Split authority itself: no text can give the scope to the provider or feasibility to the client. */
function isSound({ revision, previous, changes, options, parties, policy, signBy }: ChangeContent): boolean {
  const once = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
  const { matters, dimensions } = policy
  const decides = (matter: Matter, side: ChangeSide): boolean =>
    matters.some((one) => one.matter === matter && one.decider === side)
  return (
    (revision === 1) === (previous === null) &&
    once(changes.map((one) => one.id)) &&
    once(['it', ...options.map((one) => one.id)]) &&
    once(parties.map(({ company }) => company)) &&
    once(parties.map(({ side }) => side)) &&
    once(matters.map(({ matter }) => matter)) &&
    decides('scope', 'client') &&
    decides('feasibility', 'provider') &&
    SERVICE_DIMENSIONS.reduce((sum, name) => sum + dimensions[name], 0) === 100 &&
    matters.every(({ until }) => until <= signBy)
  )
}

export const sideCompany = ({ parties }: Pick<ChangeContent, 'parties'>, side: ChangeSide): CompanyId | undefined =>
  parties.find((party) => party.side === side)?.company
