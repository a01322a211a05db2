import { type } from '@orpc/contract'
import * as z from 'zod'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type { CheckView, ReleasePreview, StandardView } from '#shared/projection/standard-views.ts'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import { hexId, procedure } from './refusal.ts'

const record = z.string().regex(/^[a-z0-9]{1,32}$/)
const number = z.string().min(5).max(64)
const language = z.enum(['en', 'ar'])

/** Standards: what companies state about them. The draft is a co-edited document and crosses its own port. */
export const standards = {
  open: procedure.input(z.object({ artifact: hexId })).output(type<StandardView>()),
  /** What would be released now as the version that this record plans. Nothing is written. */
  preview: procedure.input(z.object({ artifact: hexId, version: record })).output(type<ReleasePreview>()),
  release: procedure
    .input(z.object({ artifact: hexId, version: record, hash: z.string().regex(/^[0-9a-f]{64}$/) }))
    .output(type<StandardView>()),
  adopt: procedure
    .input(z.object({ artifact: hexId, version: number, status: z.enum(['planned', 'running', 'stopped']) }))
    .output(type<StandardView>()),
  /** Runs a test of a released version, or of the draft (null), on an uploaded file. Nothing is told to anybody. */
  check: procedure
    .input(z.object({ artifact: hexId, version: number.nullable(), test: record, upload: hexId }))
    .output(type<CheckView>()),
  /**
   * Tells the partners how a test went: for a file, the engine runs the test again itself and tells what it found; by hand, the
   * person says it. The file stays here, its hash goes.
   */
  tell: procedure
    .input(
      z.object({
        artifact: hexId,
        version: number,
        test: record,
        upload: hexId.nullable(),
        result: z.enum(['pass', 'fail']).nullable(),
        note: z.string().max(2_000),
      }),
    )
    .output(type<StandardView>()),
  readDocument: procedure.input(z.object({ upload: hexId })).output(type<ImportedStandard>()),
  export: procedure
    .input(z.object({ artifact: hexId, version: number.nullable(), language, format: z.enum(['docx', 'markdown']) }))
    .output(type<DownloadView>()),
}
