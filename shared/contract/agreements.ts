import { type } from '@orpc/contract'
import * as z from 'zod'
import { DISPUTE_GROUNDS, measuredSchema } from '#shared/artifacts/agreement-claim-event.ts'
import { privatePositionSchema, type PrivatePosition } from '#shared/artifacts/private-position.ts'
import type {
  AgreementView,
  FileCheckView,
  TimestampingView,
  TimestampTrial,
} from '#shared/projection/agreement-views.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { hexId, none, procedure } from './refusal.ts'

const one = z.object({ artifact: hexId })
const version = z.object({ artifact: hexId, hash: hexId })

/** Agreements: their drafts are documents; here they are closed for signature, signed, declined, and checked. */
export const agreements = {
  get: procedure.input(one).output(type<AgreementView>()),
  /** Prints the draft and closes it for signature; refused with the first thing that stands in the way. */
  freeze: procedure
    .input(one.extend({ signDays: z.int().min(1).max(365).nullable().default(null) }))
    .output(type<AgreementView>()),
  sign: procedure.input(version.extend({ withoutTimestamp: z.boolean().optional() })).output(type<AgreementView>()),
  decline: procedure
    .input(version.extend({ reason: z.string().trim().min(1).max(2000) }))
    .output(type<AgreementView>()),
  /** Whoever closed the text reminds a signatory who has not signed, once a day. */
  remind: procedure.input(version.extend({ signatory: z.string().max(32) })).output(type<AgreementView>()),
  /** The file with the signatures that it carries so far. */
  file: procedure.input(version).output(type<DownloadView>()),
  /** A signed agreement lives on: notice, an agreed last day, what was owed and is done, its dates as a calendar file. */
  giveNotice: procedure
    .input(one.extend({ endsOn: z.iso.date(), reason: z.string().trim().min(1).max(2000) }))
    .output(type<AgreementView>()),
  agreeTerm: procedure.input(one.extend({ until: z.iso.date() })).output(type<AgreementView>()),
  stateObligation: procedure
    .input(one.extend({ obligation: z.string().max(80), done: z.boolean(), evidence: z.string().trim().max(2000) }))
    .output(type<AgreementView>()),
  /** What the signed terms come to: claimed by one party, answered by another. `late-payment` is refused by its reason. */
  proposeClaim: procedure
    .input(
      one.extend({
        measured: z.union([measuredSchema, z.literal('late-payment')]),
        note: z.string().trim().max(2000).default(''),
      }),
    )
    .output(type<AgreementView>()),
  acceptClaim: procedure.input(one.extend({ claim: hexId })).output(type<AgreementView>()),
  disputeClaim: procedure
    .input(
      one.extend({
        claim: hexId,
        ground: z.enum(DISPUTE_GROUNDS),
        reason: z.string().trim().min(1).max(2000),
        evidence: z.string().trim().max(2000),
      }),
    )
    .output(type<AgreementView>()),
  withdrawClaim: procedure.input(one.extend({ claim: hexId })).output(type<AgreementView>()),
  /** Begins a draft that takes the place of the agreement in force; with the same kind its text is taken over. */
  replace: procedure
    .input(
      one.extend({ type: z.string().max(60), title: z.object({ en: z.string().max(400), ar: z.string().max(400) }) }),
    )
    .output(type<{ readonly artifact: ArtifactId }>()),
  calendar: procedure.input(one.extend({ locale: z.enum(['en', 'ar']) })).output(type<DownloadView>()),
  /** What our company would settle for; it never leaves the vault but into our own window. */
  position: procedure.input(one).output(type<PrivatePosition>()),
  savePosition: procedure.input(one.extend({ position: privatePositionSchema })).output(type<PrivatePosition>()),
  /** Keeps an uploaded PDF that a provider signed on, beside the signed one. */
  addCertified: procedure.input(version.extend({ upload: z.string() })).output(type<AgreementView>()),
  certifiedFile: procedure.input(version).output(type<DownloadView>()),
  /**
   * Makes the evidence pack of a version signed by all; the job's result is a download. `approvals`: with what our company states
   * about its own approvals of the text.
   */
  evidence: procedure
    .input(version.extend({ approvals: z.boolean().default(false) }))
    .output(type<{ readonly job: string }>()),
  /** Which timestamp authority signatures ask, and whose timestamps are believed. */
  timestamping: procedure.input(none).output(type<TimestampingView>()),
  /** Turns timestamps on with an address, or off with null. Uploads are certificates to believe, in PEM or DER. */
  saveTimestamping: procedure
    .input(
      z.object({
        url: z.string().trim().max(500).nullable(),
        roots: z.array(hexId).max(16),
        upload: z.string().nullable(),
      }),
    )
    .output(type<TimestampingView>()),
  /** Asks an authority for one timestamp over random bytes. Nothing is kept but the certificates that came along, to choose from. */
  tryTimestamping: procedure.input(none).output(type<TimestampTrial>()),
  /** Checks an uploaded PDF or evidence pack. */
  check: procedure.input(z.object({ upload: z.string() })).output(type<FileCheckView>()),
}
