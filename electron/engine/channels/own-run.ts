import type { Crypto, SecretKey } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Body, Head, WritingEpoch } from '#shared/seal/entry.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'

/** The refusals that mean: sign this run and start another. */
const FULL: ReadonlySet<string> = new Set(['too-large', 'too-many-entries'])

/** Where a run goes, and who writes it. */
interface OwnRun {
  readonly crypto: Crypto
  readonly secret: SecretKey
  readonly position: Parameters<typeof startRun>[1]
  /** Under which key; null: in clear. */
  readonly epoch: WritingEpoch | null
  /** The last entries of the other feeds, which the first of these names. */
  readonly heads: readonly Head[]
  now(): Instant
}

/** Seals as many bodies as one run holds; `count` says how many these were. @throws when a body fits no run */
export function sealRun(
  { crypto, secret, position, epoch, heads, now }: OwnRun,
  bodies: readonly Omit<Body, 'at'>[],
): { readonly bytes: Uint8Array; readonly count: number } {
  const draft = startRun(crypto, position, epoch)
  let count = 0
  for (const body of bodies) {
    const sealed = sealEntry(crypto, draft, { at: now(), ...body }, count === 0 ? heads : [])
    if (!sealed.ok && count > 0 && FULL.has(sealed.refusal)) break
    if (!sealed.ok) throw new Error(`own entry refused: ${sealed.refusal}`)
    count++
  }
  return { bytes: signRun(crypto, draft, secret).bytes, count }
}
