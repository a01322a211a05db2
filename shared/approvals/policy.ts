import * as z from 'zod'
import { ROLES, type Role } from '../kernel/ids.ts'
import { isoDate, type IsoDate } from '../kernel/time.ts'
import { COMMITMENTS, WEIGHTY, WITH_AMOUNT, type Commitment } from './commitment.ts'

/** Who may approve. Each of the first four covers those before it; legal stands beside them. */
export const LEVELS = ['manager', 'director', 'vp', 'c-level', 'legal'] as const
export type Level = (typeof LEVELS)[number]

/** PL-8, and how DP-12 asks for approval of each. */
export const PARTNERSHIPS = ['referral', 'distribution', 'technology', 'strategic', 'government'] as const
export type Partnership = (typeof PARTNERSHIPS)[number]
/** Workspaces that nobody gave a type go by their kind. */
export const SCOPES = ['peer', 'customer-seller', 'client-provider', 'alliance', ...PARTNERSHIPS] as const
export type Scope = (typeof SCOPES)[number]

const roles = z.array(z.enum(ROLES)).max(ROLES.length)
const levels = z.array(z.enum(LEVELS)).max(LEVELS.length)
/** Every level named has to approve; none: whoever's role may do it approves by doing it. */
const rule = z.strictObject({ levels, fourEyes: z.boolean() })
export type Rule = z.infer<typeof rule>
const hours = z.int().min(1).max(1_000)

/** Why nobody works on days that the week would count. */
export const OFF = ['eid-al-fitr', 'eid-al-adha', 'founding-day', 'national-day', 'other'] as const
const LONGEST_OFF = 366 * 86_400_000
const day = z.string().transform((text, context): IsoDate => {
  const date = isoDate(text)
  if (!date) context.addIssue({ code: 'custom', message: 'no day' })
  return date ?? ('' as IsoDate)
})
const off = z
  .strictObject({ what: z.enum(OFF), from: day, to: day })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= LONGEST_OFF)
export type Off = z.infer<typeof off>

/**
 * Strict on purpose: what is forbidden (Class C: a commitment by a model or by automation alone, private fields in what leaves) has
 * no field here, so no policy can allow it.
 */
export const approvalPolicySchema = z.strictObject({
  version: z.int().min(0),
  holders: z.strictObject({ manager: roles, director: roles, vp: roles, 'c-level': roles, legal: roles }),
  scopes: z.record(z.enum(SCOPES), z.strictObject({ everyday: rule, weighty: rule })),
  /** What of this one kind is asked instead; `from`: only for amounts of so many halalas and more. */
  special: z
    .array(
      rule.extend({
        scope: z.enum(['all', ...SCOPES]),
        commitment: z.enum(COMMITMENTS),
        from: z.int().min(0).max(1e15).nullable(),
      }),
    )
    .max(100),
  /** Workspace to type of partnership. */
  types: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.enum(PARTNERSHIPS)),
  week: z.strictObject({
    days: z.array(z.int().min(0).max(6)).max(7),
    from: z.int().min(0).max(1440),
    to: z.int().min(0).max(1440),
    utcOffset: z.int().min(-720).max(840),
  }),
  /** Days on which the working hours do not count; policies from before there were any have none. */
  off: z.array(off).max(200).default([]),
  /** Working hours after the request: until it is due, until it goes to the level named, until it is void. */
  dueAfter: hours,
  escalateAfter: hours,
  escalateTo: z.enum(LEVELS),
  expireAfter: hours,
})
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>

