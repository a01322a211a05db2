import { readArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ArtifactId, DeviceId } from '#shared/kernel/ids.ts'
import { readControl } from '#shared/membership/control.ts'
import type { HeldBackAct } from '#shared/projection/workspace-views.ts'
import { readDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { DOCUMENT_TYPES, titleOf } from '../live/documents.ts'
import { QUIET } from '../today/journal.ts'

/** Facts and words that engines keep among themselves. */
const BY_ITSELF: ReadonlySet<string> = new Set(['receipt', 'checkpoint', 'slice-key'])

/** What this device did in a channel and what has no effect, in words that the audit has for it: documents first made, first named. */
export function heldBackActs(runtime: ChannelRuntime, device: DeviceId): readonly HeldBackAct[] {
  const bodies = runtime.heldBack.of(device).flatMap(({ entries }) => entries.map(({ body }) => body))
  const events = bodies.flatMap(({ kind, payload }) => {
    const event = kind === 'event' ? readArtifactEvent(payload) : 'malformed'
    return typeof event === 'string' ? [] : [event]
  })
  const acts = bodies.flatMap(({ kind, payload }): readonly (readonly [string, ArtifactId | undefined])[] => {
    if (kind === 'doc') {
      const writes = readDoc(payload)
      const touched = new Set(writes.ok ? writes.value.map(({ artifact }) => artifact) : [])
      return [...touched].map((artifact) => ['document-edited', artifact] as const)
    }
    if (kind === 'event') {
      const event = readArtifactEvent(payload)
      if (typeof event === 'string' || QUIET.has(event.type)) return []
      return [[event.type === 'artifact-created' ? 'document-created' : event.type, event.artifact]]
    }
    const control = kind === 'control' ? readControl(payload) : undefined
    return control?.ok && !BY_ITSELF.has(control.value.kind) ? [[control.value.kind, undefined]] : []
  })
  const counted = new Map<string, HeldBackAct>()
  for (const [code, id] of acts) {
    const key = `${code}/${id ?? ''}`
    const about = id && aboutOf(runtime, id, events)
    counted.set(key, { code, count: (counted.get(key)?.count ?? 0) + 1, ...(about && { about }) })
  }
  return [...counted.values()]
}

function aboutOf(runtime: ChannelRuntime, id: ArtifactId, events: readonly ArtifactEvent[]): HeldBackAct['about'] {
  const declared = runtime.facts.declared(id)
  const document = (type: string): boolean => DOCUMENT_TYPES.includes(type)
  if (declared) {
    const { type } = declared
    return { id, type, title: titleOf(runtime, id), stands: true, document: document(type) }
  }
  const made = events.find((event) => event.type === 'artifact-created' && event.artifact === id)
  return made?.type === 'artifact-created'
    ? { id, type: made.artifactType, title: made.title, stands: false, document: document(made.artifactType) }
    : undefined
}
