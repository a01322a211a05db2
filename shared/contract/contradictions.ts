import { type } from '@orpc/contract'
import * as z from 'zod'
import type { ContradictionsView } from '#shared/projection/contradiction-views.ts'
import { hexId, none, procedure } from './refusal.ts'

const one = z.object({ id: hexId })
const view = type<ContradictionsView>()

/** What documents say against each other. Computed here and kept here: nothing of it is written to a channel. */
export const contradictions = {
  list: procedure.input(none).output(view),
  /** `seen`: the values that the person saw; when either changes, it comes back. */
  setAside: procedure.input(one.extend({ seen: hexId, reason: z.string().max(2000) })).output(view),
  takeBack: procedure.input(one).output(view),
}
