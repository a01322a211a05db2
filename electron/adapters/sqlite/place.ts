import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The identity on its disk of a file that is written once and never again: inode and time of birth. A copy of the directory, a
 * restored backup or another machine gives the file another one. The device number is left out: some file systems change
 * it with every mount.
 */
export function placeOf(directory: string): string {
  const path = join(directory, 'place.mithaq')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!existed(error)) throw error
  }
  const { ino, birthtimeNs } = statSync(path, { bigint: true })
  return `${ino}:${birthtimeNs}`
}

const existed = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'
