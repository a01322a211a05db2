import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithPassphrase } from '#engine/vault/unlock.ts'
import type { Vault } from '#engine/ports.ts'
import { verifyChain } from '#shared/audit/verify.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { runAndKill, seeded, type KillPoint } from './killed-child.ts'
import { channelOf, COLUMNS, datasetOf, feedOf, lastDone, operation, rowsOf } from './vault-work.ts'

const PASSPHRASE = 'killed and killed again'
const CHILD = new URL('./vault-child.ts', import.meta.url)
const draw = seeded(2_026)
/** Every other point is inside a call (by steps), every other at a moment that the operating system chooses (by lines). */
const POINTS: readonly KillPoint[] = Array.from({ length: 24 }, (_, index) =>
  index % 2 === 0 ? { step: index < 6 ? 1 + draw(14) : 20 + draw(220) } : { line: 2 + draw(12) },
)

describe('a vault whose process is killed', () => {
  let root: string
  let crypto: Crypto
  let tools: VaultTools
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-kill-'))
    crypto = await createCrypto({ allowCheapStretch: true })
    const clock = { now: () => 0 as Instant }
    tools = { crypto, clock, files: sqliteVaultFiles(), keychain: noKeychain, cost: { passes: 1, memory: 8_192 }, weakStretch: true } // prettier-ignore
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('opens, keeps all that was acknowledged, nothing half done, and an unbroken chain, at 24 seeded points', async () => {
    const home = join(root, 'home')
    let acknowledged = -1
    let done = -1
    for (const [index, point] of POINTS.entries()) {
      const { lines, killed } = await runAndKill(CHILD, [home, PASSPHRASE], point)
      const where = `point ${index}: ${JSON.stringify(point)}, after ${lines.length} lines`
      expect(killed, where).toBe(true)
      for (const line of lines) if (line.startsWith('done ')) acknowledged = Number(line.slice(5))
      if (!tools.files.exists(home)) {
        // Killed before the vault came to be: nothing was acknowledged, and the next child simply begins again.
        expect(lines, where).toEqual([])
        continue
      }
      const unlocked = unlockWithPassphrase(tools, home, PASSPHRASE)
      if (!unlocked.ok) throw new Error(`${where}: ${unlocked.refusal}`)
      const { vault } = unlocked.value
      done = lastDone(vault)
      expect(done, where).toBeGreaterThanOrEqual(acknowledged)
      checkContent(vault, done, where)
      expect(verifyChain(crypto, vault.audit.range(1, 1_000_000)).ok, where).toBe(true)
      unlocked.value.lock()
    }
    expect(done, 'the children got somewhere').toBeGreaterThan(40)
  }, 240_000)

  /** Everything up to the last operation is there whole; of the one after it there is nothing. */
  function checkContent(vault: Vault, done: number, where: string): void {
    const entries = vault.audit.range(1, 1_000_000).filter(({ event }) => event.code === 'operation-done')
    expect(entries.map(({ event }) => Number(event.subject.id)), where).toEqual([...Array(done + 1).keys()]) // prettier-ignore
    const edits = new Map(vault.records.list<{ number: number }>('edit').map(({ id, value }) => [id, value.number]))
    const lengths = new Map<string, number>()
    for (let number = 0; number <= done; number++) {
      const past = operation(number)
      if (past.kind === 'edit')
        for (let index = 0; index < past.size; index++) {
          expect(edits.get(`${number}-${index}`), where).toBe(number)
          edits.delete(`${number}-${index}`)
        }
      if (past.kind === 'import')
        expect([...vault.datasets.scan(datasetOf(number), COLUMNS.map(({ name }) => name))], where).toEqual(rowsOf(past)) // prettier-ignore
      if (past.kind === 'sync') {
        const name = `${channelOf(number)} ${feedOf(number)}`
        lengths.set(name, (lengths.get(name) ?? 0) + past.size)
      }
    }
    expect([...edits.keys()], where).toEqual([])
    expect(vault.datasets.sweepStaging(), where).toBe(0)
    expect(() => vault.datasets.count(datasetOf(done + 1)), where).toThrow()
    const held = new Map<string, number>()
    for (const channel of vault.log.channels())
      for (const [feed, last] of vault.log.frontier(channel)) held.set(`${channel} ${feed}`, last + 1)
    expect(held, where).toEqual(lengths)
  }
})
