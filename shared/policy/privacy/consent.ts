import * as z from 'zod'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { isoDate, type IsoDate } from '#shared/kernel/time.ts'

const day = z
  .string()
  .refine((text) => isoDate(text) !== undefined)
  .transform((text) => text as IsoDate)
const line = z.string().trim().min(3).max(500)

export const CONSENT_CHANNELS = ['form', 'contract', 'e-mail', 'app', 'spoken'] as const

/** A consent as a person enters it into the private register (AR-32). It names whom it is about, never the people themselves. */
export const consentSchema = z.strictObject({
  /** A person's reference or a class of people, e.g. "contact persons of wholesale customers". */
  subject: line,
  /** What the data may be disclosed for: the policy's purpose has to be this very one. */
  purpose: line,
  /** Companies that may receive the data. */
  recipients: z.array(z.string().regex(/^[0-9a-f]{64}$/).transform((id) => id as CompanyId)).min(1).max(50), // prettier-ignore
  channel: z.enum(CONSENT_CHANNELS),
  /** The text that was agreed to, in both languages, with its version. */
  textVersion: z.string().trim().min(1).max(60),
  text: z.strictObject({ en: z.string().max(4000), ar: z.string().max(4000) }),
  givenOn: day,
  expiresOn: day.nullable(),
  /** Where the proof lies: a document's hash, a file, a form number. */
  evidence: line,
}) // prettier-ignore
export type ConsentTerms = Readonly<z.infer<typeof consentSchema>>

export interface ConsentRecord extends ConsentTerms {
  readonly id: string
  readonly withdrawnOn: IsoDate | null
  readonly withdrawal: string | null
}

export type ConsentState = 'valid' | 'not-yet' | 'expired' | 'withdrawn'

export function consentOn(consent: ConsentRecord, today: IsoDate): ConsentState {
  if (consent.withdrawnOn !== null) return 'withdrawn'
  if (consent.expiresOn !== null && today > consent.expiresOn) return 'expired'
  return today < consent.givenOn ? 'not-yet' : 'valid'
}
