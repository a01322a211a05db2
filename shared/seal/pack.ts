import { equal } from '#shared/kernel/bytes.ts'
import type { Nonce } from '#shared/kernel/crypto.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import { BytesWriter } from './bytes-writer.ts'
import type { Head } from './entry.ts'
import { idBytes, type RunFields } from './header.ts'
import { FLAG_HEADS, FLAG_SALT, RUN_MAGIC, SUITE, VERSION } from './layout.ts'
import { nonceOf, saltOf } from './nonce.ts'

export interface PackedEntry {
  readonly nonce: Nonce
  readonly heads: readonly Head[]
  readonly ciphertext: Uint8Array
}

/** What a run holds, each repeated field once. */
export interface PackedRun extends RunFields {
  readonly firstSeq: number
  readonly previous: EntryHash | null
  readonly entries: readonly PackedEntry[]
  readonly signature: Uint8Array
}

/** The bytes of a run (ENTRY.v1 §4). There is one encoding of a run, and this is it. */
export function packRun(run: PackedRun): Uint8Array {
  const out = new BytesWriter()
    .put(RUN_MAGIC)
    .byte(VERSION)
    .byte(SUITE)
    .put(idBytes(run.workspace))
    .put(idBytes(run.channel))
    .put(idBytes(run.feed))
    .uvar(run.firstSeq)
    .put(idBytes(run.previous))
    .put(idBytes(run.epoch))
    .uvar(run.entries.length)
  let awaited: Nonce | undefined
  let index = 0
  for (const entry of run.entries) {
    const salted = awaited === undefined || !equal(awaited, entry.nonce)
    out.byte((salted ? FLAG_SALT : 0) | (entry.heads.length > 0 ? FLAG_HEADS : 0))
    if (salted) {
      out.put(saltOf(entry.nonce))
      index = 0
    }
    if (entry.heads.length > 0) {
      out.uvar(entry.heads.length)
      for (const head of entry.heads) out.put(idBytes(head.feed)).uvar(head.seq).put(idBytes(head.hash))
    }
    out.uvar(entry.ciphertext.length).put(entry.ciphertext)
    index += 1
    awaited = nonceOf(saltOf(entry.nonce), index)
  }
  return out.put(run.signature).bytes()
}

/** An upper bound of what an entry adds to a run. */
export const packedSize = (entry: PackedEntry): number => 32 + entry.heads.length * 96 + entry.ciphertext.length
