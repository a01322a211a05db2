import type { IsoDate } from '../kernel/time.ts'
import { bilingual, choice, count, date, line, optional, type Field } from './field.ts'
import type { Words } from './words.ts'

/**
 * What a value of an agreement is measured in. Money is whole halalas, a share is whole percent or basis points (hundredths of a
 * percent), so that nothing is ever rounded; `number` is a bare count (units, hours); `words` is a short text in both
 * languages, `code` one without a language (an id, a reference), `choice` one of `options`.
 */
export type TermUnit =
  'days' | 'months' | 'years' | 'percent' | 'basis-points' | 'halalas' | 'number' | 'date' | 'choice' | 'words' | 'code'

export interface UnitSpec {
  readonly label: Words
  readonly unit: TermUnit
  /** Of a `choice`: how each value reads in the text. */
  readonly options?: Readonly<Record<string, Words>>
  /** May stay without a value; a clause that names it can then not be signed. */
  readonly optional?: true
}

/** A structured term: a value that fills the text of both languages and is checked as a value. */
export interface TermSpec extends UnitSpec {
  /** What a new agreement begins with; null: the parties have to say. */
  readonly usual: number | string | Words | null
}
export type Terms = Readonly<Record<string, TermSpec>>
export type TermValue = number | string | Words

/** A column of a table. `party`: one of the kind's roles. */
export type ColumnSpec = UnitSpec | (Omit<UnitSpec, 'unit'> & { readonly unit: 'party' })

/** A table of an agreement: rows of structured values that stand under a clause. */
export interface TableSpec {
  readonly label: Words
  readonly columns: Readonly<Record<string, ColumnSpec>>
  /** Fewest rows that can be signed. */
  readonly least: number
  /** Rows that a new agreement begins with; a number in a column of dates is so many days after the effective date. */
  readonly usual?: readonly Readonly<Record<string, TermValue>>[]
  /** Steps that rise or fall within one `of`: a price falls with the quantity, a credit rises as the service falls. */
  readonly steps?: {
    readonly of: string
    readonly by: string
    readonly then: string
    readonly way: 'rising' | 'falling'
  }
  /** What a row obliges somebody to: who, by when, to what. Absent: it obliges nobody to anything on a day. */
  readonly duty?: { readonly who: string; readonly due: string; readonly what: string }
}

/** The most that a value may be: shares of the whole, or what an integer can hold. */
export const mostOf = (unit: ColumnSpec['unit']): number =>
  unit === 'percent' ? 100 : unit === 'basis-points' ? 10_000 : 1e15

/** The field that holds a value of one unit. */
export function fieldOfUnit({ label, unit, options }: UnitSpec): Field<unknown> {
  switch (unit) {
    case 'date':
      return optional(date<IsoDate>(label))
    case 'choice':
      return optional(choice(label, options ?? {}))
    case 'words':
      return optional(bilingual(label))
    case 'code':
      return optional(line(label))
    default:
      return optional(count(label, 0, mostOf(unit)))
  }
}

/** A party is named by what it is in the agreement, so that a row stays true when a company takes another's place. */
export const columnField = (column: ColumnSpec, roles: Readonly<Record<string, Words>>): Field<unknown> =>
  column.unit === 'party' ? optional(choice(column.label, roles)) : fieldOfUnit({ ...column, unit: column.unit })
