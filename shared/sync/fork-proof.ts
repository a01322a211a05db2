import type { Crypto } from '#shared/kernel/crypto.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { runHashes } from '#shared/seal/verify.ts'
import type { Fork } from './forks.ts'
import type { CarriedRun } from './message.ts'

/**
 * Of `runs` two that say different things under the first number that a forked feed used twice, each signed by the feed's own
 * device: whichever of the two a reader holds, the other one shows it the fork. None when there are no two.
 */
export function forkProof(
  crypto: Crypto,
  { feed, after }: Pick<Fork, 'feed' | 'after'>,
  runs: Iterable<CarriedRun>,
): readonly CarriedRun[] {
  let one: { readonly says: EntryHash; readonly run: CarriedRun } | undefined
  for (const run of runs) {
    const parsed = parseRun(run.bytes)
    if (!parsed.ok || parsed.value.feed !== feed) continue
    const { firstSeq, lastSeq } = parsed.value
    if (firstSeq > after + 1 || lastSeq <= after) continue
    const says = runHashes(crypto, parsed.value)?.[after + 1 - firstSeq]
    if (says === undefined) continue
    if (one !== undefined && one.says !== says) return [one.run, run]
    one ??= { says, run }
  }
  return []
}
