import { type } from '@orpc/contract'
import * as z from 'zod'
import { pathSchema, SUBJECT_KINDS, type DisputeSubject } from '#shared/artifacts/dispute-content.ts'
import { FINDINGS } from '#shared/artifacts/dispute-event.ts'
import type {
  DisputeChoices, DisputeDraft, DisputeDraftView, DisputeListView, DisputeView,
} from '#shared/projection/dispute-views.ts' // prettier-ignore
import { hexId, procedure } from './refusal.ts'

type Subject = Pick<DisputeSubject, 'kind' | 'id'>
const subjectSchema = z.object({ kind: z.enum(SUBJECT_KINDS), id: hexId })
// Written out, or the whole contract is too long a type for the compiler.
const subject = subjectSchema as unknown as z.ZodType<Subject, Subject>
const values = z.object({
  subject: subjectSchema.extend({ clause: z.string().max(400) }).nullable(),
  issue: z.string().max(8000),
  position: z.string().max(20_000),
  parties: z.array(hexId).max(8),
  path: pathSchema,
}) as unknown as z.ZodType<DisputeDraft, DisputeDraft>
const draft = z.object({ draft: hexId })
const one = z.object({ artifact: hexId })
const open = one.extend({ dispute: hexId })
const said = z.string().trim().min(1).max(4000)
const words = { finding: z.enum(FINDINGS), terms: z.string().trim().max(8000) }
const view = type<DisputeView>()
const draftView = type<DisputeDraftView>()

/** Disputes: drafts lie in the vault; whatever binds the company in one passes its approval. */
export const disputes = {
  /** All, or those of a workspace or about a subject; drafts are of this vault. */
  list: procedure
    .input(z.object({ workspace: hexId.optional(), subject: subject.optional() }))
    .output(type<DisputeListView>()),
  /** What a dispute can be about in a channel, and the paths that were agreed there. */
  choices: procedure.input(z.object({ channel: hexId })).output(type<DisputeChoices>()),
  begin: procedure.input(z.object({ channel: hexId, subject: subject.nullable() })).output(draftView),
  draft: procedure.input(draft).output(draftView),
  save: procedure.input(draft.extend({ values })).output(draftView),
  remove: procedure.input(draft).output(type<void>()),
  /** Class B. `hash`: what the person has seen. */
  open: procedure.input(draft.extend({ hash: hexId })).output(view),
  /** `dispute`: which opening of the document; null: the first. */
  get: procedure.input(one.extend({ dispute: hexId.nullable() })).output(view),
  /** Class B. `path`: whether the company accepts a path that was proposed with the dispute; having declined it, it may accept it later. */
  answer: procedure
    .input(open.extend({ position: z.string().trim().min(1).max(20_000), path: z.enum(['accepted', 'declined']) }))
    .output(view),
  /** Class B. Proposing is signing. */
  propose: procedure.input(open.extend(words)).output(view),
  /** Class B. `hash`: of the words that the person has seen. */
  sign: procedure.input(open.extend({ hash: hexId })).output(view),
  /** Class B. */
  rule: procedure
    .input(open.extend({ level: z.int().min(0).max(5), ...words, rationale: z.string().trim().max(20_000) }))
    .output(view),
  recuse: procedure.input(open.extend({ reason: said })).output(view),
  /** Class B. `reference`: its number at the institution. */
  refer: procedure
    .input(open.extend({ reference: z.string().trim().min(1).max(200), reason: z.string().trim().max(4000) }))
    .output(view),
  /** Class B. `award`: SHA-256 of the file, which stays where it is. */
  award: procedure
    .input(
      open.extend({
        award: z.string().regex(/^[0-9a-f]{64}$/),
        reference: z.string().trim().min(1).max(200),
        ...words,
      }),
    )
    .output(view),
  withdraw: procedure.input(open.extend({ reason: said })).output(view),
}
