import type { ColumnMeaning, ColumnType, DataClass } from '#shared/artifacts/table.ts'

export const TYPES = ['text', 'integer', 'decimal', 'date', 'boolean'] as const satisfies readonly ColumnType[]
export const CLASSES = ['public', 'shared-confidential', 'private'] as const satisfies readonly DataClass[]
export const MEANINGS = [
  'date', 'sku', 'product', 'region', 'customer', 'quantity', 'price', 'amount', 'status', 'order',
  'person-name', 'email', 'phone', 'iban', 'national-id', 'tax-id', 'note', 'other',
] as const satisfies readonly ColumnMeaning[] // prettier-ignore
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy', 'hijri'] as const
export const ENCODINGS = ['utf-8', 'windows-1256', 'utf-16le', 'utf-16be'] as const
export const DELIMITERS = [',', ';', '\t'] as const
/** What a delimiter is called in the locales: a key may not hold the sign itself. */
export const DELIMITER_NAME = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const

/** The value of a closed list that a control hands back as text. */
export const oneOf = <T extends string>(list: readonly T[], value: string | null, otherwise: T): T =>
  list.find((one) => one === value) ?? otherwise
