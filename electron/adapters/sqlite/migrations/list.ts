import { records } from './001-records.ts'
import { datasets } from './002-datasets.ts'
import { log } from './003-log.ts'
import { audit } from './004-audit.ts'

/** A step of the schema. Numbered without gaps, forward only; a released one is never edited. */
export interface Migration {
  readonly version: number
  readonly sql: string
}

export const MIGRATIONS: readonly Migration[] = [records, datasets, log, audit]
