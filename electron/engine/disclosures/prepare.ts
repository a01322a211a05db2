import { artifactIdOf } from '#shared/artifacts/artifact-event.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import { projectForecast } from '#shared/commerce/project-forecast.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import type { Disclosure, DisclosureRefusal, HeldDisclosure } from '#shared/disclosure/context.ts'
import { discloseInSteps } from '#shared/disclosure/disclose.ts'
import type { DisclosureReport } from '#shared/disclosure/report.ts'
import { newlyVisible } from '#shared/disclosure/revision.ts'
import { worthOf } from '#shared/disclosure/worth.ts'
import type { HeldSlice, Slice, SliceContent } from '#shared/disclosure/slice.ts'
import { fromMinorUnits } from '#shared/intake/compile.ts'
import { isMoney } from '#shared/intake/meaning.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, CompanyId, SliceId } from '#shared/kernel/ids.ts'
import { atOnce } from '#shared/kernel/steps.ts'
import { addDays, addMonths, dateOf, isoDate, monthOf, type IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { evaluate } from '#shared/policy/evaluate.ts'
import type { Permit } from '#shared/policy/permit.ts'
import { findPersonal, judgeGround, type PrivacyFinding } from '#shared/policy/privacy/judge-ground.ts'
import type { PiiFinding } from '#shared/policy/pii/finding.ts'
import type { RefusalView } from '#shared/projection/app-views.ts'
import type { PreviewOutcome } from '#shared/projection/disclosure-views.ts'
import type { ReciprocityView } from '#shared/projection/reciprocity-views.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { CopyRecord } from '../colleagues/records.ts'
import { findDataset, type DatasetRecord } from '../datasets/dataset.ts'
import { must, Refused } from '../edge.ts'
import type { Row, Vault } from '../ports.ts'
import { othersIn, type Hub } from '../workspaces/hub.ts'
import { isForecast, readComposed, readForecast } from '../artifacts/read-slice.ts'
import { isDryRun } from '../dry-run/read-dry-run.ts'
import { privacySituation } from './privacy-situation.ts'
import { dueChecks } from './check-received.ts'
import { compose, composedId, isReadable, type Composed } from './compose.ts'
import { disclosureOf, ledgerOf, listDisclosures, type DisclosureRecord } from './disclosure-record.ts'
import { reciprocityViews } from './reciprocity-view.ts'

/** A month whose last orders came this close to its end is complete: weekends and holidays end months, too. */
const DAYS_TO_MONTH_END = 4

/** A policy run over its dataset: either ready to be sealed, or held for a person. */
export interface Prepared {
  readonly policy: DisclosurePolicy
  readonly permit: Permit
  readonly dataset: DatasetRecord
  readonly disclosed: Disclosure | HeldDisclosure
  readonly composed: Composed
  readonly id: SliceId
  readonly artifact: ArtifactId
  readonly nonce: Uint8Array
  readonly before: DisclosureRecord | undefined
  readonly previous: SliceContent | null
  readonly revision: number
  readonly privacy: PrivacyFinding
}
export interface Objections {
  readonly refusals: readonly RefusalView[]
  readonly findings: readonly PiiFinding[]
}

export const isHeld = (disclosed: Prepared['disclosed']): disclosed is HeldDisclosure => 'cells' in disclosed

type Preparation =
  { readonly ok: true; readonly value: Prepared } | { readonly ok: false; readonly objections: Objections }

/** Runs a policy over its dataset. Nothing is stored and nothing leaves; a preview and a disclosure are the same computation. */
export const prepare = (
  hub: Hub,
  policy: DisclosurePolicy,
  title: Bilingual,
  choice: ForecastChoice | undefined,
): Preparation => atOnce(prepareInSteps(hub, policy, title, choice))

/**
 * The same, yielding while it reads the rows: who looks at a preview must not hold up the window. A dataset that was
 * replaced between two steps is read anew from its start.
 */
export function* prepareInSteps(
  hub: Hub,
  policy: DisclosurePolicy,
  title: Bilingual,
  choice: ForecastChoice | undefined,
): Generator<undefined, Preparation> {
  const { crypto, clock, vault } = hub.context
  const dataset = must(findDataset(vault, policy.datasetId), 'intake')
  const runtime = policy.channelId === null ? undefined : hub.runtime(policy.channelId)
  if (runtime?.workspace !== policy.workspaceId) throw new Refused('workspaces', 'no-such-channel')
  const today = dateOf(clock.now())
  const permit = evaluate(policy, dataset.columns, policy.roles, today)
  if (!permit.ok) {
    const refusals = permit.refusal.map(({ code, column }) => ({
      module: 'policy',
      code,
      ...(column !== null && { params: { column } }),
    }))
    return { ok: false, objections: { refusals, findings: [] } }
  }
  const strange = unknownParty(hub, runtime, policy) ?? unfitData(hub, policy, dataset) ?? endedSource(hub, policy)
  if (strange) return { ok: false, objections: { refusals: [strange], findings: [] } }
  const before = disclosureOf(hub, policy.id, runtime.id)
  const last = before?.revisions.at(-1) ?? null
  const revision = (last?.revision ?? 0) + 1
  const nonce = artifactNonce(hub, policy)
  const artifact = before?.artifact ?? artifactIdOf(crypto, hub.identity.card.company, nonce)
  const own = hub.identity.card.company
  const reading = discloseInSteps(permit.value, rowsOf(vault, dataset, permit.value.scanColumns), {
    crypto,
    secret: disclosureSecret(hub),
    owner: own,
    recipients: othersIn(runtime, own),
    title,
    revision,
    supersedes: last?.sliceId ?? null,
    asOf: asOf(vault, dataset),
    source: { system: dataset.source.system, timestamp: dataset.source.importedAt, version: String(dataset.version) },
    previous: before ? ledgerOf(hub, before.artifact) : null,
    others: listDisclosures(hub).flatMap((one) =>
      one.artifact === before?.artifact ? [] : (ledgerOf(hub, one.artifact) ?? []),
    ),
  })
  let step = reading.next()
  while (step.done !== true) {
    yield
    if (must(findDataset(vault, policy.datasetId), 'intake').table !== dataset.table)
      return yield* prepareInSteps(hub, policy, title, choice)
    step = reading.next()
  }
  const disclosed = step.value
  const outcome = disclosed.ok ? disclosed.value : heldIn(disclosed.refusal)
  if ('refusals' in outcome) return { ok: false, objections: outcome }
  const privacy = findPersonal(permit.value.fields, outcome.report.findings)
  const objections = privacy.personal ? objectionsTo(hub, runtime, permit.value.policy) : []
  if (objections.length > 0)
    return { ok: false, objections: { refusals: objections, findings: outcome.report.findings } }
  const about = { identity: hub.identity, workspace: policy.workspaceId, artifact, now: clock.now(), prior: last }
  const composed = compose(outcome.slice, permit.value, choice, about)
  // What the partner's reader would refuse must not leave: the same reader looks at it here.
  if (!isReadable(composed)) throw new Error('a composed document that its own schema refuses')
  const id = composedId(crypto, composed)
  const previous =
    before && last ? (readComposed(runtime, before.artifact, last.revision)?.content.slice ?? null) : null
  return {
    ok: true,
    value: {
      policy, permit: permit.value, dataset, disclosed: outcome, composed, id, artifact, nonce, before, revision, privacy,
      previous: previous as SliceContent | null,
    }, // prettier-ignore
  }
}

/** What the preview shows: the slice, its id, the report beside it, and the forecast as both screens will draw it. */
export function previewOf(hub: Hub, prepared: Prepared): PreviewOutcome {
  const { disclosed, composed, id, dataset, permit, previous } = prepared
  const slice: SliceContent = disclosed.slice as Slice | HeldSlice
  const shown = new Set([...permit.fields.map(({ column }) => column), ...permit.measures.map(({ column }) => column)])
  const forecast = isForecast(composed) ? composed : null
  return {
    outcome: 'preview',
    view: {
      sliceId: id,
      slice,
      report: disclosed.report satisfies DisclosureReport,
      dropped: dataset.columns.map(({ name }) => name).filter((name) => !shown.has(name)),
      newlyVisible: newlyVisible(previous, slice),
      held: isHeld(disclosed) ? disclosed.cells : [],
      forecast:
        forecast &&
        projectForecast({
          current: forecast,
          previous: priorForecasts(hub, prepared),
          plans: [],
          today: dateOf(hub.context.clock.now()),
        }),
      reciprocity: supposedReciprocity(hub, prepared, slice),
      privacy: { ...prepared.privacy, ground: prepared.privacy.personal ? prepared.permit.policy.ground : null },
    },
  }
}

/** How the condition will stand once this revision is sealed: what the partner's screen will say, computed from the same facts. */
function supposedReciprocity(
  hub: Hub,
  { policy, artifact, revision }: Prepared,
  slice: SliceContent,
): readonly ReciprocityView[] {
  const runtime = policy.channelId === null ? undefined : hub.runtime(policy.channelId)
  const { reciprocity: terms } = policy
  if (!runtime || !terms) return []
  const offer = { revision, terms, worth: worthOf(slice), expiresOn: slice.expiresOn, at: hub.context.clock.now() }
  const checks = (other: CompanyId) => dueChecks(hub, runtime, other, terms)
  return reciprocityViews(hub, runtime, artifact, hub.identity.card.company, { offer, checks })
}

/** Personal data leave on a named ground or not at all (PV-10). */
function objectionsTo(
  hub: Hub,
  runtime: ChannelRuntime,
  { ground, purpose }: DisclosurePolicy,
): readonly RefusalView[] {
  const recipients = othersIn(runtime, hub.identity.card.company)
  const judged = judgeGround({ ground, purpose, recipients, ...privacySituation(hub) })
  return judged.map(({ code }) => ({ module: 'privacy', code }))
}

/** Real data never enters a dry run, nor invented data a workspace where decisions rest on it. */
function unfitData(hub: Hub, { workspaceId }: DisclosurePolicy, { synthetic }: DatasetRecord): RefusalView | undefined {
  const rehearsal = isDryRun(hub, workspaceId)
  if (rehearsal === (synthetic === true)) return undefined
  return { module: 'dry-run', code: rehearsal ? 'real-data-in-dry-run' : 'synthetic-data-in-production' }
}

/** What a colleague no longer shares with this device is not disclosed from here any further; the same of a colleague's policy. */
function endedSource({ context }: Hub, { datasetId, id }: DisclosurePolicy): RefusalView | undefined {
  const ended = [datasetId, id].some((one) => context.vault.records.get<CopyRecord>('colleague-copy', one)?.ended)
  return ended ? { module: 'colleagues', code: 'share-ended' } : undefined
}

/** A condition on a company that is not there can never be met, and would seal the slice for good. */
function unknownParty(hub: Hub, runtime: ChannelRuntime, { reciprocity }: DisclosurePolicy): RefusalView | undefined {
  if (!reciprocity) return undefined
  const own = hub.identity.card.company
  const others = othersIn(runtime, own)
  const known =
    reciprocity.companies.every((company) => others.includes(company)) &&
    (reciprocity.first === own || reciprocity.companies.includes(reciprocity.first))
  return known ? undefined : { module: 'disclosures', code: 'reciprocity-party-unknown' }
}

function priorForecasts(hub: Hub, { before }: Prepared): ForecastContent[] {
  const runtime = before && hub.runtime(before.channel)
  if (!runtime) return []
  return before.revisions.flatMap(({ revision }) => readForecast(runtime, before.artifact, revision) ?? [])
}

function heldIn(refusal: DisclosureRefusal): HeldDisclosure | Objections {
  switch (refusal.code) {
    case 'revision-isolates':
      return refusal.held
    case 'personal-data-found':
      return { refusals: [{ module: 'disclosure', code: refusal.code }], findings: refusal.findings }
    case 'slice-too-large':
      return { refusals: [{ module: 'disclosure', code: refusal.code, params: { rows: refusal.rows } }], findings: [] }
    case 'number-out-of-range':
      return {
        refusals: [{ module: 'disclosure', code: refusal.code, params: { column: refusal.column } }],
        findings: [],
      }
    case 'everything-suppressed':
    case 'revision-out-of-order':
    case 'no-rows-selected':
      return { refusals: [{ module: 'disclosure', code: refusal.code }], findings: [] }
  }
}

/** The scanned columns of every row, money in riyals as every screen shows it: the vault keeps halalas. */
function rowsOf(
  vault: Vault,
  { table, columns, moneyDecimals }: DatasetRecord,
  names: readonly string[],
): Iterable<Row> {
  const rows = vault.datasets.scan(table, names)
  const money = names.map((name) => isMoney(columns.find((column) => column.name === name)?.meaning ?? 'other'))
  return money.includes(true) ? inMajorUnits(rows, money, moneyDecimals) : rows
}

function* inMajorUnits(rows: Iterable<Row>, money: readonly boolean[], decimals: number): Generator<Row> {
  for (const row of rows) {
    yield row.map((cell, at) => (money[at] && typeof cell === 'number' ? fromMinorUnits(cell, decimals) : cell))
  }
}

/**
 * The day up to which the data speaks: its last date, or the end of that month when it comes close, so that the day of the
 * last order is not told. A month that breaks off in the middle stays a part of a month and is not read as a whole.
 */
function asOf(vault: Vault, { table, columns, source }: DatasetRecord): IsoDate {
  const imported = dateOf(source.importedAt)
  const date = columns.find(({ meaning, type }) => meaning === 'date' && type === 'date')
  let last = ''
  const rows = date ? vault.datasets.scan(table, [date.name]) : []
  for (const [cell] of rows) if (typeof cell === 'string' && cell > last) last = cell
  const day = isoDate(last)
  if (!day || day >= imported) return imported
  const nextMonth = `${addMonths(monthOf(day), 1)}-01` as IsoDate
  const end = addDays(day, DAYS_TO_MONTH_END) >= nextMonth ? addDays(nextMonth, -1) : day
  return end < imported ? end : imported
}

/** One secret per vault for pseudonyms and ledger tags; made when the first policy runs. */
function disclosureSecret({ context }: Hub): SymmetricKey {
  const kept = context.vault.records.get<SymmetricKey>('disclosure-secret', 'self')
  if (kept) return kept
  const secret = context.crypto.random(32) as SymmetricKey
  context.vault.records.put('disclosure-secret', 'self', secret)
  return secret
}

/** The nonce in an artifact's id has to be the same in preview and disclosure, so it is derived from policy and channel. */
function artifactNonce(hub: Hub, { id, channelId }: DisclosurePolicy): Uint8Array {
  const count = listDisclosures(hub).filter((one) => one.policy === id && one.withdrawnAt !== null).length
  const key = hub.context.crypto.derive(disclosureSecret(hub), 'mithaq/artifact-nonce/v1')
  return hub.context.crypto.hash('mithaq/artifact-nonce/v1', key, utf8(`${id}/${channelId}/${count}`)).slice(0, 16)
}
