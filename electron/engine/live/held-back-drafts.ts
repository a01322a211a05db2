import { readArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { recordsOf } from '#shared/living/records.ts'
import { textRoot, type Plain, type RegisterWrite } from '#shared/living/register.ts'
import { plainText } from '#shared/living/rich.ts'
import { keepRecord, removeRecord, setField } from '#shared/living/write.ts'
import { writtenBetween, type WrittenRecord } from '#shared/living/written.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { HeldBackDraft } from '#shared/projection/document-views.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { OwnRefused, type ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import type { SectionReader } from '../documents.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { JOINT, titleOf } from './documents.ts'

/** Vault records: drafts that their person took in again or has read. */
const SETTLED = 'held-back-settled'

interface Place {
  readonly runtime: ChannelRuntime
  readonly id: ArtifactId
  readonly type: string
  /** False where the document itself is held back. */
  readonly stands: boolean
}

interface Found {
  readonly draft: HeldBackDraft
  readonly written: WrittenRecord
}

/** What this device wrote in a document and what has no effect, because its roles had been reduced. @throws Refused */
export function heldBackDrafts(hub: Hub, artifact: string): readonly HeldBackDraft[] {
  return draftsIn(hub, placeOf(hub, artifact)).map(({ draft }) => draft)
}

/** Writes a draft again, as a new change that anybody can see and undo. @throws Refused */
export function takeIn(hub: Hub, artifact: string, draft: string): readonly HeldBackDraft[] {
  const place = placeOf(hub, artifact)
  const { runtime, id } = place
  const found = one(hub, place, draft)
  if (found.draft.again === 'gone') throw new Refused('artifacts', 'no-such-artifact')
  if (found.draft.again === 'role') throw new Refused('artifacts', 'role-may-not-write')
  if (found.draft.again === 'changed') throw new Refused('documents', 'text-changed')
  try {
    hub.change(() => {
      hub.touch(runtime.id)
      const now = runtime.read(id, JOINT)
      const update = runtime.edit(id, JOINT, (writer) => {
        for (const { key, value } of writesOf(now, found.written, runtime.clientOf(id, JOINT, 0))) {
          if (value === undefined) writer.removeKey('registers', key)
          else writer.setKey('registers', key, value)
        }
        const { set, record: name, fields } = found.written
        for (const { field, nodes } of fields) if (nodes) writer.setRich(textRoot(set, name, field), nodes)
      })
      if (update)
        writeIn(hub, runtime.id, [
          { kind: 'doc', payload: writeDoc([{ artifact: id, section: JOINT, replica: 0, update }]) },
        ])
      settle(hub, place, draft, 'held-back-taken-in')
      return undefined
    })
  } catch (problem) {
    if (problem instanceof OwnRefused) throw new Refused('artifacts', 'role-may-not-write')
    throw problem
  }
  hub.context.changes.say('documents', 'audit')
  return heldBackDrafts(hub, artifact)
}

/** Shows a draft no more. @throws Refused */
export function dismiss(hub: Hub, artifact: string, draft: string): readonly HeldBackDraft[] {
  const place = placeOf(hub, artifact)
  one(hub, place, draft)
  hub.change(() => {
    settle(hub, place, draft, 'held-back-dismissed')
    return undefined
  })
  hub.context.changes.say('documents', 'audit')
  return heldBackDrafts(hub, artifact)
}

function draftsIn(hub: Hub, { runtime, id, type, stands }: Place): readonly Found[] {
  const device = hub.identity.device.id
  if (runtime.heldBack.of(device).length === 0) return []
  const fields = artifactOf(type)?.sections['joint']?.fields ?? {}
  const own = certificateOf(runtime.members, device, hub.context.clock.now())
  const may = own !== undefined && runtime.facts.mayWrite(id, JOINT, own)
  const now = runtime.read(id, JOINT)
  return runtime.heldBack.unheardIn(device, id, JOINT).flatMap(({ feed, last, before, after }) =>
    writtenBetween(before, after, Object.keys(fields)).flatMap((written): readonly Found[] => {
      const { set, record: name, removed } = written
      const known = fields[set]?.fields ?? {}
      const shown = written.fields.filter(({ field }) => field !== 'order' && Object.hasOwn(known, field))
      const draft = `${feed}/${String(last)}/${set}/${name}`
      if ((shown.length === 0 && !removed) || hub.context.vault.records.get(SETTLED, `${id}/${draft}`)) return []
      const changed = written.fields.some(
        ({ field, nodes, before: old }) => nodes && plainText(now.rich(textRoot(set, name, field))) !== old,
      )
      const again = !stands ? 'gone' : !may ? 'role' : changed ? 'changed' : 'may'
      const views = shown.map(({ field, value, nodes }) => ({
        field,
        value,
        now: nodes ? plainText(now.rich(textRoot(set, name, field))) : valueNow(now, set, name, field),
      }))
      return [{ written, draft: { id: draft, set, record: name, removed, fields: views, again } }]
    }),
  )
}

function valueNow(reader: SectionReader, set: string, name: string, field: string): Plain {
  const found = recordsOf(reader.registers(), set).find(({ id }) => id === name)
  return found?.removal?.state === 'gone' ? null : (found?.fields.get(field)?.[0]?.value ?? null)
}

/** The writes that do again what was done to a record. */
function writesOf(now: SectionReader, written: WrittenRecord, client: number): readonly RegisterWrite[] {
  const { set, record: name, removed, fields } = written
  const registers = now.registers()
  const place = { set, record: name, client }
  const held = recordsOf(registers, set).find(({ id }) => id === name)
  if (removed) return held && held.removal === null ? removeRecord(registers, place) : []
  return [
    ...(held?.removal ? keepRecord(registers, place) : []),
    ...fields.flatMap(({ field, value, nodes }) =>
      nodes ? [] : setField(registers, place, field, value ?? undefined),
    ),
  ]
}

function one(hub: Hub, place: Place, draft: string): Found {
  const found = draftsIn(hub, place).find((known) => known.draft.id === draft)
  if (!found) throw new Refused('documents', 'no-such-draft')
  return found
}

function settle(hub: Hub, { runtime, id }: Place, draft: string, code: 'held-back-taken-in' | 'held-back-dismissed') {
  hub.context.vault.records.put(SETTLED, `${id}/${draft}`, true)
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail: {} })
}

/** @throws Refused when neither what counts nor what is held back of this device's knows it. */
function placeOf(hub: Hub, artifact: string): Place {
  const id = artifact as ArtifactId
  for (const runtime of hub.runtimes()) {
    const declared = runtime.facts.declared(id)
    if (declared) return { runtime, id, type: declared.type, stands: true }
  }
  for (const runtime of hub.runtimes())
    for (const { entries } of runtime.heldBack.of(hub.identity.device.id))
      for (const { body } of entries) {
        const event = body.kind === 'event' ? readArtifactEvent(body.payload) : 'malformed'
        if (typeof event !== 'string' && event.type === 'artifact-created' && event.artifact === id)
          return { runtime, id, type: event.artifactType, stands: false }
      }
  throw new Refused('artifacts', 'no-such-artifact')
}
