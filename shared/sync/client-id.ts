import type { Crypto } from '#shared/kernel/crypto.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { SectionKey } from './update.ts'

/**
 * The Yjs client id of one writable copy of a section: the first 53 bits of H(feed, section, replica), so that nobody can
 * choose to write under another's. 53, because Yjs keeps client ids in doubles.
 */
export function clientId(crypto: Crypto, feed: FeedId, section: SectionKey, replica: number): number {
  const hash = crypto.hash('mithaq/client-id/v1', utf8(feed), utf8(section), utf8(String(replica)))
  let high = (hash[0] as number) & 0x1f
  for (let at = 1; at < 3; at++) high = high * 256 + (hash[at] as number)
  let low = 0
  for (let at = 3; at < 7; at++) low = low * 256 + (hash[at] as number)
  return high * 2 ** 32 + low
}
