import { type } from '@orpc/contract'
import * as z from 'zod'
import type { TextOfVersion, TextVersionView } from '#shared/projection/negotiation-views.ts'
import { hexId, procedure } from './refusal.ts'

const one = z.object({ artifact: hexId })
/** `draft`, `closed/<hash>` or `named/<feed>/<seq>`. */
const key = z.string().regex(/^(?:draft|closed\/[0-9a-f]{64}|named\/[0-9a-f]{96}\/[1-9]\d{0,9})$/)

/** How companies come to one text: versions beside each other, proposals and their answers. */
export const negotiation = {
  versions: procedure.input(one).output(type<readonly TextVersionView[]>()),
  /** What a version says in both languages, its terms filled in. */
  text: procedure.input(z.object({ artifact: hexId, key })).output(type<TextOfVersion>()),
}
