import { type } from '@orpc/contract'
import * as z from 'zod'
import { clauseValueSchema, PARTNERSHIP_DIMENSIONS } from '#shared/artifacts/convergence-content.ts'
import { exchangeSchema } from '#shared/artifacts/convergence-event.ts'
import { negotiationRangesSchema } from '#shared/artifacts/private-position.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import { NO_AGREEMENT } from '#shared/scoring/scored.ts'
import type { NegotiationView } from '#shared/projection/convergence-views.ts'
import { hexId, procedure } from './refusal.ts'
import { scoreSheet } from './score-sheet.ts'

const one = z.object({ artifact: hexId })
const open = one.extend({ negotiation: hexId })
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
const view = type<NegotiationView>()

/** Negotiations between a customer and a seller: their drafts are documents; here they are requested, offered, accepted and signed. */
export const convergence = {
  get: procedure.input(one).output(view),
  /** What we accept of each clause. It stays in the vault. */
  saveRanges: procedure.input(one.extend({ ranges: negotiationRangesSchema })).output(view),
  /** Scores of one role for the offers that stand, `text` being the last of them: they stay in the vault. */
  saveScores: procedure
    .input(
      one.extend({ text: hexId, ...scoreSheet(z.union([hexId, z.literal(NO_AGREEMENT)]), PARTNERSHIP_DIMENSIONS) }),
    )
    .output(view),
  removeScores: procedure.input(one.extend({ text: hexId, role: z.enum(ROLES) })).output(view),
  request: procedure.input(one).output(view),
  /** Class B: what is offered here leaves the company. */
  offer: procedure
    .input(
      open.extend({
        answers: hexId.nullable(),
        values: z.record(record, clauseValueSchema),
        rationale: z.string().max(8000),
        tradeOffs: z.array(exchangeSchema).max(20),
      }),
    )
    .output(view),
  accept: procedure.input(open.extend({ offer: hexId })).output(view),
  /** `hash`: the outcome that the person has seen. */
  confirm: procedure.input(open.extend({ hash: hexId })).output(view),
  verify: procedure.input(open.extend({ hash: hexId })).output(view),
  finalise: procedure.input(open).output(view),
  end: procedure.input(open.extend({ reason: z.string().trim().min(1).max(4000) })).output(view),
}
