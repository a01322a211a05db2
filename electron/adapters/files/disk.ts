import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Disk } from '#engine/ports.ts'

/** The file system, for files that only this person may read. */
export const nodeDisk: Disk = {
  read: (path) => new Uint8Array(readFileSync(path)),
  write: (path, bytes) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, bytes, { mode: 0o600 })
  },
  remove: (path) => rmSync(path, { force: true }),
  removeTree: (directory) => rmSync(directory, { recursive: true, force: true }),
}
