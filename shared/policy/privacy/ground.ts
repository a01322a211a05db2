import * as z from 'zod'

/**
 * Grounds on which personal data may go to another company: consent, or one of the exceptions of the Saudi Personal Data Protection
 * Law (article 15), as public summaries list them. Mithaq holds the record of the decision; whether a ground carries is a lawyer's word.
 */
export const BASES = [
  'consent', 'public-source', 'public-entity', 'life-or-health', 'not-identifying', 'legitimate-interest',
] as const // prettier-ignore
/** Purposes for which personal data may leave the country (article 29). */
export const TRANSFER_GROUNDS = [
  'agreement-of-the-state', 'interest-of-the-state', 'obligation-to-the-person', 'named-in-the-regulations',
] as const // prettier-ignore
/** The three safeguards of the transfer regulation of 2024, and the derogation that stands in for them. */
export const SAFEGUARDS = ['standard-clauses', 'binding-rules', 'accreditation', 'derogation'] as const

const note = z.string().trim().max(500)

export const transferSchema = z.strictObject({
  ground: z.enum(TRANSFER_GROUNDS),
  safeguard: z.enum(SAFEGUARDS),
  /** Hash or reference of the document that holds the safeguard, or the derogation's reason. */
  document: note,
  /** Somebody has looked and says that no more leaves than the purpose needs. */
  minimised: z.boolean(),
})

/** Why personal data may leave under a policy. It is private; what is told to the partner is the policy's purpose alone. */
export const groundSchema = z.strictObject({
  basis: z.enum(BASES),
  /** Ids of consents in the private register; for the basis `consent` alone. */
  consents: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(50),
  /** Who approved an exception and why; needed for every basis but consent. */
  approval: note.nullable(),
  /** Needed where the other company keeps its data in another country. */
  transfer: transferSchema.nullable(),
})
export type PrivacyGround = Readonly<z.infer<typeof groundSchema>>
