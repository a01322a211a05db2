import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Run } from './entry.ts'
import { MAX_ENTRIES, MAX_RUN } from './layout.ts'
import { packRun } from './pack.ts'
import { parseRun } from './parse.ts'
import { runHashes } from './verify.ts'

/**
 * Joins two neighbouring runs of one feed and epoch into one: the later signature covers the earlier entries through the
 * chain, so anybody may do it and nobody signs anew. What an author sealed keystroke by keystroke becomes compact to keep
 * and to send. Refuses 'not-neighbours' and 'too-large'.
 */
export function mergeRuns(crypto: Crypto, earlier: Run, later: Run): Result<Run, 'not-neighbours' | 'too-large'> {
  const same =
    earlier.workspace === later.workspace &&
    earlier.channel === later.channel &&
    earlier.channel !== null &&
    earlier.feed === later.feed &&
    earlier.epoch === later.epoch &&
    earlier.lastSeq + 1 === later.firstSeq
  if (!same) return refuse('not-neighbours')
  const hashes = runHashes(crypto, earlier)
  if (hashes === undefined || hashes.at(-1) !== later.previous || runHashes(crypto, later) === undefined) {
    return refuse('not-neighbours')
  }
  const entries = [...earlier.entries, ...later.entries]
  if (entries.length > MAX_ENTRIES || earlier.bytes.length + later.bytes.length > MAX_RUN) return refuse('too-large')
  const merged = parseRun(packRun({ ...earlier, entries, signature: later.signature }))
  if (!merged.ok) throw new Error(`a merged run does not parse: ${merged.refusal}`)
  return ok(merged.value)
}
