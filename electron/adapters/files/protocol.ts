import type {
  Checked, CheckRefusal, DocumentRefusal, FileTest, RawBatch, TableChoice, TableFile, TableProbe, TableRefusal, WordRefusal, WorkbookSheet,
} from '#engine/ports.ts' // prettier-ignore
import type { WordDraft, WordReading } from '#shared/agreement/word-file.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { StandardContent } from '#shared/standards/content.ts'
import type { ImportedStandard } from '#shared/standards/imported.ts'

/** What a worker is asked, once in its life: it ends with its answer, and takes everything that a hostile file made it hold with it. */
export type Task =
  | { readonly kind: 'probe'; readonly file: TableFile; readonly choice: TableChoice }
  | { readonly kind: 'read'; readonly file: TableFile; readonly choice: TableChoice }
  | { readonly kind: 'write'; readonly sheets: readonly WorkbookSheet[] }
  | { readonly kind: 'read-document'; readonly file: TableFile }
  | {
      readonly kind: 'write-docx'
      readonly content: Pick<StandardContent, 'title' | 'clauses'>
      readonly language: 'en' | 'ar'
    }
  | { readonly kind: 'write-agreement'; readonly draft: WordDraft }
  | { readonly kind: 'read-agreement'; readonly bytes: Uint8Array }
  | { readonly kind: 'check'; readonly test: FileTest; readonly file: TableFile }

/** What it says. After each `batch` it waits for `more`, so that no more than one batch is ever under way. */
export type Answer =
  | { readonly kind: 'probed'; readonly result: Result<TableProbe, TableRefusal> }
  | { readonly kind: 'batch'; readonly result: Result<RawBatch, TableRefusal> }
  | { readonly kind: 'end' }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'document'; readonly result: Result<ImportedStandard, DocumentRefusal> }
  | { readonly kind: 'agreement'; readonly result: Result<WordReading, WordRefusal> }
  | { readonly kind: 'checked'; readonly result: Result<Checked, CheckRefusal> }
export const MORE = 'more'
