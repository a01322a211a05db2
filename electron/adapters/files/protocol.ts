import type { RawBatch, TableChoice, TableFile, TableProbe, TableRefusal, WorkbookSheet } from '#engine/ports.ts'
import type { Result } from '#shared/kernel/result.ts'

/** What a worker is asked, once in its life: it ends with its answer, and takes everything that a hostile file made it hold with it. */
export type Task =
  | { readonly kind: 'probe'; readonly file: TableFile; readonly choice: TableChoice }
  | { readonly kind: 'read'; readonly file: TableFile; readonly choice: TableChoice }
  | { readonly kind: 'write'; readonly sheets: readonly WorkbookSheet[] }

/** What it says. After each `batch` it waits for `more`, so that no more than one batch is ever under way. */
export type Answer =
  | { readonly kind: 'probed'; readonly result: Result<TableProbe, TableRefusal> }
  | { readonly kind: 'batch'; readonly result: Result<RawBatch, TableRefusal> }
  | { readonly kind: 'end' }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
export const MORE = 'more'
