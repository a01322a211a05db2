import type { CapacityContent } from '#shared/artifacts/capacity-plan.v1.ts'
import { placeOf } from '#shared/artifacts/cell-key.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import { promises } from '#shared/commerce/capacity.ts'
import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import { bucketsOf, cellsOf, deltaOf } from '#shared/commerce/revisions.ts'
import { thenEffect, type PlanEffect } from '#shared/initiatives/effect.ts'
import type { ArtifactId, CompanyId, DatasetId, PersonId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate, IsoMonth } from '#shared/kernel/time.ts'
import type { Due } from '#shared/standards/due.ts'
import type { Bilingual } from './bilingual.ts'
import type { ChangeAsk } from './change-views.ts'
import type { NegotiationAsk } from './convergence-views.ts'
import type { DecisionAsk } from './decision-views.ts'
import type { DisputeAsk } from './dispute-views.ts'
import type { TodayChange, TodayNeed, TodayView } from './today-views.ts'

/** What a change did to quantities; `quantity` null: not computable, which is not "no effect". */
export interface Effect {
  readonly quantity: number | null
  readonly unit: string
  /** Months that it touches, in order. */
  readonly buckets: readonly IsoMonth[]
}
/** Something that somebody did, as the engine records it when it is admitted. */
export interface Change extends Omit<TodayChange, 'quantityEffect' | 'unit' | 'bucketEffect' | 'dates'> {
  /** null where the engine itself acted. */
  readonly person: PersonId | null
  /** null where quantities are not what it is about. */
  readonly effect: Effect | null
  /** Absent in what earlier versions kept. */
  readonly dates?: PlanEffect | null
}
/** A forecast that this company owns or received, as it stands now. */
export interface ForecastStanding {
  readonly artifact: ArtifactId
  readonly subject: Bilingual
  readonly mine: boolean
  readonly opened: boolean
  readonly mayCommit: boolean
  /** null until it was opened. */
  readonly view: ForecastView | null
}
/** A co-edited document and what of it waits for this person. */
export interface DocumentStanding {
  readonly artifact: ArtifactId
  readonly subject: Bilingual
  /** Fields and records that wait for somebody to choose. */
  readonly conflicts: number
  /** Milestones of a joint plan that this company is in charge of and that are late or due soon; the earliest date. */
  readonly due: { readonly count: number; readonly on: IsoDate } | null
  /** What of a signed agreement is near (TR-25); null or absent: nothing. */
  readonly life?: {
    readonly ending: IsoDate | null
    readonly obligations: { readonly count: number; readonly on: IsoDate } | null
    readonly missing: { readonly count: number; readonly on: IsoDate | null } | null
  } | null
  /** Texts of an agreement that this person is asked to sign: the first last day, whether it is near, and whether somebody reminded. */
  readonly signatures?: {
    readonly count: number
    readonly on: IsoDate | null
    readonly soon: boolean
    readonly reminded: boolean
  } | null
  /** Claims of others under a signed text that nobody here has answered. */
  readonly claims?: number
  /** Proposals of others that wait for an answer of this person's company. */
  readonly proposals: number
  /** What a change of a service asks of this person, and until when; absent: no such change. */
  readonly change?: { readonly ask: ChangeAsk; readonly on: IsoDate | null } | null
  /** What a negotiation asks of this person, and until when; absent: no negotiation. */
  readonly negotiation?: { readonly ask: NegotiationAsk; readonly on: IsoDate | null } | null
  /** What a joint decision asks of this person, and until when; absent: no decision. */
  readonly decision?: { readonly ask: DecisionAsk; readonly on: IsoDate | null } | null
}
/** The rest of what may wait for the person. */
export interface Situation {
  readonly profileComplete: boolean
  readonly datasets: number
  readonly disclosures: number
  /** Workspaces whose safety code nobody here has compared yet. */
  readonly unconfirmed: readonly { readonly workspace: WorkspaceId; readonly name: Bilingual }[]
  /** Workspaces in which our company's consent to a removal is asked for. */
  readonly removals?: readonly { readonly workspace: WorkspaceId; readonly name: Bilingual }[]
  /** Dry runs in which the next step is ours. */
  readonly dryRuns?: readonly { readonly workspace: WorkspaceId; readonly name: Bilingual; readonly step: DryRunStep }[]
  /** Datasets of which columns would go to colleagues that nobody has seen going. */
  readonly shares?: readonly { readonly dataset: DatasetId; readonly name: string; readonly columns: number }[]
  /** Requests that wait for this person's word, with the day on which they are due, and approved ones that they can carry out. */
  readonly approvals?: readonly {
    readonly id: string
    readonly need: 'give-approval' | 'approval-overdue' | 'carry-out'
    readonly subject: Bilingual
    readonly on: IsoDate | null
  }[]
  /** What disputes ask of this person; `count`: days that are left where a level ends soon. */
  readonly disputes?: readonly { readonly artifact: ArtifactId; readonly subject: Bilingual; readonly ask: DisputeAsk; readonly count: number; readonly on: IsoDate | null }[] // prettier-ignore
  /** Contradictions between documents that nobody has settled or set aside. */
  readonly contradictions?: number
  /** Workspaces with runs that the partner lacks and no link to carry them. */
  readonly unsent: readonly { readonly workspace: WorkspaceId; readonly name: Bilingual; readonly runs: number }[]
}
/** `pass`: all of ours is ticked; `found`: both have passed; `join`: the workspace for real data waits for us. */
export type DryRunStep = 'pass' | 'found' | 'join'
export interface TodayInput {
  /** Last visit; null on the first. */
  readonly since: Instant | null
  readonly self: PersonId
  readonly company: CompanyId
  readonly changes: readonly Change[]
  readonly forecasts: readonly ForecastStanding[]
  readonly documents: readonly DocumentStanding[]
  /** Standards with what this company owes to them today (TR-13). */
  readonly standards?: readonly {
    readonly artifact: ArtifactId
    readonly subject: Bilingual
    readonly dues: readonly Due[]
  }[]
  readonly situation: Situation
}

