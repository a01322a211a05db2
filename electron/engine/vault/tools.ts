import type { Keychain, Vault, VaultFiles } from '#engine/ports.ts'
import { appendAudit } from '#shared/audit/append.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Clock } from '#shared/kernel/time.ts'
import { LEAST_MEMORY, STRETCH_COST, type PassphraseWrap, type StretchCost } from './keys.ts'

/** What the vault's life needs from outside. */
export interface VaultTools {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly files: VaultFiles
  readonly keychain: Keychain
  /** Cost of a new passphrase wrap in place of `STRETCH_COST`. Below the floor only together with `weakStretch`. */
  readonly cost?: StretchCost
  /** Says that this vault guards nothing real (tests, sample companies) and may stretch passphrases cheaply. */
  readonly weakStretch?: true
}

const MOST_MEMORY = 2 * 1024 * 1024 * 1024
const MOST_PASSES = 64

/** The cost of the next wrap: never below the floor and, part by part, never below the wrap that it replaces. */
export function nextCost(tools: VaultTools, previous?: StretchCost): StretchCost {
  const wanted = tools.cost ?? STRETCH_COST
  if (tools.weakStretch) return wanted
  if (wanted.memory < LEAST_MEMORY || wanted.passes < 1) throw new RangeError('passphrase stretching below the floor')
  return {
    passes: Math.max(wanted.passes, previous?.passes ?? 0),
    memory: Math.max(wanted.memory, previous?.memory ?? 0),
  }
}

/** Whether a stored wrap may be tried: a cost below the floor or beyond any machine comes from a damaged or changed file. */
export function mayStretch(tools: VaultTools, wrap: PassphraseWrap): boolean {
  if (wrap.salt.length !== 16 || wrap.nonce.length !== 24) return false
  if (wrap.memory > MOST_MEMORY || wrap.passes > MOST_PASSES || wrap.passes < 1) return false
  return tools.weakStretch === true ? wrap.memory >= 8_192 : wrap.memory >= LEAST_MEMORY
}

/** Writes what happened to the vault into its own audit; call it inside the transaction of the change. */
export function note(
  tools: VaultTools,
  vault: Vault,
  kind: AuditEvent['kind'],
  code: string,
  detail: AuditEvent['detail'] = {},
): void {
  const event = { kind, code, actor: '', subject: { id: '', name: '' }, detail }
  vault.audit.append(appendAudit(tools.crypto, vault.audit.head(), tools.clock.now(), event))
}
