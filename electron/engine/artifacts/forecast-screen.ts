import { CapacityPlan, type CapacityContent, type ShortfallAnswer } from '#shared/artifacts/capacity-plan.v1.ts'
import { mayWrite } from '#shared/artifacts/catalogue.ts'
import { projectLiving } from '#shared/artifacts/define.ts'
import { SharedForecast, type ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { Plan } from '#shared/commerce/capacity.ts'
import { projectForecast, type ForecastView } from '#shared/commerce/project-forecast.ts'
import type { InvalidationFacts } from '#shared/commerce/revisions.ts'
import { projectShortfalls } from '#shared/commerce/shortfall-view.ts'
import type { ArtifactId, CompanyId, SectionName, SliceId, WorkspaceId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { writeControl } from '#shared/membership/control.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { ReciprocityView } from '#shared/projection/reciprocity-views.ts'
import type { ArtifactSummary, ForecastScreen, SliceScreen } from '#shared/projection/forecast-views.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { diffOf, receiptsOf } from '../disclosures/views.ts'
import { endFor } from '../disclosures/end-access.ts'
import { reciprocityViews } from '../disclosures/reciprocity-view.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { isForecast, readComposed, readForecast, sliceSection, type ReadSlice } from './read-slice.ts'

export const OWN = 'own' as SectionName
export const PARTNER = 'partner' as SectionName
export const JOINT = 'joint' as SectionName

/** The channel in which an artifact was declared. @throws Refused */
export function runtimeOf(
  hub: Hub,
  artifact: string,
): { readonly runtime: ChannelRuntime; readonly id: ArtifactId; readonly owner: CompanyId; readonly type: string } {
  for (const runtime of hub.runtimes()) {
    const declared = runtime.facts.declared(artifact as ArtifactId)
    if (declared) return { runtime, id: artifact as ArtifactId, ...declared }
  }
  throw new Refused('artifacts', 'no-such-artifact')
}

/** All forecasts and slices of all workspaces, or of one, newest change first. */
export function listArtifacts(hub: Hub, workspace?: string): readonly ArtifactSummary[] {
  const found: ArtifactSummary[] = []
  for (const runtime of hub.runtimes()) {
    if (workspace !== undefined && runtime.workspace !== workspace) continue
    for (const type of ['SharedForecast.v1', 'ContextSlice.v1'] as const) {
      for (const { id, owner } of runtime.facts.artifacts(type)) {
        const summary = summaryOf(hub, runtime, id, owner, type)
        if (summary) found.push(summary)
      }
    }
  }
  return found.toSorted((left, right) => right.updatedAt - left.updatedAt)
}

/** The newest readable revision of every forecast of a workspace that is neither withdrawn nor expired, beside its commitments. */
export function forecastsOf(hub: Hub, workspace: WorkspaceId): readonly ForecastView[] {
  const today = dateOf(hub.context.clock.now())
  return hub.runtimesOf(workspace).flatMap((runtime) =>
    runtime.facts.artifacts(SharedForecast.type).flatMap(({ id }) => {
      const last = runtime.facts.eventsOf(id, 'slice-disclosed').at(-1)
      if (!last || last.fact.expiresOn < today || runtime.facts.eventsOf(id, 'slice-withdrawn').length > 0) return []
      const content = readForecast(runtime, id, last.fact.revision)
      return content ? [viewOf(hub, runtime, id, content)] : []
    }),
  )
}

/** undefined while no revision has been disclosed. A partner's slice that this device may not open is listed as unopened. */
function summaryOf(
  hub: Hub,
  runtime: ChannelRuntime,
  id: ArtifactId,
  owner: CompanyId,
  type: ArtifactSummary['type'],
): ArtifactSummary | undefined {
  const last = runtime.facts.eventsOf(id, 'slice-disclosed').at(-1)
  if (!last) return undefined
  const own = hub.identity.card.company
  const mine = owner === own
  const withdrawn = runtime.facts.eventsOf(id, 'slice-withdrawn').length > 0
  const today = dateOf(hub.context.clock.now())
  const content = readForecast(runtime, id, last.fact.revision)
  const view = content && viewOf(hub, runtime, id, content)
  const expired = last.fact.expiresOn < today
  const closed = closedBy(hub, runtime, id, owner)
  const commitment = plansFor(runtime, id).map(({ id: plan }) => runtime.facts.changes.lastOfArtifact(plan)?.at ?? 0)
  return {
    id,
    type,
    workspace: runtime.workspace,
    title: last.fact.title,
    owner: nameOf(runtime, owner),
    mine,
    revision: last.fact.revision,
    state: withdrawn
      ? 'withdrawn'
      : expired
        ? 'expired'
        : !mine && endFor(hub, runtime, id)
          ? 'ended'
          : closed
            ? closed
            : view?.stale
              ? 'stale'
              : invalidated(view)
                ? 'invalidated'
                : 'current',
    updatedAt: Math.max(last.at, ...commitment) as ArtifactSummary['updatedAt'],
    shortfalls: view ? projectShortfalls(view).open : 0,
    unopened:
      !mine &&
      !closed &&
      endFor(hub, runtime, id) === undefined &&
      !runtime.facts.receipts.some(
        ({ fact, author }) =>
          fact.artifact === id && fact.section === sliceSection(last.fact.revision) && author.company === own,
      ),
  }
}

/** On the honest client the condition closes the screen of what was read before, too; what was read stays read all the same. */
function closedBy(
  hub: Hub,
  runtime: ChannelRuntime,
  id: ArtifactId,
  owner: CompanyId,
): 'sealed' | 'suspended' | undefined {
  if (owner === hub.identity.card.company) return undefined
  const standings = reciprocityViews(hub, runtime, id, owner).map(({ standing }) => standing)
  if (standings.includes('suspended')) return 'suspended'
  return standings.includes('waiting') ? 'sealed' : undefined
}

const invalidated = (view: ForecastView | undefined): boolean =>
  view?.series.some(({ cells }) => cells.some(({ state }) => state === 'reopened')) ?? false

/** Everything that the forecast's screen shows. The first opening of a partner's revision returns a signed receipt to its owner. */
export function openForecast(hub: Hub, artifact: string, compareWith?: number): ForecastScreen {
  const { runtime, id, owner, type } = runtimeOf(hub, artifact)
  const { read, revision } = openRevision(hub, runtime, id)
  const { content } = read
  if (type !== SharedForecast.type || !isForecast(content)) throw new Refused('artifacts', 'not-a-forecast')
  const forecast = viewOf(hub, runtime, id, content)
  const plans = plansFor(runtime, id)
  // A company that may commit edits its own plan, never the first of several.
  const plan = plans.find((one) => one.owner === hub.identity.card.company) ?? plans[0]
  const summary = summaryOf(hub, runtime, id, owner, 'SharedForecast.v1')
  if (!summary) throw new Refused('artifacts', 'no-such-artifact')
  const author = { company: hub.identity.card.company, roles: certificateIn(hub.identity.certified).roles }
  const supplier = plan?.owner ?? [...runtime.members.companies.keys()].find((company) => company !== owner) ?? owner
  return {
    artifact: summary,
    sliceId: read.id,
    content,
    forecast,
    shortfalls: projectShortfalls(forecast),
    consensus:
      projectLiving(SharedForecast, 'joint', { consensus: runtime.read(id, JOINT).map('consensus') }).value.consensus ??
      {},
    owner: nameOf(runtime, owner),
    supplier: nameOf(runtime, supplier),
    mayCommit: author.company !== owner && mayWrite(CapacityPlan.type, OWN, author, author.company).ok,
    mayAnswer:
      author.company === owner && plan !== undefined && mayWrite(CapacityPlan.type, PARTNER, author, plan.owner).ok,
    plan: plan ? { artifact: plan.id, content: plan.own } : null,
    revisions: revisionsOf(runtime, id),
    diff: diffOf(runtime, id, revision, compareWith),
    receipts: receiptsOf(runtime, id),
  }
}

export function openSlice(hub: Hub, artifact: string, compareWith?: number): SliceScreen {
  const { runtime, id, owner, type } = runtimeOf(hub, artifact)
  const { read, revision } = openRevision(hub, runtime, id)
  const summary = summaryOf(hub, runtime, id, owner, type as ArtifactSummary['type'])
  if (!summary) throw new Refused('artifacts', 'no-such-artifact')
  return {
    artifact: summary,
    sliceId: read.id,
    slice: read.content.slice as unknown as SliceScreen['slice'],
    owner: nameOf(runtime, owner),
    revisions: revisionsOf(runtime, id),
    diff: diffOf(runtime, id, revision, compareWith),
    receipts: receiptsOf(runtime, id),
  }
}

/** The newest revision that this device can open, with its receipt. @throws Refused */
function openRevision(
  hub: Hub,
  runtime: ChannelRuntime,
  id: ArtifactId,
): { readonly read: ReadSlice; readonly revision: number } {
  if (runtime.facts.eventsOf(id, 'slice-withdrawn').length > 0) throw new Refused('artifacts', 'withdrawn')
  const disclosed = runtime.facts.eventsOf(id, 'slice-disclosed')
  const last = disclosed.at(-1)
  if (last && last.fact.expiresOn < dateOf(hub.context.clock.now())) throw new Refused('artifacts', 'expired')
  if (last && last.author.company !== hub.identity.card.company && endFor(hub, runtime, id))
    throw new Refused('artifacts', 'scope-changed')
  const closed = last && closedBy(hub, runtime, id, last.author.company)
  if (closed) throw new Refused('artifacts', closed === 'suspended' ? 'reads-suspended' : 'sealed-until-answered')
  for (const { fact, author } of disclosed.toReversed()) {
    const read = readComposed(runtime, id, fact.revision)
    if (!read) continue
    if (read.id !== fact.slice) throw new Refused('artifacts', 'hash-differs')
    if (author.company !== hub.identity.card.company) acknowledge(hub, runtime, id, fact.revision, read.id)
    return { read, revision: fact.revision }
  }
  throw new Refused('artifacts', last ? 'sealed-to-others' : 'no-such-artifact')
}

function acknowledge(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId, revision: number, slice: SliceId): void {
  const section = sliceSection(revision)
  const own = hub.identity.card.company
  const known = runtime.facts.receipts.some(
    ({ fact, author }) => fact.artifact === artifact && fact.section === section && author.company === own,
  )
  if (known) return
  hub.change(() => {
    const openedAt = hub.context.clock.now()
    writeIn(hub, runtime.id, [
      { kind: 'control', payload: writeControl({ kind: 'receipt', artifact, section, slice, openedAt }) },
    ])
    record(hub.context, {
      kind: 'opening',
      code: 'slice-opened',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: artifact, name: runtime.facts.eventsOf(artifact, 'slice-disclosed').at(-1)?.fact.title.en ?? '' },
      detail: { revision, slice },
    })
    return undefined
  })
  // Only now, never for a mere look: a window that is told of a change asks again, and would be told again for ever.
  hub.context.changes.say('artifacts', 'disclosures', 'today', 'audit')
}

/** The forecast beside all plans that answer it, as of today. */
export function viewOf(hub: Hub, runtime: ChannelRuntime, id: ArtifactId, current: ForecastContent): ForecastView {
  // A revision that was announced a thousand times is one revision.
  const announced = new Set(runtime.facts.eventsOf(id, 'slice-disclosed').map(({ fact }) => fact.revision))
  const previous = [...announced].flatMap((revision) =>
    revision < current.envelope.revision ? (readForecast(runtime, id, revision) ?? []) : [],
  )
  const plans: readonly Plan[] = plansFor(runtime, id).map(({ owner, own, answers }) => ({
    company: owner,
    own,
    answers,
  }))
  return projectForecast({
    current,
    previous,
    plans,
    facts: factsOf(runtime, id),
    today: dateOf(hub.context.clock.now()),
  })
}

interface FoundPlan {
  readonly id: ArtifactId
  readonly owner: CompanyId
  readonly own: Partial<CapacityContent>
  readonly answers: Readonly<Record<string, ShortfallAnswer>>
}

/**
 * The capacity plans of a channel that answer a forecast: one per company, the first in order, so that nobody's promises count
 * twice; and none of the forecast's own owner, whose "commitments" would read on both screens as the supplier's.
 */
export function plansFor(runtime: ChannelRuntime, forecast: ArtifactId): readonly FoundPlan[] {
  const asker = runtime.facts.declared(forecast)?.owner
  const heard = new Set<CompanyId>()
  return runtime.facts.artifacts(CapacityPlan.type).flatMap(({ id, owner }) => {
    if (owner === asker || heard.has(owner)) return []
    const doc = runtime.read(id, OWN)
    const terms = doc.map('terms')
    if (terms['forecast'] !== forecast) return []
    heard.add(owner)
    const raw = { ...terms, slots: doc.map('slots'), commitments: doc.map('commitments') }
    const { value } = projectLiving(CapacityPlan, 'own', raw)
    const answers =
      projectLiving(CapacityPlan, 'partner', { answers: runtime.read(id, PARTNER).map('answers') }).value.answers ?? {}
    return [{ id, owner, own: value, answers }]
  })
}

function factsOf(runtime: ChannelRuntime, id: ArtifactId): InvalidationFacts {
  const declared = runtime.facts.eventsOf(id, 'fact-declared').map(({ fact }) => fact)
  const named = (fact: string): string[] =>
    declared.filter((one) => one.fact === fact).map(({ reference }) => reference)
  return { discontinued: named('sku-discontinued'), cancelledPromotions: named('promotion-cancelled') }
}

const revisionsOf = (runtime: ChannelRuntime, id: ArtifactId): ForecastScreen['revisions'] =>
  runtime.facts.eventsOf(id, 'slice-disclosed').map(({ fact, at, author }) => ({
    revision: fact.revision,
    sliceId: fact.slice,
    disclosedAt: at,
    by: author.name.en,
  }))

/** Why a slice is open or closed between its owner and another company: the same on both screens; empty without a condition. */
export function reciprocityOf(hub: Hub, artifact: string): readonly ReciprocityView[] {
  const { runtime, id, owner } = runtimeOf(hub, artifact)
  return reciprocityViews(hub, runtime, id, owner)
}

export const nameOf = ({ members }: ChannelRuntime, company: CompanyId): Bilingual =>
  members.companies.get(company)?.card.name ?? { en: '', ar: '' }
