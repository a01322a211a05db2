import type { Column } from '#shared/artifacts/table.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { measureYields, yields, type ClassChange } from './data-class.ts'
import { disclosurePolicySchema, LEAST_K, type DisclosurePolicy, type FieldRule } from './disclosure-policy.ts'
import type { Permit, PermitContent, PermittedField, PermittedMeasure } from './permit.ts'
import { isPersonal } from './privacy/personal.ts'
import { fits, isTooWeak, typeAfter, wordsOf } from './transform.ts'

export const POLICY_REFUSALS = [
  'policy-invalid', // the policy is not of the format
  'policy-expired',
  'audience-not-cleared', // a recipient role that the policy does not name
  'unknown-column', // a rule, filter, measure or entity names a column that the dataset lacks
  'private-field', // `keep` on a private column
  'conflicting-rules', // two rules for one column, neither of them `drop`
  'transform-unfit', // e.g. a month of a text
  'clause-missing', // a personal column unmasked without the clause that requires it (PV-8)
  'transform-too-weak', // e.g. rounding an integer to 1
  'nothing-disclosed',
  'necessity-missing', // row detail without a reason
  'k-too-small',
  'entity-missing', // an aggregate that counts nobody
  'measure-unfit', // a measure of text, or a count with a column
  'measure-forbidden', // a measure of a column that a rule drops
  'measure-exposes-record', // minimum or maximum of a private column
  'total-unknown', // a total over a column that is not among the groups
  'filter-unfit', // a comparison between a number and a text
] as const
export interface PolicyRefusal {
  readonly code: (typeof POLICY_REFUSALS)[number]
  readonly column: string | null
}

/**
 * Checks a policy against a dataset's columns, the roles that would receive the slice and the day. The security argument:
 *
 * 1. Default deny: `fields` and `measures` of the permit are built from the rules, never from the columns, and
 *    `scanColumns` from those, so a column without a rule is not even read.
 * 2. Forbid wins: one `drop` among a column's rules removes it, whatever the others say, and no measure may use it.
 * 3. Private leaves only where `yields` names a lower class; every such change is on the permit's list.
 * 4. Every objection is reported, not only the first, so that a person sees the whole distance to an allowed policy.
 */
