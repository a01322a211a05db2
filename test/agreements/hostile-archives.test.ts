import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { storedArchives } from '#adapters/files/archives.ts'
import { repack } from '#adapters/files/repack.ts'
import { startChecker } from '#engine/start.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import { LATER } from './forged-pack.ts'
import { inFolder, tell } from './tools.ts'

const files = [
  { name: 'a.txt', bytes: utf8('one') },
  { name: 'b/c.txt', bytes: utf8('two') },
]
const honest = storedArchives.write(files)
const refusalOf = (bytes: Uint8Array): string => {
  const read = storedArchives.read(bytes)
  return read.ok ? 'taken' : read.refusal
}
const named = (...names: string[]) => new Uint8Array(repack(names.map((name) => ({ name, bytes: utf8('x') }))))
/** The number at a place in the directory's first entry. */
const withNumber = (bytes: Uint8Array, offset: number, value: number, width: 2 | 4 = 4): Uint8Array => {
  const copy = Buffer.from(bytes)
  const entry = copy.indexOf(Buffer.from('504b0102', 'hex'))
  if (width === 4) copy.writeUInt32LE(value, entry + offset)
  else copy.writeUInt16LE(value, entry + offset)
  return new Uint8Array(copy)
}

describe('an archive', () => {
  it('[EVD-3] is one sequence of bytes for its files, in whatever order they come, and unzip reads it', () => {
    expect(storedArchives.write(files.toReversed())).toEqual(honest)
    const read = storedArchives.read(honest)
    expect(read.ok && read.value.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([['a.txt', 'one'], ['b/c.txt', 'two']]) // prettier-ignore
    inFolder({ 'a.zip': honest }, (folder) => {
      expect(tell('python3', ['-m', 'zipfile', '-t', `${folder}/a.zip`])).toContain('Done testing')
    })
  })

  it('[EVD-3] with any byte changed is noticed', () => {
    for (let at = 0; at < honest.length; at++)
      expect(refusalOf(honest.with(at, (honest[at] ?? 0) ^ 0x20)), `byte ${String(at)}`).not.toBe('taken')
  })

  it.each([
    '../evil.txt',
    '/etc/passwd',
    'a/../../b',
    'C:\\evil.txt',
    'a\\b',
    '.hidden',
    'a//b',
    'nul\0.txt',
    'ملف',
    'a/./b',
  ])('[EVD-3] that would write to %j is refused', (name) => expect(refusalOf(named('a.txt', name))).toBe('name-unsafe'))

  it('[EVD-3] with two files of one name, on any system, is refused', () => {
    expect(refusalOf(named('a.txt', 'a.txt'))).toBe('name-twice')
    expect(refusalOf(named('a.txt', 'A.TXT'))).toBe('name-twice')
  })

  it('[EVD-3] that is packed tightly is refused, and nothing of it is unpacked', () => {
    const bomb = deflateRawSync(Buffer.alloc(64 << 20))
    const tight = withNumber(
      withNumber(new Uint8Array(repack([{ name: 'a.txt', bytes: bomb }])), 10, 8, 2),
      24,
      64 << 20,
    )
    expect(refusalOf(tight)).toBe('container-compressed')
    expect(refusalOf(withNumber(tight, 24, 0xffff_fff0))).toBe('container-too-large')
    expect(refusalOf(withNumber(honest, 24, 0x7fff_ffff))).toBe('container-too-large')
  })

  it('[EVD-3] that overlaps itself, with more files than it holds, with something in front or behind, is refused', () => {
    expect(refusalOf(concat(honest, utf8('\n')))).toBe('container-changed')
    expect(refusalOf(concat(utf8('\n'), honest))).toBe('container-unreadable')
    expect(refusalOf(honest.subarray(0, 40))).toBe('container-unreadable')
    expect(refusalOf(withNumber(honest, 42, 0xffff_0000))).toBe('container-unreadable')
    const twice = withNumber(named('a.txt', 'b.txt'), 42, 36)
    expect(refusalOf(twice)).not.toBe('taken')
    const many = Buffer.from(honest)
    many.writeUInt16LE(5_000, many.length - 12)
    expect(refusalOf(many)).toBe('container-too-large')
    expect(refusalOf(new Uint8Array())).toBe('container-unreadable')
  })

  it('[EVD-10] that is hostile ends with an answer for the person who checks it', async () => {
    const checker = await startChecker()
    const answers = [
      named('a.txt', '../b'),
      concat(honest, honest),
      honest,
      honest.subarray(0, 30),
      new Uint8Array(),
      utf8('PK'),
    ]
    for (const bytes of answers) {
      const report = await checker.file(bytes, { now: LATER })
      expect(['fails', 'unreadable']).toContain(report.answer)
      expect(report.problems.length).toBeGreaterThan(0)
    }
    const unpacked = await checker.folder([{ name: '../a', bytes: utf8('x') }], { now: LATER })
    expect(unpacked.problems[0]).toEqual({ code: 'name-unsafe', about: '../a' })
  })
})
