import { describe, expect, it } from 'vitest'
import { findDataset, pageRows } from '#engine/datasets/dataset.ts'
import { describeDataset } from '#engine/datasets/describe.ts'
import { Reimports } from '#engine/datasets/reimport.ts'
import { csv, watching, importBed } from '#test/support/import-bed.ts'

const bed = importBed()

describe('a re-import', () => {
  const reimports = new Reimports()
  const before = ['Order,Qty,Amount,Old', '1,5,1.00,a', '2,6,2.00,b', '3,7,3.00,c', '3,7,3.00,c', '4,8,4.00,d'].join(
    '\n',
  )
  const after = ['Order,Qty,Amount,New', '1,5,1.00,x', '2,9,2.50,x', '3,7,3.00,x', '5,1,0.10,x'].join('\n')

  async function prepared(key: readonly string[]) {
    const record = await bed.imported(csv(before))
    const plan = await bed.planFor(csv(after, 'march.csv'))
    const diff = await reimports.prepare(bed.deps, record.id, csv(after, 'march.csv'), plan, key, watching())
    if (!diff.ok) throw new Error(diff.refusal.code)
    return { record, diff: diff.value }
  }

  it('shows the difference by a key first and changes nothing', async () => {
    const { record, diff } = await prepared(['Order'])
    expect(diff).toMatchObject({
      added: 1,
      removed: 2,
      changed: 1,
      unchanged: 2,
      columnsAdded: ['New'],
      columnsRemoved: ['Old'],
    })
    expect(diff.totals).toEqual([{ column: 'Qty', before: 33, after: 22 }, { column: 'Amount', before: 1300, after: 660 }]) // prettier-ignore
    expect(diff.examples).toEqual([
      { change: 'changed', before: ['2', 6, 200], after: ['2', 9, 250] },
      { change: 'added', before: [], after: ['5', 1, 10] },
      { change: 'removed', before: ['3', 7, 300], after: [] },
      { change: 'removed', before: ['4', 8, 400], after: [] },
    ])
    expect(findDataset(bed.vault, record.id)).toMatchObject({ value: { version: 1, rows: 5 } })
    reimports.drop(bed.deps, diff.token)
    expect(bed.vault.datasets.sweepStaging()).toBe(0)
    expect(bed.audit).toHaveLength(1)
  })

  it('compares whole rows when no key is given', async () => {
    const { diff } = await prepared([])
    expect(diff).toMatchObject({ added: 2, removed: 3, changed: 0, unchanged: 2 })
    reimports.drop(bed.deps, diff.token)
  })

  it('takes the place of the old version, id and hand-set classes kept, once', async () => {
    const { record, diff } = await prepared(['Order'])
    describeDataset(bed.deps, record.id, 'Mine', [{ name: 'Qty', dataClass: 'private', meaning: 'quantity' }])
    const confirmed = reimports.confirm(bed.deps, diff.token)
    expect(confirmed).toMatchObject({
      ok: true,
      value: { id: record.id, version: 2, rows: 4, name: 'Mine', source: { file: 'march.csv' } },
    })
    expect(confirmed.ok && confirmed.value.columns.find(({ name }) => name === 'Qty')?.dataClass).toBe('private')
    expect(pageRows(bed.vault, record.id, { offset: 0, limit: 9 })).toMatchObject({ value: { total: 4 } })
    expect(bed.audit.map(({ code }) => code)).toEqual(['dataset-imported', 'data-class-changed', 'dataset-reimported'])
    expect(() => bed.vault.datasets.count(record.table)).toThrow()
    expect(reimports.confirm(bed.deps, diff.token)).toMatchObject({ refusal: { code: 'no-such-reimport' } })
  })

  it('is refused when the dataset has changed since, and leaves nothing when cancelled', async () => {
    const { record, diff } = await prepared(['Order'])
    const plan = await bed.planFor(csv(before))
    const second = await reimports.prepare(bed.deps, record.id, csv(before), plan, [], watching())
    expect(second).toMatchObject({ value: { added: 0, removed: 0, changed: 0, unchanged: 5 } })
    expect(second.ok && reimports.confirm(bed.deps, second.value.token)).toMatchObject({ value: { version: 2 } })
    expect(reimports.confirm(bed.deps, diff.token)).toMatchObject({ refusal: { code: 'no-such-reimport' } })
    const watch = watching((progress, _, signal) => { signal.aborted = progress > 0.6 }) // prettier-ignore
    expect(await reimports.prepare(bed.deps, record.id, csv(before), plan, [], watch)).toMatchObject({
      refusal: { code: 'cancelled' },
    })
    expect(bed.vault.datasets.sweepStaging()).toBe(0)
  })
})
