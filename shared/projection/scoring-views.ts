import type { Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Rubric } from '#shared/scoring/rubric.ts'
import type { Bilingual } from './bilingual.ts'

/** A rubric as it counts now. */
export interface RubricView {
  readonly rubric: Rubric
  /** 0 is the one that Mithaq ships; each saving is one more. */
  readonly version: number
  /** Whether it says and counts what the shipped one does. */
  readonly standard: boolean
  /** Latest first. */
  readonly versions: readonly RubricVersionView[]
}
export interface RubricVersionView {
  readonly version: number
  readonly rubric: Rubric
  readonly by: Bilingual
  readonly at: Instant
}
export interface RubricLineView {
  readonly role: Role
  readonly version: number
  readonly standard: boolean
}
