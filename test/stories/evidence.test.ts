import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storedArchives } from '#adapters/files/archives.ts'
import { commandsIn } from '#shared/evidence/readme.ts'
import { inRoot } from '#test/architecture/tracked.ts'
import { signedByBoth, type SignedByBoth } from '#test/agreements/signed-by-both.ts'

let story: SignedByBoth
let folder: string
const inFolder = (name: string): string => join(folder, name)
beforeAll(async () => {
  story = await signedByBoth()
  folder = mkdtempSync(join(tmpdir(), 'mithaq-evidence-'))
  writeFileSync(inFolder('pack.zip'), story.pack)
  writeFileSync(inFolder('signed.pdf'), story.pdf)
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  story.end()
})

/** The command as somebody else runs it: no profile, no home, nothing of the engine that made the pack. */
function verify(...args: string[]): { readonly code: number | null; readonly said: string } {
  const env = { PATH: process.env['PATH'] ?? '', HOME: inFolder('nobody'), MITHAQ_HOME: inFolder('nowhere') }
  const script = inRoot('electron', 'headless', 'verify.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env, cwd: folder }) // prettier-ignore
  return { code: status, said: stdout + stderr }
}

describe('an evidence pack', () => {
  it('[EVD-1] holds on a machine without vault or profile, in both languages', () => {
    const english = verify('pack.zip')
    expect(english.said).toContain('✔ The file holds')
    expect(english.code).toBe(0)
    const arabic = verify('pack.zip', '--lang', 'ar')
    expect(arabic.said).toContain('✔ الملف سليم')
    expect(arabic.code).toBe(0)
    expect(verify('signed.pdf').code).toBe(0)
  }, 120_000)

  it('[EVD-2] its own readme, followed with openssl, sha256sum and poppler alone, comes to its end', () => {
    const read = storedArchives.read(story.pack)
    if (!read.ok) expect.fail(read.refusal)
    const unpacked = inFolder('unpacked')
    for (const { name, bytes } of read.value) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true })
      writeFileSync(join(unpacked, name), bytes)
    }
    const readme = read.value.find(({ name }) => name === 'README.txt')
    const script = inFolder('steps.sh')
    writeFileSync(script, commandsIn(Buffer.from(readme?.bytes ?? []).toString()))
    const said = execFileSync('sh', [script], { cwd: unpacked, encoding: 'utf8' })
    for (const step of ['1', '2', '3', '4', '5', '6']) expect(said).toMatch(new RegExp(`^${step} .*OK$`, 'm'))
    expect(said).toContain('7 compare these fingerprints')
    expect(verify('unpacked').code).toBe(0)
  }, 120_000)
})
