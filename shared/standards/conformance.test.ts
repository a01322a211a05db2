import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { StandardContent } from './content.ts'
import { dueOf } from './due.ts'
import type { Adoption, Released, TestRun, Waiver } from './facts.ts'
import { impactOf } from './impact.ts'
import { readJsonSchema } from './json-schema.ts'
import { adoptionRate, passRate, passRateOfVersion } from './rates.ts'
import { frozen, sampleClause, sampleStandard, sampleTest, THEM, US } from './sample.ts'
import { readTableRules, TableCheck } from './table-rules.ts'

const today = '2026-06-15' as IsoDate
const day = (text: string) => text as IsoDate
const adopts = (party: CompanyId, version: string, status: Adoption['status'] = 'running'): Adoption => ({
  party,
  version,
  status,
  on: today,
})
let clock = 0
const ran = (release: Released<StandardContent>, test: string, result: TestRun['result'], party = US): TestRun => ({
  party, version: release.version, test, definition: release.definitions.get(test) ?? '', result, at: ++clock as Instant, evidence: null,
}) // prettier-ignore

const v1 = frozen('1.0.0', sampleStandard([sampleClause('a', '1', 'x'), sampleClause('b', '2', 'y')], [
  sampleTest('t', { clause: 'a' }), sampleTest('u'), sampleTest('s', { strength: 'should' }),
])) // prettier-ignore
const v2 = frozen('2.0.0', sampleStandard([sampleClause('a', '1', 'changed')], [
  sampleTest('t', { clause: 'a' }), sampleTest('u', { input: '{"type":"array"}' }), sampleTest('w'),
], { migration: [{ id: 'm', step: { en: 'Renumber', ar: 'أعد الترقيم' }, clause: 'a' }] })) // prettier-ignore

describe('rates', () => {
  it('[STD-11] [MT-1] adoption counts parties in scope, by their last word', () => {
    const said = [
      adopts(US, '1.0.0'),
      adopts(THEM, '1.0.0'),
      adopts(THEM, '1.0.0', 'stopped'),
      adopts('cc' as CompanyId, '1.0.0'),
    ]
    expect(adoptionRate('1.0.0', [US, THEM], said)).toEqual({ percent: 50, counted: 1, of: 2 })
    expect(adoptionRate('1.0.0', [US, US], said)).toEqual({ percent: 100, counted: 1, of: 1 })
    expect(adoptionRate('2.0.0', [US, THEM], said).percent).toBe(0)
    expect(adoptionRate('1.0.0', [], said).percent).toBeNull()
  })
  it('[STD-12] [MT-1] pass rate counts mandatory tests; not run is not passed', () => {
    expect(passRate(v1, US, [])).toEqual({ percent: 0, counted: 0, of: 2 })
    expect(passRate(v1, US, [ran(v1, 't', 'pass'), ran(v1, 's', 'pass')])).toEqual({ percent: 50, counted: 1, of: 2 })
    expect(passRate(frozen('1.0.0', sampleStandard([])), US, []).percent).toBeNull()
  })
  it('[STD-12] [MT-1] over all who run it: n/c when nobody does', () => {
    const runs = [ran(v1, 't', 'pass'), ran(v1, 'u', 'pass'), ran(v1, 't', 'pass', THEM)]
    expect(passRateOfVersion(v1, [US, THEM], [], runs).percent).toBeNull()
    expect(passRateOfVersion(v1, [US, THEM], [adopts(US, '1.0.0'), adopts(THEM, '1.0.0')], runs)).toEqual({
      percent: 75,
      counted: 3,
      of: 4,
    })
    expect(passRateOfVersion(v1, [US], [adopts(US, '1.0.0'), adopts(THEM, '1.0.0')], runs).percent).toBe(100)
  })
  it('[STD-13] the last run counts, and only against this very test', () => {
    expect(passRate(v1, US, [ran(v1, 't', 'pass'), ran(v1, 't', 'fail')]).counted).toBe(0)
    expect(passRate(v1, US, [ran(v1, 't', 'fail'), ran(v1, 't', 'pass')]).counted).toBe(1)
    expect(passRate(v1, US, [{ ...ran(v1, 'u', 'pass'), definition: v2.definitions.get('u') ?? '' }]).counted).toBe(0)
    expect(passRate(v1, US, [ran(v1, 't', 'pass', THEM)]).counted).toBe(0)
  })
})

