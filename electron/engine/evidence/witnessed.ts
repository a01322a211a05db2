import type { Instant } from '#shared/kernel/time.ts'
import type { Place, Version } from '../agreements/agreement.ts'
import type { StatedEvent } from '../channels/facts.ts'

/**
 * By signatory, when another company's word about this agreement first had the signature in its ancestry, by that company's own
 * clock. From then on the signer alone could not have made it later. Signatures that nobody else has seen are absent.
 */
export function witnesses({ runtime, id }: Place, version: Version): ReadonlyMap<string, Instant> {
  const events = runtime.facts.eventsAbout(id)
  const seen = new Map<string, Instant>()
  for (const stated of events) {
    const { fact } = stated
    if (fact.type !== 'agreement-file-signed' || fact.hash !== version.hash || seen.has(fact.signatory)) continue
    const times = events.filter((other) => sees(runtime, other, stated)).map(({ at }) => at)
    if (times.length > 0) seen.set(fact.signatory, Math.min(...times) as Instant)
  }
  return seen
}

function sees({ admission }: Place['runtime'], witness: StatedEvent, stated: StatedEvent): boolean {
  if (witness.author.company === stated.author.company) return false
  const line = admission.index.line(witness.feed)
  return line !== undefined && admission.index.ancestryOf(line, witness.seq).includes(stated)
}
