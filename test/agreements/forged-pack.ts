import { storedArchives } from '#adapters/files/archives.ts'
import { sha256 } from '#adapters/files/digest.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { startChecker } from '#engine/start.ts'
import { MANIFEST_LABEL } from '#shared/evidence/pack-maker.ts'
import { writeManifest } from '#shared/evidence/manifest.ts'
import { MANIFEST, MANIFEST_SIGNATURE, type PackFile } from '#shared/evidence/pack-file.ts'
import type { CheckReport } from '#shared/evidence/report.ts'
import type { Crypto, SecretKey } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Checker, CheckOptions } from '#engine/evidence/checker.ts'

export type Files = Map<string, Uint8Array>

/** The clock of whoever checks: after everything in the stories happened. */
export const LATER = Date.parse('2026-12-24T00:00:00Z') as Instant

/** A pack in the hands of somebody who changes it: with the maker's key, who is a member and may lie, or without. */
export class Forger {
  readonly crypto: Crypto
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly #secret: SecretKey
  readonly #checker: Checker

  private constructor(crypto: Crypto, files: Files, secret: SecretKey, checker: Checker) {
    this.crypto = crypto
    this.files = files
    this.#secret = secret
    this.#checker = checker
  }

  static async of(pack: Uint8Array, secret: SecretKey): Promise<Forger> {
    const read = storedArchives.read(pack)
    if (!read.ok) throw new Error(read.refusal)
    const files = new Map(read.value.map(({ name, bytes }) => [name, bytes]))
    return new Forger(await createCrypto(), files, secret, await startChecker())
  }

  /** The pack with changed files, everything around them as whoever changed it would mend it. */
  forge(change: (files: Files) => void, mend: 'nothing' | 'list' | 'all' = 'all', secret = this.#secret): Uint8Array {
    const files: Files = new Map(this.files)
    change(files)
    if (mend !== 'nothing') {
      const listed: PackFile[] = [...files]
        .filter(([name]) => name !== MANIFEST && name !== MANIFEST_SIGNATURE)
        .map(([name, bytes]) => ({ name, bytes }))
      const manifest = Buffer.from(writeManifest(listed, sha256))
      files.set(MANIFEST, new Uint8Array(manifest))
      if (mend === 'all') files.set(MANIFEST_SIGNATURE, this.crypto.sign(MANIFEST_LABEL, secret, manifest))
    }
    return storedArchives.write([...files].map(([name, bytes]) => ({ name, bytes })))
  }

  check(pack: Uint8Array, options: Partial<CheckOptions> = {}): Promise<CheckReport> {
    return this.#checker.file(pack, { now: LATER, ...options })
  }

  /** Every code that a check of the pack gives, those of single signatures included. @throws when it holds. */
  async codes(pack: Uint8Array, options: Partial<CheckOptions> = {}): Promise<readonly string[]> {
    const report = await this.check(pack, options)
    if (report.answer !== 'fails') throw new Error(`the check said: ${report.answer}`)
    return [...report.problems.map(({ code }) => code), ...report.signatures.flatMap(({ problems }) => problems)]
  }

  bytes(name: string): Uint8Array {
    const bytes = this.files.get(name)
    if (!bytes) throw new Error(`no ${name} in the pack`)
    return bytes
  }
}

export const flipped = (bytes: Uint8Array, at: number, bit = 1): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ bit)
