import { describe, expect, it } from 'vitest'
import { readDecision, writeDecision } from '#shared/artifacts/decision-content.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'
import { decisionGates, endOfDay, freezeDecision, policyOf, readDecisionDraft, USUAL_POLICY } from './draft.ts'

const A = 'a1'.repeat(32)
const B = 'b2'.repeat(32)
const NOW = Date.parse('2026-11-21T06:00:00Z') as Instant
const both = (text: string): Plain => ({ en: text, ar: text })

type Values = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Plain>>>>>>
const WHOLE: Values = {
  topic: { it: { title: both('Hub'), questionEn: 'Where?', questionAr: 'أين؟', deadline: '2026-11-30' } },
  options: { o1: { title: both('Riyadh'), order: 'a0' }, o2: { title: both('Dammam'), order: 'a1' } },
  policy: { it: USUAL_POLICY as unknown as Readonly<Record<string, Plain>> },
  voters: { va: { company: A, name: both('A'), weight: 2 }, vb: { company: B, name: both('B'), weight: 1 } },
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
const gates = (values: Values, standards = false, now = NOW) => decisionGates(readDecisionDraft(registers(values)), now, standards) // prettier-ignore

describe('a draft', () => {
  it('[DEC-24] that is whole is frozen to the same bytes everywhere, in any order of its registers', () => {
    expect(gates(WHOLE)).toEqual([])
    const place = { artifact: 'd1'.repeat(16) as ArtifactId, round: 1, previous: null }
    const text = writeDecision(freezeDecision(readDecisionDraft(registers(WHOLE)), place, []))
    const turned = writeDecision(freezeDecision(readDecisionDraft(registers(WHOLE).toReversed()), place, []))
    expect(turned).toBe(text)
    const content = readDecision(text)
    expect(content?.closesAt).toBe(Date.parse('2026-11-30T20:59:59.999Z'))
    expect(content?.revealBy).toBe((content?.closesAt ?? 0) + 2 * 86_400_000)
    expect(content?.policy.approvers).toEqual(['ceo', 'coo', 'founder'])
  })

  it.each([
    ['title-missing', without('topic', 'it', 'title', { en: 'Hub', ar: ' ' })],
    ['question-missing', without('topic', 'it', 'questionAr')],
    ['deadline-missing', without('topic', 'it', 'deadline')],
    ['deadline-past', without('topic', 'it', 'deadline', '2026-11-20')],
    ['reopen-one-language', without('topic', 'it', 'reopenEn', 'Rents rise')],
    ['review-too-early', without('topic', 'it', 'reviewOn', '2026-11-30')],
    ['options-missing', { ...WHOLE, options: {} }],
    ['option-untitled', without('options', 'o2', 'title')],
    ['voters-missing', { ...WHOLE, voters: { va: WHOLE['voters']?.['va'] ?? {} } }],
    ['voter-incomplete', without('voters', 'vb', 'weight')],
    ['voter-twice', without('voters', 'vb', 'company', A)],
    ['policy-incomplete', without('policy', 'it', 'quorum')],
    ['dimensions-sum', without('policy', 'it', 'fit', 24)],
    ['approvers-missing', without('policy', 'it', 'approvers', [])],
  ] as const)('[DEC-24] is not put to the vote while there is %s', (gate, values) => {
    expect(gates(values)).toEqual([gate])
  })

  it('[DEC-30] freezes what would put the question again and when the outcome is looked at, and nothing where nothing is said', () => {
    const place = { artifact: 'd1'.repeat(16) as ArtifactId, round: 1, previous: null }
    const said = { reopenEn: ' Rents rise ', reopenAr: 'ترتفع الأجور', reviewOn: '2027-06-01' }
    const values = { ...WHOLE, topic: { it: { ...WHOLE['topic']?.['it'], ...said } } }
    const text = writeDecision(freezeDecision(readDecisionDraft(registers(values)), place, []))
    expect(readDecision(text)?.after).toEqual({
      reopen: { en: 'Rents rise', ar: 'ترتفع الأجور' },
      reviewOn: '2027-06-01',
    })
    const silent = freezeDecision(readDecisionDraft(registers(WHOLE)), place, [])
    expect(Object.keys(silent)).not.toContain('after')
    expect(readDecision(text.replace('2027-06-01', '2027-06-31'))).toBeUndefined()
  })

  it('[DEC-24] with two values for one field waits for a choice', () => {
    const other = readRegister(registerKey('topic', 'it', 'deadline', 8), '2026-12-01', 8, 1) as Register
    expect(decisionGates(readDecisionDraft([...registers(WHOLE), other]), NOW, false)).toEqual(['contradiction-open'])
  })

  it('[DEC-10] about a standard asks for unanimity', () => {
    expect(gates(WHOLE, true)).toEqual(['standards-need-unanimity'])
    expect(gates(without('policy', 'it', 'kind', 'unanimity'), true)).toEqual([])
  })

  it('[DEC-24] reads its days in Riyadh, and no rule out of half a one', () => {
    expect(new Date(endOfDay('2026-02-28' as IsoDate)).toISOString()).toBe('2026-02-28T20:59:59.999Z')
    expect(policyOf(readDecisionDraft([]))).toBeUndefined()
  })
})
