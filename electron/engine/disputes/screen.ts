import { readDispute, type DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import { isOpen, type DisputeStanding } from '#shared/disputes/standing.ts'
import { leadingMediations } from '#shared/disputes/windows.ts'
import type { Settlement } from '#shared/disputes/settlements.ts'
import type { CompanyId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type {
  ArbitratorsView, DisputeClockView, DisputeFactView, DisputeLevelView, DisputePositionView, DisputeSummary, DisputeView, RulingView, SettlementView,
} from '#shared/projection/dispute-views.ts' // prettier-ignore
import { currentPolicy } from '../approvals/records.ts'
import { certificateIn } from '../identity/identity.ts'
import { authorView } from '../live/authors.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { closedActs, disputeAsks, leftOf, signingClosed } from './asks.ts'
import { disputeIn, standingIn, type Case, type DisputePlace, type Fact } from './place.ts'

interface Signed {
  readonly author: RoleCertificate
  readonly at: Instant
}
type SignedView = DisputeSummary['opened']

/** What both the page of a dispute and a list of them show. */
export function summaryOf(hub: Hub, { runtime, id }: DisputePlace, found: Case): DisputeSummary {
  const { content, hash, opening, outcome } = found
  const standing = standingIn(hub, found)
  return {
    id,
    dispute: hash,
    workspace: runtime.workspace,
    channel: runtime.id,
    subject: content.subject,
    issue: content.issue,
    parties: partiesOf(hub, found),
    opened: signer(hub, { runtime, id })(opening),
    clock: clockOf(hub, found, standing),
    open: isOpen(standing),
    finding: outcome?.finding ?? null,
    asks: disputeAsks(hub, found),
  }
}

/** One dispute as its page shows it. `hash` null: the first that was opened in the document. @throws Refused */
export function disputeView(hub: Hub, artifact: string, hash: string | null): DisputeView {
  const { place, facts, all, found } = disputeIn(hub, artifact, hash)
  const { content, bound, recusals, settlements, referral, awards, withdrawn, outcome } = found
  const signed = signer(hub, place)
  const { source } = content.path
  return {
    ...summaryOf(hub, place, found),
    content,
    bound,
    agreedIn: source && { id: source.artifact, title: titleOf(place.runtime, source.artifact) },
    delivery: partiesOf(hub, found).map((party) => ({ ...party, since: deliveredTo(found, facts, party.company) })),
    positions: positionsOf(hub, place, found),
    levels: levelsOf(hub, place, found),
    recusals: recusals.map((one) => ({ ...signed(one), reason: one.fact.reason })),
    settlements: settlements.all.map((one) => settlementView(hub, place, found, one)),
    crossed: settlements.crossed,
    referral: referral && { ...signed(referral), reference: referral.fact.reference, reason: referral.fact.reason },
    awards: awards.map((one) => {
      const { award, reference, finding, terms } = one.fact
      return { ...signed(one), award, reference, finding, terms }
    }),
    withdrawn: withdrawn && { ...signed(withdrawn), reason: withdrawn.fact.reason },
    outcome: outcome && { ...outcome, words: outcome.words.map(signed) },
    closed: closedActs(hub, found),
    others: all.cases.flatMap((one) => (one.hash === found.hash ? [] : [one.hash])),
    facts: facts.map((one): DisputeFactView => {
      const { id, fact } = one
      return {
        id,
        type: fact.type,
        ...signed(one),
        ...saidIn(fact, found),
        level: 'level' in fact ? fact.level : null,
        refusal: all.refusals.get(id) ?? null,
      }
    }),
  }
}

const signer =
  (hub: Hub, { runtime }: DisputePlace) =>
  ({ author, at }: Signed): SignedView => ({ by: authorView(runtime, author, hub.identity.card.company), at })

function partiesOf(hub: Hub, { content }: Case): DisputeSummary['parties'] {
  const own = hub.identity.card.company
  return content.parties.map(({ company, name }) => ({ company, name, own: company === own }))
}

function clockOf(hub: Hub, found: Case, standing: DisputeStanding): DisputeClockView {
  const { level, until } = standing
  const following = level === null ? undefined : found.levels[level + 1]
  const last = found.bound && found.content.path.fallback !== null ? 'fallback' : 'exhausted'
  return {
    ...standing,
    daysLeft: leftOf(hub, found, standing),
    next: until === null ? null : (following?.level.kind ?? last),
    ownOffset: currentPolicy(hub.context).week.utcOffset,
  }
}

/** When a party had the opening by a fact of its own; its opener had it when it opened. */
function deliveredTo({ opening }: Case, facts: readonly Fact[], company: CompanyId): Instant | null {
  if (opening.author.company === company) return opening.at
  const had = facts.filter((one) => one.author.company === company && one.saw(opening.place)).map(({ at }) => at)
  return had.length === 0 ? null : (Math.min(...had) as Instant)
}

function positionsOf(hub: Hub, place: DisputePlace, found: Case): readonly DisputePositionView[] {
  const { content, opening, answers } = found
  const signed = signer(hub, place)
  return partiesOf(hub, found).map((party) => {
    if (party.company === opening.author.company)
      return { ...party, opener: true, position: content.position, path: null, signed: signed(opening) }
    // A company that declined the path and accepts it later answers twice: its last word stands.
    const answer = answers.findLast(({ author }) => author.company === party.company)
    return {
      ...party,
      opener: false,
      position: answer?.fact.position ?? null,
      path: answer && content.path.source === null ? answer.fact.path : null,
      signed: answer ? signed(answer) : null,
    }
  })
}

function levelsOf(hub: Hub, place: DisputePlace, found: Case): readonly DisputeLevelView[] {
  const { content, levels, started } = found
  const now = hub.context.clock.now()
  const { level: running } = standingIn(hub, found)
  const free = leadingMediations(content).length
  return content.path.levels.map((level, index) => {
    const reached = levels[index]
    const isBound = reached !== undefined || (started === null && (content.path.source !== null || index < free))
    return {
      ...level,
      index,
      from: reached?.from ?? null,
      until: reached?.until ?? null,
      state: running === index ? 'running' : reached && now >= reached.until ? 'past' : isBound ? 'coming' : 'unbound',
      differed: reached?.rulings?.differed != null,
      arbitrators: level.kind === 'arbitration' ? arbitratorsOf(hub, place, found, level, index) : [],
    }
  })
}

function arbitratorsOf(hub: Hub, place: DisputePlace, found: Case, { roles }: DisputeLevel, index: number): readonly ArbitratorsView[] {
  const rulings = found.levels[index]?.rulings
  const given = rulings ? [...rulings.given, ...rulings.unproven] : []
  const signed = signer(hub, place)
  return partiesOf(hub, found).map((party) => {
    const word = given.find(({ author }) => author.company === party.company)
    const ruling: RulingView | null = word
      ? { ...signed(word), finding: word.fact.finding, terms: word.fact.terms, rationale: word.fact.rationale, proven: rulings?.given.includes(word) === true }
      : null
    return { ...party, people: holdersOf(hub, place, found, party.company, roles), ruling }
  })
} // prettier-ignore

/** Who holds a role today, each person once. */
function holdersOf(hub: Hub, { runtime }: DisputePlace, { recusals }: Case, company: CompanyId, roles: readonly Role[]): ArbitratorsView['people'] {
  const { members } = runtime
  const now = hub.context.clock.now()
  const holders = [...members.certificates.keys()].flatMap((device) => {
    const certificate = certificateOf(members, device, now)
    return certificate?.company === company && certificate.roles.some((role) => roles.includes(role)) ? [certificate] : []
  })
  const { person } = certificateIn(hub.identity.certified)
  return [...Map.groupBy(holders, (one) => one.person)].flatMap(([id, [one]]) =>
    one ? [{ name: one.name, own: id === person, recused: recusals.some(({ author }) => author.person === id) }] : [],
  )
} // prettier-ignore

function settlementView(hub: Hub, place: DisputePlace, found: Case, one: Settlement<RoleCertificate>): SettlementView {
  const signed = signer(hub, place)
  const { hash, finding, terms, proposals, words, complete, superseded } = one
  return {
    hash,
    finding,
    terms,
    proposed: proposals.map(signed),
    signatures: partiesOf(hub, found).map((party) => {
      const word = words.find(({ author }) => author.company === party.company)
      return { ...party, signed: word ? signed(word) : null }
    }),
    complete,
    superseded,
    stands: found.outcome?.kind === 'settlement' && found.outcome.hash === hash,
    closed: signingClosed(hub, found, hash),
  }
}

/** What a fact says; of a signature the words that were signed. */
function saidIn(fact: Fact['fact'], { settlements }: Case): Pick<DisputeFactView, 'text' | 'finding'> {
  const words = fact.type === 'settlement-signed' ? settlements.all.find(({ hash }) => hash === fact.hash) : undefined
  if (words) return { text: words.terms, finding: words.finding }
  return { text: textOf(fact), finding: 'finding' in fact ? fact.finding : null }
}

function textOf(fact: Fact['fact']): string {
  if (fact.type === 'dispute-opened') return readDispute(fact.text)?.position ?? ''
  if ('position' in fact) return fact.position
  if ('rationale' in fact) return fact.rationale
  if ('reason' in fact) return fact.reason
  return 'terms' in fact ? fact.terms : ''
}
