import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { concat, equal, utf8 } from '#shared/kernel/bytes.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { isFull, isMissing, syncParent } from './sidecar.ts'

/**
 * `mithaq-backup.v1`: 17 bytes of name and newline, 4 bytes big-endian length of the head, the head, 32 bytes SHA-256
 * over head and database, the encrypted database to the end. The digest finds broken media; forgery is kept out by the
 * database's own page authentication and the wraps inside the head.
 */
const MAGIC = utf8('mithaq-backup.v1\n')
const DIGEST = 32
const CHUNK = 1 << 20
const MOST_HEAD = 1 << 20

export function pack(copy: string, head: Uint8Array, path: string): Result<number, 'disk-full'> {
  const temporary = `${path}.new`
  try {
    const digest = digestOf(head, copy, 0)
    const out = openSync(temporary, 'w', 0o600)
    let size = 0
    try {
      size += write(out, concat(MAGIC, bigEndian(head.length), head, digest))
      eachChunk(copy, 0, (chunk) => (size += write(out, chunk)))
      fsyncSync(out)
    } finally {
      closeSync(out)
    }
    // What counts is what can be read back, not what was written.
    if (!packedHead(temporary).ok) throw new Error('the packed file does not read back')
    renameSync(temporary, path)
    syncParent(path)
    return ok(size)
  } catch (error) {
    rmSync(temporary, { force: true })
    if (isFull(error)) return refuse('disk-full')
    throw error
  } finally {
    rmSync(copy, { force: true })
  }
}

export function packedHead(path: string): Result<Uint8Array, 'missing' | 'damaged'> {
  const parts = readFront(path)
  if (!parts.ok) return parts
  const { head, digest, bodyAt } = parts.value
  return equal(digestOf(head, path, bodyAt), digest) ? ok(head) : refuse('damaged')
}

export function unpack(
  path: string,
  directory: string,
  database: string,
): Result<null, 'missing' | 'damaged' | 'disk-full'> {
  if (existsSync(database)) throw new Error('a vault exists there')
  const head = packedHead(path)
  if (!head.ok) return head
  const front = readFront(path)
  if (!front.ok) return front
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const temporary = `${database}.new`
  try {
    const out = openSync(temporary, 'w', 0o600)
    try {
      eachChunk(path, front.value.bodyAt, (chunk) => write(out, chunk))
      fsyncSync(out)
    } finally {
      closeSync(out)
    }
    renameSync(temporary, database)
    syncParent(database)
    return ok(null)
  } catch (error) {
    rmSync(temporary, { force: true })
    if (isFull(error)) return refuse('disk-full')
    throw error
  }
}

interface Front {
  readonly head: Uint8Array
  readonly digest: Uint8Array
  readonly bodyAt: number
}

function readFront(path: string): Result<Front, 'missing' | 'damaged'> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return refuse('missing')
    throw error
  }
  try {
    const start = read(file, 0, MAGIC.length + 4)
    if (start.length < MAGIC.length + 4 || !equal(start.subarray(0, MAGIC.length), MAGIC)) return refuse('damaged')
    const length = new DataView(start.buffer, start.byteOffset + MAGIC.length, 4).getUint32(0)
    if (length > MOST_HEAD) return refuse('damaged')
    const rest = read(file, start.length, length + DIGEST)
    if (rest.length < length + DIGEST) return refuse('damaged')
    return ok({
      head: rest.slice(0, length),
      digest: rest.slice(length),
      bodyAt: start.length + length + DIGEST,
    })
  } finally {
    closeSync(file)
  }
}

function digestOf(head: Uint8Array, path: string, bodyAt: number): Uint8Array {
  const digest = createHash('sha256').update(bigEndian(head.length)).update(head)
  eachChunk(path, bodyAt, (chunk) => digest.update(chunk))
  return new Uint8Array(digest.digest())
}

function eachChunk(path: string, from: number, take: (chunk: Uint8Array) => void): void {
  const file = openSync(path, 'r')
  try {
    for (let at = from; ; at += CHUNK) {
      const chunk = read(file, at, CHUNK)
      if (chunk.length > 0) take(chunk)
      if (chunk.length < CHUNK) return
    }
  } finally {
    closeSync(file)
  }
}

function read(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, at + filled)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}

function write(file: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
  return bytes.length
}

const bigEndian = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
