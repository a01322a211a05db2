import { VaultFault, type Vault } from '#engine/ports.ts'
import type { BoxPublicKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { incarnationOf, mark } from './anchor.ts'
import { backupHead } from './backup.ts'
import { encodeKeyFile, keychainName, unwrapWithPassphrase, wrapForKit, wrapWithPassphrase, type KeyFile, type KeyWays } from './keys.ts' // prettier-ignore
import { kitPair, toWords } from './kit.ts'
import { isLongEnough } from './passphrase.ts'
import type { BackupRefusal, PassphraseRefusal } from './refusal.ts'
import { nextCost, note, type VaultTools } from './tools.ts'

/** After so many commits the count outside the vault takes a step, so that a copy made while it was open is told apart. */
const COMMITS_PER_MARK = 256
export const KEYS = 'keys'

export interface KitRecord {
  readonly serial: number
  readonly publicKey: Uint8Array
}
export const readKit = (vault: Vault): KitRecord | undefined => vault.records.get<KitRecord>('vault', 'kit')

export type UnlockWay = 'passphrase' | 'recovery-kit' | 'keychain'

/** A vault that is open, with its data key. Lives until `lock`. */
export class UnlockedVault {
  readonly vault: Vault
  /** How it was opened. */
  readonly way: UnlockWay
  readonly directory: string
  private readonly tools: VaultTools
  private key: SymmetricKey
  private keys: KeyFile
  private commits = 0
  private depth = 0
  private open = true
  /** The recovery kit opened it and no new passphrase is set yet: nobody can be asked for the old one. */
  private forgotten: boolean

  constructor(
    tools: VaultTools,
    directory: string,
    opened: { readonly vault: Vault; readonly key: SymmetricKey; readonly keys: KeyFile; readonly way: UnlockWay },
  ) {
    this.tools = tools
    this.directory = directory
    this.key = opened.key
    this.keys = opened.keys
    this.way = opened.way
    this.forgotten = opened.way === 'recovery-kit'
    this.vault = { ...opened.vault, transaction: (work) => this.counted(opened.vault, work) }
  }

  /** 16 bytes that, with the device key, name this vault's feeds. Another one after every restore or copy. */
  incarnation(): Uint8Array {
    return incarnationOf(this.vault)
  }

  get locked(): boolean {
    return !this.open
  }

  hasKeychain(): boolean {
    return this.keys.current.keychain !== null
  }

  /** Serial of the recovery kit that is valid now; 0 when none was issued. */
  kitSerial(): number {
    return readKit(this.vault)?.serial ?? 0
  }

  /** Whether the person at the keyboard knows the passphrase; after the recovery kit nobody has to. */
  check(passphrase: string): Result<null, 'passphrase-wrong'> {
    return this.forgotten || this.knows(passphrase) ? ok(null) : refuse('passphrase-wrong')
  }

  /** Sets another passphrase. `current` may be left out once, after the recovery kit opened the vault. */
  changePassphrase(next: string, current?: string): Result<null, PassphraseRefusal> {
    if (!this.knows(current)) return refuse('passphrase-wrong')
    if (!isLongEnough(next)) return refuse('passphrase-short')
    const passphrase = this.wrapPassphrase(this.key, next)
    this.store({ ...this.keys, current: { ...this.keys.current, passphrase } })
    this.forgotten = false
    this.vault.transaction(() => note(this.tools, this.vault, 'key', 'passphrase-changed'))
    return ok(null)
  }

  /**
   * Draws a new recovery kit. The old one opens the vault until `confirm`, which the person presses after writing the new
   * words down: a crash in between leaves nobody without a kit.
   */
  issueRecoveryKit(): { readonly words: readonly string[]; readonly serial: number; readonly confirm: () => void } {
    const { crypto } = this.tools
    const secret = crypto.random(32)
    const { publicKey } = kitPair(crypto, secret)
    const serial = this.kitSerial() + 1
    const confirm = (): void => {
      this.vault.transaction(() => {
        this.vault.records.put('vault', 'kit', { serial, publicKey } satisfies KitRecord)
        note(this.tools, this.vault, 'key', 'recovery-kit-issued', { serial })
      })
      // From the commit on the new kit counts: unlocking repeats this step if it did not happen.
      this.store({ ...this.keys, current: { ...this.keys.current, kit: this.wrapKit(this.key) } })
    }
    return { words: toWords(secret), serial, confirm }
  }

  /** Lets the operating system's keychain open the vault on this machine. */
  enableKeychain(): Result<null, 'keychain-unavailable'> {
    const blob = this.tools.keychain.protect(keychainName(this.keys.vault), this.key)
    if (!blob.ok) return refuse('keychain-unavailable')
    this.store({ ...this.keys, current: { ...this.keys.current, keychain: blob.value } })
    this.vault.transaction(() => note(this.tools, this.vault, 'key', 'keychain-enabled'))
    return ok(null)
  }

  disableKeychain(): void {
    this.store({ ...this.keys, current: { ...this.keys.current, keychain: null } })
    this.vault.transaction(() => note(this.tools, this.vault, 'key', 'keychain-disabled'))
  }

  /**
   * Gives the database another data key: the answer when key file and passphrase may both have been copied. Passphrase, the
   * recovery kit and the keychain open it as before. A crash leaves the old key or the new, and the ways to both.
   */
  rekey(passphrase: string): Result<null, PassphraseRefusal> {
    if (this.forgotten) {
      if (!isLongEnough(passphrase)) return refuse('passphrase-short')
    } else if (!this.knows(passphrase)) return refuse('passphrase-wrong')
    const key = this.tools.crypto.random(32) as SymmetricKey
    const keychain = this.hasKeychain() ? this.tools.keychain.protect(keychainName(this.keys.vault), key) : undefined
    const next: KeyWays = {
      passphrase: this.wrapPassphrase(key, passphrase),
      kit: this.wrapKit(key),
      keychain: keychain?.ok ? keychain.value : null,
    }
    this.store({ ...this.keys, next })
    this.vault.rekey(key)
    this.store({ ...this.keys, current: next, next: null })
    this.forgotten = false
    this.key.fill(0)
    this.key = key
    this.vault.transaction(() => note(this.tools, this.vault, 'key', 'vault-rekeyed'))
    return ok(null)
  }

  /** Writes one encrypted file from which `restoreBackup` makes this vault again; read back before it counts. */
  async backup(path: string): Promise<Result<{ readonly size: number }, BackupRefusal>> {
    const head = backupHead(this.keys, this.tools.clock.now())
    try {
      const copy = `${path}.copy`
      await this.vault.copyTo(copy)
      const packed = this.tools.files.pack(copy, head, path)
      if (!packed.ok) return refuse('vault-disk-full')
      this.vault.transaction(() => note(this.tools, this.vault, 'export', 'backup-written', { bytes: packed.value }))
      return ok({ size: packed.value })
    } catch (error) {
      if (error instanceof VaultFault) return refuse(`vault-${error.refusal}` as const)
      throw error
    }
  }

  /** Closes the vault and forgets its key. Safe to call twice. */
  lock(): void {
    if (!this.open) return
    this.open = false
    try {
      this.markOrLeave(this.vault)
    } finally {
      this.vault.close()
      this.key.fill(0)
    }
  }

  private counted<T>(vault: Vault, work: () => T extends Promise<unknown> ? never : T): T {
    this.depth += 1
    let value: T
    try {
      value = vault.transaction(work)
    } finally {
      this.depth -= 1
    }
    this.commits += 1
    if (this.depth === 0 && this.open && this.commits >= COMMITS_PER_MARK) {
      this.commits = 0
      this.markOrLeave(vault)
    }
    return value
  }

  /** A step that a full disk does not allow is left out: what the caller did is committed, and the next open starts anew. */
  private markOrLeave(vault: Vault): void {
    try {
      mark(this.tools.files, this.directory, vault)
    } catch (error) {
      if (!(error instanceof VaultFault)) throw error
    }
  }

  private knows(passphrase: string | undefined): boolean {
    if (passphrase === undefined) return this.forgotten
    const { vault, current } = this.keys
    return unwrapWithPassphrase(this.tools.crypto, vault, current.passphrase, passphrase) !== undefined
  }

  private wrapPassphrase(key: SymmetricKey, passphrase: string): KeyWays['passphrase'] {
    const cost = nextCost(this.tools, this.keys.current.passphrase)
    return wrapWithPassphrase(this.tools.crypto, this.keys.vault, key, passphrase, cost)
  }

  /** The public half comes from inside the vault: one in a file beside it could have been exchanged by a thief-to-be. */
  private wrapKit(key: SymmetricKey): KeyWays['kit'] {
    const kit = readKit(this.vault)
    if (!kit) return null
    const boxed = wrapForKit(this.tools.crypto, this.keys.vault, kit.publicKey as BoxPublicKey, key)
    return { serial: kit.serial, boxed }
  }

  private store(keys: KeyFile): void {
    this.tools.files.writeSidecar(this.directory, KEYS, encodeKeyFile(keys))
    this.keys = keys
  }
}