/** What changed since the last visit, by whom and to what effect, the newest first; and what needs this person, the most pressing first. */
export const todayView = (input: TodayInput): TodayView => ({
  since: input.since,
  changes: changesSince(input.changes, input.since, input.self),
  needs: [
    ...input.forecasts.flatMap((standing) => forecastNeeds(standing, input)),
    ...input.documents.flatMap(documentNeeds),
    ...(input.standards ?? []).flatMap(standardNeeds),
    ...situationNeeds(input.situation),
  ]
    .map((need, at) => ({ need, at }))
    .toSorted((left, right) => order(left.need.dueOn, right.need.dueOn) || left.at - right.at)
    .map(({ need }) => need),
})

/** Others' changes after the visit. Many of one kind by one person on one thing are one line, with their effects added up. */
function changesSince(changes: readonly Change[], since: Instant | null, self: PersonId): readonly TodayChange[] {
  const news = changes.filter((change) => (since === null || change.at > since) && change.person !== self)
  const alike = Map.groupBy(news, ({ code, person, company, by, target }) =>
    JSON.stringify([code, person, company.en, by.en, target]),
  )
  return [...alike.values()]
    .map((group): TodayChange => {
      const [newest = group[0], ...rest] = group.toSorted((left, right) => right.at - left.at)
      const { person: _, effect: __, ...shown } = newest as Change
      const effect = [newest as Change, ...rest].map((change) => change.effect).reduce(together, null)
      return {
        ...shown,
        quantityEffect: effect?.quantity ?? null,
        unit: effect?.unit ?? '',
        bucketEffect: effect?.buckets ?? [],
        dates: group
          .toSorted((left, right) => left.at - right.at)
          .flatMap(({ dates }) => dates ?? [])
          .reduce<PlanEffect | null>((all, next) => (all === null ? next : thenEffect(all, next)), null),
      }
    })
    .toSorted((left, right) => right.at - left.at || order(left.id, right.id))
}

function together(left: Effect | null, right: Effect | null): Effect | null {
  if (left === null || right === null) return left ?? right
  const known = left.quantity !== null && right.quantity !== null && left.unit === right.unit
  return {
    quantity: known ? (left.quantity ?? 0) + (right.quantity ?? 0) : null,
    unit: left.unit,
    buckets: [...new Set([...left.buckets, ...right.buckets])].toSorted(),
  }
}

