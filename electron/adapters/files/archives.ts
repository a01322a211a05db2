import type { Archives, ArchiveProblem } from '#engine/evidence/ports.ts'
import { inOrder, isSafeName, type PackFile } from '#shared/evidence/pack-file.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { repack } from './repack.ts'

/** Far more than an agreement with its signatures and its part of a log. */
const MOST_BYTES = 256 << 20
const MOST_FILES = 4_096

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_LENGTH = 22

/**
 * Evidence packs as zip files that hold their files as they are, in order, and nothing else: there is one such file for what is in
 * it, so any other byte shows, and nothing is ever unpacked to be read.
 */
export const storedArchives: Archives = {
  write: (files) => new Uint8Array(repack(inOrder(files))),
  read(bytes) {
    const read = listed(bytes)
    if (!read.ok) return read
    const again = repack(inOrder(read.value))
    return Buffer.compare(again, bytes) === 0 ? read : refuse('container-changed')
  },
}

/** What the directory at the end says. The bytes in front of it are compared afterwards, all of them. */
function listed(bytes: Uint8Array): Result<readonly PackFile[], ArchiveProblem> {
  if (bytes.length > MOST_BYTES) return refuse('container-too-large')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - END_LENGTH
  if (end < 0 || view.getUint32(0, true) !== 0x04034b50) return refuse('container-unreadable')
  if (view.getUint32(end, true) !== END) return refuse(hasEnd(view) ? 'container-changed' : 'container-unreadable')
  const count = view.getUint16(end + 10, true)
  if (count > MOST_FILES) return refuse('container-too-large')
  const files: PackFile[] = []
  const problems = new Set<ArchiveProblem>()
  const names = new Set<string>()
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let seen = 0; seen < count; seen++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) return refuse('container-unreadable')
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('latin1')
    total += size
    if (total > MOST_BYTES) return refuse('container-too-large')
    if (!isSafeName(name)) problems.add('name-unsafe')
    // Two names that differ in case alone are one file on many systems.
    if (names.has(name.toLowerCase())) problems.add('name-twice')
    if (view.getUint16(at + 10, true) !== 0 || packed !== size) problems.add('container-compressed')
    names.add(name.toLowerCase())
    const local = view.getUint32(at + 42, true)
    const from = local + 30 + nameLength
    if (from + size > end) problems.add('container-unreadable')
    else files.push({ name, bytes: bytes.subarray(from, from + size) })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  const [worst] = ORDER.filter((problem) => problems.has(problem))
  return worst ? refuse(worst) : ok(files)
}

/** What a person has to know first. */
const ORDER = ['name-unsafe', 'name-twice', 'container-compressed', 'container-unreadable'] as const

/** An end record somewhere, though not where ours stands: something follows it. */
function hasEnd(view: DataView): boolean {
  for (let at = view.byteLength - END_LENGTH; at >= Math.max(0, view.byteLength - END_LENGTH - 0xffff); at--)
    if (view.getUint32(at, true) === END) return true
  return false
}
