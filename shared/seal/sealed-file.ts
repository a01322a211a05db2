import { concat, equal } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { BytesReader } from './bytes-reader.ts'
import { BytesWriter } from './bytes-writer.ts'
import { ID, LABEL } from './layout.ts'

/** The place of a kind is its number in the file. */
export const SEALED_FILE_KINDS = [
  'invitation',
  'answer',
  'sync',
  'device-request',
  'enrolment',
  'company-update',
] as const
export type SealedFileKind = (typeof SEALED_FILE_KINDS)[number]

/** A `.mithaq` file: what it is for and its parts. For `sync` each part is a run. */
export interface SealedFile {
  readonly kind: SealedFileKind
  readonly frames: readonly Uint8Array[]
}

/** 'file-damaged': cut short, grown or changed on the way. 'not-a-sealed-file': another kind of file altogether. */
export type SealedFileRefusal = 'file-too-large' | 'not-a-sealed-file' | 'newer-file-version' | 'file-damaged'

const MAGIC = Uint8Array.of(0x89, 0x4d, 0x49, 0x54, 0x48, 0x41, 0x51, 0x0a) // \x89 MITHAQ \n: mail that mangles bytes shows at once
const FILE_VERSION = 1
export const MAX_FILE = 512 * 1024 * 1024
export const MAX_FRAMES = 1_000_000

/** Magic, version, kind, count, length-framed parts, then a hash of all before it: damage shows before anything is parsed. */
export function writeSealedFile(crypto: Crypto, file: SealedFile): Uint8Array {
  const out = new BytesWriter().put(MAGIC).byte(FILE_VERSION).byte(SEALED_FILE_KINDS.indexOf(file.kind))
  out.uvar(file.frames.length)
  for (const frame of file.frames) out.uvar(frame.length).put(frame)
  const body = out.bytes()
  return concat(body, crypto.hash(LABEL.file, body))
}

/** Parses a file from anywhere. The integrity hash finds accidents, not enemies: every part is still hostile. */
export function readSealedFile(crypto: Crypto, bytes: Uint8Array): Result<SealedFile, SealedFileRefusal> {
  if (bytes.length > MAX_FILE) return refuse('file-too-large')
  const start = bytes.subarray(0, MAGIC.length)
  if (!equal(start, MAGIC.subarray(0, start.length)) || start.length === 0) return refuse('not-a-sealed-file')
  if (bytes.length < MAGIC.length + 3 + ID) return refuse('file-damaged')
  const body = bytes.subarray(0, bytes.length - ID)
  const reader = new BytesReader(body.subarray(MAGIC.length))
  const version = reader.byte()
  if (version > FILE_VERSION) return refuse('newer-file-version')
  if (!equal(crypto.hash(LABEL.file, body), bytes.subarray(bytes.length - ID))) return refuse('file-damaged')
  const kind = SEALED_FILE_KINDS[reader.byte()]
  const count = reader.uvar()
  if (version !== FILE_VERSION || kind === undefined || reader.failed || count > MAX_FRAMES)
    return refuse('file-damaged')
  const frames: Uint8Array[] = []
  for (let at = 0; at < count && !reader.failed; at++) frames.push(reader.take(reader.uvar()))
  return reader.failed || !reader.done ? refuse('file-damaged') : ok({ kind, frames })
}
