import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { mayWrite } from '#shared/artifacts/catalogue.ts'
import { cellKey } from '#shared/artifacts/cell-key.ts'
import { cellsOf, staleOn } from '#shared/commerce/revisions.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { dateOf, type IsoMonth } from '#shared/kernel/time.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import type { SectionWriter, Value } from '../documents.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { JOINT, openForecast, OWN, PARTNER, plansFor, runtimeOf } from './forecast-screen.ts'

interface Place {
  readonly sku: string
  readonly region: string
  readonly bucket: string
}
export interface CommitOrder {
  readonly artifact: string
  readonly terms?:
    | Readonly<
        Partial<
          Record<
            'leadTimeDays' | 'minimumOrder' | 'multiple' | 'constraint' | 'unanswered',
            number | string | null | undefined
          >
        >
      >
    | undefined
  /** All that there are: a slot that is left out is removed. */
  readonly slots?:
    readonly ({ readonly resource: string; readonly bucket: string } & Readonly<Record<string, Value>>)[] | undefined
  readonly commitments?:
    | readonly (Place & {
        readonly committed: number | null
        readonly status: 'proposed' | 'committed' | 'shortfall'
        readonly reason: string | null
        readonly alternate?: string | null | undefined
        readonly resource: string | null
      })[]
    | undefined
}

/** Writes this company's capacity plan for a forecast; the first commitment makes the plan. One entry, all or nothing. */
export function commit(hub: Hub, order: CommitOrder): ForecastScreen {
  const { runtime, id, owner } = runtimeOf(hub, order.artifact)
  const { crypto, clock } = hub.context
  const { card, certified } = hub.identity
  const { roles, name } = certificateIn(certified)
  const author = { company: card.company, roles }
  if (author.company === owner) throw new Refused('artifacts', 'own-forecast')
  if (!mayWrite(CapacityPlan.type, OWN, author, author.company).ok) throw new Refused('artifacts', 'role-may-not-write')
  const { content } = openForecast(hub, order.artifact)
  const today = dateOf(clock.now())
  if (staleOn(content, today)) throw new Refused('artifacts', 'forecast-stale')
  const forecastCells = cellsOf(content)
  for (const cell of order.commitments ?? []) {
    if (!forecastCells.has(keyOf(cell)))
      throw new Refused('artifacts', 'no-such-cell', { sku: cell.sku, bucket: cell.bucket })
  }
  hub.change(() => {
    hub.touch(runtime.id)
    const existing = plansFor(runtime, id).find((plan) => plan.owner === card.company)
    // Derived, not drawn: two devices that make the first commitment apart from each other make one plan, not two that both count.
    const nonce = crypto.hash('mithaq/plan-nonce/v1', utf8(card.company), utf8(id)).slice(0, 16)
    const plan = existing?.id ?? artifactIdOf(crypto, card.company, nonce)
    const sayings: Saying[] = []
    if (!runtime.facts.declared(plan)) {
      const title = { en: content.envelope.title.en, ar: content.envelope.title.ar }
      const created = {
        type: 'artifact-created' as const,
        artifact: plan,
        artifactType: CapacityPlan.type,
        nonce,
        title,
      }
      sayings.push({ kind: 'event', payload: writeArtifactEvent(created) })
    }
    const terms = edit(runtime, plan, OWN, (writer) => {
      if (!existing) writer.setKey('terms', 'forecast', id)
      for (const [key, value] of Object.entries(order.terms ?? {}))
        if (value !== undefined) set(writer, 'terms', key, value)
      const kept = new Set(order.slots?.map(slotKey))
      if (order.slots)
        for (const key of Object.keys(existing?.own.slots ?? {})) if (!kept.has(key)) writer.removeKey('slots', key)
      for (const { resource, bucket, ...slot } of order.slots ?? []) {
        set(writer, 'slots', slotKey({ resource, bucket }), { resource, bucket, ...slot })
      }
    })
    const cells = inBatches(order.commitments ?? []).map((batch) =>
      edit(runtime, plan, OWN, (writer) => {
        for (const { sku, region, bucket, committed, alternate = null, ...promise } of batch) {
          const key = keyOf({ sku, region, bucket })
          const forQuantity = forecastCells.get(key)?.net ?? null
          const forRevision = content.envelope.revision
          const cell = { committed, ...promise, alternate, committedOn: today, forRevision, forQuantity }
          set(writer, 'commitments', key, committed === null ? null : cell)
        }
      }),
    )
    const updates = [terms, ...cells].filter((update) => update !== undefined)
    if (updates.length === 0) return undefined
    writeIn(hub, runtime.id, [...sayings, ...updates], {
      content: plain({ ...order, revision: content.envelope.revision }),
      title: content.envelope.title,
    })
    record(hub.context, {
      kind: 'commitment',
      code: 'capacity-committed',
      actor: name.en,
      subject: { id: order.artifact, name: content.envelope.title.en },
      detail: {
        cells: order.commitments?.length ?? 0,
        slots: order.slots?.length ?? 0,
        revision: content.envelope.revision,
      },
    })
    return undefined
  })
  return openForecast(hub, order.artifact)
}

