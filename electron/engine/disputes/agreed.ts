import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { readDispute, type DisputePath } from '#shared/artifacts/dispute-content.ts'
import { CHANGE_FACTS, type ChangeEvent } from '#shared/artifacts/change-event.ts'
import { versionsOf } from '#shared/agreement/state.ts'
import { changeState } from '#shared/decisions/changes.ts'
import { pathOfAgreement, pathOfChange } from '#shared/disputes/agreed-path.ts'
import type { Of } from '#shared/disputes/facts.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { AgreedPathView } from '#shared/projection/dispute-views.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { hashOf } from '../decisions/decision.ts'
import { seenAs, signedFacts } from '../decisions/signed-facts.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'

interface Agreed {
  readonly path: DisputePath
  readonly companies: readonly CompanyId[]
}
type Source = NonNullable<DisputePath['source']>
type Seen = Pick<Of<'dispute-opened', RoleCertificate>, 'place' | 'saw'>

/**
 * The path that a document says and its companies have agreed on: the clause of an agreement that all have signed, or the rule of a
 * change under which each has given a verdict. `opening`: as its author could know it; undefined: as it stands here.
 */
function agreedIn(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId, type: string | undefined, opening?: Seen): Agreed | undefined {
  if (type === ChangeRequest.type) {
    const facts = signedFacts<ChangeEvent>(runtime, artifact, CHANGE_FACTS).filter((one) => opening?.saw(one.place) ?? true)
    // What disputes came to is left out: a path is agreed before anybody disputes.
    const { current } = changeState(facts, artifact, { sha256: hashOf(hub), typeOf: () => undefined, ownerOf: (fact) => seenAs(runtime, artifact, fact)?.owner, ruledOn: () => null })
    const companies = current?.content.parties.map(({ company }) => company) ?? []
    // Whoever decided under the rule has accepted it; whether the verdict was in time does not matter for that.
    const accepted = companies.every((company) =>
      current?.matters.some(({ verdict, unproven }) => (verdict ?? unproven)?.author.company === company),
    )
    return current && accepted ? { companies, path: pathOfChange({ artifact, hash: current.hash }, current.content.policy) } : undefined // prettier-ignore
  }
  const kind = agreementKind(type ?? '')
  if (!kind) return undefined
  const stated = runtime.facts.eventsAbout(artifact).filter(({ feed, seq }) => opening?.saw({ feed, seq }) ?? true)
  const signed = versionsOf(stated, artifact, hashOf(hub)).findLast(({ state }) => state === 'signed')
  const path = signed && pathOfAgreement(kind, signed.content, { artifact, hash: signed.hash })
  return path && { companies: signed.content.parties.map(({ company }) => company), path }
} // prettier-ignore

/** What the fold of disputes asks: it follows from the opening's ancestry alone, and every party has to have agreed. */
export function agreedPath(
  hub: Hub,
  runtime: ChannelRuntime,
  source: Source,
  opening: Of<'dispute-opened', RoleCertificate>,
): DisputePath | undefined {
  const found = agreedIn(hub, runtime, source.artifact, seenAs(runtime, source.artifact, opening)?.type, opening)
  const parties = readDispute(opening.fact.text)?.parties ?? []
  const all = parties.every(({ company }) => found?.companies.includes(company))
  return all && found?.path.source?.hash === source.hash ? found.path : undefined
}

/** Every path that companies of a channel have agreed on. */
export const agreedPathsIn = (hub: Hub, runtime: ChannelRuntime): readonly AgreedPathView[] =>
  [...runtime.facts.types()].flatMap((type) =>
    type === ChangeRequest.type || agreementKind(type)
      ? runtime.facts.artifacts(type).flatMap(({ id }) => {
          const found = agreedIn(hub, runtime, id, type)
          return found ? [{ title: titleOf(runtime, id), ...found }] : []
        })
      : [],
  )
