import { equal } from '#shared/kernel/bytes.ts'
import type { PackFile } from './pack-file.ts'
import type { Finding } from './report.ts'

/** Whatever can be made from the proofs is as it would be made. `folders`: where nothing else may lie. */
export function copyFindings(
  made: readonly PackFile[],
  files: ReadonlyMap<string, Uint8Array>,
  folders: readonly string[],
): readonly Finding[] {
  const names = new Set(made.map(({ name }) => name))
  const proofs = [...files.keys()].filter((name) => folders.includes(name.split('/')[0] ?? '') && name.includes('/'))
  return [
    ...made.filter(({ name, bytes }) => !equal(files.get(name) ?? new Uint8Array(), bytes) || !files.has(name)).map(differs),
    ...proofs.filter((name) => !names.has(name)).map((name) => differs({ name })),
  ] // prettier-ignore
}

export const differs = ({ name }: Pick<PackFile, 'name'>): Finding => ({ code: 'copy-differs', about: name })

/** Folders of the proofs that every pack has. */
export const PROOF_FOLDERS = ['companies', 'roles', 'revocations', 'log'] as const
