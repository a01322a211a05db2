import { type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import type { ColleaguesView, SharePreview } from '#shared/projection/colleague-views.ts'
import { dataClass } from './datasets.ts'
import { hexId, none, procedure } from './refusal.ts'

const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length)
const choice = { dataset: hexId, roles, ceiling: dataClass }

/** The company's internal workspace: what goes between colleagues' devices, by role and by class of column. */
export const colleagues = {
  get: procedure.input(none).output(type<ColleaguesView>()),
  /** What would go to whom. Nothing leaves. */
  preview: procedure.input(z.object({ ...choice, roles: z.array(z.enum(ROLES)) })).output(type<SharePreview>()),
  /** Shares a dataset, or changes how it is shared. `columns` are those that the person saw going. Follow it with `jobs.get`. */
  share: procedure
    .input(z.object({ ...choice, columns: z.array(z.string().max(200)).max(500) }))
    .output(type<{ readonly job: string }>()),
  /** Shares a policy over a dataset that is shared, with the roles that may disclose. */
  sharePolicy: procedure.input(z.object({ policy: hexId, roles })).output(type<ColleaguesView>()),
  /** No further revision. What colleagues have taken stays with them. */
  end: procedure.input(z.object({ artifact: hexId })).output(type<ColleaguesView>()),
  /** Takes a colleague's dataset or policy out of this vault; it comes back with the next revision. */
  removeCopy: procedure.input(z.object({ artifact: hexId })).output(type<ColleaguesView>()),
}
