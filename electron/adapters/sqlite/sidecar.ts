import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { VaultFault } from '#engine/ports.ts'

/** The bytes of a sidecar, or undefined when there is none. */
export function readSidecar(directory: string, name: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(sidecarPath(directory, name)))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Old or new, never a mixture: temporary file, fsync, rename, fsync of the directory. */
export function writeSidecar(directory: string, name: string, bytes: Uint8Array): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeAtomically(sidecarPath(directory, name), bytes)
}

/** @throws VaultFault `disk-full`, the old content untouched. */
export function writeAtomically(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.new`
  try {
    const file = openSync(temporary, 'w', 0o600)
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    syncParent(path)
  } catch (error) {
    if (isFull(error)) throw new VaultFault('disk-full', { cause: error })
    throw error
  }
}

export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

/** Makes a rename durable. Windows cannot open a directory and journals the rename itself. */
export function syncParent(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(dirname(path), 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

const sidecarPath = (directory: string, name: string): string => join(directory, `${name}.mithaq`)
