import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
export const inRoot = (...parts: readonly string[]) => join(root, ...parts)

/** Files that git tracks or would add, as paths from the root. Without git (an unpacked archive): none, said loudly. */
export function trackedFiles(...patterns: readonly string[]): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns]
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\0')
    .filter((path) => path !== '' && existsSync(inRoot(path)))
}

export const textOf = (path: string): string => readFileSync(inRoot(path), 'utf8')

/** Source files of the product and its tests, canaries left out: those are wrong on purpose. */
export const sources = (): readonly string[] =>
  trackedFiles('*.ts', '*.tsx', '*.mjs').filter((path) => !path.startsWith('test/architecture/canary/'))
