import { type } from '@orpc/contract'
import * as z from 'zod'
import { INFEASIBLE, MATTERS, SERVICE_DIMENSIONS } from '#shared/artifacts/change-content.ts'
import { conditionSchema, VERDICTS } from '#shared/artifacts/change-event.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import type { ChangeView } from '#shared/projection/change-views.ts'
import { hexId, procedure } from './refusal.ts'
import { scoreSheet } from './score-sheet.ts'

const one = z.object({ artifact: hexId })
const open = one.extend({ change: hexId })
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
const said = z.string().trim().min(1).max(4000)
const view = type<ChangeView>()

/** Changes of a service: their drafts are documents; here they are logged, decided matter by matter, and signed. */
export const changes = {
  get: procedure.input(one).output(view),
  /** How the service has done and what comes first now, as our company sees it. It stays in the vault. */
  saveContext: procedure
    .input(one.extend({ history: z.string().max(20_000), priorities: z.string().max(20_000) }))
    .output(view),
  /** Scores of one role: they stay in the vault. */
  saveScores: procedure.input(open.extend(scoreSheet(record, SERVICE_DIMENSIONS))).output(view),
  removeScores: procedure.input(open.extend({ role: z.enum(ROLES) })).output(view),
  /** `revises`: the text that the person had in view. */
  log: procedure.input(one.extend({ revises: hexId.nullable() })).output(view),
  /** Class B: what is said here leaves the company. */
  decide: procedure
    .input(
      open.extend({
        matter: z.enum(MATTERS),
        verdict: z.enum(VERDICTS),
        reason: z.string().max(8000),
        category: z.enum(INFEASIBLE).nullable(),
        conditions: z.array(conditionSchema).max(20),
      }),
    )
    .output(view),
  meet: procedure.input(open.extend({ condition: record, evidence: said })).output(view),
  confirm: procedure.input(open).output(view),
  /** `hash`: the outcome that the person has seen. */
  sign: procedure.input(open.extend({ hash: hexId })).output(view),
  finalise: procedure.input(open).output(view),
  withdraw: procedure.input(open.extend({ reason: said })).output(view),
}
