import type { Cell, ColumnType, DataClass } from '../artifacts/table.ts'
import type { Brand } from '../kernel/brand.ts'
import type { CompanyId, PolicyId, Role, SliceId } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'

/** A column as it leaves: what it is called, what was done to it, and the class that this yields. */
export interface SliceColumn {
  readonly name: string
  readonly type: ColumnType
  /** `group` columns name a cell, `measure` columns hold the aggregated value, `detail` columns are of row detail. */
  readonly part: 'group' | 'measure' | 'detail'
  /** The transform in canonical words, e.g. `generalise(month)`, `sum`, `mask`, `keep`. */
  readonly transform: string
  readonly dataClass: Exclude<DataClass, 'private'>
}

/** Why a value is missing from a slice. `below-k`: fewer than k distinct entities. `complementary`: would give a `below-k` cell away by subtraction. */
export type Suppression = 'below-k' | 'complementary'

/** Rows with some group columns summed over. Its rows have the slice's columns; those summed over are null. */
export interface SliceTotal {
  /** Indexes of the group columns that it keeps; empty for the grand total. */
  readonly over: readonly number[]
  readonly rows: readonly (readonly Cell[])[]
  readonly suppressed: readonly (readonly [number, number, Suppression])[]
}

/**
 * What a policy lets out, whole: this very value is encoded, hashed, previewed and sealed. Only `disclose` constructs it,
 * and it never holds a private cell, a dataset's name or a file's name.
 */
export interface SliceContent {
  readonly format: 'mithaq.slice.v1'
  readonly owner: CompanyId
  readonly policy: PolicyId
  readonly policyVersion: number
  readonly revision: number
  readonly supersedes: SliceId | null
  readonly title: { readonly en: string; readonly ar: string }
  readonly purpose: string
  /** Reason for row detail (PV-4); null for aggregates. */
  readonly necessity: string | null
  readonly roles: readonly Role[]
  readonly k: number
  readonly columns: readonly SliceColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** [row, column, why]: these cells are null in `rows`. */
  readonly suppressed: readonly (readonly [number, number, Suppression])[]
  /** Published totals of an aggregate; never to be computed from `rows`, where cells are missing. Empty for row detail. */
  readonly totals: readonly SliceTotal[]
  readonly provenance: {
    readonly sourceSystem: string
    readonly sourceTimestamp: Instant
    readonly sourceVersion: string
    readonly transformation: string
  }
  readonly asOf: IsoDate
  /** Days after `asOf` during which the content counts as current (PV-5). */
  readonly currencyDays: number
  readonly expiresOn: IsoDate
}

export type Slice = Brand<SliceContent, 'Slice'>
/** The same content while it waits for a person's confirmation: it can be previewed and hashed, not encoded for sealing. */
export type HeldSlice = Brand<SliceContent, 'HeldSlice'>

export const MOST_SLICE_ROWS = 200_000
