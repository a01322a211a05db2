import { describe, expect, it } from 'vitest'
import { exportDefects } from '#engine/datasets/export.ts'
import { defectsOf } from '#engine/datasets/import.ts'
import { DEFECT_WORDS } from '#engine/datasets/words.ts'
import { csv, importBed, DEFECTIVE } from '#test/support/import-bed.ts'

const bed = importBed()

describe('a defect report', () => {
  it.each(['en', 'ar'] as const)('leaves as a workbook, a line for each defect (%s)', async (locale) => {
    const record = await bed.imported(csv(DEFECTIVE))
    const bytes = await exportDefects(bed.deps.tables, defectsOf(bed.vault, record.id), locale)
    const probe = await bed.deps.tables.probe({ name: 'defects.xlsx', bytes }, {})
    if (!probe.ok) throw new Error(probe.refusal)
    expect(probe.value.sample.map(([line]) => Number(line))).toEqual([42, 43, 45, 46, 47, 48, 49, 51, 52, 56])
    expect(probe.value.sample[1]).toEqual(['43', 'Date', DEFECT_WORDS['hijri-out-of-range'][locale], '01/01/1600'])
  })
})
