import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { INTAKE_REFUSALS } from '#engine/datasets/plan.ts'
import { DEFECT_CODES } from '#shared/intake/defect.ts'

const sentences = (locale: string): Record<string, string> =>
  JSON.parse(
    readFileSync(new URL(`../../renderer/locales/${locale}/refusals.intake.json`, import.meta.url), 'utf8'),
  ) as Record<string, string>
const codes = [...INTAKE_REFUSALS, ...DEFECT_CODES.map((code) => `defect-${code}`)].toSorted()
const params = (sentence: string): readonly string[] => (sentence.match(/\{\{\w+\}\}/g) ?? []).toSorted()

describe('the sentences of the import', () => {
  it.each(['en', 'ar'])('are there for every refusal and defect, and for nothing else (%s)', (locale) => {
    expect(Object.keys(sentences(locale)).toSorted()).toEqual(codes)
  })

  it('mention the same particulars in both languages', () => {
    for (const code of codes)
      expect(params(sentences('ar')[code] ?? ''), code).toEqual(params(sentences('en')[code] ?? ''))
  })
})
