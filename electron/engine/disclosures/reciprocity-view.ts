import { reciprocityOn } from '#shared/disclosure/reciprocity.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { ReciprocityView } from '#shared/projection/reciprocity-views.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { handedAt, reciprocityCase, slicesOf, statedRevisions, termsOf, type Offer, type SliceCheck } from './reciprocity-facts.ts' // prettier-ignore

/** How a conditional slice stands towards each company that owes something for it: the same words on both screens. */
export function reciprocityViews(
  hub: Hub,
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  owner: CompanyId,
  supposed: { readonly offer?: Offer; readonly checks?: (other: CompanyId) => readonly SliceCheck[] } = {},
): readonly ReciprocityView[] {
  const own = hub.identity.card.company
  const terms = supposed.offer ? supposed.offer.terms : termsOf(runtime, artifact)
  return (terms?.companies ?? []).flatMap((other): readonly ReciprocityView[] => {
    // What two companies owe each other is theirs: a third member's screen says nothing of it.
    if (own !== owner && own !== other) return []
    const checks = supposed.checks?.(other) ?? []
    const known = reciprocityCase(runtime, artifact, owner, other, { ...supposed, checks })
    if (!known) return []
    const { standing, missing, ledger, graceUntil } = reciprocityOn(known, dateOf(hub.context.clock.now()))
    const named = (company: CompanyId) => runtime.members.companies.get(company)?.card.name ?? { en: '', ar: '' }
    return [
      {
        artifact,
        owner: named(owner),
        other: named(other),
        mine: own === owner,
        terms: known.terms,
        first: named(known.terms.first),
        ownerFirst: known.terms.first === owner,
        standing,
        missing,
        graceUntil,
        ledger: {
          ...ledger,
          lines: ledger.lines.map((line) => ({ ...line, title: titleOf(runtime, line.artifact), fromOwner: line.from === owner })), // prettier-ignore
        },
        sealed: statedRevisions(runtime, artifact).flatMap(({ fact }) =>
          handedAt(runtime, artifact, fact.revision, other) === undefined ? [fact.revision] : [],
        ),
        bothWait: standing === 'waiting' && waitsToo(runtime, owner, other),
      },
    ]
  })
}

/** Nobody moves: the other company's own conditional slice waits for this owner. One of the two policies has to give way. */
const waitsToo = (runtime: ChannelRuntime, owner: CompanyId, other: CompanyId): boolean =>
  slicesOf(runtime, other).some(({ id }) => {
    const theirs = reciprocityCase(runtime, id, other, owner)
    return theirs !== undefined && theirs.terms.first === owner && theirs.handedOn === null
  })

const titleOf = (runtime: ChannelRuntime, artifact: ArtifactId) =>
  statedRevisions(runtime, artifact).at(-1)?.fact.title ?? { en: '', ar: '' }
