import { type } from '@orpc/contract'
import * as z from 'zod'
import type { DownloadView } from '#shared/projection/app-views.ts'
import { hexId, procedure } from './refusal.ts'

const exported = procedure
  .input(z.object({ artifact: hexId, locale: z.enum(['en', 'ar']) }))
  .output(type<DownloadView>())

/** Joint plans leave as files; they are edited live, like every document. */
export const plans = {
  /** Milestones and gates, for any calendar. */
  calendar: exported,
  /** Every part of the plan on a sheet of its own. */
  workbook: exported,
}
