/** Why a row of a file was not imported. A closed list: each code has its sentence in both languages. */
export const DEFECT_CODES = [
  'column-count', 'unclosed-quote', 'bad-encoding', 'not-a-number', 'not-an-integer', 'number-too-large', 'money-too-fine',
  'not-a-date', 'hijri-out-of-range', 'not-a-boolean', 'spreadsheet-error',
] as const // prettier-ignore
export type DefectCode = (typeof DEFECT_CODES)[number]

/** One thing wrong in a file: where, what, and the beginning of the value that was found there. */
export interface Defect {
  /** 1-based line of a text file, or row of a sheet. */
  readonly line: number
  /** Name of the column; empty when the whole row is concerned. */
  readonly column: string
  readonly code: DefectCode
  readonly value: string
}

const LONGEST = 40

export function excerpt(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value).replace(/\s+/g, ' ')
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
