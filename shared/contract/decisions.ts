import { type } from '@orpc/contract'
import * as z from 'zod'
import { VERDICTS } from '#shared/artifacts/decision-after-event.ts'
import { DIMENSIONS } from '#shared/artifacts/decision-content.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import type { DecisionView } from '#shared/projection/decision-views.ts'
import { hexId, procedure } from './refusal.ts'
import { scoreSheet } from './score-sheet.ts'

const said = z.string().trim().min(1).max(4000)
const told = z.string().trim().min(1).max(8000)
const one = z.object({ artifact: hexId })
const round = one.extend({ round: hexId })
const view = type<DecisionView>()
const option = z.string().regex(/^[a-z0-9]{1,32}$/)

/** Joint decisions: their drafts are documents; here they are put to the vote, scored, approved, closed and signed. */
export const decisions = {
  get: procedure.input(one).output(view),
  /** `reason`: what a later round changes, and why. */
  open: procedure.input(one.extend({ reason: z.string().max(4000) })).output(view),
  withdraw: procedure.input(round.extend({ reason: said })).output(view),
  /** Scores of one role: they stay in the vault. */
  saveScores: procedure.input(round.extend(scoreSheet(option, DIMENSIONS))).output(view),
  removeScores: procedure.input(round.extend({ role: z.enum(ROLES) })).output(view),
  /** Class B: what is approved here leaves the company. Scores in hundredths of a point. */
  approve: procedure
    .input(
      round.extend({
        stance: z.enum(['vote', 'abstain', 'recuse']),
        options: z
          .array(
            z.object({
              option,
              score: z.int().min(0).max(10_000),
              vote: z.enum(['yes', 'no']),
              objection: z.string().max(4000),
            }),
          )
          .max(20),
        rationale: z.string().max(8000),
      }),
    )
    .output(view),
  reveal: procedure.input(round).output(view),
  veto: procedure.input(round.extend({ option: option.nullable(), reason: said })).output(view),
  close: procedure.input(round).output(view),
  /** `list`: the hash of the list and result that the person has seen. */
  sign: procedure.input(round.extend({ list: hexId })).output(view),
  /** Makes a joint plan that carries the decision out. */
  plan: procedure.input(round).output(view),
  reportMinority: procedure.input(round.extend({ report: told })).output(view),
  review: procedure.input(round.extend({ verdict: z.enum(VERDICTS), note: told })).output(view),
  /** Puts the question again, as a decision of its own. */
  reopen: procedure.input(round.extend({ reason: told })).output(view),
  /** `outcome`: the hash of what a dispute about the round came to, when that is what is taken up; null: a talk that begins. */
  mediate: procedure.input(round.extend({ reason: said, outcome: hexId.nullable() })).output(view),
  /** Makes the evidence pack of what all have signed: here, in a negotiation or about a change of a service. The job's result is a download. */
  evidence: procedure.input(one).output(type<{ readonly job: string }>()),
}
