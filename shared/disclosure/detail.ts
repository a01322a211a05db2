import type { Cell } from '#shared/artifacts/table.ts'
import type { Permit, PermittedField } from '#shared/policy/permit.ts'
import type { Interned } from './intern.ts'
import type { Body } from './aggregate.ts'
import { groupWords, type DisclosureLedger } from './ledger.ts'
import { byValue } from './order.ts'
import { wordsOf } from '#shared/policy/transform.ts'
import type { DisclosureContext } from './context.ts'

/** One selected row: interned ids of its released columns, and its entity or -1. */
export interface DetailRow {
  readonly ids: readonly number[]
  readonly entity: number
}

/**
 * Row detail. With k above 1 a row leaves only together with rows of at least k distinct entities that look the same in every
 * column by which somebody could be picked out: all released columns except numbers and pseudonyms. A pseudonym still lets
 * a reader follow one entity from row to row; that is its purpose, and part of the reason that the policy records.
 */
export function layOutDetail(
  permit: Permit,
  context: DisclosureContext,
  rows: readonly DetailRow[],
  columns: readonly Interned[],
): Body {
  const { k } = permit.policy
  const identifying = permit.fields.map((field, at) => ({ field, at })).filter(({ field }) => picksOut(field)).map(({ at }) => at) // prettier-ignore
  const classes = new Map<string, { rows: DetailRow[]; entities: Set<number> }>()
  for (const row of rows) {
    const key = identifying.map((at) => row.ids[at]).join(',')
    let alike = classes.get(key)
    if (alike === undefined) classes.set(key, (alike = { rows: [], entities: new Set() }))
    alike.rows.push(row)
    if (row.entity >= 0) alike.entities.add(row.entity)
  }
  const all = [...classes.values()]
  const shown = k <= 1 ? all : all.filter(({ entities }) => entities.size >= k)
  const out = shown
    .flatMap((alike) => alike.rows)
    .map(({ ids }): Cell[] => columns.map((column, at) => column.values[ids[at]!] ?? null))
    .sort(byValue)
  const sizes = all.map(({ entities }) => entities.size)
  const ledger: DisclosureLedger = {
    format: 'mithaq.ledger.v1',
    dataset: permit.policy.datasetId,
    policy: permit.policy.id,
    policyVersion: permit.policy.version,
    revision: context.revision,
    recipients: context.recipients,
    roles: permit.policy.roles,
    k,
    groups: permit.fields.map((field) => groupWords(field.column, wordsOf(field.transform))),
    measures: [],
    cells: [],
    totals: [],
    tags: new Uint8Array(),
    starts: new Uint8Array(),
    members: new Uint8Array(),
    prints: new Uint8Array(),
  }
  return {
    rows: out,
    suppressed: [],
    totals: [],
    sizes,
    smallestShown: shown.length === 0 ? null : shown.reduce((least, { entities }) => Math.min(least, entities.size), Infinity), // prettier-ignore
    cells: { shown: shown.length, belowK: all.length - shown.length, complementary: 0 },
    missing: [],
    dominated: [],
    rowsWithheld: rows.length - out.length,
    ledger,
  }
}

function picksOut(field: PermittedField): boolean {
  if (field.transform.kind === 'replace' || field.transform.kind === 'hash') return false
  return field.type !== 'integer' && field.type !== 'decimal'
}