export function evaluate(
  policy: DisclosurePolicy,
  columns: readonly Column[],
  recipientRoles: readonly Role[],
  today: IsoDate,
): Result<Permit, readonly PolicyRefusal[]> {
  // The type is not trusted: a policy comes back from a store or over RPC.
  const parsed = disclosurePolicySchema.safeParse(policy)
  if (!parsed.success) return refuse([{ code: 'policy-invalid', column: null }])
  const checked = parsed.data
  const refusals: PolicyRefusal[] = []
  const object = (code: PolicyRefusal['code'], column: string | null = null) => void refusals.push({ code, column })
  const byName = new Map(columns.map((column) => [column.name, column]))

  if (checked.expiresOn < today) object('policy-expired')
  if (recipientRoles.some((role) => !checked.roles.includes(role))) object('audience-not-cleared')
  if (recipientRoles.length === 0) object('audience-not-cleared')
  if (checked.mode === 'detail' && checked.necessity === null) object('necessity-missing')
  if (checked.mode === 'aggregate' && checked.entity === null) object('entity-missing')
  if (checked.mode === 'aggregate' && checked.k < LEAST_K) object('k-too-small')
  if (checked.mode === 'detail' && checked.k > 1 && checked.entity === null) object('entity-missing')

  const scanColumns: string[] = []
  const scan = (name: string): number => {
    if (!byName.has(name)) object('unknown-column', name)
    const known = scanColumns.indexOf(name)
    return known >= 0 ? known : scanColumns.push(name) - 1
  }

  const { released, forbidden } = settleRules(checked.fields, object)
  const classChanges: ClassChange[] = []
  const fields: PermittedField[] = []
  for (const { column: name, transform, clause } of released) {
    const column = byName.get(name)
    if (column === undefined) {
      object('unknown-column', name)
      continue
    }
    const to = yields(transform, column.dataClass)
    if (!fits(transform, column.type)) object('transform-unfit', name)
    else if (isTooWeak(transform, column.type)) object('transform-too-weak', name)
    else if (to === undefined) object('private-field', name)
    else if (clause === null && isUnmasked(column, transform)) object('clause-missing', name)
    else {
      const type = typeAfter(transform, column.type)
      const { meaning, dataClass: from } = column
      fields.push({ scan: scan(name), column: name, meaning, type, transform, from, to, clause })
      if (from !== to) classChanges.push({ column: name, from, to, transform: wordsOf(transform) })
    }
  }

  const measures: PermittedMeasure[] = []
  for (const { column: name, is } of checked.mode === 'aggregate' ? checked.measures : []) {
    if (name === null || is === 'count') {
      // A count is about the records of a cell, not about a column's values.
      if (name !== null || is !== 'count') object('measure-unfit', name)
      else measures.push({ scan: null, column: null, type: 'integer', is, to: 'shared-confidential' })
      continue
    }
    const column = byName.get(name)
    const to = column && measureYields(is, column.dataClass)
    if (column === undefined) object('unknown-column', name)
    else if (forbidden.has(name)) object('measure-forbidden', name)
    else if (column.type !== 'integer' && column.type !== 'decimal') object('measure-unfit', name)
    else if (to === undefined) object('measure-exposes-record', name)
    else {
      measures.push({ scan: scan(name), column: name, type: is === 'mean' ? 'decimal' : column.type, is, to })
      if (column.dataClass !== to) classChanges.push({ column: name, from: column.dataClass, to, transform: is })
    }
  }
  if (refusals.length === 0 && (checked.mode === 'detail' ? fields : measures).length === 0) object('nothing-disclosed')

  const filters = checked.rows.map((filter) => {
    const column = byName.get(filter.column)
    const numeric = column !== undefined && column.type !== 'text' && column.type !== 'date'
    if (column && bounds(filter).some((value) => (typeof value === 'number') !== numeric)) {
      object('filter-unfit', filter.column)
    }
    return { scan: scan(filter.column), filter }
  })
  const entity = checked.entity === null ? null : scan(checked.entity)
  const totals = checked.totals.map((names) =>
    names.map((name) => {
      const at = fields.findIndex((field) => field.column === name)
      if (at < 0) object('total-unknown', name)
      return at
    }),
  )

  if (refusals.length > 0) return refuse(refusals)
  const content: PermitContent = {
    policy: checked, scanColumns, fields, measures, filters, entity, totals, classChanges,
  } // prettier-ignore
  return ok(content as Permit)
}

/** Personal data leave masked unless a contract requires otherwise and the policy says which clause. */
const isUnmasked = ({ meaning }: Column, transform: FieldRule['transform']): boolean =>
  isPersonal(meaning) && transform.kind === 'keep'

/** One rule per column: `drop` wins over everything, two different others are a conflict that a person has to settle. */
function settleRules(rules: readonly FieldRule[], object: (code: 'conflicting-rules', column: string) => void) {
  const forbidden = new Set(rules.filter((rule) => rule.transform.kind === 'drop').map((rule) => rule.column))
  const released = new Map<string, FieldRule>()
  for (const rule of rules) {
    if (forbidden.has(rule.column)) continue
    if (released.has(rule.column)) object('conflicting-rules', rule.column)
    else released.set(rule.column, rule)
  }
  return { released: [...released.values()], forbidden }
}

function bounds(filter: DisclosurePolicy['rows'][number]): readonly (string | number)[] {
  switch (filter.kind) {
    case 'range':
      return [filter.from, filter.to].filter((value) => value !== null)
    case 'compare':
      return [filter.value]
    default:
      return filter.values.filter((value) => value !== null)
  }
}
