export const PII_KINDS = [
  'email',
  'phone',
  'iban',
  'national-id',
  'iqama',
  'commercial-registration',
  'vat-number',
  'person-name',
] as const
export type PiiKind = (typeof PII_KINDS)[number]

/** What a scan found in a column: kinds and counts, never the values themselves. */
export interface PiiFinding {
  readonly column: string
  readonly kind: PiiKind
  /** `certain`: a checksum or an unmistakable shape. `likely`: a shape that other things have too, or a name. */
  readonly certainty: 'certain' | 'likely'
  /** Distinct values in which it was found. */
  readonly values: number
  /** Contract clause that lets it through; null: it may not leave. */
  readonly clause: string | null
}
