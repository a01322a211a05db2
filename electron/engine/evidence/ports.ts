import type { PackFile } from '#shared/evidence/pack-file.ts'
import type { Result } from '#shared/kernel/result.ts'

/** Files in one file. There is exactly one archive for the same files, whatever order they are handed over in. */
export interface Archives {
  write(files: readonly PackFile[]): Uint8Array
  /** Hostile bytes give a problem; nothing is written anywhere, and no more memory is used than the archive itself takes. */
  read(bytes: Uint8Array): Result<readonly PackFile[], ArchiveProblem>
}
export type ArchiveProblem =
  | 'container-unreadable'
  | 'container-too-large'
  | 'container-compressed'
  | 'container-changed'
  | 'name-unsafe'
  | 'name-twice'
