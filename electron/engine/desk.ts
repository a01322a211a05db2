import type { Crypto, SecretKey } from '#shared/kernel/crypto.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { Clock } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { AppState } from '#shared/projection/app-views.ts'
import type { Paper } from './agreements/ports.ts'
import type { Changes } from './changes.ts'
import type { Context } from './context.ts'
import type { Documents } from './documents.ts'
import { must, Refused } from './edge.ts'
import type { Enrolment } from '#shared/membership/enrolment.ts'
import { certificateIn } from './identity/identity.ts'
import { ask, become, pendingIn, type Pending } from './identity/join.ts'
import { Jobs } from './jobs.ts'
import { Links } from './links/links.ts'
import type {
  Calendars,
  Disk,
  Endpoints,
  Keychain,
  Scheduler,
  StandardFiles,
  Tables,
  VaultFiles,
  WordFiles,
} from './ports.ts'
import { foundCompany, Session } from './session.ts'
import { Transfers } from './transfers.ts'
import { companyWords } from './vault/company-kit.ts'
import { createVault } from './vault/create.ts'
import { LEAST_MEMORY, type StretchCost } from './vault/keys.ts'
import { lockWhenIdle, type IdleLock } from './vault/idle.ts'
import { isLongEnough } from './vault/passphrase.ts'
import { restoreBackup, type RestoreSecret } from './vault/restore.ts'
import type { VaultTools } from './vault/tools.ts'
import { unlockWithKeychain, unlockWithKit, unlockWithPassphrase, waysOf } from './vault/unlock.ts'
import type { Advisor } from './scoring/ports.ts'
import type { UnlockedVault } from './vault/unlocked.ts'

/** What the composition root builds for an engine. */
export interface DeskTools {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly tables: Tables
  readonly calendars: Calendars
  readonly standardFiles: StandardFiles
  readonly wordFiles: WordFiles
  readonly files: VaultFiles
  readonly keychain: Keychain
  readonly disk: Disk
  readonly changes: Changes
  readonly shell: AppState['shell']
  readonly version: string
  /** What stretching a passphrase costs, in place of the vault's own choice; never below its floor. */
  readonly passphraseCost?: StretchCost
  readonly paper: Paper
  readonly endpoints: Endpoints
  readonly advisor: Advisor
  newDocuments(): Documents
  log(problem: unknown): void
}

const DEFAULT_LOCK_MINUTES = 15
const NEVER = 0
/** Beside the vault once its company is founded. */
const FOUNDED = 'founded'

/** One vault directory and what is open of it: the place where stages change, and nothing else. */
export class Desk {
  readonly tools: DeskTools
  readonly directory: string
  readonly links: Links
  readonly jobs: Jobs
  readonly transfers: Transfers
  /** Requests of devices that were looked at, until they are certified. */
  readonly requests = new Map<string, Uint8Array>()
  /** True for the sample companies: no passphrase, no automatic lock. */
  readonly sample: boolean
  #session: Session | undefined
  /** A vault that waits for its company's answer, and the answer once it was looked at. */
  #joining: { readonly context: Context; readonly pending: Pending } | undefined
  #idle: IdleLock | undefined

  constructor(tools: DeskTools, directory: string, sample: boolean) {
    this.tools = tools
    this.directory = directory
    this.sample = sample
    this.links = new Links(tools.crypto)
    this.jobs = new Jobs(tools.crypto, tools.changes, (problem) => tools.log(problem))
    this.transfers = new Transfers(tools.crypto)
  }