describe('what breaks for us', () => {
  const us = { party: US, waivers: [], today }
  it('[STD-14] [AR-2] lists the tests that we would not pass, each with why', () => {
    const runs = [ran(v1, 't', 'pass'), ran(v1, 'u', 'pass')]
    const { tests, removed, changed, migration } = impactOf({ ...us, runs }, v1, v2)
    expect(tests.map(({ test, why }) => [test.id, why])).toEqual([
      ['u', 'asks-otherwise'],
      ['w', 'not-run'],
    ])
    expect(removed.map(({ clause, relied }) => [clause.id, relied])).toEqual([['b', false]])
    expect(changed.map(({ clause, relied }) => [clause.id, relied])).toEqual([['a', true]])
    expect(migration.map(({ id }) => id)).toEqual(['m'])
  })
  it('[STD-14] a failure of the same test is a failure there, too; a run of the new version counts first', () => {
    expect(impactOf({ ...us, runs: [ran(v1, 't', 'fail')] }, v1, v2).tests.map(({ test, why }) => [test.id, why])).toEqual([
      ['t', 'fails'], ['u', 'not-run'], ['w', 'not-run'],
    ]) // prettier-ignore
    const runs = [ran(v1, 't', 'fail'), ran(v2, 't', 'pass'), ran(v2, 'u', 'pass'), ran(v2, 'w', 'pass')]
    expect(impactOf({ ...us, runs }, v1, v2).tests).toEqual([])
    expect(impactOf({ ...us, runs: [] }, null, v2)).toMatchObject({ removed: [], changed: [], comparison: null })
  })
  it('[STD-14] waivers that hold for us and not there end', () => {
    const waiver = (more: Partial<Waiver>): Waiver => ({ party: US, test: 'u', version: null, until: null, ...more })
    const of = (...waivers: Waiver[]) => impactOf({ ...us, runs: [], waivers }, v1, v2)
    expect(of(waiver({ version: '1.0.0' })).endingWaivers).toHaveLength(1)
    expect(of(waiver({})).endingWaivers).toHaveLength(0)
    expect(of(waiver({ test: 's' })).endingWaivers).toHaveLength(1)
    expect(of(waiver({ version: '1.0.0', until: day('2026-01-01') })).endingWaivers).toHaveLength(0)
    expect(of(waiver({ version: '1.0.0', party: THEM })).endingWaivers).toHaveLength(0)
    expect(of(waiver({})).tests.find(({ test }) => test.id === 'u')?.why).toBe('waived')
  })
})

describe('what is due', () => {
  const standing = {
    released: [v1, v2],
    adoptions: [adopts(US, '1.0.0')],
    runs: [] as TestRun[],
    waivers: [] as Waiver[],
    windows: new Map(),
  }
  const kinds = (more: Partial<typeof standing>, on = today) =>
    dueOf(US, { ...standing, ...more }, on).map(({ kind, version, tests }) => [kind, version, ...tests])
  it('[STD-15] [TR-13] a newer version makes a rerun due for who runs an earlier one, and nothing for who runs none', () => {
    expect(kinds({ runs: [ran(v1, 't', 'pass'), ran(v1, 'u', 'pass')] })).toEqual([['rerun', '2.0.0', 't', 'u', 'w']])
    expect(kinds({ adoptions: [] })).toEqual([])
    expect(kinds({ released: [v1] })).toEqual([['rerun', '1.0.0', 't', 'u']])
  })
  it('[STD-15] [TR-13] a failed mandatory test is non-conformity, unless a waiver holds today', () => {
    const runs = [ran(v1, 't', 'fail'), ran(v1, 'u', 'pass'), ran(v1, 's', 'fail')]
    const failed = { released: [v1], runs }
    expect(kinds(failed)).toEqual([['non-conformant', '1.0.0', 't']])
    const waiver = { party: US, test: 't', version: '1.0.0', until: today }
    expect(kinds({ ...failed, waivers: [waiver] })).toEqual([])
    expect(kinds({ ...failed, waivers: [waiver] }, day('2026-06-16'))).toEqual([['non-conformant', '1.0.0', 't']])
  })
  it('[STD-15] [TR-13] a version that ends is told, and one that has ended, too', () => {
    const runs = [ran(v1, 't', 'pass'), ran(v1, 'u', 'pass')]
    const windows = new Map([['1.0.0', { from: day('2026-06-01'), to: day('2026-06-15'), withdrawnOn: null }]])
    expect(kinds({ released: [v1], runs, windows })).toEqual([['deprecated', '1.0.0']])
    expect(kinds({ released: [v1], runs, windows }, day('2026-06-16'))).toEqual([['past-end', '1.0.0']])
  })
})

const check = (
  rules: unknown,
  headers: readonly string[],
  ...rows: readonly (readonly (string | number | boolean | null)[])[]
) => {
  const read = readTableRules(JSON.stringify(rules))
  if (!read.ok) throw new Error(read.refusal)
  const table = new TableCheck(read.value, headers)
  rows.forEach((row, at) => table.row(at + 2, row))
  return table.end().findings.map(({ at, rule, code }) => [at, rule, code])
}

