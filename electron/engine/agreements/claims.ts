import { claimOf, claimsIn, latePaymentRefusal, mayClaim, subjectOf } from '#shared/agreement/claim.ts'
import { claimAuthority, claimsOf, earlierCredits, type Claim } from '#shared/agreement/claims.ts'
import { type DISPUTE_GROUNDS, type ClaimKind, type Measured } from '#shared/artifacts/agreement-claim-event.ts'
import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { ClaimsView } from '#shared/projection/agreement-views.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, type Place, type Version } from './agreement.ts'
import { mayEdit, mustEdit } from './freeze.ts'
import { signedVersion } from './life.ts'

const claimsUnder = ({ runtime, id, kind }: Place, { content, hash }: Version): readonly Claim[] =>
  claimsOf(kind, content, hash, runtime.facts.eventsAbout(id))

/** What can be claimed under the text in force, and what was; null until a text is signed by all. */
export function claimsView(hub: Hub, place: Place): ClaimsView | null {
  const version = signedVersion(hub, place)
  if (!version) return null
  const { content, hash } = version
  const own = certificateIn(hub.identity.certified).company
  const kinds = claimsIn(content)
  return {
    hash,
    content,
    company: own,
    today: dateOf(hub.context.clock.now()),
    mayEdit: mayEdit(hub, place),
    kinds: kinds.filter((kind) => mayClaim(place.kind, content, kind, own)),
    claims: claimsUnder(place, version).toReversed(),
  }
}

/** The version that a claim is made under. What has ended still owes what it came to. @throws Refused */
function under(hub: Hub, artifact: string): { readonly place: Place; readonly version: Version } {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const version = signedVersion(hub, place)
  if (!version) throw new Refused('agreements', 'not-signed')
  return { place, version }
}

/** Our company claims what the signed terms make of what was measured. @throws Refused */
export function proposeClaim(hub: Hub, artifact: string, measured: Measured | 'late-payment', note: string): void {
  const { place, version } = under(hub, artifact)
  const { content, hash } = version
  if (measured === 'late-payment') throw new Refused('agreements', latePaymentRefusal(content))
  const computed = claimOf(place.kind, content, measured)
  if (typeof computed === 'string') throw new Refused('agreements', computed)
  const own = certificateIn(hub.identity.certified)
  if (!mayClaim(place.kind, content, measured.kind, own.company)) throw new Refused('agreements', 'not-our-claim')
  const { amounts } = computed
  const refusal = claimAuthority(place.kind, content, own, { measured, amounts }, hub.context.clock.now())
  if (refusal) throw new Refused('agreements', refusal)
  const known = claimsUnder(place, version)
  const same = known.some((one) => one.company === own.company && one.state !== 'withdrawn' && subjectOf(one.measured) === subjectOf(measured)) // prettier-ignore
  if (same) throw new Refused('agreements', 'claimed-already')
  // Credits that the cap over twelve months counts are known here: a smaller sum would claim more than the text gives.
  if (measured.kind === 'service-credit' && measured.earlierCredits < earlierCredits(known, measured.month))
    throw new Refused('agreements', 'earlier-credits-differ')
  const claim = toHex(hub.context.crypto.random(16))
  state(hub, place, { type: 'claim-proposed', artifact: place.id, hash, claim, measured, amounts: [...amounts], note })
}

/** @throws Refused when there is no such claim, or it is ours. */
function others(hub: Hub, artifact: string, claim: string): { readonly place: Place; readonly version: Version; readonly found: Claim } {
  const { place, version } = under(hub, artifact)
  const found = claimsUnder(place, version).find(({ id }) => id === claim)
  if (!found) throw new Refused('agreements', 'no-such-claim')
  const own = certificateIn(hub.identity.certified)
  const isParty = version.content.parties.some(({ company }) => company === own.company)
  if (found.company === own.company || !isParty) throw new Refused('agreements', 'not-ours-to-answer')
  if (found.state !== 'open' && found.state !== 'disputed') throw new Refused('agreements', 'claim-settled')
  return { place, version, found }
} // prettier-ignore

/** Our company accepts what another claims. @throws Refused */
export function acceptClaim(hub: Hub, artifact: string, claim: string): void {
  const { place, version, found } = others(hub, artifact, claim)
  mustBind(hub, place, version, found)
  state(hub, place, { type: 'claim-accepted', artifact: place.id, hash: version.hash, claim })
}

/** Our company disputes a claim: on what, why, and where the counter-evidence is. It commits to nothing. @throws Refused */
export function disputeClaim(
  hub: Hub,
  artifact: string,
  claim: string,
  dispute: { readonly ground: (typeof DISPUTE_GROUNDS)[number]; readonly reason: string; readonly evidence: string },
): void {
  const { place, version } = others(hub, artifact, claim)
  // That no loss arose is for the debtor to show (Civil Transactions Law, art. 179).
  if (dispute.ground === 'no-harm' && dispute.evidence.length < 3) throw new Refused('agreements', 'evidence-missing')
  state(hub, place, { type: 'claim-disputed', artifact: place.id, hash: version.hash, claim, ...dispute })
}

/** Our company takes its claim back. @throws Refused */
export function withdrawClaim(hub: Hub, artifact: string, claim: string): void {
  const { place, version } = under(hub, artifact)
  const found = claimsUnder(place, version).find(({ id }) => id === claim)
  if (found?.company !== certificateIn(hub.identity.certified).company) throw new Refused('agreements', 'no-such-claim')
  if (found.state === 'accepted' || found.state === 'withdrawn') throw new Refused('agreements', 'claim-settled')
  mustBind(hub, place, version, found)
  state(hub, place, { type: 'claim-withdrawn', artifact: place.id, hash: version.hash, claim })
}

function mustBind(hub: Hub, { kind }: Place, { content }: Version, { measured, computed }: Claim): void {
  const own = certificateIn(hub.identity.certified)
  const refusal = claimAuthority(kind, content, own, { measured, amounts: computed.amounts }, hub.context.clock.now())
  if (refusal) throw new Refused('agreements', refusal)
}

type ClaimFact = Extract<ArtifactEvent, { readonly type: 'claim-proposed' | 'claim-accepted' | 'claim-disputed' | 'claim-withdrawn' }> // prettier-ignore

function state(hub: Hub, { runtime, id }: Place, fact: ClaimFact): void {
  hub.change(() => {
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(fact) }])
    const actor = certificateIn(hub.identity.certified).name.en
    const item: ClaimKind | string = fact.type === 'claim-proposed' ? fact.measured.kind : fact.claim.slice(0, 8)
    record(hub.context, { kind: 'commitment', code: fact.type, actor, subject: { id, name: titleOf(runtime, id).en }, detail: { item } }) // prettier-ignore
    return undefined
  })
}

/** How many claims of others wait for an answer of our company. */
export function claimsToAnswer(hub: Hub, artifact: string): number {
  const place = agreementPlace(hub, artifact)
  const version = signedVersion(hub, place)
  if (!version || !mayEdit(hub, place)) return 0
  const own = certificateIn(hub.identity.certified).company
  if (!version.content.parties.some(({ company }) => company === own)) return 0
  return claimsUnder(place, version).filter(({ company, state: of }) => of === 'open' && company !== own).length
}