/** [TR-7] The forecast's owner answers shortfalls of the plans that answer it. */
export function answer(
  hub: Hub,
  artifact: string,
  answers: readonly (Place & { readonly answer: string; readonly note: string | null })[],
): ForecastScreen {
  const { runtime, id, owner } = runtimeOf(hub, artifact)
  const author = { company: hub.identity.card.company, roles: certificateIn(hub.identity.certified).roles }
  if (author.company !== owner) throw new Refused('artifacts', 'only-owner')
  const plans = plansFor(runtime, id)
  if (plans.length === 0) throw new Refused('artifacts', 'no-plan')
  if (!plans.every((plan) => mayWrite(CapacityPlan.type, PARTNER, author, plan.owner).ok))
    throw new Refused('artifacts', 'role-may-not-write')
  const answeredOn = dateOf(hub.context.clock.now())
  return writeLiving(
    hub,
    artifact,
    runtime,
    'shortfalls-answered',
    { cells: answers.length, content: plain({ artifact, answers }) },
    () =>
      plans.flatMap((plan) =>
        inBatches(answers).flatMap((batch) => {
          const update = edit(runtime, plan.id, PARTNER, (writer) => {
            for (const { answer: given, note, ...place } of batch) {
              if (plan.own.commitments?.[keyOf(place)])
                set(writer, 'answers', keyOf(place), { answer: given, note, answeredOn })
            }
          })
          return update ? [update] : []
        }),
      ),
  )
}

/** Either company writes the quantity that both settled on. */
export function agree(
  hub: Hub,
  artifact: string,
  cells: readonly (Place & { readonly quantity: number | null; readonly note: string | null })[],
): ForecastScreen {
  const { runtime, id, owner } = runtimeOf(hub, artifact)
  const author = { company: hub.identity.card.company, roles: certificateIn(hub.identity.certified).roles }
  if (!mayWrite(SharedForecast.type, JOINT, author, owner).ok) throw new Refused('artifacts', 'role-may-not-write')
  return writeLiving(
    hub,
    artifact,
    runtime,
    'consensus-written',
    { cells: cells.length, content: plain({ artifact, cells }) },
    () =>
      inBatches(cells).flatMap((batch) => {
        const update = edit(runtime, id, JOINT, (writer) => {
          for (const { quantity, note, ...place } of batch) {
            set(writer, 'consensus', keyOf(place), quantity === null ? null : { quantity, note })
          }
        })
        return update ? [update] : []
      }),
  )
}

/** [TR-5] The owner states a fact that an invalidation rule names. */
export function declare(
  hub: Hub,
  artifact: string,
  fact: 'sku-discontinued' | 'promotion-cancelled',
  reference: string,
): ForecastScreen {
  const { runtime, id, owner } = runtimeOf(hub, artifact)
  if (hub.identity.card.company !== owner) throw new Refused('artifacts', 'only-owner')
  return writeLiving(
    hub,
    artifact,
    runtime,
    'fact-declared',
    { cells: 1, content: { artifact, fact, reference } },
    () => [{ kind: 'event', payload: writeArtifactEvent({ type: 'fact-declared', artifact: id, fact, reference }) }],
  )
}

function writeLiving(
  hub: Hub,
  artifact: string,
  runtime: ChannelRuntime,
  code: string,
  { cells, content }: { readonly cells: number; readonly content: Canonical },
  make: () => readonly Saying[],
): ForecastScreen {
  hub.change(() => {
    hub.touch(runtime.id)
    const sayings = make()
    if (sayings.length === 0) return undefined
    const title = runtime.facts.eventsOf(artifact as ArtifactId, 'slice-disclosed').at(-1)?.fact.title
    const name = title?.en ?? ''
    writeIn(hub, runtime.id, sayings, { content, ...(title && { title }) })
    record(hub.context, {
      kind: 'commitment',
      code,
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: artifact, name },
      detail: { cells },
    })
    return undefined
  })
  return openForecast(hub, artifact)
}

/** What a window sent, without what is undefined: no canonical form carries it. */
const plain = (value: unknown): Canonical => JSON.parse(JSON.stringify(value)) as Canonical

/** Cells per entry: an entry's body has a limit, and reasons may be long. All entries commit together. */
const BATCH = 500
const inBatches = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) => items.slice(at * BATCH, (at + 1) * BATCH))

const slotKey = ({ resource, bucket }: { readonly resource: string; readonly bucket: string }): string =>
  `${resource}|${bucket}`

const keyOf = ({ sku, region, bucket }: Place): string => cellKey({ sku, region, bucket: bucket as IsoMonth })

const set = (writer: SectionWriter, root: string, key: string, value: Value): void =>
  value === null ? writer.removeKey(root, key) : writer.setKey(root, key, value)

function edit(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  section: SectionName,
  change: (writer: SectionWriter) => void,
): Saying | undefined {
  const update = runtime.edit(artifact, section, change)
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section, replica: 0, update }]) }
}
