import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { AGREEMENT_FACTS } from '#shared/artifacts/agreement-event.ts'
import { CHANGE_FACTS } from '#shared/artifacts/change-event.ts'
import { CONVERGENCE_FACTS } from '#shared/artifacts/convergence-event.ts'
import { DECISION_AFTER_FACTS } from '#shared/artifacts/decision-after-event.ts'
import { DECISION_FACTS } from '#shared/artifacts/decision-event.ts'
import { readArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { DISPUTE_FACTS } from '#shared/artifacts/dispute-event.ts'
import { DRY_RUN_FACTS } from '#shared/artifacts/dry-run-event.ts'
import { NEGOTIATION_FACTS } from '#shared/artifacts/negotiation-event.ts'
import { STANDARD_FACTS } from '#shared/artifacts/standard-event.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import type { PlanEffect } from '#shared/initiatives/effect.ts'
import type { ArtifactId, DatasetId, PersonId } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { Bilingual, Control } from '#shared/membership/types.ts'
import { effectOfCommitments, effectOfRevision, type Change, type Effect } from '#shared/projection/today.ts'
import type { AdmittedEntry } from '#shared/sync/admit.ts'
import { plansFor, nameOf } from '../artifacts/forecast-screen.ts'
import { readForecast } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { newId, record, type Context } from '../context.ts'
import { DOCUMENT_TYPES, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { planDates, planEffectOf, type PlanDates } from './plan-effect.ts'

const KIND = 'change'
const KEPT = 500

export const listChanges = ({ vault }: Pick<Context, 'vault'>): readonly Change[] =>
  vault.records.list<Change>(KIND).map(({ value }) => value)

/** What is there before something is received, to say afterwards what changed: promises of capacity plans, dates of joint plans. */
export interface Snapshot {
  readonly promises: ReadonlyMap<ArtifactId, { readonly forecast: ArtifactId; readonly commitments: Commitments }>
  readonly dates: PlanDates
}
type Commitments = Parameters<typeof effectOfCommitments>[0]

export const snapshot = (runtime: ChannelRuntime): Snapshot => ({
  promises: promisesOf(runtime),
  dates: planDates(runtime),
})

function promisesOf(runtime: ChannelRuntime): Snapshot['promises'] {
  const found = new Map<ArtifactId, { forecast: ArtifactId; commitments: Commitments }>()
  // Without a plan there is nothing to compare: a partner with many forecasts costs nothing here.
  if (runtime.facts.artifacts(CapacityPlan.type).length === 0) return found
  for (const { id: forecast } of runtime.facts.artifacts('SharedForecast.v1')) {
    for (const plan of plansFor(runtime, forecast))
      found.set(plan.id, { forecast, commitments: plan.own.commitments ?? {} })
  }
  return found
}

/** Keeps what others did, once per kind, person and document of a batch. Call inside the transaction that admitted it. */
export function journal(
  context: Context,
  runtime: ChannelRuntime,
  admitted: readonly AdmittedEntry[],
  before: Snapshot,
): void {
  // Among colleagues the engine tells itself what it took: a fact that only names an id is no news.
  if (isInternal(runtime.members.genesis)) {
    for (const entry of admitted) auditControl(context, runtime, entry)
    return
  }
  const after = snapshot(runtime)
  const changes = new Map<string, Change>()
  for (const entry of admitted) {
    for (const { code, artifact, area = 'artifact', effectOf, datesOf } of happenings(runtime, entry, before, after)) {
      // What a plan's many entries came to is the same for each: it is computed once, or a large plan in small entries takes hours.
      const key = `${code}/${entry.author.person}/${artifact}`
      const seen = code === 'slice-disclosed' ? undefined : changes.get(key)
      const effect = seen ? seen.effect : (effectOf?.() ?? null)
      const dates = seen ? (seen.dates ?? null) : (datesOf?.() ?? null)
      const disclosed = runtime.facts.eventsOf(artifact, 'slice-disclosed').at(-1)?.fact.title
      const title = disclosed ?? titleOf(runtime, artifact)
      changes.set(key, {
        id: newId(context.crypto),
        at: context.clock.now(),
        by: entry.author.name,
        person: entry.author.person,
        company: nameOf(runtime, entry.author.company),
        code,
        subject: title,
        effect,
        dates,
        target: { area, id: artifact },
      })
    }
  }
  for (const change of changes.values()) {
    const { kind, code } = RECEIVED[change.code] ?? { kind: 'update', code: change.code }
    const subject = { id: 'id' in change.target ? change.target.id : '', name: change.subject.en }
    record(context, { kind, code, actor: `${change.by.en}, ${change.company.en}`, subject, detail: {} })
  }
  for (const entry of admitted) auditControl(context, runtime, entry)
  for (const change of membershipChanges(context, runtime, admitted)) changes.set(change.id, change)
  for (const change of changes.values()) keepChange(context, change)
  const all = context.vault.records.list(KIND)
  for (const { id } of all.slice(0, Math.max(0, all.length - KEPT))) context.vault.records.remove(KIND, id)
}

/** Data that a colleague shared has come into the vault. Call inside the transaction that kept it. */
export function noteArrival(
  { context }: Hub,
  runtime: ChannelRuntime,
  by: { readonly artifact: ArtifactId; readonly name: Bilingual; readonly person: PersonId },
  name: string,
  code: string,
): void {
  const { genesis } = runtime.members
  keepChange(context, {
    id: newId(context.crypto),
    at: context.clock.now(),
    by: by.name,
    person: by.person,
    company: genesis.founding.founder.name,
    code,
    subject: { en: name, ar: name },
    effect: null,
    target: { area: 'dataset', id: by.artifact as string as DatasetId },
  })
}

const keepChange = ({ vault }: Context, change: Change): void =>
  vault.records.put(KIND, `${String(change.at).padStart(15, '0')}-${change.id}`, change)

/** What a partner's act is called in our own audit. */
const RECEIVED: Readonly<Record<string, Pick<AuditEvent, 'kind' | 'code'>>> = {
  'slice-disclosed': { kind: 'update', code: 'slice-received' },
  'slice-opened': { kind: 'receipt', code: 'receipt-received' },
  'slice-withdrawn': { kind: 'update', code: 'slice-withdrawn-by-partner' },
  'capacity-committed': { kind: 'commitment', code: 'commitment-received' },
  'shortfalls-answered': { kind: 'commitment', code: 'answers-received' },
}

/** Certificates and keys that came from outside. */
function auditControl(context: Context, runtime: ChannelRuntime, { effect, author }: AdmittedEntry): void {
  if (effect.kind !== 'control') return
  const code = CONTROL_CODES[effect.control.kind]
  if (!code) return
  const kind = effect.control.kind === 'epoch-created' ? 'key' : 'certificate'
  const actor = `${author.name.en}, ${nameOf(runtime, author.company).en}`
  record(context, { kind, code, actor, subject: { id: runtime.id, name: '' }, detail: {} })
}
const CONTROL_CODES: Readonly<Partial<Record<Control['kind'], string>>> = {
  'epoch-created': 'key-renewed',
  'company-added': 'company-joined',
  'company-left': 'company-left',
  'company-departed': 'company-left',
  certificate: 'certificate-received',
  'roles-narrowed': 'roles-narrowed',
  revocation: 'revocation-received',
  'root-rotated': 'root-rotated-by-partner',
}

/** Facts that engines keep among themselves, or that the checklist's own screen tells. */
export const QUIET: ReadonlySet<string> = new Set([
  'slice-checked',
  'access-ended',
  'end-acknowledged',
  'position-witnessed',
  'outcome-witnessed',
  'change-witnessed',
  'dispute-witnessed',
  ...DRY_RUN_FACTS,
])

/** Who ended a device or went, for Today; the audit has it from `auditControl`. */
function membershipChanges(
  { crypto, clock }: Context,
  runtime: ChannelRuntime,
  admitted: readonly AdmittedEntry[],
): readonly Change[] {
  return admitted.flatMap(({ effect, author }): readonly Change[] => {
    if (effect.kind !== 'control') return []
    const { kind } = effect.control
    if (kind !== 'revocation' && kind !== 'company-left' && kind !== 'company-departed') return []
    return [
      {
        id: newId(crypto),
        at: clock.now(),
        by: author.name,
        person: author.person,
        company: nameOf(runtime, author.company),
        code: CONTROL_CODES[kind] ?? kind,
        subject: runtime.members.genesis.founding.name,
        effect: null,
        target: { area: 'workspace', id: runtime.workspace },
      },
    ]
  })
}

interface Happening {
  readonly code: string
  readonly artifact: ArtifactId
  /** Where it is looked at; a forecast or slice when absent. */
  readonly area?: 'document' | 'dispute'
  /** Absent where quantities are not what it is about. */
  readonly effectOf?: () => Effect | null
  /** Absent where dates are not what it is about. */
  readonly datesOf?: () => PlanEffect | null
}

function happenings(
  runtime: ChannelRuntime,
  { effect, author }: AdmittedEntry,
  before: Snapshot,
  after: Snapshot,
): readonly Happening[] {
  if (effect.kind === 'event') {
    const event = readArtifactEvent(effect.payload)
    if (typeof event === 'string' || QUIET.has(event.type)) return []
    if (event.type === 'artifact-created')
      return DOCUMENT_TYPES.includes(event.artifactType)
        ? [{ code: 'document-created', artifact: event.artifact, area: 'document' }]
        : []
    // What follows from somebody's word by itself is no news.
    if (event.type === 'agreement-file-signed') return []
    if (
      event.type === 'version-named' ||
      STANDARD_FACTS.has(event.type) ||
      AGREEMENT_FACTS.has(event.type) ||
      NEGOTIATION_FACTS.has(event.type) ||
      DECISION_FACTS.has(event.type) ||
      DECISION_AFTER_FACTS.has(event.type) ||
      CONVERGENCE_FACTS.has(event.type) ||
      CHANGE_FACTS.has(event.type)
    )
      return [{ code: event.type, artifact: event.artifact, area: 'document' }]
    if (DISPUTE_FACTS.has(event.type)) return [{ code: event.type, artifact: event.artifact, area: 'dispute' }]
    const revision = event.type === 'slice-disclosed' ? event.revision : null
    return [
      {
        code: event.type,
        artifact: event.artifact,
        ...(revision !== null && { effectOf: () => revisionEffect(runtime, event.artifact, revision) }),
      },
    ]
  }
  if (effect.kind === 'control' && effect.control.kind === 'receipt') {
    return [{ code: 'slice-opened', artifact: effect.control.artifact }]
  }
  if (effect.kind !== 'doc') return []
  return effect.updates.flatMap(({ artifact, section }): readonly Happening[] => {
    const plan = after.promises.get(artifact)
    if (plan && section === 'own') {
      const earlier = before.promises.get(artifact)?.commitments ?? {}
      const effectOf = () => effectOfCommitments(earlier, plan.commitments, unitOf(runtime, plan.forecast))
      return [{ code: 'capacity-committed', artifact: plan.forecast, effectOf }]
    }
    if (plan && section === 'partner') return [{ code: 'shortfalls-answered', artifact: plan.forecast }]
    const type = runtime.facts.declared(artifact)?.type ?? ''
    if (DOCUMENT_TYPES.includes(type)) {
      const datesOf = () => planEffectOf(runtime, artifact, author.person, before.dates, after.dates)
      return [{ code: 'document-changed', artifact, area: 'document', datesOf }]
    }
    return type === CapacityPlan.type ? [] : [{ code: 'consensus-written', artifact }]
  })
}

function revisionEffect(runtime: ChannelRuntime, artifact: ArtifactId, revision: number): Effect | null {
  const current = readForecast(runtime, artifact, revision)
  return current ? effectOfRevision(current, readForecast(runtime, artifact, revision - 1)) : null
}

function unitOf(runtime: ChannelRuntime, forecast: ArtifactId): string {
  const last = runtime.facts.eventsOf(forecast, 'slice-disclosed').at(-1)
  return (last && readForecast(runtime, forecast, last.fact.revision)?.unitOfMeasure) ?? ''
}
