import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { Expected } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'

/** A run that is good, with all that is computed on the way. Bytes are hex. */
export interface RunVector {
  readonly name: string
  readonly note: string
  readonly expected: Expected
  readonly key: string | null
  readonly run: string
  readonly entries: readonly { readonly header: string; readonly digest: string; readonly hash: string; readonly plain: string }[]
}

/** A run that is refused, with the code that says why. */
export interface InvalidVector {
  readonly name: string
  readonly expected: Expected
  readonly key: string | null
  readonly run: string
  readonly refusal: string
}

/** The first refusal on the way from bytes to opened entries, or `opened`. */
export function outcomeOf(crypto: Crypto, run: Uint8Array, expected: Expected, key: Uint8Array | null): string {
  const parsed = parseRun(run)
  if (!parsed.ok) return parsed.refusal
  const verified = verifyRun(crypto, parsed.value, expected)
  if (!verified.ok) return verified.refusal
  for (const entry of verified.value) {
    const opened = openEntry(crypto, entry, (key ?? undefined) as SymmetricKey | undefined)
    if (!opened.ok) return opened.refusal
  }
  return 'opened'
}