  get exists(): boolean {
    return (
      this.tools.files.readSidecar(this.directory, FOUNDED) !== undefined && this.tools.files.exists(this.directory)
    )
  }
  get isOpen(): boolean {
    return this.#session !== undefined || this.#joining !== undefined
  }
  /** @throws Refused when the vault is locked. */
  get session(): Session {
    if (!this.#session) throw new Refused('shell', 'locked')
    return this.#session
  }

  state(): AppState {
    const { shell, version, keychain } = this.tools
    const base = { version, shell, sample: this.sample }
    const available = keychain.available() ? 'available' : 'unavailable'
    if (this.#joining) {
      const { pending } = this.#joining
      return { ...base, stage: 'joining', keychain: available, autoLockMinutes: DEFAULT_LOCK_MINUTES, requestCode: pending.code.split(' ') } // prettier-ignore
    }
    if (!this.#session) {
      const inUse = this.exists && waysOf(this.#vaultTools(), this.directory).includes('keychain')
      const stage = this.exists ? ('locked' as const) : ('new' as const)
      return { ...base, stage, keychain: inUse ? 'in-use' : available, autoLockMinutes: DEFAULT_LOCK_MINUTES }
    }
    const { identity, context } = this.#session.hub
    const { person, name, roles } = certificateIn(identity.certified)
    return {
      ...base,
      stage: 'open',
      keychain: context.unlocked.hasKeychain() ? 'in-use' : available,
      company: { id: identity.card.company, name: identity.card.name },
      person: { id: person, name, roles },
      autoLockMinutes: this.#lockMinutes(),
    }
  }

  /** A new vault with a new company. The words are returned once. */
  create(
    company: Bilingual,
    person: Bilingual,
    roles: readonly Role[],
    passphrase: string,
  ): { readonly recoveryWords: readonly string[]; readonly companyWords: readonly string[] } {
    // A vault that was killed before its company was founded holds nothing: it makes way.
    if (!this.exists) this.tools.disk.removeTree(this.directory)
    const unlocked = must(createVault(this.#vaultTools(), this.directory, passphrase), 'vault')
    const root = this.#found(unlocked, company, person, roles)
    const kit = unlocked.issueRecoveryKit()
    kit.confirm()
    this.#open(unlocked)
    const words = companyWords(root)
    root.fill(0)
    return { recoveryWords: kit.words, companyWords: words }
  }

  /** A new vault for a colleague or a second device: it asks its company for a certificate. The words are returned once. */
  join(name: Bilingual, passphrase: string): { readonly recoveryWords: readonly string[] } {
    if (!this.exists) this.tools.disk.removeTree(this.directory)
    const unlocked = must(createVault(this.#vaultTools(), this.directory, passphrase), 'vault')
    try {
      ask(this.#contextOf(unlocked), name)
      this.tools.files.writeSidecar(this.directory, FOUNDED, new Uint8Array())
    } catch (problem) {
      unlocked.lock()
      throw problem
    }
    const kit = unlocked.issueRecoveryKit()
    kit.confirm()
    this.#open(unlocked)
    return { recoveryWords: kit.words }
  }

  /** The vault that waits for its company. @throws Refused when none does. */
  get joining(): { readonly context: Context; readonly pending: Pending } {
    if (!this.#joining) throw new Refused('company', 'not-joining')
    return this.#joining
  }

  /** The company's answer was compared: the vault opens as one of its devices. */
  joined(enrolment: Enrolment): void {
    const { context, pending } = this.joining
    become(context, pending, enrolment)
    this.#joining = undefined
    this.#open(context.unlocked)
  }

  #found(unlocked: UnlockedVault, company: Bilingual, person: Bilingual, roles: readonly Role[]): SecretKey {
    try {
      const root = foundCompany(this.#contextOf(unlocked), company, person, roles)
      this.tools.files.writeSidecar(this.directory, FOUNDED, new Uint8Array())
      return root
    } catch (problem) {
      unlocked.lock()
      throw problem
    }
  }

  unlock(passphrase: string): void {
    this.#open(must(unlockWithPassphrase(this.#vaultTools(), this.directory, passphrase), 'vault'))
  }
  unlockWithKeychain(): void {
    this.#open(must(unlockWithKeychain(this.#vaultTools(), this.directory), 'vault'))
  }
  /** After the recovery words a new passphrase is set at once: the old one is the one that was lost. */
  unlockWithWords(words: readonly string[], newPassphrase: string): void {
    const unlocked = must(unlockWithKit(this.#vaultTools(), this.directory, words.join(' ')), 'vault')
    this.#renew(unlocked, newPassphrase)
  }

  restore(upload: string, secret: RestoreSecret, newPassphrase: string | undefined): void {
    if (newPassphrase !== undefined && !isLongEnough(newPassphrase)) throw new Refused('vault', 'passphrase-short')
    const { bytes } = this.transfers.uploaded(upload)
    // A restore that was killed half-way is done again; what it left has no company in front of it.
    if (!this.exists) this.tools.disk.removeTree(this.directory)
    const path = `${this.directory}.restoring`
    this.tools.disk.write(path, bytes)
    try {
      const unlocked = must(restoreBackup(this.#vaultTools(), path, this.directory, secret), 'vault')
      this.tools.files.writeSidecar(this.directory, FOUNDED, new Uint8Array())
      if (newPassphrase === undefined) this.#open(unlocked)
      else this.#renew(unlocked, newPassphrase, 'passphrase' in secret ? secret.passphrase : undefined)
    } finally {
      this.tools.disk.remove(path)
    }
  }

  /** Bytes of a verified backup file. */
  async backup(): Promise<Uint8Array> {
    const path = `${this.directory}.backup`
    try {
      must(await this.session.context.unlocked.backup(path), 'vault')
      return this.tools.disk.read(path)
    } finally {
      this.tools.disk.remove(path)
    }
  }

  lock(): void {
    this.#idle?.stop()
    this.jobs.cancelAll()
    this.transfers.clear()
    this.requests.clear()
    this.#session?.close()
    this.#session = undefined
    this.#joining?.context.unlocked.lock()
    this.#joining = undefined
    this.tools.changes.say('app')
  }

  touch(): void {
    this.#idle?.touch()
  }

  setAutoLock(minutes: number): void {
    this.session.context.vault.records.put('settings', 'auto-lock', minutes)
    this.#watchIdle()
    this.tools.changes.say('app')
  }

  /** Deletes the vault from this disk: for the sample companies alone. */
  destroy(): void {
    if (!this.sample) throw new Error('only sample companies are thrown away')
    this.lock()
    this.tools.disk.removeTree(this.directory)
  }

  #renew(unlocked: UnlockedVault, passphrase: string, current?: string): void {
    const changed = unlocked.changePassphrase(passphrase, current)
    if (!changed.ok) unlocked.lock()
    must(changed, 'vault')
    this.#open(unlocked)
  }

  #open(unlocked: UnlockedVault): void {
    this.#session?.close()
    this.#session = undefined
    try {
      const context = this.#contextOf(unlocked)
      const pending = pendingIn(context)
      if (pending) this.#joining = { context, pending }
      else this.#session = new Session(this.#contextOf(unlocked), this.links, this.jobs, this.transfers)
    } catch (problem) {
      // No vault stays open, with its key in memory, behind a screen that says it is locked.
      unlocked.lock()
      throw problem
    }
    this.#watchIdle()
    this.tools.changes.say(
      'app',
      'company',
      'workspaces',
      'datasets',
      'disclosures',
      'artifacts',
      'documents',
      'audit',
      'today',
    )
  }

  #watchIdle(): void {
    this.#idle?.stop()
    const minutes = this.sample ? NEVER : this.#lockMinutes()
    this.#idle = lockWhenIdle(this.tools.scheduler, minutes, () => this.lock())
  }

  #lockMinutes(): number {
    return this.#session?.context.vault.records.get<number>('settings', 'auto-lock') ?? DEFAULT_LOCK_MINUTES
  }

  #vaultTools(): VaultTools {
    const { crypto, clock, files, keychain, passphraseCost } = this.tools
    return {
      crypto,
      clock,
      files,
      keychain,
      ...(passphraseCost && { cost: passphraseCost }),
      ...(this.sample && { cost: { passes: 1, memory: LEAST_MEMORY } }),
    }
  }

  #contextOf(unlocked: UnlockedVault): Context {
    const {
      crypto,
      clock,
      scheduler,
      tables,
      calendars,
      standardFiles,
      wordFiles,
      changes,
      paper,
      endpoints,
      advisor,
    } = this.tools
    return {
      crypto,
      clock,
      scheduler,
      tables,
      calendars,
      standardFiles,
      wordFiles,
      paper,
      endpoints,
      advisor,
      changes,
      newDocuments: () => this.tools.newDocuments(),
      log: (problem) => this.tools.log(problem),
      unlocked,
      vault: unlocked.vault,
    }
  }
}
