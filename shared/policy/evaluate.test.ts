import { describe, expect, it } from 'vitest'
import type { Column } from '#shared/artifacts/table.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { basePolicy, columns, permitOf, today } from '#test/support/disclosure.ts'
import type { DisclosurePolicy } from './disclosure-policy.ts'
import { evaluate } from './evaluate.ts'
import { proposePolicy } from './propose.ts'

const keep = { kind: 'keep' } as const
const rule = (column: string, transform: DisclosurePolicy['fields'][number]['transform']) => ({ column, transform, clause: null }) // prettier-ignore

function codes(changes: Partial<DisclosurePolicy>, roles: readonly Role[] = ['coo'], day: IsoDate = today) {
  const outcome = evaluate({ ...basePolicy, ...changes }, columns, roles, day)
  return outcome.ok ? [] : outcome.refusal.map(({ code, column }) => (column === null ? code : `${code} ${column}`))
}

describe('evaluate', () => {
  it('[POL-1] [GV-1] a column without a rule is neither released nor scanned', () => {
    const permit = permitOf({ entity: 'customer' })
    expect(permit.fields.map(({ column }) => column)).toEqual(['date', 'sku', 'region'])
    expect(permit.scanColumns).not.toContain('note')
  })

  it('[POL-2] a drop beside another rule wins, in either order, and forbids measures', () => {
    const both = [rule('sku', keep), rule('region', { kind: 'drop' }), rule('region', keep)]
    expect(permitOf({ fields: both }).scanColumns).not.toContain('region')
    expect(codes({ fields: [...basePolicy.fields, rule('quantity', { kind: 'drop' })] })).toEqual(['measure-forbidden quantity']) // prettier-ignore
    expect(codes({ fields: [rule('sku', keep), rule('sku', { kind: 'hash' })] })).toEqual(['conflicting-rules sku'])
  })

  it('[POL-3] [PV-2] private is refused under keep, and leaves through a transform with the change recorded', () => {
    expect(codes({ fields: [rule('note', keep)] })).toEqual(['private-field note'])
    const masked = permitOf({ fields: [rule('note', { kind: 'mask', shape: true, start: 0, end: 0 })] })
    expect(masked.classChanges).toEqual([
      { column: 'note', from: 'private', to: 'shared-confidential', transform: 'mask' },
      { column: 'quantity', from: 'private', to: 'shared-confidential', transform: 'sum' },
    ])
  })

  it('[POL-3] no transform yields a class above its source or private', () => {
    const publicSku = columns.map((column): Column =>
      column.name === 'sku' ? { ...column, dataClass: 'public' } : column,
    )
    expect(permitOf({}, publicSku).fields.map(({ to }) => to)).toEqual(['shared-confidential', 'public', 'shared-confidential']) // prettier-ignore
  })

  it('[POL-4] the extreme of a private column is refused, of another it is not', () => {
    expect(codes({ measures: [{ column: 'quantity', is: 'max' }] })).toEqual(['measure-exposes-record quantity'])
    const open = columns.map((column): Column => ({ ...column, dataClass: 'shared-confidential' }))
    expect(permitOf({ measures: [{ column: 'quantity', is: 'max' }] }, open).measures).toHaveLength(1)
  })

  it('[POL-5] [GV-4] roles outside the policy, no role at all and a day after the end are refused', () => {
    expect(codes({}, ['coo', 'investor'])).toEqual(['audience-not-cleared'])
    expect(codes({}, [])).toEqual(['audience-not-cleared'])
    expect(codes({}, ['coo'], '2027-02-02' as IsoDate)).toEqual(['policy-expired'])
    expect(codes({}, ['coo'], '2027-02-01' as IsoDate)).toEqual([])
  })

  it('[POL-6] [PV-4] row detail needs a reason, an aggregate needs somebody to count', () => {
    expect(codes({ mode: 'detail' })).toEqual(['necessity-missing'])
    expect(codes({ mode: 'detail', necessity: 'Recall of one batch, clause 7' })).toEqual([])
    expect(codes({ entity: null })).toEqual(['entity-missing'])
    expect(codes({ k: 2 })).toEqual(['k-too-small'])
  })

  it('[POL-7] unknown options, columns and unfit combinations are each reported', () => {
    expect(codes({ shared: true } as Partial<DisclosurePolicy>)).toEqual(['policy-invalid'])
    expect(
      codes({
        fields: [rule('sku', { kind: 'generalise-date', to: 'month' }), rule('ghost', keep)],
        measures: [{ column: 'region', is: 'sum' }],
        totals: [['region']],
        rows: [{ kind: 'compare', column: 'quantity', is: '>', value: 'many' }],
      }),
    ).toEqual(['transform-unfit sku', 'unknown-column ghost', 'measure-unfit region', 'filter-unfit quantity', 'total-unknown region']) // prettier-ignore
    expect(codes({ fields: [rule('quantity', { kind: 'round', step: 1 })] })).toContain('transform-too-weak quantity')
    expect(codes({ measures: [] })).toEqual(['nothing-disclosed'])
  })

  it('[POL-12] the proposal is accepted as it stands and keeps no private column', () => {
    const given: Column[] = columns.map((column) =>
      column.name === 'region' ? { ...column, dataClass: 'private' } : column,
    )
    const { id, datasetId, workspaceId, roles } = basePolicy
    const proposal = proposePolicy(given, { id, datasetId, workspaceId, roles, today })
    const outcome = evaluate(proposal, given, roles, today)
    expect(outcome.ok && outcome.value.fields.map(({ column, transform }) => `${column} ${transform.kind}`)).toEqual([
      'date generalise-date',
      'sku keep',
      'region replace',
    ])
    expect(proposal).toMatchObject({ k: 5, entity: 'customer', measures: [{ column: 'quantity', is: 'sum' }] })
  })
})
