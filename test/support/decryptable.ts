import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import { openUpdate, unboxSliceKey } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '#engine/artifacts/read-slice.ts'
import type { Company } from './company.ts'

/**
 * The revisions of an artifact that a company could decrypt with everything it holds: the entries of its log and the keys of its
 * device. Screens and rules are not asked: this is what a dishonest client could read.
 */
export function decryptable({ engine }: Company, channel: string, artifact: string): readonly number[] {
  const { hub } = engine.desk.session
  const runtime = hub.runtime(channel as ChannelId)
  if (!runtime) return []
  const { device } = hub.identity
  const { crypto } = runtime
  const revisions = new Set<number>()
  for (const { fact } of runtime.facts.kept) {
    if (fact.artifact !== (artifact as ArtifactId)) continue
    const revision = Number(fact.section.split(':')[1])
    const section = sealedSectionKey(fact.artifact, sliceSection(revision))
    const place = { channel: runtime.id, section }
    for (const handed of runtime.facts.sliceKeysOf(section)) {
      const key = unboxSliceKey(crypto, place, handed, device.id, device.box)
      if (key.ok && openUpdate(crypto, { ...place, replica: fact.replica }, key.value, fact.update).ok)
        revisions.add(revision)
    }
  }
  return [...revisions].toSorted((left, right) => left - right)
}
