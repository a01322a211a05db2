import { concat } from '#shared/kernel/bytes.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

/** The section that carries the printed file and what each signature adds to it. */
const FILES = 'files' as SectionName
/** Below what an entry's body may hold. */
const PART = 384 * 1024
const MOST_PARTS = 64
/** Bytes that a file may have, or add to the one before it. */
export const MOST_FILE = PART * MOST_PARTS

/**
 * What has to be written so that everybody holds a file: whole, or, for a signature, only what it adds behind `base`. The name is
 * the SHA-256 of the whole file, so nobody can put another in its place unnoticed.
 */
export function fileSayings(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  file: {
    readonly sha256: string
    readonly bytes: Uint8Array
    readonly base?: { readonly sha256: string; readonly length: number }
  },
): readonly Saying[] {
  const added = file.base ? file.bytes.slice(file.base.length) : file.bytes
  const parts = Math.max(1, Math.ceil(added.length / PART))
  return Array.from({ length: parts }, (_, at) => {
    const update = runtime.edit(artifact, FILES, (writer) => {
      if (at === 0) writer.setKey('files', file.sha256, { parts, base: file.base?.sha256 ?? null })
      writer.setKey('files', `${file.sha256}/${String(at)}`, added.slice(at * PART, (at + 1) * PART))
    })
    if (!update) throw new Error('a file that changed nothing')
    return { kind: 'doc', payload: writeDoc([{ artifact, section: FILES, replica: 0, update }]) }
  })
}

/** A file by its SHA-256; undefined while parts are missing, or when what is there is not that file. */
export function keptFile(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  sha256: string,
  hash: (bytes: Uint8Array) => string,
  depth = 0,
): Uint8Array | undefined {
  const files = runtime.read(artifact, FILES).map('files')
  const head = files[sha256] as { readonly parts?: unknown; readonly base?: unknown } | undefined
  const { parts, base } = head ?? {}
  if (typeof parts !== 'number' || !Number.isInteger(parts) || parts < 1 || parts > MOST_PARTS || depth > MOST_PARTS)
    return undefined
  const own = Array.from({ length: parts }, (_, at) => files[`${sha256}/${String(at)}`])
  if (!own.every((part) => part instanceof Uint8Array)) return undefined
  const before = typeof base === 'string' ? keptFile(runtime, artifact, base, hash, depth + 1) : new Uint8Array(0)
  const whole = before && concat(before, ...own)
  return whole && hash(whole) === sha256 ? whole : undefined
}