describe('table rules', () => {
  it('[STD-16] a sound table passes', () => {
    const rules = { columns: [{ name: 'no', required: true, unique: true, pattern: '^N\\d+$' }, { name: 'day', type: 'date', min: '2026-01-01' }, { name: 'qty', type: 'integer', min: 0, max: 9 }], otherColumns: 'refused', rows: { least: 1, most: 2 } } // prettier-ignore
    expect(check(rules, ['no', ' day ', 'qty'], ['N1', '2026-01-01', 9], ['N2', null, '0'])).toEqual([])
  })
  it('[STD-16] every rule finds its own breach, with line and column', () => {
    expect(check({ columns: [{ name: 'a' }] }, ['b'])).toEqual([['1', 'a', 'column-missing']])
    expect(check({ columns: [{ name: 'a', present: false }] }, ['b'])).toEqual([])
    expect(check({ columns: [{ name: 'a' }], otherColumns: 'refused' }, ['a', 'b', 'a'])).toEqual([
      ['1', 'b', 'column-unexpected'],
      ['1', 'a', 'column-twice'],
    ])
    const one = (rule: object, ...cells: readonly (string | number | boolean | null)[]) =>
      check({ columns: [{ name: 'a', ...rule }] }, ['a'], ...cells.map((cell) => [cell])).map(
        ([at, , code]) => `${at ?? ''} ${code ?? ''}`,
      )
    expect(one({ required: true }, 'x', '  ', null)).toEqual(['3 value-missing', '4 value-missing'])
    expect(one({ type: 'integer' }, '12', '1.5', 'x', 7)).toEqual(['3 wrong-type', '4 wrong-type'])
    expect(one({ type: 'decimal' }, '1.5', '1,5')).toEqual(['3 wrong-type'])
    expect(one({ type: 'date' }, '2024-02-29', '2025-02-29')).toEqual(['3 wrong-type'])
    expect(one({ type: 'boolean' }, true, 'FALSE', 'yes')).toEqual(['4 wrong-type'])
    expect(one({ unique: true }, 'x', 'y', 'x')).toEqual(['4 not-unique'])
    expect(one({ type: 'integer', min: 1, max: 3 }, 0, 1, 3, 4)).toEqual(['2 too-small', '5 too-large'])
    expect(one({ oneOf: ['A', 'B'] }, 'A', 'C')).toEqual(['3 not-listed'])
    expect(one({ pattern: '^\\p{Lu}+$' }, 'ABC', 'abc')).toEqual(['3 pattern'])
    expect(check({ columns: [{ name: 'a' }], rows: { least: 1 } }, ['a'])).toEqual([['', '', 'too-few-rows']])
    expect(check({ columns: [{ name: 'a' }], rows: { most: 0 } }, ['a'], ['x'])).toEqual([['', '', 'too-many-rows']])
  })
  it('[STD-16] many findings are all counted, few are kept', () => {
    const read = readTableRules('{"columns":[{"name":"a","required":true}]}')
    const table = read.ok ? new TableCheck(read.value, ['a']) : undefined
    for (let line = 2; line < 502; line++) table?.row(line, [''])
    table?.unreadable(502)
    expect(table?.end()).toMatchObject({ result: 'fail', found: 501, findings: { length: 100 } })
  })
  it.each([
    '',
    '[]',
    '{}',
    '{"columns":[]}',
    '{"columns":[{"name":"a","uniqe":true}]}',
    '{"columns":[{"name":"a","pattern":"("}]}',
  ])('[STD-16] rules that would not be obeyed are refused: %s', (text) =>
    expect(readTableRules(text)).toEqual({ ok: false, refusal: 'rules-malformed' }),
  )
})

describe('schemas', () => {
  it.each([
    'true',
    '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"a":{"$ref":"#/$defs/x~1y"}},"$defs":{"x/y":true},"required":["a"]}',
    '{"$anchor":"top","prefixItems":[{"type":["string","null"]}],"items":{"$ref":"#top"}}',
  ])('[STD-17] is run: %s', (text) => expect(readJsonSchema(text).ok).toBe(true))
  it.each([
    ['nonsense', 'schema-malformed'],
    ['7', 'schema-malformed'],
    ['{"type":"nonsense"}', 'schema-malformed'],
    ['{"properties":{"a":7}}', 'schema-malformed'],
    ['{"pattern":"("}', 'schema-malformed'],
    ['{"patternProperties":{"(":true}}', 'schema-malformed'],
    ['{"allOf":{}}', 'schema-malformed'],
    ['{"$ref":"#/$defs/missing"}', 'schema-malformed'],
    ['{"$ref":"https://example.com/s.json"}', 'schema-remote'],
    ['{"properties":{"a":{"$ref":"other.json#/x"}}}', 'schema-remote'],
    ['{"requierd":["a"]}', 'schema-unsupported'],
    ['{"$dynamicRef":"#x"}', 'schema-unsupported'],
    ['{"format":"iban"}', 'schema-unsupported'],
    ['{"properties":{"a":{"$id":"https://example.com/"}}}', 'schema-unsupported'],
    ['{"$schema":"http://json-schema.org/draft-07/schema#"}', 'schema-unsupported'],
    [`${'{"not":'.repeat(60)}true${'}'.repeat(60)}`, 'schema-too-large'],
  ])('[STD-17] is refused: %s', (text, refusal) => expect(readJsonSchema(text)).toEqual({ ok: false, refusal }))
})
