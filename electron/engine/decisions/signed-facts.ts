import type { DeclaredArtifact } from '#shared/artifacts/artifact-event.ts'
import type { FactPlace, SignedFact } from '#shared/decisions/facts.ts'
import type { ArtifactId, CompanyId, FeedId } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'

/** The facts of some types about a document, each with its hash and with what its author had seen. */
export function signedFacts<E extends { readonly type: string }>(
  runtime: ChannelRuntime,
  id: ArtifactId,
  types: ReadonlySet<string>,
): readonly SignedFact<E, RoleCertificate>[] {
  const { index } = runtime.admission
  return runtime.facts
    .eventsAbout(id)
    .flatMap(({ fact, feed, seq, lamport, at, author }): readonly SignedFact<E, RoleCertificate>[] => {
      const line = index.line(feed)
      const hash = line?.hashes.of(seq)
      if (!types.has(fact.type) || !line || hash === undefined) return []
      const past = index.ancestryOf(line, seq)
      const saw = (place: FactPlace): boolean => past.includes({ feed: place.feed as FeedId, seq: place.seq })
      return [{ id: hash, place: { feed, seq }, lamport, fact: fact as unknown as E, author, at, saw }]
    })
}

/** The last word of some types that another company said and that no fact of the own company had seen yet. */
export const unseenWord = <F extends SignedFact<{ readonly type: string }>>(
  facts: readonly F[],
  own: CompanyId,
  types: ReadonlySet<string>,
): F | undefined => {
  const ours = facts.filter(({ author }) => author.company === own)
  return facts.findLast(
    ({ fact, author, place }) => types.has(fact.type) && author.company !== own && !ours.some((one) => one.saw(place)),
  )
}

/** A document as the author of a fact could know it; undefined: not known. */
export function seenAs(
  runtime: ChannelRuntime,
  artifact: string,
  { place: { feed, seq } }: { readonly place: FactPlace },
): DeclaredArtifact | undefined {
  const { index } = runtime.admission
  const line = index.line(feed as FeedId)
  return line && runtime.facts.declared(artifact as ArtifactId, index.ancestryOf(line, seq))
}
