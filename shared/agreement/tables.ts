import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent, ContentTable } from '#shared/artifacts/agreement-content.ts'
import type { ColumnSpec, TableSpec, TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Draft, DraftRow } from './draft.ts'
import { termText } from './term-text.ts'

/** How a cell reads in both languages; a party by its role. */
export function cellText(kind: AgreementKind, column: ColumnSpec, value: TermValue): Words {
  if (column.unit === 'party' && typeof value === 'string') return kind.roles[value] ?? { en: value, ar: value }
  return termText({ ...column, unit: column.unit === 'party' ? 'code' : column.unit }, value)
}

/** A value that says something: an empty text or one that only one language has is written, and yet says nothing. */
export const isGiven = (value: TermValue | null | undefined): value is TermValue => {
  if (value === null || value === undefined) return false
  if (typeof value === 'object') return value.en.trim() !== '' || value.ar.trim() !== ''
  return typeof value === 'number' || value.trim() !== ''
}

/** The tables with their cells filled in; a table without a row is left out. */
export function tablesOf(kind: AgreementKind, draft: Draft): NonNullable<AgreementContent['tables']> {
  return Object.fromEntries(
    Object.entries(kind.tables).flatMap(([name, spec]) => {
      const rows = draft.tables[name] ?? []
      return rows.length === 0 ? [] : [[name, tableOf(kind, spec, rows)]]
    }),
  )
}

function tableOf(kind: AgreementKind, { label, columns }: TableSpec, rows: readonly DraftRow[]): ContentTable {
  return {
    label,
    columns: Object.entries(columns).map(([name, column]) => ({ name, label: column.label })),
    rows: rows.map(({ id, values }) => ({
      id,
      cells: Object.fromEntries(
        Object.entries(columns).flatMap(([name, column]) => {
          const value = values[name]
          return isGiven(value) ? [[name, { value: plain(value), text: cellText(kind, column, value) }]] : []
        }),
      ),
    })),
  }
}

/** Only what the format knows: a text that a later version wrote may carry more. */
export const plain = (value: TermValue): TermValue =>
  typeof value === 'object' ? { en: value.en.trim(), ar: value.ar.trim() } : value
