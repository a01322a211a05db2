import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sources, textOf, trackedFiles } from './tracked.ts'

const product = sources().filter((path) => /^(shared|electron|renderer)\//.test(path))
const breaches = (paths: readonly string[], wrong: (path: string) => boolean) => paths.filter(wrong)

/** Statements of a module, roughly: enough to tell a file that only passes names on. */
export function isBarrel(text: string): boolean {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const statements = bare
    .split(/\n(?=export|import|const|function|class|interface|type|declare|let)/)
    .filter((each) => each.trim())
  return (
    statements.length > 0 &&
    statements.every((each) => /^\s*export\s+(type\s+)?(\*|\{[^}]*\})[\s\S]*\sfrom\s/.test(each))
  )
}

describe('the shape of the tree', () => {
  it('has no barrel file', () => {
    expect(isBarrel("export * from './a.ts'\nexport { b } from './b.ts'\n")).toBe(true)
    expect(isBarrel("export type { A } from './a.ts'\n")).toBe(true)
    expect(isBarrel("export { b } from './b.ts'\nexport const c = 1\n")).toBe(false)
    expect(breaches(product, (path) => isBarrel(textOf(path)) || /^index\.tsx?$/.test(basename(path)))).toEqual([])
  })

  it('names files in kebab-case', () => {
    const kebab =
      /^[a-z0-9]+(-[a-z0-9]+)*(\.v\d+)?(\.(test|test-d|contract|d|property|adversarial|spec|config))*\.(ts|tsx|mjs)$/
    expect(breaches(sources(), (path) => !kebab.test(basename(path)))).toEqual([])
  })

  it('has no file named after nothing in particular', () => {
    const vague = /(^|-)(utils?|helpers?|common|misc|manager|service)(-|\.)/
    expect(breaches(product, (path) => vague.test(basename(path)))).toEqual([])
  })

  it('writes types and constants without an I in front', () => {
    expect(breaches(product, (path) => /\binterface I[A-Z][a-z]/.test(textOf(path)))).toEqual([])
  })

  it('has both languages for every refusal', () => {
    const files = (language: string) =>
      trackedFiles(`renderer/locales/${language}/refusals.*.json`).map((path) => basename(path))
    expect(files('ar')).toEqual(files('en'))
    expect(files('en').length).toBeGreaterThan(0)
    for (const file of files('en')) {
      const keys = (language: string) =>
        Object.keys(JSON.parse(textOf(`renderer/locales/${language}/${file}`)) as object)
      expect(keys('ar').toSorted(), file).toEqual(keys('en').toSorted())
    }
  })
})