const C_LEVEL: readonly Role[] = ['founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'chro']
const usual = (weighty: readonly Level[], everyday: readonly Level[] = []) => ({
  everyday: { levels: [...everyday], fourEyes: false },
  weighty: { levels: [...weighty], fourEyes: false },
})
const typed = (...of: readonly Level[]) => usual(of, of)

/** What stands until a company says otherwise: nobody who works alone is locked out, and types ask what DP-12 names. */
export const USUAL_POLICY: ApprovalPolicy = {
  version: 0,
  holders: {
    manager: ['account-lead', 'delivery-lead', 'legal'],
    director: ['sponsor', 'investor'],
    vp: [],
    'c-level': [...C_LEVEL],
    legal: ['legal'],
  },
  scopes: {
    peer: usual(['manager']),
    'customer-seller': usual(['manager']),
    'client-provider': usual(['manager']),
    alliance: usual(['manager']),
    referral: typed('manager'),
    distribution: typed('director'),
    technology: typed('vp'),
    strategic: typed('c-level'),
    government: typed('c-level', 'legal'),
  },
  special: [],
  types: {},
  week: { days: [0, 1, 2, 3, 4], from: 8 * 60, to: 16 * 60, utcOffset: 180 },
  off: [],
  dueAfter: 8,
  escalateAfter: 16,
  escalateTo: 'c-level',
  expireAfter: 80,
}

const LADDER = ['manager', 'director', 'vp', 'c-level'] as const

/** The levels that approve for `needed`: itself and, on the ladder, every higher one. */
export function levelsFor(needed: Level): readonly Level[] {
  const at = LADDER.findIndex((level) => level === needed)
  return at < 0 ? [needed] : LADDER.slice(at)
}
/** Roles whose holders approve for a level. */
export const rolesFor = ({ holders }: ApprovalPolicy, needed: Level): readonly Role[] => [
  ...new Set(levelsFor(needed).flatMap((level) => holders[level])),
]
export const covers = (policy: ApprovalPolicy, held: readonly Role[], needed: Level): boolean =>
  rolesFor(policy, needed).some((role) => held.includes(role))

/** Which row of the policy a workspace goes by. */
export const scopeOf = ({ types }: ApprovalPolicy, workspace: string, kind: Scope): Scope => types[workspace] ?? kind

/** `amount` in halalas; null: the commitment is not about money; `not-said`: it may be any amount. */
export type Amount = number | null | 'not-said'

/**
 * What is asked of a commitment. Of the special rules of its kind the one for its own scope goes before one for all, and the higher
 * limit before the lower; an amount that nobody said is above every limit.
 */
export function ruleFor(policy: ApprovalPolicy, scope: Scope, commitment: Commitment, amount: Amount): Rule {
  const { everyday, weighty } = policy.scopes[scope]
  const reached = (from: number | null): boolean =>
    from === null || (WITH_AMOUNT.has(commitment) && (amount === 'not-said' || (amount !== null && amount >= from)))
  const [special] = policy.special
    .filter((one) => one.commitment === commitment && (one.scope === scope || one.scope === 'all') && reached(one.from))
    .toSorted((one, other) => Number(other.scope === scope) - Number(one.scope === scope) || (other.from ?? -1) - (one.from ?? -1)) // prettier-ignore
  const { levels: asked, fourEyes } = special ?? (WEIGHTY.has(commitment) ? weighty : everyday)
  return { levels: asked, fourEyes }
}

export type PolicyWarning =
  | { readonly code: 'nobody-holds'; readonly scope: Scope | 'all'; readonly level: Level }
  | { readonly code: 'four-eyes-alone'; readonly scope: Scope | 'all' }
  | { readonly code: 'escalates-to-nobody'; readonly level: Level }
  | { readonly code: 'escalates-before-due' }
  | { readonly code: 'expires-before-escalation' }
  | { readonly code: 'no-working-time' }

/** What a company should know before it keeps a policy. `people`: the roles of each person who holds a certificate. */
export function warningsOf(policy: ApprovalPolicy, people: readonly (readonly Role[])[]): readonly PolicyWarning[] {
  const held = (level: Level): boolean => people.some((one) => covers(policy, one, level))
  const used = new Set(Object.values(policy.types))
  const asked: { readonly scope: Scope | 'all'; readonly rule: Rule }[] = [
    ...SCOPES.filter((scope) => used.has(scope as Partnership) || !(PARTNERSHIPS as readonly string[]).includes(scope)).flatMap(
      (scope) => [policy.scopes[scope].everyday, policy.scopes[scope].weighty].map((one) => ({ scope, rule: one })),
    ),
    ...policy.special.map((one) => ({ scope: one.scope, rule: one })),
  ] // prettier-ignore
  const found: PolicyWarning[] = asked.flatMap(({ scope, rule: { levels: needed, fourEyes } }): PolicyWarning[] => [
    ...needed.filter((level) => !held(level)).map((level) => ({ code: 'nobody-holds' as const, scope, level })),
    ...(fourEyes && people.length < 2 ? [{ code: 'four-eyes-alone' as const, scope }] : []),
  ])
  if (!held(policy.escalateTo)) found.push({ code: 'escalates-to-nobody', level: policy.escalateTo })
  if (policy.escalateAfter < policy.dueAfter) found.push({ code: 'escalates-before-due' })
  if (policy.expireAfter <= policy.escalateAfter) found.push({ code: 'expires-before-escalation' })
  if (policy.week.days.length === 0 || policy.week.to <= policy.week.from) found.push({ code: 'no-working-time' })
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}
