import type { ColumnMeaning } from '#shared/artifacts/table.ts'

const PERSONAL: ReadonlySet<ColumnMeaning> = new Set(['person-name', 'email', 'phone', 'iban', 'national-id'])

/** Whether a column's tag says that it is about people. */
export const isPersonal = (meaning: ColumnMeaning): boolean => PERSONAL.has(meaning)
