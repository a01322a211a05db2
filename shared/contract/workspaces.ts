import { type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type { ArtifactSummary, ForecastScreen, SliceScreen } from '#shared/projection/forecast-views.ts'
import type { ReciprocityView } from '#shared/projection/reciprocity-views.ts'
import type { FileOutcome, WorkspaceSummary, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { bilingual, hexId, none, procedure } from './refusal.ts'

const one = z.object({ workspace: hexId })
const bucket = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const quantity = z.number().min(0).max(1e12).nullable()
const place = { sku: z.string().max(200), region: z.string().max(200), bucket }

export const workspaces = {
  list: procedure.input(none).output(type<readonly WorkspaceSummary[]>()),
  get: procedure.input(one).output(type<WorkspaceView>()),
  create: procedure
    .input(
      z.object({
        kind: z.enum(['peer', 'customer-seller', 'client-provider', 'alliance']),
        name: bilingual,
        outcome: bilingual,
        charter: z.object({ addCompany: z.enum(['any-member', 'every-member']), roles: z.array(z.enum(ROLES)) }),
        /** The first channel: who in both companies reads it. */
        channel: z.object({ name: bilingual, roles: z.array(z.enum(ROLES)).min(1) }),
        /** Begin on synthetic data, with a checklist (EX-1). */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(type<WorkspaceView>()),
  addChannel: procedure
    .input(
      z.object({
        workspace: hexId,
        name: bilingual,
        roles: z.array(z.enum(ROLES)).min(1),
        expiresOn: z.iso.date().optional(),
      }),
    )
    .output(type<WorkspaceView>()),
  /** A one-time invitation: the link in the view, and the same as a sealed file. */
  invite: procedure.input(z.object({ workspace: hexId, days: z.int().min(1).max(60) })).output(type<DownloadView>()),
  /** What goes to a partner who has never seen the app: the invitation as a sealed file, and a page that says what to do. */
  inviteByMail: procedure
    .input(one)
    .output(type<{ readonly invitation: DownloadView; readonly guide: DownloadView }>()),
  /** Looks at a pasted `mithaq:` link or an uploaded file of any kind; a sync or answer file takes effect at once. */
  openLink: procedure.input(z.object({ link: z.string().max(100_000) })).output(type<FileOutcome>()),
  openFile: procedure.input(z.object({ upload: z.string() })).output(type<FileOutcome>()),
  /** Opts in to an invitation looked at before; gives the answer file to send back. */
  accept: procedure
    .input(z.object({ token: z.string() }))
    .output(type<{ readonly workspace: string; readonly answer: DownloadView }>()),
  /** The person compared the safety code by voice: it matched, or it did not (the workspace then closes). */
  confirmSafety: procedure
    .input(z.object({ workspace: hexId, code: z.string().max(100), matches: z.boolean() }))
    .output(type<WorkspaceView>()),
  /** Our company leaves: nothing written afterwards is for it. What anybody has read stays read. */
  leave: procedure.input(one).output(type<WorkspaceView>()),
  /** Our company consents to the removal of another; with the last consent it is done. */
  removeCompany: procedure.input(z.object({ workspace: hexId, company: hexId })).output(type<WorkspaceView>()),
  /** Says what our reading of a channel comes to, for every company to come to the same. */
  makeCheckpoint: procedure.input(z.object({ workspace: hexId, channel: hexId })).output(type<WorkspaceView>()),
  /** Everything the partner is not known to have, as one sealed file. */
  exportSync: procedure.input(one).output(type<DownloadView>()),
  setConnection: procedure
    .input(
      z.object({
        workspace: hexId,
        enabled: z.boolean(),
        signalling: z.array(z.url({ protocol: /^wss?$/ })).max(8),
        iceServers: z
          .array(
            z.object({
              urls: z.string().max(200),
              username: z.string().max(200).optional(),
              credential: z.string().max(200).optional(),
            }),
          )
          .max(8),
        /** The mailbox of this workspace; null for none, absent to leave it as it is. */
        mailbox: z
          .url({ protocol: /^wss?$/ })
          .max(300)
          .nullable()
          .optional(),
      }),
    )
    .output(type<WorkspaceView>()),
}

export const artifacts = {
  list: procedure.input(z.object({ workspace: hexId.optional() })).output(type<readonly ArtifactSummary[]>()),
  /** Opening a partner's slice for the first time sends its owner a signed receipt. */
  open: procedure
    .input(z.object({ artifact: hexId, compareWith: z.int().min(1).optional() }))
    .output(type<ForecastScreen>()),
  /** The same for a slice that carries no forecast. */
  openSlice: procedure
    .input(z.object({ artifact: hexId, compareWith: z.int().min(1).optional() }))
    .output(type<SliceScreen>()),
  /** Why a slice is open or closed between two companies, what is missing and until when; empty when nothing is asked in return. */
  reciprocity: procedure.input(z.object({ artifact: hexId })).output(type<readonly ReciprocityView[]>()),
  /** The owner states a fact that an invalidation rule names (TR-5). */
  declare: procedure
    .input(
      z.object({
        artifact: hexId,
        fact: z.enum(['sku-discontinued', 'promotion-cancelled']),
        reference: z.string().min(1).max(200),
      }),
    )
    .output(type<ForecastScreen>()),
  /** Writes this company's capacity plan for a forecast; it is made with the first commitment. `null` clears a value. */
  commit: procedure
    .input(
      z.object({
        artifact: hexId,
        terms: z
          .object({
            leadTimeDays: z.int().min(0).max(1000).nullable(),
            minimumOrder: quantity,
            multiple: quantity,
            constraint: z.string().max(2000).nullable(),
            unanswered: z.enum(['remind', 'as-forecast']).nullable(),
          })
          .partial()
          .optional(),
        /** All slots that there are: one that is left out is removed. */
        slots: z
          .array(
            z.object({
              resource: z.string().min(1).max(120),
              skuGroup: z.string().max(120).nullable(),
              bucket,
              capacity: quantity,
              upside: quantity,
              downside: quantity,
            }),
          )
          .max(2_000)
          .optional(),
        commitments: z
          .array(
            z.object({
              ...place,
              committed: quantity,
              status: z.enum(['proposed', 'committed', 'shortfall']),
              reason: z.string().max(400).nullable(),
              alternate: z.string().max(400).nullable().optional(),
              resource: z.string().max(120).nullable(),
            }),
          )
          .max(20_000)
          .optional(),
      }),
    )
    .output(type<ForecastScreen>()),
  /** The forecast's owner answers shortfalls (TR-7). */
  answer: procedure
    .input(
      z.object({
        artifact: hexId,
        answers: z
          .array(
            z.object({
              ...place,
              answer: z.enum(['accepted', 'elsewhere', 'moved', 'disputed']),
              note: z.string().max(500).nullable(),
            }),
          )
          .min(1)
          .max(20_000),
      }),
    )
    .output(type<ForecastScreen>()),
  /** Either company writes the quantity that both settled on. */
  agree: procedure
    .input(
      z.object({
        artifact: hexId,
        cells: z
          .array(z.object({ ...place, quantity, note: z.string().max(500).nullable() }))
          .min(1)
          .max(20_000),
      }),
    )
    .output(type<ForecastScreen>()),
  /** Forecast, commitments and gaps as a workbook with provenance. */
  export: procedure.input(z.object({ artifact: hexId, locale: z.enum(['en', 'ar']) })).output(type<DownloadView>()),
}
