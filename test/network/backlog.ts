import { setTimeout as wait } from 'node:timers/promises'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ChannelRuntime, Saying } from '#engine/channels/channel-runtime.ts'
import type { Engine } from '#engine/engine.ts'
import type { Hub } from '#engine/workspaces/hub.ts'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'

export interface BacklogOrder {
  readonly workspace: string
  readonly entries: number
  /** Characters of text in each entry: random, so that nothing in it compresses. */
  readonly characters: number
}

export interface KeystrokesOrder {
  readonly workspace: string
  readonly count: number
  /** Milliseconds between two. */
  readonly pause: number
}

const OWN = 'own' as SectionName
const PER_RUN = 16

/** Writes a plan of many edits, one entry each, as months of work offline would leave them. Returns the bytes of text. */
export function writeBacklog(engine: Engine, { workspace, entries, characters }: BacklogOrder): number {
  const { crypto } = engine
  const { hub, runtime, plan } = startPlan(engine, workspace)
  for (let written = 0; written < entries;) {
    hub.change(() => {
      hub.touch(runtime.id)
      const sayings: Saying[] = []
      for (; sayings.length < PER_RUN && written < entries; written++)
        sayings.push(note(runtime, plan, `n${written}`, toHex(crypto.random(characters / 2))))
      writeIn(hub, runtime.id, sayings)
      return undefined
    })
  }
  return entries * characters
}

/** Commits one short edit at a time. Resolves with the moment and the number of each. */
export async function keystrokes(
  engine: Engine,
  { workspace, count, pause }: KeystrokesOrder,
): Promise<readonly { readonly at: number; readonly seq: number }[]> {
  const { hub, runtime, plan } = startPlan(engine, workspace)
  const typed: { at: number; seq: number }[] = []
  for (let n = 0; n < count; n++) {
    await wait(pause)
    const at = performance.timeOrigin + performance.now()
    hub.change(() => {
      hub.touch(runtime.id)
      writeIn(hub, runtime.id, [note(runtime, plan, 'typed', `x${n}`)])
      return undefined
    })
    typed.push({ at, seq: Math.max(...hub.shelf.tips(runtime.id).map(({ seq }) => seq)) })
  }
  return typed
}

function startPlan(engine: Engine, workspace: string): { hub: Hub; runtime: ChannelRuntime; plan: ArtifactId } {
  const { hub } = engine.desk.session
  const { crypto } = engine
  const [runtime] = hub.runtimesOf(workspace as WorkspaceId)
  if (!runtime) throw new Error('no channel to write in')
  const nonce = crypto.random(16)
  const plan = artifactIdOf(crypto, hub.identity.card.company, nonce)
  const title = { en: 'Backlog', ar: 'متأخرات' }
  const created = { type: 'artifact-created' as const, artifact: plan, artifactType: CapacityPlan.type, nonce, title }
  hub.change(() => writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(created) }]))
  return { hub, runtime, plan }
}

function note(runtime: ChannelRuntime, plan: ArtifactId, key: string, text: string): Saying {
  const update = runtime.edit(plan, OWN, (writer) => writer.setKey('notes', key, text))
  if (!update) throw new Error('an edit that changed nothing')
  return { kind: 'doc', payload: writeDoc([{ artifact: plan, section: OWN, replica: 0, update }]) }
}
