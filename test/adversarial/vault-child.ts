import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { createVault } from '#engine/vault/create.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithPassphrase } from '#engine/vault/unlock.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { acknowledge, step, stepped } from './steps.ts'
import { carryOut, conclude, lastDone, operation } from './vault-work.ts'

/** Works on a vault until it is killed, acknowledging each operation that has committed. Arguments: directory, passphrase. */
const [directory = '', passphrase = ''] = process.argv.slice(2)
const crypto = await createCrypto({ allowCheapStretch: true })
const tools: VaultTools = {
  crypto,
  clock: { now: () => 0 as Instant },
  files: stepped(sqliteVaultFiles()),
  keychain: noKeychain,
  cost: { passes: 1, memory: 8_192 },
  weakStretch: true,
}
const opened = tools.files.exists(directory)
  ? unlockWithPassphrase(tools, directory, passphrase)
  : createVault(tools, directory, passphrase)
if (!opened.ok) throw new Error(opened.refusal)
const unlocked = opened.value
acknowledge('open')
for (let number = lastDone(unlocked.vault) + 1; ; number++) {
  const todo = operation(number)
  step()
  if (todo.kind === 'rekey' || todo.kind === 'kit') {
    const refused = todo.kind === 'rekey' ? unlocked.rekey(passphrase) : undefined
    if (refused && !refused.ok) throw new Error(refused.refusal)
    if (todo.kind === 'kit') unlocked.issueRecoveryKit().confirm()
    conclude(crypto, unlocked.vault, todo, () => undefined)
  } else carryOut(crypto, unlocked.vault, todo)
  acknowledge(`done ${number}`)
}
