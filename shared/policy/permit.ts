import type { ColumnMeaning, ColumnType, DataClass } from '#shared/artifacts/table.ts'
import type { Brand } from '#shared/kernel/brand.ts'
import type { ClassChange, MeasureFunction, ReleasedClass } from './data-class.ts'
import type { DisclosurePolicy, RowFilter } from './disclosure-policy.ts'
import type { FieldTransform } from './transform.ts'

export interface PermittedField {
  /** Position in `scanColumns`. */
  readonly scan: number
  readonly column: string
  readonly meaning: ColumnMeaning
  readonly type: ColumnType
  readonly transform: FieldTransform
  readonly from: DataClass
  readonly to: ReleasedClass
  readonly clause: string | null
}

export interface PermittedMeasure {
  /** Position in `scanColumns`; null counts records. */
  readonly scan: number | null
  readonly column: string | null
  readonly type: ColumnType
  readonly is: MeasureFunction
  readonly to: ReleasedClass
}

/**
 * A policy that was checked against the columns and the audience of this moment, ready to run. Only `evaluate` makes one, and
 * `disclose` takes nothing else: a slice that skipped the policy does not compile.
 */
export interface PermitContent {
  readonly policy: DisclosurePolicy
  /** The columns to read, in this order; nothing else of the table is looked at. */
  readonly scanColumns: readonly string[]
  readonly fields: readonly PermittedField[]
  readonly measures: readonly PermittedMeasure[]
  readonly filters: readonly { readonly scan: number; readonly filter: RowFilter }[]
  /** Position of the entity column in `scanColumns`. */
  readonly entity: number | null
  /** Totals as positions in `fields`. */
  readonly totals: readonly (readonly number[])[]
  readonly classChanges: readonly ClassChange[]
}

export type Permit = Brand<PermitContent, 'Permit'>
