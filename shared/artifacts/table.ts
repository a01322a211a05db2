/** One cell of a dataset. Dates are `YYYY-MM-DD`, booleans 0 or 1, missing is null. Money is in integer minor units. */
export type Cell = string | number | null

export type ColumnType = 'text' | 'integer' | 'decimal' | 'date' | 'boolean'
export type DataClass = 'public' | 'shared-confidential' | 'private'

/** What a column stands for in the trade; proposed at import, changed by the person. */
export type ColumnMeaning =
  | 'date' | 'sku' | 'product' | 'region' | 'customer' | 'quantity' | 'price' | 'amount' | 'status' | 'order'
  | 'person-name' | 'email' | 'phone' | 'iban' | 'national-id' | 'tax-id' | 'note' | 'other' // prettier-ignore

/** A column of an imported table. `name` is unique in its dataset and is the header as the file gave it. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly meaning: ColumnMeaning
  readonly dataClass: DataClass
}
