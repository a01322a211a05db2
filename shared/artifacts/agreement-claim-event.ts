import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { Instant, IsoMonth } from '../kernel/time.ts'
import { LAST_INSTANT } from './field.ts'

const artifact = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const claim = z.string().regex(/^[0-9a-f]{32}$/)
const money = z.int().min(0).max(1e15)
const counted = z.int().min(0).max(1e12)
const instant = z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<Instant>
const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/) as unknown as z.ZodType<IsoMonth>

const levelResult = z.discriminatedUnion('reported', [
  z.object({
    metric: z.string().max(400),
    reported: z.literal(true),
    good: counted,
    total: counted,
    excluded: counted,
  }),
  z.object({ metric: z.string().max(400), reported: z.literal(false) }),
])

/** What was measured, as a person entered it: with the signed terms it gives the claim, and nothing else does. */
export const measuredSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('service-credit'),
    month,
    results: z.array(levelResult).max(40),
    /** Of the month, and of the eleven months before it with what was credited in them; halalas, null where nobody said. */
    charge: money.nullable(),
    earlierCharges: money.nullable(),
    earlierCredits: money,
  }),
  z.object({
    kind: z.literal('late-delivery'),
    /** The order or delivery as both sides call it. */
    order: z.string().min(1).max(200),
    due: instant,
    delivered: instant,
    value: money.nullable(),
    cause: z.enum(['seller', 'force-majeure', 'buyer']),
  }),
  z.object({
    kind: z.literal('price-adjustment'),
    /** Published figures of the index in hundredths, and where they can be seen. */
    base: counted.nullable(),
    now: counted.nullable(),
    source: z.string().max(2000),
  }),
])
export type Measured = z.infer<typeof measuredSchema>
export type ClaimKind = Measured['kind']

/** On what a claim is disputed. `no-harm`: the debtor shows that no loss arose (Civil Transactions Law, art. 179). */
export const DISPUTE_GROUNDS = ['no-harm', 'force-majeure', 'other-side', 'measured-wrong', 'other'] as const

/** A claim is what the signed terms make of what was measured: proposed by one party, answered by another. */
export const agreementClaimEvents = [
  z.object({
    type: z.literal('claim-proposed'),
    artifact,
    /** SHA-256 of the signed text. */
    hash: sha256,
    claim,
    measured: measuredSchema,
    /** What the claimant saw: halalas, or the new prices in the order of the rows. A word that does not compute is without effect. */
    amounts: z.array(money).min(1).max(400),
    note: z.string().max(2000),
  }),
  z.object({ type: z.literal('claim-accepted'), artifact, hash: sha256, claim }),
  z.object({
    type: z.literal('claim-disputed'),
    artifact,
    hash: sha256,
    claim,
    ground: z.enum(DISPUTE_GROUNDS),
    reason: z.string().min(1).max(2000),
    /** Where the counter-evidence can be seen. */
    evidence: z.string().max(2000),
  }),
  z.object({ type: z.literal('claim-withdrawn'), artifact, hash: sha256, claim }),
] as const
