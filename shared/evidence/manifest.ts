import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { inOrder, isSafeName, MANIFEST, MANIFEST_SIGNATURE, type PackFile } from './pack-file.ts'
import type { Finding } from './report.ts'

type Sha256 = (bytes: Uint8Array) => string

/** What signs the manifest does not also list it. */
const UNLISTED: readonly string[] = [MANIFEST, MANIFEST_SIGNATURE]

/** One line per file, as `sha256sum` writes and checks it. */
export const writeManifest = (files: readonly PackFile[], sha256: Sha256): string =>
  inOrder(files)
    .map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`)
    .join('')

/** Every file is listed once and is as listed; nothing is missing, and nothing is there that is not listed. */
export function checkManifest(files: ReadonlyMap<string, Uint8Array>, sha256: Sha256): readonly Finding[] {
  const manifest = files.get(MANIFEST)
  if (!manifest) return [{ code: 'file-missing', about: MANIFEST }]
  const listed = readManifest(manifest)
  if (!listed) return [{ code: 'manifest-unreadable' }]
  return [
    ...[...listed].flatMap(([name, hash]): Finding[] => {
      const bytes = files.get(name)
      if (!bytes) return [{ code: 'file-missing', about: name }]
      return sha256(bytes) === hash ? [] : [{ code: 'file-changed', about: name }]
    }),
    ...[...files.keys()]
      .filter((name) => !listed.has(name) && !UNLISTED.includes(name))
      .map((name): Finding => ({ code: 'file-unlisted', about: name })),
  ]
}

function readManifest(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    return undefined
  }
  if (!text.endsWith('\n')) return undefined
  const listed = new Map<string, string>()
  for (const line of text.slice(0, -1).split('\n')) {
    const [, hash = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (!isSafeName(name) || listed.has(name)) return undefined
    listed.set(name, hash)
  }
  return listed
}
