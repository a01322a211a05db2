import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IsoMonth } from '#shared/kernel/time.ts'
import { CapacityPlan } from './capacity-plan.v1.ts'
import { CATALOGUE } from './catalogue.ts'
import { cellKey, placeOf } from './cell-key.ts'
import { roleWords } from './envelope.ts'
import type { Fields } from './field.ts'
import { fieldAt, formModel, labelAt, valueLabelAt, type FormField } from './form-model.ts'
import { printModel } from './print-model.ts'
import { SharedForecast } from './shared-forecast.v1.ts'
import type { Words } from './words.ts'
import { ROLES } from '#shared/kernel/ids.ts'

const flat = (fields: readonly FormField[]): readonly FormField[] => fields.flatMap((one) => [one, ...flat(one.fields)])

function wordsIn(fields: Fields): readonly Words[] {
  return Object.values(fields).flatMap((one) => [
    one.label,
    ...[one.help, one.unit].flatMap((words) => (words === null ? [] : [words])),
    ...Object.values(one.options ?? {}),
    ...wordsIn(one.fields ?? {}),
  ])
}

describe('words', () => {
  it('[ART-5] every label exists in both languages', () => {
    const all = CATALOGUE.flatMap((artifact) => [
      artifact.label,
      artifact.about,
      ...Object.values(artifact.sections).flatMap((section) => [section.label, ...wordsIn(section.fields)]),
    ]).concat(ROLES.map(roleWords))
    expect(all.length).toBeGreaterThan(100)
    for (const { en, ar } of all) {
      expect(en).toMatch(/[A-Za-z]/)
      expect(en).not.toMatch(/[\u0600-\u06ff]/)
      expect(ar, en).toMatch(/[\u0600-\u06ff]/)
    }
  })

  it('[ART-5] labels are found by path, of fields and of choices', () => {
    expect(labelAt(SharedForecast, 'slice', 'rows.sku')?.ar).toBe('المنتج')
    expect(labelAt(SharedForecast, 'slice', 'rows.nothing')).toBeUndefined()
    expect(labelAt(SharedForecast, 'slice', 'toString')).toBeUndefined()
    expect(valueLabelAt(CapacityPlan, 'own', 'commitments.status', 'shortfall')?.ar).toBe('عجز')
    expect(valueLabelAt(CapacityPlan, 'own', 'commitments.status', 'of-a-newer-minor')).toBeUndefined()
    expect(valueLabelAt(CapacityPlan, 'own', 'commitments.committed', 'x')).toBeUndefined()
  })
})

describe('form model', () => {
  it('[ART-6] has the declared fields in order, without the hidden ones', () => {
    const form = formModel(SharedForecast, 'slice')
    const declared = Object.keys(SharedForecast.sections.slice.fields).filter((name) => name !== 'slice')
    expect(form?.fields.map((one) => one.name)).toEqual(declared)
    expect(formModel(SharedForecast, 'nothing')).toBeUndefined()
    expect(structuredClone(form)).toEqual(form)
  })

  it('[ART-6] what is computed is not editable, nor is anything inside it', () => {
    const fields = flat(formModel(SharedForecast, 'slice')?.fields ?? [])
    const editable = (path: string) => fields.find((one) => one.path === path)?.editable
    expect(editable('rows.p90')).toBe(false)
    expect(editable('rows.override')).toBe(true)
    expect(editable('envelope.owner.company')).toBe(false)
    expect(editable('envelope.purpose')).toBe(true)
  })

  it('[ART-6] a choice offers exactly the values that its schema takes', () => {
    const status = flat(formModel(CapacityPlan, 'own')?.fields ?? []).find((one) => one.path === 'commitments.status')
    const schema = fieldAt(CapacityPlan, 'own', 'commitments.status')?.schema
    expect(status?.options.map((option) => schema?.safeParse(option.value).success)).toEqual([true, true, true, true])
    expect(schema?.safeParse('perhaps').success).toBe(false)
    expect(status).toMatchObject({ control: 'choice', optional: true, dataClass: 'shared-confidential' })
  })
})

describe('print model', () => {
  it('[ART-7] prints every visible field exactly once', () => {
    for (const artifact of CATALOGUE) {
      const printed = printModel(artifact).blocks.flatMap((block) => block.columns.map((column) => column.path))
      const visible = Object.keys(artifact.sections).flatMap((section) =>
        flat(formModel(artifact, section)?.fields ?? [])
          .filter((one) => one.fields.length === 0)
          .map((one) => `${section}.${one.path}`),
      )
      expect(printed.toSorted()).toEqual(visible.toSorted())
    }
  })

  it('[ART-7] numbers stand at the end, and what is not prose keeps its direction', () => {
    const columns = printModel(CapacityPlan).blocks.flatMap((block) => block.columns)
    const column = (path: string) => columns.find((one) => one.path === path)
    expect(column('own.commitments.committed')).toMatchObject({ align: 'end', isolate: true })
    expect(column('own.commitments.committedOn')).toMatchObject({ align: 'start', isolate: true })
    expect(column('own.constraint')).toMatchObject({ align: 'start', isolate: false })
    expect(
      printModel(CapacityPlan)
        .blocks.filter((block) => block.kind === 'table')
        .map((block) => block.keyed),
    ).toEqual([true, true, true])
  })
})

describe('cell keys', () => {
  it('[ART-8] key and place are each other’s inverse for any text', () => {
    const month = fc
      .tuple(fc.integer({ min: 1900, max: 2999 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, of]) => `${String(year)}-${String(of).padStart(2, '0')}` as IsoMonth)
    const part = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('|', '%', '7', 'C', '2', '5', 'ن') }))
    fc.assert(
      fc.property(part, part, month, (sku, region, bucket) => {
        expect(placeOf(cellKey({ sku, region, bucket }))).toEqual({ sku, region, bucket })
      }),
    )
  })

  it('[ART-8] what is no key names no place', () => {
    for (const text of ['', 'a|b', 'a|b|2025-1', 'a|b|2025-13', 'a|b|2025-01|c']) expect(placeOf(text)).toBeUndefined()
  })
})
