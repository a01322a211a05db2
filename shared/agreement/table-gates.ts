import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { TableSpec } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Draft, DraftRow } from './draft.ts'
import { inequalities, type Inequality } from './equality.ts'
import { latePaymentCharges } from './late-payment.ts'
import { cellText, isGiven } from './tables.ts'

interface Cell {
  readonly table: string
  readonly record: string
  /** The row's number, from 1. */
  readonly row: number
}

/** Why a table may not be frozen yet, and in which row. */
export type TableGate =
  | { readonly code: 'table-too-short'; readonly table: string; readonly least: number }
  /** It has rows, and no clause carries it: nobody would sign it. */
  | { readonly code: 'table-unplaced'; readonly table: string }
  | ({ readonly code: 'row-incomplete'; readonly columns: readonly string[] } & Cell)
  | ({ readonly code: 'row-unequal'; readonly differences: readonly Inequality[] } & Cell)
  /** A step that does not go on from the one before it. */
  | ({ readonly code: 'row-out-of-step' } & Cell)
  | ({ readonly code: 'row-late-payment-charge' } & Cell)

/** What stands between the tables of a draft and its signature. */
export function tableGates(
  kind: AgreementKind,
  draft: Draft,
  parties: readonly { readonly name: Words }[],
  saudi: boolean,
): readonly TableGate[] {
  const placed = new Set(draft.clauses.map(({ values }) => values.table))
  return Object.entries(kind.tables).flatMap(([table, spec]): readonly TableGate[] => {
    const rows = draft.tables[table] ?? []
    const gates: TableGate[] = []
    if (rows.length < spec.least) gates.push({ code: 'table-too-short', table, least: spec.least })
    if (rows.length > 0 && !placed.has(table)) gates.push({ code: 'table-unplaced', table })
    return [
      ...gates,
      ...rows.flatMap((row, at) => rowGates(kind, spec, row, { table, record: row.id, row: at + 1 }, parties, saudi)),
      ...stepGates(spec, rows).map((at) => ({ code: 'row-out-of-step' as const, table, record: rows[at]?.id ?? '', row: at + 1 })),
    ] // prettier-ignore
  })
}

function rowGates(
  kind: AgreementKind,
  spec: TableSpec,
  { values }: DraftRow,
  place: Cell,
  parties: readonly { readonly name: Words }[],
  saudi: boolean,
): readonly TableGate[] {
  const gates: TableGate[] = []
  const columns = Object.entries(spec.columns)
    .filter(([name, { unit, optional }]) => {
      const value = values[name]
      if (!isGiven(value)) return optional !== true
      return unit === 'words' && typeof value === 'object' && (!value.en.trim() || !value.ar.trim())
    })
    .map(([name]) => name)
  if (columns.length > 0) gates.push({ code: 'row-incomplete', ...place, columns })
  const texts = Object.entries(spec.columns).flatMap(([name, column]) => {
    const value = values[name]
    return column.unit === 'words' && isGiven(value) ? [cellText(kind, column, value)] : []
  })
  const differences = columns.length > 0 ? [] : texts.flatMap((text) => inequalities(text, parties))
  if (differences.length > 0) gates.push({ code: 'row-unequal', ...place, differences })
  // A row is one sentence: what is charged may stand in one cell, and for what in another.
  const row = { en: texts.map(({ en }) => en).join(', '), ar: texts.map(({ ar }) => ar).join('، ') }
  if (saudi && latePaymentCharges(row).length > 0) gates.push({ code: 'row-late-payment-charge', ...place })
  return gates
}

/** Rows that break the steps of their group: of two rows one after the other, `by` and `then` both go the table's way. */
function stepGates({ steps }: TableSpec, rows: readonly DraftRow[]): readonly number[] {
  if (!steps) return []
  const last = new Map<string, { readonly by: number; readonly then: number }>()
  return rows.flatMap(({ values }, at) => {
    const group = values[steps.of]
    const [by, then] = [values[steps.by], values[steps.then]]
    if (!isGiven(group) || typeof by !== 'number' || typeof then !== 'number') return []
    const key = JSON.stringify(group)
    const before = last.get(key)
    last.set(key, { by, then })
    if (!before) return []
    const way = steps.way === 'rising' ? 1 : -1
    // What follows goes the other way: a price falls as the quantity rises, a credit rises as the service falls.
    return (by - before.by) * way > 0 && (then - before.then) * way < 0 ? [] : [at]
  })
}
