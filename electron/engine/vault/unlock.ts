import { VaultFault, type Vault } from '#engine/ports.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { BoxPublicKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { settle } from './anchor.ts'
import { decodeKeyFile, encodeKeyFile, keychainName, unwrapWithPassphrase, wrapForKit, type KeyFile, type KeyWays } from './keys.ts' // prettier-ignore
import { fromWords, openKitBox } from './kit.ts'
import type { UnlockRefusal } from './refusal.ts'
import { mayStretch, note, type VaultTools } from './tools.ts'
import { KEYS, readKit, UnlockedVault, type UnlockWay } from './unlocked.ts'

type KeyOf = (ways: KeyWays, vault: Uint8Array) => Result<SymmetricKey, UnlockRefusal>

export const unlockWithPassphrase = (tools: VaultTools, directory: string, passphrase: string) =>
  unlock(tools, directory, 'passphrase', byPassphrase(tools, passphrase))

/** `words` as the person typed them. Afterwards `changePassphrase` needs no old one. */
export const unlockWithKit = (tools: VaultTools, directory: string, words: string) =>
  unlock(tools, directory, 'recovery-kit', byKit(tools, words))

export const unlockWithKeychain = (tools: VaultTools, directory: string) =>
  unlock(tools, directory, 'keychain', byKeychain(tools))

export function byPassphrase(tools: VaultTools, passphrase: string): KeyOf {
  return (ways, vault) => {
    if (!mayStretch(tools, ways.passphrase)) return refuse('vault-keys-damaged')
    const key = unwrapWithPassphrase(tools.crypto, vault, ways.passphrase, passphrase)
    return key ? ok(key) : refuse('passphrase-wrong')
  }
}

export function byKit(tools: VaultTools, words: string): KeyOf {
  return (ways, vault) => {
    const secret = fromWords(words)
    if (!secret.ok) return secret
    if (!ways.kit) return refuse('recovery-kit-none')
    const key = openKitBox(tools.crypto, vault, secret.value, ways.kit.boxed)
    return key ? ok(key) : refuse('recovery-kit-other')
  }
}

function byKeychain({ keychain }: VaultTools): KeyOf {
  return (ways, vault) => {
    if (!ways.keychain) return refuse('keychain-not-set')
    const revealed = keychain.reveal(keychainName(vault), ways.keychain)
    if (revealed.ok && revealed.value.length === 32) return ok(revealed.value as SymmetricKey)
    return refuse(!revealed.ok && revealed.refusal === 'unavailable' ? 'keychain-unavailable' : 'keychain-refused')
  }
}

/** Which ways the vault in a directory offers, without opening it. */
export function waysOf(tools: VaultTools, directory: string): readonly UnlockWay[] {
  const keys = readKeys(tools, directory)
  if (!keys.ok) return []
  const ways: UnlockWay[] = ['passphrase']
  if (keys.value.current.kit) ways.push('recovery-kit')
  if (keys.value.current.keychain && tools.keychain.available()) ways.push('keychain')
  return ways
}

function unlock(
  tools: VaultTools,
  directory: string,
  way: UnlockWay,
  keyOf: KeyOf,
): Result<UnlockedVault, UnlockRefusal> {
  if (!tools.files.exists(directory)) return refuse('vault-missing')
  const keys = readKeys(tools, directory)
  if (!keys.ok) return keys
  const { current, next, vault: id } = keys.value
  let refusal: UnlockRefusal | undefined
  // While a change of the data key is unfinished, either set of wraps may be the right one.
  for (const ways of next ? [current, next] : [current]) {
    const key = keyOf(ways, id)
    if (!key.ok) {
      refusal ??= key.refusal
      continue
    }
    const opened = tools.files.open(directory, key.value)
    if (!opened.ok) {
      // The wrap is authenticated, so its key is right: a database that does not know it has a damaged first page.
      refusal = opened.refusal === 'wrong-key' ? 'vault-damaged' : `vault-${opened.refusal}`
      if (opened.refusal === 'wrong-key') continue
      return refuse(refusal)
    }
    return enter(tools, directory, way, opened.value, key.value, { ...keys.value, current: ways, next: null })
  }
  return refuse(refusal ?? 'vault-damaged')
}

/** The first writes of an open vault. Without room for them it stays closed: it could not keep anything either. */
function enter(
  tools: VaultTools,
  directory: string,
  way: UnlockWay,
  vault: Vault,
  key: SymmetricKey,
  found: KeyFile,
): Result<UnlockedVault, UnlockRefusal> {
  try {
    const keys = finish(tools, directory, vault, key, found)
    const unlocked = new UnlockedVault(tools, directory, { vault, key, keys, way })
    greet(tools, unlocked)
    return ok(unlocked)
  } catch (error) {
    vault.close()
    if (error instanceof VaultFault) return refuse(`vault-${error.refusal}` as const)
    throw error
  }
}

/** Ends what a crash interrupted: a change of the data key, or a recovery kit confirmed and not yet filed. */
function finish(tools: VaultTools, directory: string, vault: Vault, key: SymmetricKey, keys: KeyFile): KeyFile {
  const kit = readKit(vault)
  const filed = keys.current.kit?.serial ?? 0
  const boxed = kit && kit.serial !== filed && wrapForKit(tools.crypto, keys.vault, kit.publicKey as BoxPublicKey, key)
  const settled = boxed ? { ...keys, current: { ...keys.current, kit: { serial: kit.serial, boxed } } } : keys
  const bytes = encodeKeyFile(settled)
  const before = tools.files.readSidecar(directory, KEYS)
  if (!before || !equal(before, bytes)) tools.files.writeSidecar(directory, KEYS, bytes)
  return settled
}

function greet(tools: VaultTools, unlocked: UnlockedVault): void {
  const { vault, directory, way } = unlocked
  const finding = settle(tools.crypto, tools.files, directory, vault)
  vault.transaction(() => {
    note(tools, vault, 'vault', 'vault-unlocked', { way })
    if (finding === 'restored') note(tools, vault, 'restore', 'incarnation-started')
  })
}

function readKeys({ files }: VaultTools, directory: string): Result<KeyFile, UnlockRefusal> {
  const raw = files.readSidecar(directory, KEYS)
  if (!raw) return refuse('vault-keys-missing')
  const keys = decodeKeyFile(raw)
  return keys ? ok(keys) : refuse('vault-keys-damaged')
}
