import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { readRegister, type Plain, type Register } from '#shared/living/register.ts'
import { addRecord, removeRecord } from '#shared/living/write.ts'
import { raciId } from './raci.ts'
import { readPlan, removedMilestones } from './read-plan.ts'

const write = (set: string, record: string, values: Readonly<Record<string, Plain>>, client = 7): readonly Register[] =>
  addRecord({ set, record, client }, values).map(({ key, value }, at) => readRegister(key, value ?? null, client, at)!)

describe('reading a plan', () => {
  it('[INI-19, AR-3] lists come in their order, what nobody wrote is null, what is not valid is left out', () => {
    const plan = readPlan([
      ...write('plan', 'it', { objectiveEn: 'Cut lead time', currency: 'SAR', end: 'never' }),
      ...write('milestones', 'm2', { titleEn: 'Scale', order: 'a1' }),
      ...write('milestones', 'm1', { titleEn: 'Pilot', due: '2026-05-03', order: 'a0', depends: ['m2'] }),
      ...write('risks', 'r1', { text: 'Fire', likelihood: 9 }),
    ])
    expect(plan.about).toMatchObject({ objectiveEn: 'Cut lead time', currency: 'SAR', end: null, objectiveAr: null })
    expect(plan.milestones.map(({ id, due, depends, doneOn }) => [id, due, depends, doneOn])).toEqual([
      ['m1', '2026-05-03', ['m2'], null],
      ['m2', null, null, null],
    ])
    expect(plan.risks[0]).toMatchObject({ text: 'Fire', likelihood: null })
    expect(readPlan([]).about.currency).toBeNull()
  })

  it('[INI-19] a removed milestone is out of the plan and known as removed', () => {
    const made = write('milestones', 'm1', { titleEn: 'Pilot', due: '2026-05-03' })
    const removal = removeRecord(made, { set: 'milestones', record: 'm1', client: 7 }).map(({ key, value }) =>
      readRegister(key, value ?? null, 7, 9)!,
    )
    expect(readPlan([...made, ...removal]).milestones).toEqual([])
    expect(removedMilestones([...made, ...removal]).map(({ titleEn }) => titleEn)).toEqual(['Pilot'])
    expect(removedMilestones(made)).toEqual([])
  })

  it('[INI-5] the cell of a company has one record id, whoever fills it, and it fits a register', () => {
    const companies = Array.from({ length: 200 }, (_, at) => at.toString(16).padStart(64, '0') as CompanyId)
    const ids = companies.flatMap((company) => ['m1', 'a'.repeat(32)].map((activity) => raciId(activity, company)))
    expect(new Set(ids).size).toBe(400)
    for (const id of ids) expect(readRegister(`raci/${id}/part/1`, 'a', 1, 0)?.record).toBe(id)
  })
})
