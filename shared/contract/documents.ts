import { type } from '@orpc/contract'
import * as z from 'zod'
import type {
  DocumentState,
  DocumentSummary,
  FieldChange,
  HeldBackDraft,
  HistoryGroup,
  MergedView,
  OpenedDocument,
  WrittenView,
} from '#shared/projection/document-views.ts'
import { bilingual, hexId, procedure } from './refusal.ts'

const artifact = z.object({ artifact: hexId })
/** `feed/seq` of the last change that a version holds, or of the fact that named it. */
const version = z.string().regex(/^[0-9a-f]{96}\/[1-9]\d{0,9}$/)

/** `feed/seq/set/record`, as a `HeldBackDraft` is named. */
const draft = z.string().regex(/^[0-9a-f]{96}\/[1-9]\d{0,9}\/[a-z][A-Za-z0-9]{0,31}\/[a-z0-9]{1,32}$/)

/** Co-edited documents. What is typed in them crosses a binary port of its own (`live.ts`), opened with the token. */
export const documents = {
  list: procedure.input(z.object({ workspace: hexId.optional() })).output(type<readonly DocumentSummary[]>()),
  create: procedure
    .input(z.object({ channel: hexId, type: z.string().max(60), title: bilingual }))
    .output(type<{ readonly artifact: string }>()),
  /** A replica of a section for this window; the token opens its port once. */
  open: procedure.input(z.object({ artifact: hexId, section: z.string().max(60) })).output(type<OpenedDocument>()),
  /** Who wrote these items of the joint section, and when. */
  written: procedure
    .input(
      z.object({
        artifact: hexId,
        items: z.array(z.object({ client: z.int().min(0), clock: z.int().min(0) })).max(500),
      }),
    )
    .output(type<readonly WrittenView[]>()),
  /** Texts that several people changed apart from each other and nobody has read since. */
  merged: procedure.input(artifact).output(type<readonly MergedView[]>()),
  history: procedure.input(artifact).output(type<readonly HistoryGroup[]>()),
  /** What one group of the history changed. */
  changes: procedure.input(z.object({ artifact: hexId, version })).output(type<readonly FieldChange[]>()),
  versionAt: procedure.input(z.object({ artifact: hexId, version })).output(type<DocumentState>()),
  nameVersion: procedure
    .input(z.object({ artifact: hexId, name: z.string().trim().min(1).max(120) }))
    .output(type<readonly HistoryGroup[]>()),
  restore: procedure.input(z.object({ artifact: hexId, version })).output(type<readonly HistoryGroup[]>()),
  /** What this device wrote in a document and what has no effect, because its roles had been reduced. */
  heldBack: procedure.input(artifact).output(type<readonly HeldBackDraft[]>()),
  /** Writes it again, as a new change under the present roles. */
  takeIn: procedure.input(z.object({ artifact: hexId, draft })).output(type<readonly HeldBackDraft[]>()),
  /** Shows it no more. */
  dismiss: procedure.input(z.object({ artifact: hexId, draft })).output(type<readonly HeldBackDraft[]>()),
}