/** Effect of a revision: against the one before it over the months that both cover, or, the first, all that it says. */
export function effectOfRevision(current: ForecastContent, previous: ForecastContent | undefined): Effect {
  const unit = current.unitOfMeasure
  if (previous === undefined) {
    const known = [...cellsOf(current).values()].flatMap(({ net }) => (net === null ? [] : [net]))
    const quantity = known.length === 0 ? null : known.reduce((sum, net) => sum + net, 0)
    return { quantity, unit, buckets: bucketsOf(current) }
  }
  const delta = deltaOf(current, previous)
  const comparable = delta.changes.length === 0 || delta.changes.some(({ change }) => change !== null)
  const buckets = [...new Set(delta.changes.map(({ bucket }) => bucket))].toSorted()
  return { quantity: comparable ? delta.after - delta.before : null, unit, buckets }
}

type Commitments = CapacityContent['commitments']

/** Effect of a supplier's edit: how much more or less is promised, and in which months. A proposal promises nothing. */
export function effectOfCommitments(before: Commitments, after: Commitments, unit: string): Effect {
  let quantity = 0
  const buckets = new Set<IsoMonth>()
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const place = placeOf(key)
    const change = promised(after[key]) - promised(before[key])
    if (place === undefined || change === 0) continue
    quantity += change
    buckets.add(place.bucket)
  }
  return { quantity, unit, buckets: [...buckets].toSorted() }
}

const promised = (commitment: Commitments[string] | undefined): number =>
  commitment !== undefined && promises(commitment.status) ? (commitment.committed ?? 0) : 0

function forecastNeeds(standing: ForecastStanding, { company }: TodayInput): readonly TodayNeed[] {
  const { artifact, subject, mine, opened, mayCommit, view } = standing
  const target = { area: 'artifact', id: artifact } as const
  const need = (code: TodayNeed['code'], count: number, dueOn: IsoDate | null = null): TodayNeed => ({
    id: `${code}:${artifact}`,
    code,
    subject,
    count,
    target,
    ...(dueOn === null ? {} : { dueOn }),
  })
  const found: TodayNeed[] = []
  if (!mine && !opened) found.push(need('open-slice', 1))
  if (view === null) return found
  if (mine && view.stale) found.push(need('refresh-stale', 1, view.currentUntil))
  const open = view.series
    .flatMap(({ cells }) => cells)
    .filter(({ state }) => state === 'awaiting' || state === 'reopened')
  if (!mine && mayCommit && open.length > 0) found.push(need('commit-capacity', open.length, view.commitDue))
  const shortfalls = view.exceptions.filter(
    ({ code, owner }) => (code === 'shortfall' || code === 'shortfall-disputed') && owner === company,
  )
  if (shortfalls.length > 0) {
    const first = shortfalls
      .map(({ due }) => due)
      .toSorted((left, right) => order(left ?? undefined, right ?? undefined))
    found.push(need('resolve-shortfall', shortfalls.length, first[0] ?? null))
  }
  return found
}

function documentNeeds({
  artifact,
  subject,
  conflicts,
  due,
  signatures = null,
  proposals,
  decision = null,
  negotiation = null,
  change = null,
  life = null,
  claims = 0,
}: DocumentStanding): readonly TodayNeed[] {
  const target = { area: 'document', id: artifact } as const
  const need = (code: TodayNeed['code'], count: number): TodayNeed => ({
    id: `${code}:${artifact}`,
    code,
    subject,
    count,
    target,
  })
  return [
    ...(signatures && signatures.count > 0
      ? [
          {
            ...need(
              signatures.reminded ? 'sign-reminded' : signatures.soon ? 'sign-soon' : 'sign-agreement',
              signatures.count,
            ),
            ...(signatures.on === null ? {} : { dueOn: signatures.on }),
          },
        ]
      : []),
    ...(proposals > 0 ? [need('answer-proposal', proposals)] : []),
    ...(claims > 0 ? [need('answer-claim', claims)] : []),
    ...(negotiation === null
      ? []
      : [
          {
            ...need(`negotiation-${negotiation.ask}`, 1),
            ...(negotiation.on === null ? {} : { dueOn: negotiation.on }),
          },
        ]),
    ...(change === null
      ? []
      : [{ ...need(`change-${change.ask}`, 1), ...(change.on === null ? {} : { dueOn: change.on }) }]),
    ...(decision === null
      ? []
      : [{ ...need(`decision-${decision.ask}`, 1), ...(decision.on === null ? {} : { dueOn: decision.on }) }]),
    ...(life?.obligations ? [{ ...need('obligation-due', life.obligations.count), dueOn: life.obligations.on }] : []),
    ...(life?.ending ? [{ ...need('agreement-ending', 1), dueOn: life.ending }] : []),
    ...(life?.missing
      ? [
          {
            ...need('signatures-missing', life.missing.count),
            ...(life.missing.on === null ? {} : { dueOn: life.missing.on }),
          },
        ]
      : []),
    ...(due === null ? [] : [{ ...need('milestone-due', due.count), dueOn: due.on }]),
    ...(conflicts === 0 ? [] : [need('settle-conflict', conflicts)]),
  ]
}

