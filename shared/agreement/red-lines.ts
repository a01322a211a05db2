import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { ColumnSpec, TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Bound, PrivatePosition, PrivateRange } from '#shared/artifacts/private-position.ts'
import type { Draft } from './draft.ts'
import { isGiven } from './tables.ts'

/** Where an agreement goes beyond what our company accepts, or does not say yet. Computed from values, never from words. */
export interface RedLine {
  /** A term's name, or `table.column`. */
  readonly range: string
  /** The row's number, from 1; null for a term. */
  readonly row: number | null
  /** `unsettled`: several values stand against each other; `not-said`: there is none. Neither is taken for kept. */
  readonly code: 'below-least' | 'above-most' | 'not-must' | 'never' | 'not-said' | 'unsettled'
  readonly value: TermValue | null
  readonly bound: Bound | null
}

interface Said {
  readonly row: number | null
  readonly value: TermValue | null
  readonly unsettled: boolean
}

/** Units whose values have an order; of the others a range can only say which it must or must never be. */
export const isOrdered = (unit: ColumnSpec['unit']): boolean => !['choice', 'party', 'words', 'code'].includes(unit)
/** Whether a range can be set at all: words are compared by people. */
export const hasRange = (unit: ColumnSpec['unit']): boolean => unit !== 'words' && unit !== 'code'

export function redLinesOfDraft(kind: AgreementKind, position: PrivatePosition, draft: Draft): readonly RedLine[] {
  return redLines(kind, position, (name, column) =>
    column === undefined
      ? [{ row: null, value: draft.terms[name] ?? null, unsettled: draft.termConflicts.has(name) }]
      : (draft.tables[name] ?? []).map(({ values, conflicts }, at) => ({
          row: at + 1,
          value: values[column] ?? null,
          unsettled: conflicts.has(column),
        })),
  )
}

/** The same of a text that was closed for signature. */
export function redLinesOfContent(
  kind: AgreementKind,
  position: PrivatePosition,
  content: AgreementContent,
): readonly RedLine[] {
  return redLines(kind, position, (name, column) =>
    column === undefined
      ? [{ row: null, value: content.terms[name]?.value ?? null, unsettled: false }]
      : (content.tables?.[name]?.rows ?? []).map(({ cells }, at) => ({
          row: at + 1,
          value: cells[column]?.value ?? null,
          unsettled: false,
        })),
  )
}

function redLines(
  kind: AgreementKind,
  { ranges }: PrivatePosition,
  said: (name: string, column: string | undefined) => readonly Said[],
): readonly RedLine[] {
  return Object.entries(ranges).flatMap(([range, bounds]) => {
    const [name = '', column] = range.split('.')
    const spec = column === undefined ? kind.terms[name] : kind.tables[name]?.columns[column]
    // A range of a term that this kind does not have, or of one that people compare, says nothing.
    if (!spec || !hasRange(spec.unit) || !isBounded(bounds)) return []
    return said(name, column).flatMap(({ row, value, unsettled }): readonly RedLine[] => {
      const line = (code: RedLine['code'], bound: Bound | null = null) => [{ range, row, code, value, bound }]
      if (unsettled) return line('unsettled')
      if (!isGiven(value)) return spec.optional ? [] : line('not-said')
      return brokenBy(bounds, value, line)
    })
  })
}

const isBounded = ({ least, most, must, never }: PrivateRange): boolean =>
  least !== null || most !== null || must !== null || never.length > 0

function brokenBy(
  range: PrivateRange,
  value: TermValue,
  line: (code: RedLine['code'], bound: Bound) => readonly RedLine[],
): readonly RedLine[] {
  const broken = typeof value === 'object' ? undefined : boundBroken(range, value)
  return broken ? line(broken.code, broken.bound) : []
}

/** The bound of a range that a value does not keep; undefined when it keeps them all. */
export function boundBroken(
  { least, most, must, never }: PrivateRange,
  value: Bound,
): { readonly code: 'below-least' | 'above-most' | 'not-must' | 'never'; readonly bound: Bound } | undefined {
  if (must !== null && value !== must) return { code: 'not-must', bound: must }
  if (never.includes(value)) return { code: 'never', bound: value }
  if (least !== null && before(value, least)) return { code: 'below-least', bound: least }
  if (most !== null && before(most, value)) return { code: 'above-most', bound: most }
  return undefined
}

/** Numbers by size, ISO dates by time; values of two kinds are in no order. */
const before = (left: Bound, right: Bound): boolean =>
  typeof left === 'number' && typeof right === 'number'
    ? left < right
    : typeof left === 'string' && typeof right === 'string' && left < right
