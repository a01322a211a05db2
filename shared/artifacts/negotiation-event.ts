import { z } from 'zod'
import { MOST_EXPORT } from './agreement-export.ts'
import type { ArtifactId } from '../kernel/ids.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const artifact = id as unknown as z.ZodType<ArtifactId>
const record = z.string().regex(/^[a-z0-9]{1,32}$/)
const text = (most: number) => z.string().max(most)
const said = (most: number) => text(most).min(1)

/** What a clause says in one language, with the names of its terms unfilled. */
const wordingSchema = z.object({ heading: text(400), text: text(20_000) })
const termValue = z.union([z.int().min(0).max(1e15), said(40)])

/** What somebody would have changed. What a proposal had in view is kept with it, so that a change since is noticed. */
export const proposedChangeSchema = z.discriminatedUnion('kind', [
  /** New words for a clause; a language that is absent stays as it is. */
  z.object({
    kind: z.literal('clause'),
    clause: record,
    before: z.object({ en: wordingSchema, ar: wordingSchema }),
    en: wordingSchema.optional(),
    ar: wordingSchema.optional(),
  }),
  /** A clause more, behind another or at the front. */
  z.object({ kind: z.literal('insert'), after: record.nullable(), en: wordingSchema, ar: wordingSchema }),
  z.object({
    kind: z.literal('remove'),
    clause: record,
    before: z.object({ en: wordingSchema, ar: wordingSchema }),
  }),
  z.object({
    kind: z.literal('term'),
    term: z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/),
    before: termValue.nullable(),
    value: termValue,
  }),
])
/** Another place for a clause. `before`: the clause that it stands behind now, empty at the front. */
const moveSchema = z.object({
  kind: z.literal('move'),
  clause: record,
  after: record.nullable(),
  before: z.union([record, z.literal('')]),
})
/** Everything that can be proposed. A move is a fact of its own: a version that knows none of it parks it, like any later fact. */
export const anyChangeSchema = z.union([proposedChangeSchema, moveSchema])
export type ProposedChange = z.infer<typeof anyChangeSchema>
export type MoveChange = z.infer<typeof moveSchema>
export type Wording = z.infer<typeof wordingSchema>

/** What companies say to each other on the way to one text. Whose word it is stands in the certificate of the entry. */
export const negotiationEvents = [
  z.object({
    type: z.literal('change-proposed'),
    artifact,
    proposal: id,
    change: proposedChangeSchema,
    rationale: said(4000),
    /** The proposal that this one counters. */
    answers: id.nullable(),
    /** A Word file that it was read out of. Names in such a file are claims: nobody has signed them. */
    word: z.object({ file: text(200), names: z.array(text(100)).max(20), untracked: z.boolean() }).nullable(),
  }),
  /** A change of the kind that only moves a clause. */
  z.object({
    type: z.literal('move-proposed'),
    artifact,
    proposal: id,
    change: moveSchema,
    rationale: said(4000),
    answers: id.nullable(),
  }),
  z.object({ type: z.literal('proposal-accepted'), artifact, proposal: id }),
  z.object({ type: z.literal('proposal-declined'), artifact, proposal: id, reason: said(2000) }),
  z.object({ type: z.literal('proposal-withdrawn'), artifact, proposal: id }),
  /** The text that went into a Word file: an edited copy of the file is compared with it, by whoever brings it in. */
  z.object({
    type: z.literal('agreement-exported'),
    artifact,
    /** SHA-256 of `text`; it stands in the file. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    text: said(MOST_EXPORT),
  }),
  /** AR-35. What the author's company gave and what it received for it. */
  z.object({
    type: z.literal('trade-off-recorded'),
    artifact,
    tradeOff: id,
    given: said(2000),
    received: said(2000),
    /** What it is worth to the author's company by its own estimate, in halalas; null: not put into money. */
    worth: z.int().min(0).max(1e15).nullable(),
    clause: record.nullable(),
    rationale: said(4000),
  }),
  z.object({ type: z.literal('trade-off-withdrawn'), artifact, tradeOff: id }),
] as const

export const NEGOTIATION_FACTS: ReadonlySet<string> = new Set(negotiationEvents.map((event) => event.shape.type.value))
