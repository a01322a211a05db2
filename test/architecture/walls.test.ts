import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lint, ofRule } from './lint.ts'
import { inRoot, root, trackedFiles } from './tracked.ts'
import { WALLS } from './walls.ts'

const canary = inRoot('test', 'architecture', 'canary')

/** Canary files are named after what they do: `sees-…` must be reported, `allowed` and `target` must not. */
const seeded = trackedFiles('test/architecture/canary/*.ts')
  .map((path) => relative(canary, inRoot(path)).replaceAll('\\', '/'))
  .filter((path) => !path.startsWith('types/'))

describe('the import walls', () => {
  const findings = lint(canary, '.')
  const reported = (file: string) => ofRule(findings, 'boundaries').some((finding) => finding.file.endsWith(file))

  it.each(seeded.filter((path) => path.includes('/sees-')))('report the seeded import of %s', (file) => {
    expect(reported(file)).toBe(true)
  })

  it('let through what the table allows', () => {
    const allowed = seeded.filter((path) => /\/(allowed|target|start)\.ts$/.test(path))
    expect(allowed.length).toBeGreaterThan(10)
    expect(allowed.filter(reported)).toEqual([])
  })

  it('report the seeded cycle from both ends', () => {
    expect(ofRule(findings, 'no-cycle').map(({ file }) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['cycle-first.ts', 'cycle-second.ts']),
    )
  })
})

describe('every pair of layers', () => {
  const tree = mkdtempSync(join(tmpdir(), 'mithaq-walls-'))
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  it('is allowed exactly where the table says so', { timeout: 180_000 }, () => {
    symlinkSync(inRoot('node_modules'), join(tree, 'node_modules'))
    writeFileSync(
      join(tree, 'oxlint.config.ts'),
      `import base from '${inRoot('oxlint.config.ts').replaceAll('\\', '/')}'
export default { ...base, ignorePatterns: [], settings: { ...base.settings, 'boundaries/root-path': '${tree.replaceAll('\\', '/')}' } }\n`,
    )
    const types = Object.keys(WALLS)
    const folder = (type: string, instance: string) => (WALLS[type]?.folder ?? '').replace('*', instance)
    for (const to of types) {
      mkdirSync(join(tree, folder(to, 'first')), { recursive: true })
      mkdirSync(join(tree, folder(to, 'second')), { recursive: true })
      writeFileSync(join(tree, folder(to, 'second'), 'target.ts'), "export const target = ''\n")
    }
    const expected: string[] = []
    for (const from of types)
      for (const to of types) {
        const path = relative(join(tree, folder(from, 'first')), join(tree, folder(to, 'second'), 'target.ts'))
        const source = path.startsWith('.') ? path : `./${path}`
        const file = join(folder(from, 'first'), `${from}-to-${to}.ts`)
        writeFileSync(
          join(tree, file),
          `import { target } from '${source.replaceAll('\\', '/')}'\nexport const seen = target\n`,
        )
        const sameFolder = folder(from, 'first') === folder(to, 'second')
        if (!sameFolder && !WALLS[from]?.layers.includes(to)) expected.push(`${from}-to-${to}.ts`)
      }
    const found = ofRule(lint(tree, '.'), 'boundaries').map(({ file }) => file.split('/').at(-1) ?? '')
    expect(found.toSorted()).toEqual(expected.toSorted())
  })
})

describe('the source tree', () => {
  const findings = lint(root, 'shared', 'electron', 'renderer')
  const where = (rule: string) => ofRule(findings, rule).map(({ file, message }) => `${file}: ${message}`)

  it('breaches no wall', () => {
    expect(where('boundaries')).toEqual([])
  })
  it('has no import cycle', () => {
    expect(where('no-cycle')).toEqual([])
  })
})

describe('the compiler', () => {
  const check = (folder: string) =>
    spawnSync(
      process.execPath,
      [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', join(canary, 'types', folder)],
      {
        encoding: 'utf8',
      },
    ).stdout

  it.each(['shared', 'engine'])('gives %s neither the DOM nor Node', (folder) => {
    const output = check(folder)
    expect(output).toMatch(/sees-dom\.ts\(1,\d+\): error TS2584/)
    expect(output).toMatch(/sees-node\.ts\(1,\d+\): error TS2591/)
  })
})
