import { describe, expect, it } from 'vitest'
import { readChange, writeChange } from '#shared/artifacts/change-content.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'
import { changeGates, draftMatters, freezeChange, readChangeDraft, USUAL_SPLIT } from './change-draft.ts'

const A = 'a1'.repeat(32)
const B = 'b2'.repeat(32)
const NOW = Date.parse('2026-11-21T06:00:00Z') as Instant
const PLACE = { artifact: 'd1'.repeat(16) as ArtifactId, revision: 1, previous: null }
const both = (text: string): Plain => ({ en: text, ar: text })

type Values = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Plain>>>>>>
const WHOLE: Values = {
  topic: { it: { number: 'CR-7', title: both('Night shift'), questionEn: 'Why?', questionAr: 'لماذا؟' } },
  changes: { r1: { place: both('Hours'), textEn: 'All', textAr: 'الكل', order: 'a0' } },
  options: { o1: { title: both('Evenings'), order: 'a0' } },
  policy: { it: USUAL_SPLIT as unknown as Readonly<Record<string, Plain>> },
  parties: {
    pa: { company: A, name: both('A'), side: 'client' },
    pb: { company: B, name: both('B'), side: 'provider' },
  },
}

let clock = 0
function registers(values: Values): readonly Register[] {
  return Object.entries(values).flatMap(([set, records]) =>
    Object.entries(records).flatMap(([record, fields]) =>
      Object.entries(fields).map(([field, value]) => readRegister(registerKey(set, record, field, 7), value, 7, clock++) as Register),
    ),
  )
} // prettier-ignore
const without = (set: string, record: string, field: string, value?: Plain): Values => {
  const { [field]: _, ...rest } = WHOLE[set]?.[record] ?? {}
  return { ...WHOLE, [set]: { ...WHOLE[set], [record]: value === undefined ? rest : { ...rest, [field]: value } } }
}
const draftOf = (values: Values) => readChangeDraft(registers(values))

describe('the draft of a change', () => {
  it('[DEC-72] that is whole is frozen to the same bytes everywhere, with the end of each time-box in Riyadh', () => {
    expect(changeGates(draftOf(WHOLE))).toEqual([])
    const text = writeChange(freezeChange(draftOf(WHOLE), PLACE, [], NOW))
    expect(writeChange(freezeChange(readChangeDraft(registers(WHOLE).toReversed()), PLACE, [], NOW))).toBe(text)
    const content = readChange(text)
    const until = Date.parse('2026-11-28T20:59:59.999Z')
    expect(content?.policy.matters.map((one) => [one.matter, one.decider, one.until])).toEqual([
      ['scope', 'client', until],
      ['feasibility', 'provider', until],
      ['price', 'client', until],
      ['timeline', 'provider', until],
    ])
    expect(content?.signBy).toBe(until + 14 * 86_400_000)
  })

  it.each([
    ['number-missing', without('topic', 'it', 'number', '  ')],
    ['title-missing', without('topic', 'it', 'title', { en: 'Night', ar: ' ' })],
    ['question-missing', without('topic', 'it', 'questionAr')],
    ['changes-missing', { ...WHOLE, changes: {} }],
    ['change-incomplete', without('changes', 'r1', 'textEn')],
    ['option-untitled', without('options', 'o1', 'title')],
    ['parties-wrong', without('parties', 'pb', 'company', A)],
    ['sides-wrong', without('parties', 'pb', 'side', 'client')],
    ['rule-incomplete', without('policy', 'it', 'priceDays')],
    ['rule-incomplete', without('policy', 'it', 'timelineBy')],
    ['rule-incomplete', without('policy', 'it', 'signRoles', [])],
    ['dimensions-sum', without('policy', 'it', 'value', 24)],
  ] as const)('[DEC-72] is not logged while there is %s', (gate, values) => {
    expect(changeGates(draftOf(values))).toEqual([gate])
  })

  it('[DEC-72] leaves out a matter that nobody decides apart, and never scope or feasibility', () => {
    const rule = { ...WHOLE['policy']?.['it'], priceBy: 'nobody', timelineBy: 'nobody', scopeBy: 'nobody' }
    expect(draftMatters(draftOf({ ...WHOLE, policy: { it: rule } }))?.map(({ matter }) => matter)).toEqual([
      'scope',
      'feasibility',
    ])
  })
})