const STANDARD_NEED = {
  rerun: 'standard-rerun',
  'non-conformant': 'standard-failed',
  deprecated: 'standard-ending',
  'past-end': 'standard-ending',
} as const

/** One line per kind and standard, with how many tests or versions it is about; a version's last day is its date. */
function standardNeeds({
  artifact,
  subject,
  dues,
}: NonNullable<TodayInput['standards']>[number]): readonly TodayNeed[] {
  const byCode = Map.groupBy(dues, ({ kind }) => STANDARD_NEED[kind])
  return [...byCode].map(([code, group]): TodayNeed => {
    const [first] = group.flatMap(({ on }) => (on === null ? [] : [on])).toSorted()
    const count = group.reduce((sum, { tests }) => sum + Math.max(tests.length, 1), 0)
    const target = { area: 'document' as const, id: artifact }
    return { id: `${code}:${artifact}`, code, subject, count, target, ...(first === undefined ? {} : { dueOn: first }) }
  })
}

/** In the order in which a newcomer meets them. */
function situationNeeds({
  profileComplete,
  datasets,
  disclosures,
  unconfirmed,
  removals = [],
  dryRuns = [],
  shares = [],
  approvals = [],
  disputes = [],
  contradictions = 0,
  unsent,
}: Situation): readonly TodayNeed[] {
  const nothing: Bilingual = { en: '', ar: '' }
  const step = (
    code: TodayNeed['code'],
    area: 'settings' | 'private' | 'disclosures' | 'contradictions',
    count = 1,
  ): TodayNeed => ({ id: code, code, subject: nothing, count, target: { area } })
  return [
    ...unconfirmed.map(({ workspace, name }) => ofWorkspace('confirm-safety', workspace, name, 1)),
    ...approvals.map(({ id, need: code, subject, on }): TodayNeed => ({
      id: `${code}:${id}`,
      code,
      subject,
      count: 1,
      target: { area: 'approvals' },
      ...(on === null ? {} : { dueOn: on }),
    })),
    ...disputes.map(({ artifact, subject, ask, count, on }): TodayNeed => ({
      id: `dispute-${ask}:${artifact}`,
      code: `dispute-${ask}`,
      subject,
      count,
      target: { area: 'dispute', id: artifact },
      ...(on === null ? {} : { dueOn: on }),
    })),
    ...removals.map(({ workspace, name }) => ofWorkspace('consent-removal', workspace, name, 1)),
    ...dryRuns.map(({ workspace, name, step: next }) => ofWorkspace(`dry-run-${next}`, workspace, name, 1)),
    ...shares.map(({ dataset, name, columns }): TodayNeed => ({
      id: `look-at-share:${dataset}`,
      code: 'look-at-share',
      subject: { en: name, ar: name },
      count: columns,
      target: { area: 'dataset', id: dataset },
    })),
    ...(contradictions === 0 ? [] : [step('settle-contradiction', 'contradictions', contradictions)]),
    ...(profileComplete ? [] : [step('finish-profile', 'settings')]),
    ...(datasets === 0 ? [step('import-data', 'private')] : []),
    ...(datasets > 0 && disclosures === 0 ? [step('disclose-first', 'disclosures')] : []),
    ...unsent
      .filter(({ runs }) => runs > 0)
      .map(({ workspace, name, runs }) => ofWorkspace('send-file', workspace, name, runs)),
  ]
}

const ofWorkspace = (code: TodayNeed['code'], id: WorkspaceId, subject: Bilingual, count: number): TodayNeed => ({
  id: `${code}:${id}`,
  code,
  subject,
  count,
  target: { area: 'workspace', id },
})

/** What has no date comes last. */
const order = (left: string | undefined, right: string | undefined): number =>
  left === right ? 0 : left === undefined ? 1 : right === undefined ? -1 : left < right ? -1 : 1
