import type { Cell, Column, ColumnType, DataClass } from '#shared/artifacts/table.ts'
import type { ArtifactId, DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

export interface DatasetView {
  readonly id: DatasetId
  readonly name: string
  readonly version: number
  readonly rows: number
  readonly columns: readonly Column[]
  readonly importedAt: Instant
  readonly source: { readonly file: string; readonly sha256: string; readonly system: string }
  readonly defects: number
  readonly excludedCancellations: number
  /** Invented here, for a dry run. */
  readonly synthetic: boolean
  /** Shared by a colleague: read only. */
  readonly from?: {
    readonly artifact: ArtifactId
    readonly by: Bilingual
    readonly revision: number
    readonly sharedAt: Instant
    /** Why no further revision comes; null while one may. */
    readonly ended: 'withdrawn' | 'role-lost' | null
  }
}

export interface ImportProbe {
  readonly format: 'csv' | 'xlsx'
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256'
  readonly delimiter?: ',' | ';' | '\t'
  readonly sheets: readonly string[]
  readonly sheet?: string
  readonly headerRow: number
  readonly columns: readonly ImportColumn[]
  readonly sample: readonly (readonly string[])[]
  /** What the sample shows of cancelled orders, credit notes and negative quantities; absent when there are none. */
  readonly cancellation?: {
    readonly cancelled: number
    readonly credits: number
    readonly negative: number
    readonly proposal: 'exclude' | 'net' | 'keep'
  }
}

export interface ImportColumn extends Column {
  /** What the file calls it; `name` may differ where headers were empty or repeated. */
  readonly header: string
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy' | 'hijri'
  readonly decimalMark?: '.' | ','
  /** True when the values leave the date order open and the person must choose. */
  readonly ambiguous: boolean
}

export interface DefectView {
  readonly line: number
  readonly column: string
  readonly code: string
  readonly excerpt: string
}

export interface ReimportDiff {
  readonly token: string
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
  readonly columnsAdded: readonly string[]
  readonly columnsRemoved: readonly string[]
  readonly totals: readonly { readonly column: string; readonly before: number; readonly after: number }[]
  readonly examples: readonly {
    readonly change: 'added' | 'removed' | 'changed'
    readonly before: readonly Cell[]
    readonly after: readonly Cell[]
  }[]
}

export interface TablePage {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly dataClass: DataClass }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly total: number
}
