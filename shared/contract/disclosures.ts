import { type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import { disclosurePolicySchema, type DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type {
  DisclosureDetail,
  DisclosureSummary,
  PreviewOutcome,
  RoleSight,
} from '#shared/projection/disclosure-views.ts'
import { bilingual, hexId, none, procedure } from './refusal.ts'

/** How the forecast over the slice is made, and the owner's own part of it; absent when the slice carries no forecast. */
const forecast = z.object({
  method: z.enum([
    'auto',
    'seasonal-naive',
    'seasonal-drift',
    'moving-average',
    'exponential-smoothing',
    'damped-trend',
  ]),
  horizon: z.int().min(1).max(24),
  unit: z.string().min(1).max(40),
  overrides: z
    .array(
      z.object({
        sku: z.string().max(200),
        region: z.string().max(200),
        bucket: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
        quantity: z.number().min(0).max(1e12),
        reason: z.string().max(500),
      }),
    )
    .max(20_000),
  zones: z
    .array(
      z.object({
        zone: z.enum(['frozen', 'firm', 'flex']),
        fromMonth: z.int().min(1).max(36),
        toMonth: z.int().min(1).max(36).nullable(),
        upPercent: z.number().min(0).max(1000),
        downPercent: z.number().min(0).max(100),
      }),
    )
    .max(10),
  assumptions: z.array(z.string().max(2000)).max(100),
  invalidation: z
    .array(
      z.object({
        rule: z.enum(['change-over', 'sku-discontinued', 'promotion-cancelled']),
        percent: z.number().min(0).max(1000).nullable(),
        reference: z.string().max(200).nullable(),
      }),
    )
    .max(100),
  commitDays: z.int().min(0).max(365),
  exceptionDays: z.int().min(0).max(365),
})
export type ForecastChoice = z.infer<typeof forecast>

export const disclosures = {
  policies: procedure.input(none).output(type<readonly DisclosurePolicy[]>()),
  /** A careful default for a dataset and channel: monthly aggregate by product and region, k by customer. */
  propose: procedure
    .input(z.object({ dataset: hexId, workspace: hexId, channel: hexId }))
    .output(type<DisclosurePolicy>()),
  savePolicy: procedure.input(disclosurePolicySchema).output(type<DisclosurePolicy>()),
  removePolicy: procedure.input(z.object({ policy: hexId })).output(type<void>()),
  /** Computes the very slice that `disclose` would seal. Nothing leaves. */
  preview: procedure
    .input(z.object({ policy: disclosurePolicySchema, title: bilingual, forecast: forecast.optional() }))
    .output(type<PreviewOutcome>()),
  /** Seals what was previewed: refused when the hash is no longer the same. `confirmHeld` is the person's yes to a held revision. */
  disclose: procedure
    .input(
      z.object({
        policy: hexId,
        title: bilingual,
        forecast: forecast.optional(),
        sliceId: hexId,
        confirmHeld: z.boolean(),
      }),
    )
    .output(type<DisclosureSummary>()),
  list: procedure.input(none).output(type<readonly DisclosureSummary[]>()),
  get: procedure
    .input(z.object({ artifact: hexId, compareWith: z.int().min(1).optional() }))
    .output(type<DisclosureDetail>()),
  /** No further revision, and the key is destroyed here. What was read stays read. */
  withdraw: procedure.input(z.object({ artifact: hexId, reason: z.string().max(500) })).output(type<void>()),
  /** The owner looks through a partner role's eyes. */
  seeAs: procedure.input(z.object({ workspace: hexId, role: z.enum(ROLES) })).output(type<RoleSight>()),
  export: procedure.input(z.object({ artifact: hexId, locale: z.enum(['en', 'ar']) })).output(type<DownloadView>()),
}
