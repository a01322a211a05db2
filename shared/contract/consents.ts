import { type } from '@orpc/contract'
import * as z from 'zod'
import { consentSchema } from '#shared/policy/privacy/consent.ts'
import type { ConsentRegister } from '#shared/projection/consent-views.ts'
import { hexId, none, procedure } from './refusal.ts'

/** PV-10: the private register of consents. */
export const consents = {
  register: procedure.input(none).output(type<ConsentRegister>()),
  add: procedure.input(consentSchema).output(type<ConsentRegister>()),
  /** Ends every disclosure that rests on it. */
  withdraw: procedure.input(z.object({ consent: hexId, reason: z.string().max(500) })).output(type<ConsentRegister>()),
  /** Where a partner keeps its data: an ISO 3166 code. */
  setCountry: procedure
    .input(z.object({ company: hexId, country: z.string().regex(/^[A-Z]{2}$/) }))
    .output(type<ConsentRegister>()),
}
