import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { recordsOf, type LivingRecord } from '#shared/living/records.ts'
import { readTextRoot } from '#shared/living/register.ts'
import { plainText } from '#shared/living/rich.ts'
import { restoreTo } from '#shared/living/write.ts'
import type { DocumentState, FieldChange, HistoryGroup } from '#shared/projection/document-views.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { StatedEvent } from '../channels/facts.ts'
import type { StatedUpdate } from '../channels/stated.ts'
import { placeName } from '../channels/replay-updates.ts'
import { record } from '../context.ts'
import type { SectionReader } from '../documents.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { authorView } from './authors.ts'
import { JOINT, titleOf } from './documents.ts'

/** Changes of one person belong together until they pause this long. */
const PAUSE = 10 * 60_000

type Named = StatedEvent & { readonly fact: Extract<StatedEvent['fact'], { type: 'version-named' }> }

const changesOf = (runtime: ChannelRuntime, artifact: StatedEvent['fact']['artifact']): readonly StatedUpdate[] =>
  runtime.facts.changes.of(sectionKey(artifact, JOINT))

/** The names that were given to states of a document, in their order. */
export const namedOf = (runtime: ChannelRuntime, artifact: StatedEvent['fact']['artifact']): readonly Named[] =>
  runtime.facts.eventsOf(artifact, 'version-named').filter(({ fact }) => fact.section === JOINT) as readonly Named[]

/** Who changed the document when, latest first. */
export function historyOf(hub: Hub, artifactId: string): readonly HistoryGroup[] {
  const { runtime, id } = runtimeOf(hub, artifactId)
  const own = hub.identity.card.company
  const groups: StatedUpdate[][] = []
  for (const change of changesOf(runtime, id)) {
    const last = groups.at(-1)?.at(-1)
    const goesOn = last && last.author.person === change.author.person && Math.abs(change.at - last.at) < PAUSE
    if (goesOn) groups.at(-1)?.push(change)
    else groups.push([change])
  }
  const named = namedOf(runtime, id)
  return groups
    .map((group, at): HistoryGroup => {
      const last = group.at(-1) as StatedUpdate
      const next = groups[at + 1]?.[0]
      const here = named.filter((one) => one.lamport > last.lamport && (!next || one.lamport <= next.lamport))
      return {
        id: placeName(last),
        by: authorView(runtime, last.author, own),
        from: (group[0] as StatedUpdate).at,
        to: last.at,
        changes: group.length,
        names: here.map(({ fact, author, at: when, feed, seq }) => ({
          id: placeName({ feed, seq }),
          name: fact.name,
          by: authorView(runtime, author, own),
          at: when,
        })),
      }
    })
    .toReversed()
}

/** The document right after a group of changes, or as a named version had seen it. @throws Refused */
export function readerAt(hub: Hub, artifactId: string, version: string, before: boolean): SectionReader {
  const { runtime, id } = runtimeOf(hub, artifactId)
  const named = namedOf(runtime, id).find((one) => placeName(one) === version)
  if (named) {
    const line = runtime.admission.index.line(named.feed)
    if (!line) throw new Refused('documents', 'no-such-version')
    const ancestry = runtime.admission.index.ancestryOf(line, named.seq)
    return runtime.readAt(id, JOINT, (entry) => ancestry.includes(entry))
  }
  const changes = changesOf(runtime, id)
  const end = changes.findIndex((change) => placeName(change) === version)
  if (end < 0) throw new Refused('documents', 'no-such-version')
  const group = before ? groupStart(changes, end) : end + 1
  const counted = new Set(changes.slice(0, group).map(placeName))
  return runtime.readAt(id, JOINT, (entry) => counted.has(placeName(entry)))
}

function groupStart(changes: readonly StatedUpdate[], end: number): number {
  let at = end
  while (at > 0) {
    const [earlier, later] = [changes[at - 1], changes[at]] as [StatedUpdate, StatedUpdate]
    if (earlier.author.person !== later.author.person || Math.abs(later.at - earlier.at) >= PAUSE) break
    at--
  }
  return at
}

/** A version whole: the records of every set and the letters of every text. */
export function versionAt(hub: Hub, artifactId: string, version: string): DocumentState {
  return stateOf(hub, artifactId, readerAt(hub, artifactId, version, false))
}

function stateOf(hub: Hub, artifactId: string, reader: SectionReader): DocumentState {
  const { type } = runtimeOf(hub, artifactId)
  const registers = reader.registers()
  const sets = Object.keys(artifactOf(type)?.sections['joint']?.fields ?? {})
  return {
    records: sets.flatMap((set) =>
      recordsOf(registers, set)
        .filter(({ removal }) => removal?.state !== 'gone')
        .map(({ id, fields }) => ({
          set,
          id,
          values: Object.fromEntries([...fields].map(([field, held]) => [field, held[0]?.value ?? null])),
        })),
    ),
    texts: reader.richRoots().flatMap((root) => {
      const place = readTextRoot(root)
      return place ? [{ ...place, nodes: reader.rich(root) }] : []
    }),
  }
}

