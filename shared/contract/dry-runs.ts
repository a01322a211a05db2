import { type } from '@orpc/contract'
import * as z from 'zod'
import { STATED_ITEMS } from '#shared/artifacts/dry-run.v1.ts'
import type { DryRunView } from '#shared/projection/dry-run-views.ts'
import { hexId, procedure } from './refusal.ts'

const one = z.object({ workspace: hexId })

/** EX-1, TR-14: a workspace on synthetic data, and the way from it to real ones. */
export const dryRuns = {
  get: procedure.input(one).output(type<DryRunView>()),
  /** A person's word on an item, with evidence; `done: false` takes it back. */
  tick: procedure
    .input(one.extend({ item: z.enum(STATED_ITEMS), done: z.boolean(), evidence: z.string().max(500) }))
    .output(type<DryRunView>()),
  /** The peer agreement of the dry run; begun from the template where there is none. */
  agreement: procedure.input(one).output(type<{ readonly artifact: string }>()),
  /** Our company says that it has passed. */
  pass: procedure.input(one).output(type<DryRunView>()),
  /** Founds the workspace for real data; only when both have passed. */
  foundProduction: procedure.input(one).output(type<{ readonly workspace: string }>()),
}
