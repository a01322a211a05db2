import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { storedArchives } from '#adapters/files/archives.ts'
import { commandsIn } from '#shared/evidence/readme-commands.ts'
import { inRoot } from '#test/architecture/tracked.ts'

/** A folder of somebody who has nothing of Mithaq but its command: no profile, no home, nothing of the engine that made the pack. */
export class Stranger {
  readonly folder = mkdtempSync(join(tmpdir(), 'mithaq-evidence-'))

  readonly at = (name: string): string => join(this.folder, name)

  keep(name: string, bytes: Uint8Array): void {
    writeFileSync(this.at(name), bytes)
  }

  verify(...args: string[]): { readonly code: number | null; readonly said: string } {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.at('nobody'), MITHAQ_HOME: this.at('nowhere') }
    const script = inRoot('electron', 'headless', 'verify.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env, cwd: this.folder }) // prettier-ignore
    return { code: status, said: stdout + stderr }
  }

  /** Unpacks a pack and follows its readme, command by command. @throws at the first thing that does not fit. */
  follow(pack: Uint8Array, folder: string): string {
    const read = storedArchives.read(pack)
    if (!read.ok) throw new Error(read.refusal)
    const unpacked = this.at(folder)
    for (const { name, bytes } of read.value) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true })
      writeFileSync(join(unpacked, name), bytes)
    }
    const readme = read.value.find(({ name }) => name === 'README.txt')
    const script = this.at(`${folder}.sh`)
    writeFileSync(script, commandsIn(Buffer.from(readme?.bytes ?? []).toString()))
    return execFileSync('sh', [script], { cwd: unpacked, encoding: 'utf8' })
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
