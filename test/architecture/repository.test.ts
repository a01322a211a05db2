import { homedir, hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { root, sources, textOf, trackedFiles } from './tracked.ts'

const TEXT = /\.(ts|tsx|mjs|js|json|md|yml|yaml|html|css|sh|svg|txt)$|^\.ci\/|^LICENSE$/
const texts = trackedFiles().filter((path) => TEXT.test(path) && path !== 'package-lock.json')
/** `file:line` of every line of `paths` that `wrong` matches. */
const lines = (paths: readonly string[], wrong: RegExp) =>
  paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, at) => (wrong.test(line) ? [`${path}:${at + 1}`] : [])),
  )
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

describe('what the repository tracks', () => {
  it('names no path of the machine that it was written on', () => {
    const places = [root, ...(homedir().length > 5 ? [homedir()] : [])].map((place) => `${escaped(place)}/`)
    expect(lines(texts, new RegExp(`${places.join('|')}|/home/[a-z]|/Users/[a-z]`))).toEqual([])
    if (hostname().length > 7) expect(lines(texts, new RegExp(escaped(hostname())))).toEqual([])
  })

  it('takes packages from whatever registry the person uses, and names none', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"')
    expect(trackedFiles('.npmrc')).toEqual([])
  })

  it('locks the builds of every platform, not only of the one that it was written on', () => {
    interface Entry {
      readonly version?: string
      readonly optionalDependencies?: Readonly<Record<string, string>>
    }
    const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Readonly<Record<string, Entry>> }
    const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1) ?? ''))
    const missing = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}).filter((name) => !names.has(name)),
    )
    expect(missing, '`npm ci` would refuse this lockfile').toEqual([])
  })

  it('pins every package of one family alike', () => {
    const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<
      string,
      Record<string, string>
    >
    const versions = (prefix: string) =>
      new Set(
        Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) =>
          name.startsWith(prefix) ? [version] : [],
        ),
      )
    expect([...versions('@orpc/')]).toEqual(['1.16.1'])
    expect(versions('@mantine/').size).toBe(1)
  })

  it('switches no test off and singles none out', () => {
    const tests = sources().filter((path) => /\.(test|spec)\.tsx?$/.test(path))
    expect(lines(tests, /\b(it|test|describe)\.(only|skip|todo|fixme)\b/)).toEqual([])
  })

  it('promises no work for later', () => {
    const product = sources().filter((path) => /^(shared|electron|renderer|resources)\//.test(path))
    expect(lines(product, /\b(TODO|FIXME|XXX)\b|not implemented|\bfor now\b/i)).toEqual([])
  })

  it('names in its documents only commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const named = trackedFiles('*.md').flatMap((path) =>
      [...textOf(path).matchAll(/`npm (?:run )?([a-z]+)(?: [^`]*)?`/g)].map((match) => ({
        path,
        name: match[1] ?? '',
      })),
    )
    const npmOwn = ['ci', 'install', 'rebuild']
    expect(named.filter(({ name }) => !(name in scripts) && !npmOwn.includes(name))).toEqual([])
  })
})
