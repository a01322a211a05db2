import { type } from '@orpc/contract'
import * as z from 'zod'
import { anyChangeSchema } from '#shared/artifacts/negotiation-event.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type {
  ProposalView,
  TextOfVersion,
  TextVersionView,
  TradeOffView,
  WordReadingView,
} from '#shared/projection/negotiation-views.ts'
import { hexId, procedure } from './refusal.ts'

const one = z.object({ artifact: hexId })
/** `draft`, `closed/<hash>` or `named/<feed>/<seq>`. */
const key = z.string().regex(/^(?:draft|closed\/[0-9a-f]{64}|named\/[0-9a-f]{96}\/[1-9]\d{0,9})$/)
const said = (most: number) => z.string().trim().min(1).max(most)
const wording = z.object({ heading: z.string().max(400), text: z.string().max(20_000) })
const proposal = z.object({ artifact: hexId, proposal: hexId })
const proposals = type<readonly ProposalView[]>()
const tradeOffs = type<readonly TradeOffView[]>()

/** How companies come to one text: versions beside each other, proposals and their answers, and what was given for what. */
export const negotiation = {
  versions: procedure.input(one).output(type<readonly TextVersionView[]>()),
  /** What a version says in both languages, its terms filled in. */
  text: procedure.input(z.object({ artifact: hexId, key })).output(type<TextOfVersion>()),
  proposals: procedure.input(one).output(proposals),
  /** `answers`: the proposal that this one counters. */
  propose: procedure
    .input(z.object({ artifact: hexId, change: anyChangeSchema, rationale: said(4000), answers: hexId.nullable() }))
    .output(proposals),
  /** `seen`: what stood there when the person looked; `place`: where an inserted clause goes among the others. */
  accept: procedure
    .input(
      proposal.extend({
        seen: z.union([z.null(), z.int(), z.string().max(40), z.object({ en: wording, ar: wording })]),
        place: z.string().max(200).nullable(),
      }),
    )
    .output(proposals),
  decline: procedure.input(proposal.extend({ reason: said(2000) })).output(proposals),
  withdraw: procedure.input(proposal).output(proposals),
  /** A version as a Word file; `from`: another version, and what differs stands in it as tracked changes. */
  exportWord: procedure
    .input(z.object({ artifact: hexId, from: key.nullable(), to: key }))
    .output(type<DownloadView>()),
  /** What an edited file would change; nothing is proposed yet. */
  readWord: procedure.input(z.object({ artifact: hexId, upload: z.string() })).output(type<WordReadingView>()),
  proposeFromWord: procedure
    .input(
      z.object({
        artifact: hexId,
        upload: z.string(),
        rationale: said(4000),
        choices: z
          .array(
            z.object({
              item: z.string().max(40),
              as: z.enum(['clause', 'insert', 'remove']),
              clause: z.string().max(32).nullable(),
            }),
          )
          .min(1)
          .max(2_000),
      }),
    )
    .output(type<{ readonly proposed: number }>()),
  tradeOffs: procedure.input(one).output(tradeOffs),
  recordTradeOff: procedure
    .input(
      z.object({
        artifact: hexId,
        given: said(2000),
        received: said(2000),
        worth: z.int().min(0).max(1e15).nullable(),
        clause: z.string().max(32).nullable(),
        rationale: said(4000),
      }),
    )
    .output(tradeOffs),
  withdrawTradeOff: procedure.input(z.object({ artifact: hexId, tradeOff: hexId })).output(tradeOffs),
}
