import { describe, expect, it } from 'vitest'
import { textOf, trackedFiles } from './tracked.ts'

/** Rule ids at the beginning of a line of RULES.md, whatever list or table it is written as. */
export const idsInRules = (text: string): readonly string[] =>
  [...text.matchAll(/^[^A-Za-z\n]*((?!UTF|SHA|ISO|RFC|AEGIS)[A-Z]{2,5}-\d+)\b/gm)].map((match) => match[1] ?? '')

/** Ids in the brackets that open a test's title: `[DIS-4]`, `[DIS-4, TR-7]`, `[DIS-4] [TR-7]`. */
export const idsInTests = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /\b(?:it|test|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*['"`]((?:\[[A-Z]{2,5}-\d+(?:,\s*[A-Z]{2,5}-\d+)*\]\s*)+)/g,
    ),
  ].flatMap((match) => (match[1] ?? '').match(/[A-Z]{2,5}-\d+/g) ?? [])

const modules = [...new Set(trackedFiles('shared/**/*.ts').map((path) => path.split('/')[1] ?? ''))].filter(
  // The kernel has no rules of its own, the contract and the projection only say shapes.
  (name) => !['kernel', 'contract', 'projection'].includes(name) && !name.endsWith('.json'),
)
const tests = trackedFiles('*.test.ts', '*.test.tsx', '*.spec.ts', '*.test-d.ts').map((path) => ({
  path,
  ids: idsInTests(textOf(path)),
}))
const tested = new Set(tests.flatMap(({ ids }) => ids))

describe('rules and tests', () => {
  it('are both recognised', () => {
    expect(idsInRules('# x\n- **DIS-1** a\n| DIS-2 | b |\n### DIS-3\nDIS-4 c\nsee DIS-9\nUTF-8 bytes\n')).toEqual([
      'DIS-1',
      'DIS-2',
      'DIS-3',
      'DIS-4',
    ])
    expect(idsInTests("it('[DIS-4] x')\nit.each([1])(`[DIS-5, TR-7] y`)\ntest('[DIS-6] [TR-8] z')\nit('DIS-9')")).toEqual([
      'DIS-4', 'DIS-5', 'TR-7', 'DIS-6', 'TR-8',
    ]) // prettier-ignore
    expect(tested.size).toBeGreaterThan(0)
  })

  it.each(modules)('agree in shared/%s', (module) => {
    const [path] = trackedFiles(`shared/${module}/RULES.md`)
    expect(path, `shared/${module}/RULES.md`).toBeDefined()
    const listed = idsInRules(textOf(`shared/${module}/RULES.md`))
    expect(listed.length).toBeGreaterThan(0)
    expect(
      listed.filter((id, at) => listed.indexOf(id) !== at),
      'listed twice',
    ).toEqual([])
    expect(
      listed.filter((id) => !tested.has(id)),
      'listed, but no test is named after it',
    ).toEqual([])
    const prefixes = new Set(listed.map((id) => id.split('-')[0]))
    const known = new Set(listed)
    const strangers = [...tested].filter((id) => prefixes.has(id.split('-')[0]) && !known.has(id))
    expect(strangers, 'tested, but not listed').toEqual([])
  })
})