/** What a group of changes did, field by field. */
export function changesAt(hub: Hub, artifactId: string, version: string): readonly FieldChange[] {
  const [before, after] = [true, false].map((earlier) => readerAt(hub, artifactId, version, earlier)) as [
    SectionReader,
    SectionReader,
  ]
  const { type } = runtimeOf(hub, artifactId)
  const changes: FieldChange[] = []
  for (const set of Object.keys(artifactOf(type)?.sections['joint']?.fields ?? {})) {
    const then = new Map(recordsOf(before.registers(), set).map((one) => [one.id, one]))
    for (const now of recordsOf(after.registers(), set)) changes.push(...differences(set, then.get(now.id), now))
  }
  const roots = new Set([...before.richRoots(), ...after.richRoots()])
  for (const root of [...roots].toSorted()) {
    const place = readTextRoot(root)
    const [was, is] = [plainText(before.rich(root)), plainText(after.rich(root))]
    if (place && was !== is)
      changes.push({ set: place.set, record: place.record, field: place.field, before: was, after: is })
  }
  return changes
}

function differences(set: string, before: LivingRecord | undefined, now: LivingRecord): readonly FieldChange[] {
  const place = { set, record: now.id }
  const [wasGone, isGone] = [before?.removal?.state === 'gone', now.removal?.state === 'gone']
  if (isGone && !wasGone && before) return [{ ...place, field: null, before: labelOf(before), after: null }]
  if (isGone) return []
  const fields = new Set([...(before?.fields.keys() ?? []), ...now.fields.keys()])
  return [...fields].flatMap((field) => {
    const [was, is] = [before?.fields.get(field)?.[0]?.value ?? null, now.fields.get(field)?.[0]?.value ?? null]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ ...place, field, before: was, after: is }]
  })
}

/** What a record is called: its title or name, in whatever language it has one. */
const labelOf = ({ id, fields }: LivingRecord) =>
  ['title', 'name', 'heading', 'text'].map((field) => fields.get(field)?.[0]?.value).find((value) => value != null) ??
  id

/** Gives the present state a name. */
export function nameVersion(hub: Hub, artifactId: string, name: string): readonly HistoryGroup[] {
  const { runtime, id } = runtimeOf(hub, artifactId)
  mustWrite(runtime, hub, artifactId)
  hub.change(() => {
    const named = { type: 'version-named' as const, artifact: id, section: JOINT, name }
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(named) }])
    note(hub, runtime, id, 'version-named', { name })
    return undefined
  })
  hub.context.changes.say('documents', 'audit')
  return historyOf(hub, artifactId)
}

/** Brings an earlier state back as a new change that anybody can see and undo. */
export function restoreVersion(hub: Hub, artifactId: string, version: string): readonly HistoryGroup[] {
  const { runtime, id, type } = runtimeOf(hub, artifactId)
  mustWrite(runtime, hub, artifactId)
  const then = readerAt(hub, artifactId, version, false)
  const sets = Object.keys(artifactOf(type)?.sections['joint']?.fields ?? {})
  hub.change(() => {
    hub.touch(runtime.id)
    const now = runtime.read(id, JOINT)
    const client = runtime.clientOf(id, JOINT, 0)
    const writes = restoreTo(now.registers(), then.registers(), client, sets)
    const update = runtime.edit(id, JOINT, (writer) => {
      for (const { key, value } of writes) {
        if (value === undefined) writer.removeKey('registers', key)
        else writer.setKey('registers', key, value)
      }
      for (const root of new Set([...now.richRoots(), ...then.richRoots()])) {
        const nodes = then.rich(root)
        if (JSON.stringify(now.rich(root)) !== JSON.stringify(nodes)) writer.setRich(root, nodes)
      }
    })
    if (update)
      writeIn(hub, runtime.id, [
        { kind: 'doc', payload: writeDoc([{ artifact: id, section: JOINT, replica: 0, update }]) },
      ])
    note(hub, runtime, id, 'version-restored', {})
    return undefined
  })
  hub.context.changes.say('documents', 'audit')
  return historyOf(hub, artifactId)
}

function mustWrite(runtime: ChannelRuntime, hub: Hub, artifactId: string): void {
  const { id } = runtimeOf(hub, artifactId)
  if (!runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified)))
    throw new Refused('artifacts', 'role-may-not-write')
}

function note(
  hub: Hub,
  runtime: ChannelRuntime,
  id: StatedEvent['fact']['artifact'],
  code: 'version-named' | 'version-restored',
  detail: Readonly<Record<string, string>>,
): void {
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
}
