import type { Vault, VaultFiles } from '#engine/ports.ts'
import { equal } from '#shared/kernel/bytes.ts'
import { decode, encode } from '#shared/kernel/canonical.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'

/** Inside the vault: how often it was opened, closed or marked, where it was, and the incarnation of its feeds. */
interface Standing {
  readonly counter: number
  readonly place: string
  readonly incarnation: Uint8Array
}

const KIND = 'vault'
const ID = 'standing'
const ANCHOR = 'anchor'
const LENGTH = 16

export type AnchorFinding = 'first' | 'same' | 'restored'

/**
 * Compares the vault with what lies outside it and takes the next step of the count. A database put back from a copy counts
 * behind its anchor; a directory copied whole, or moved, is at another place. Either starts a new incarnation, so that a
 * sequence number or a Yjs clock is never used twice. When in doubt, a new one: it costs a feed, nothing else.
 */
export function settle(crypto: Crypto, files: VaultFiles, directory: string, vault: Vault): AnchorFinding {
  const standing = vault.records.get<Standing>(KIND, ID)
  const place = files.place(directory)
  const same = standing?.place === place && standing.counter === readAnchor(files, directory, standing.incarnation)
  const incarnation = same ? standing.incarnation : crypto.random(LENGTH)
  step(files, directory, vault, { counter: (standing?.counter ?? 0) + 1, place, incarnation })
  if (!standing) return 'first'
  return same ? 'same' : 'restored'
}

/** Counts one further, in the vault and then outside it: a crash between the two starts a new incarnation. */
export function mark(files: VaultFiles, directory: string, vault: Vault): void {
  const standing = vault.records.get<Standing>(KIND, ID)
  if (!standing) throw new Error('the vault has no standing')
  step(files, directory, vault, { ...standing, counter: standing.counter + 1 })
}

/** Makes whatever anchor lies in a directory agree with no vault. */
export const forgetAnchor = (files: VaultFiles, directory: string): void =>
  files.writeSidecar(
    directory,
    ANCHOR,
    encode({ format: 'mithaq.anchor.v1', counter: 0, incarnation: new Uint8Array(0) }),
  )

/** The 16 bytes that, with the device key, name this vault's feeds. */
export function incarnationOf(vault: Vault): Uint8Array {
  const standing = vault.records.get<Standing>(KIND, ID)
  if (!standing) throw new Error('the vault has no standing')
  return standing.incarnation
}

function step(files: VaultFiles, directory: string, vault: Vault, standing: Standing): void {
  vault.transaction(() => vault.records.put(KIND, ID, standing))
  const { counter, incarnation } = standing
  files.writeSidecar(directory, ANCHOR, encode({ format: 'mithaq.anchor.v1', counter, incarnation }))
}

/** The anchor's count, or undefined when there is none or it belongs to another incarnation. */
function readAnchor(files: VaultFiles, directory: string, incarnation: Uint8Array): number | undefined {
  const raw = files.readSidecar(directory, ANCHOR)
  const decoded = raw && decode(raw)
  if (!decoded?.ok) return undefined
  const anchor = decoded.value as { readonly counter?: unknown; readonly incarnation?: unknown }
  if (typeof anchor !== 'object' || anchor === null) return undefined
  if (!(anchor.incarnation instanceof Uint8Array) || !equal(anchor.incarnation, incarnation)) return undefined
  return typeof anchor.counter === 'number' ? anchor.counter : undefined
}
