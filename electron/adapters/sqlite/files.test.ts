import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VaultFault, type Vault } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { Connection } from './connection.ts'
import { sqliteVaultFiles } from './files.ts'
import { MIGRATIONS, type Migration } from './migrations/list.ts'
import { schemaVersion } from './migrate.ts'

const KEY = new Uint8Array(32).fill(1) as SymmetricKey

describe('vaults as files', () => {
  let root: string
  let home: string
  const files = sqliteVaultFiles()
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-files-'))
    home = join(root, 'home')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const open = (from = files): Vault => {
    const opened = from.open(home, KEY)
    if (!opened.ok) throw new Error(opened.refusal)
    return opened.value
  }
  function created(records = 400, length = 40): void {
    const made = files.create(home, KEY)
    if (!made.ok) throw new Error(made.refusal)
    made.value.transaction(() => {
      for (let index = 0; index < records; index++)
        made.value.records.put('note', `n${index}`, { text: 'kept '.repeat(length), index })
    })
    made.value.close()
  }
  function flip(path: string, at: number): void {
    const file = openSync(path, 'r+')
    writeSync(file, new Uint8Array([0x5a, 0xa5, 0x5a]), 0, 3, at)
    closeSync(file)
  }

  it('refuses a vault with a damaged page, wherever it is', () => {
    created()
    const path = join(home, 'vault.db')
    const size = statSync(path).size
    for (const at of [4_096 + 100, Math.floor(size / 2), size - 50]) {
      flip(path, at)
      const refused = files.open(home, KEY)
      expect(refused, `at ${at} of ${size}`).toEqual({ ok: false, refusal: 'damaged' })
      rmSync(home, { recursive: true })
      created()
    }
  })

  it('meets damage that appears while it is open as a fault, not as other data', () => {
    created(20_000, 240)
    const vault = open()
    const path = join(home, 'vault.db')
    for (let at = 8_192; at < statSync(path).size; at += 4_096) flip(path, at + 64)
    let fault: unknown
    try {
      for (let index = 0; index < 20_000; index++)
        expect(vault.records.get('note', `n${index}`)).toMatchObject({ index })
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(VaultFault)
    expect(fault).toMatchObject({ refusal: 'damaged' })
    vault.close()
    expect(files.open(home, KEY)).toEqual({ ok: false, refusal: 'damaged' })
  })

  it('leaves a vault of a later schema alone', () => {
    created()
    const later: readonly Migration[] = [...MIGRATIONS, { version: 5, sql: 'CREATE TABLE later (x INTEGER) STRICT' }]
    open(sqliteVaultFiles(later)).close()
    const before = statSync(join(home, 'vault.db')).size
    expect(files.open(home, KEY)).toEqual({ ok: false, refusal: 'newer-schema' })
    expect(statSync(join(home, 'vault.db')).size).toBe(before)
    expect(open(sqliteVaultFiles(later)).records.get('note', 'n3')).toMatchObject({ index: 3 })
  })

  it('copies the vault and checks the copy before it migrates; a failing migration changes nothing', () => {
    created()
    const failing = [
      ...MIGRATIONS,
      { version: 5, sql: 'CREATE TABLE good (x INTEGER) STRICT; CREATE TABLE nonsense (' },
    ]
    expect(() => sqliteVaultFiles(failing).open(home, KEY)).toThrow()
    expect(existsSync(join(home, 'before-4.db'))).toBe(true)
    const copy = new Connection(join(home, 'before-4.db'), KEY, true)
    expect(schemaVersion(copy)).toBe(4)
    expect(copy.statement('SELECT count(*) FROM records', true).get()).toEqual([400])
    copy.close()
    const vault = open()
    expect(vault.records.list('note')).toHaveLength(400)
    vault.close()
    const good = sqliteVaultFiles([...MIGRATIONS, { version: 5, sql: 'CREATE TABLE good (x INTEGER) STRICT' }])
    const migrated = open(good)
    expect(migrated.records.list('note')).toHaveLength(400)
    migrated.rekey(new Uint8Array(32).fill(9) as SymmetricKey)
    expect(existsSync(join(home, 'before-4.db')), 'a copy under the key given up').toBe(false)
    migrated.close()
  })

  it('rolls back what does not fit on a full disk, says so, and goes on when there is room', () => {
    created()
    const connection = new Connection(join(home, 'vault.db'), KEY, true)
    const pages = connection.database.pragma('page_count', { simple: true }) as number
    connection.database.pragma(`max_page_count = ${pages + 4}`)
    const fill = (): void =>
      connection.transaction(() => {
        for (let index = 0; index < 500; index++)
          connection.statement('INSERT INTO records VALUES (?, ?, ?)').run('big', `b${index}`, new Uint8Array(2_000))
      })
    let fault: unknown
    try {
      fill()
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(VaultFault)
    expect(fault).toMatchObject({ refusal: 'disk-full' })
    expect(connection.statement("SELECT count(*) FROM records WHERE kind = 'big'", true).get()).toEqual([0])
    connection.database.pragma('max_page_count = 1073741823')
    fill()
    expect(connection.statement("SELECT count(*) FROM records WHERE kind = 'big'", true).get()).toEqual([500])
    connection.close()
  })

  it('is open in one process at a time, and free the moment that process is killed', async () => {
    created(1)
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { sqliteVaultFiles } from '${new URL('./files.ts', import.meta.url).href}'
       const opened = sqliteVaultFiles().open(${JSON.stringify(home)}, new Uint8Array(32).fill(1))
       console.log(opened.ok ? 'open' : opened.refusal)
       setInterval(() => opened.value.records.get('note', 'n0'), 1000)`,
    ])
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      expect(line.toString().trim()).toBe('open')
      expect(files.open(home, KEY)).toEqual({ ok: false, refusal: 'open-elsewhere' })
    } finally {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    expect(existsSync(join(home, 'vault.lock'))).toBe(true)
    open().close()
  })

  it('is AEGIS-256 under a raw key: no page is readable without it', () => {
    created()
    const bare = new Database(join(home, 'vault.db'))
    expect(() => bare.prepare('SELECT count(*) FROM records').get()).toThrow(/not a database/)
    bare.close()
    const vault = open()
    vault.close()
    expect(readdirSync(home).filter((name) => name.startsWith('vault.db'))).toEqual(['vault.db'])
  })

  it('refuses a packed file that lost or changed a byte, and unpacks nothing of it', async () => {
    created()
    const vault = open()
    const path = join(root, 'b.mithaq-backup')
    await vault.copyTo(join(root, 'copy'))
    vault.close()
    const packed = files.pack(join(root, 'copy'), new Uint8Array([1, 2, 3]), path)
    expect(packed).toEqual({ ok: true, value: statSync(path).size })
    expect(existsSync(join(root, 'copy'))).toBe(false)
    for (const at of [0, 18, 30, 60, statSync(path).size - 4]) {
      const whole = readFileSync(path)
      flip(path, at)
      expect(files.packedHead(path), `at ${at}`).toEqual({ ok: false, refusal: 'damaged' })
      expect(files.unpack(path, join(root, 'elsewhere'))).toEqual({ ok: false, refusal: 'damaged' })
      writeFileSync(path, whole)
    }
    expect(files.exists(join(root, 'elsewhere'))).toBe(false)
    writeFileSync(path, readFileSync(path).subarray(0, -1))
    expect(files.packedHead(path)).toEqual({ ok: false, refusal: 'damaged' })
  })
})
