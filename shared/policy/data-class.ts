import type { DataClass } from '#shared/artifacts/table.ts'
import type { FieldTransform } from './transform.ts'

/** A class under which a value may leave. Private is not one of them, and no type in the outbound path can hold it. */
export type ReleasedClass = Exclude<DataClass, 'private'>

/** The change of class that a permitted transform makes; recorded in the disclosure report and the audit. */
export interface ClassChange {
  readonly column: string
  readonly from: DataClass
  readonly to: ReleasedClass
  /** In canonical words, e.g. `generalise(month)` or `sum`. */
  readonly transform: string
}

/**
 * The class that a transform yields from a source class; undefined when the combination may not leave at all.
 *
 * - Public stays public, shared-confidential stays shared-confidential: a transform never *raises* the audience of a value.
 * - Private comes down to shared-confidential only, never to public, and only through a transform that loses information.
 *   `keep` loses none. `drop` and `suppress` let nothing out, so they have nothing to classify.
 */
export function yields(transform: FieldTransform, from: DataClass): ReleasedClass | undefined {
  if (transform.kind === 'drop') return undefined
  if (from !== 'private') return from
  return transform.kind === 'keep' ? undefined : 'shared-confidential'
}

export type MeasureFunction = 'sum' | 'count' | 'mean' | 'min' | 'max'

/**
 * The class of an aggregate. A sum, count or mean over at least k entities belongs to none of them, so it comes down from
 * private. A minimum or maximum *is* the value of one record: k does not protect it, and it yields nothing from private.
 */
export function measureYields(measure: MeasureFunction, from: DataClass): ReleasedClass | undefined {
  if (from !== 'private') return from
  return measure === 'min' || measure === 'max' ? undefined : 'shared-confidential'
}
