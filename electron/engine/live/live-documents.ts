import { mayWrite } from '#shared/artifacts/catalogue.ts'
import { MOST_PRESENCE } from '#shared/contract/live.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId, DeviceId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { OpenedDocument } from '#shared/projection/document-views.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Pipe } from '../ports.ts'
import type { HeardPresence, Hub } from '../workspaces/hub.ts'
import { authorView } from './authors.ts'
import { sectionOfForm, titleOf } from './documents.ts'
import { LiveSession, type LivePlace } from './live-session.ts'

type Tell = (workspace: WorkspaceId, channel: ChannelId, sealed: Uint8Array) => void

/** A window asks for its port right after it was told the token; what nobody fetches makes way. */
const MOST_UNATTACHED = 64
const MOST_OPEN = 256

/** Every document that a window has open: hands out replicas, and passes on what comes in. */
export class LiveDocuments {
  readonly #hub: Hub
  /** Token → what to attach. A token serves once. */
  readonly #promised = new Map<string, LivePlace>()
  readonly #sessions = new Set<LiveSession>()
  readonly #stop: readonly (() => void)[]
  readonly #tell: Tell

  /** `tell` passes on to linked devices, sealed, where somebody of this device is. */
  constructor(hub: Hub, tell: Tell) {
    this.#hub = hub
    this.#tell = tell
    this.#stop = [hub.onGrown((channel) => this.#pass(channel)), hub.onPresence((heard) => this.#hearPresence(heard))]
  }

  /** @throws Refused when there is no such section, or it is not one to be edited live. */
  open(artifact: string, sectionName: string): OpenedDocument {
    const { runtime, id, owner, type } = runtimeOf(this.#hub, artifact)
    if (sectionOfForm(type, sectionName, 'records') === undefined) throw new Refused('documents', 'no-such-section')
    if (this.#sessions.size >= MOST_OPEN) throw new Refused('documents', 'too-many-open')
    const section = sectionName as SectionName
    const { roles } = certificateIn(this.#hub.identity.certified)
    const author = { company: this.#hub.identity.card.company, roles }
    const place: LivePlace = {
      runtime,
      artifact: id,
      section,
      key: sectionKey(id, section),
      replica: this.#freeReplica(runtime, id, section),
      mayWrite: mayWrite(type, section, author, owner).ok,
      reading: runtime.readings,
    }
    const token = toHex(this.#hub.context.crypto.random(16))
    const [oldest] = this.#promised.keys()
    if (this.#promised.size >= MOST_UNATTACHED && oldest) this.#promised.delete(oldest)
    this.#promised.set(token, place)
    return {
      token,
      artifact: id,
      client: runtime.clientOf(id, section, place.replica),
      mayWrite: place.mayWrite,
      type,
      title: titleOf(runtime, id),
      workspace: runtime.workspace,
    }
  }

  /** Joins a window's port to the replica that its token stands for; a token that stands for none closes the port. */
  attach(token: string, pipe: Pipe): void {
    const place = this.#promised.get(token)
    this.#promised.delete(token)
    if (!place) return pipe.close()
    const session = new LiveSession(this.#hub, place, pipe, {
      ended: () => this.#sessions.delete(session),
      present: (bytes) => this.#present(session, bytes),
    })
    this.#sessions.add(session)
    session.start()
  }

  closeAll(): void {
    for (const stop of this.#stop) stop()
    for (const session of [...this.#sessions]) session.close()
  }

  /**
   * The lowest number that no open window has. A number may come again once its window is gone: whatever it wrote is in the log,
   * the next one starts behind it, and a window that lost its port asks for a new replica and never writes under the old.
   */
  #freeReplica(runtime: ChannelRuntime, artifact: ArtifactId, section: SectionName): number {
    const taken = new Set<number>()
    for (const place of [...this.#promised.values(), ...[...this.#sessions].map((session) => session.place)])
      if (place.runtime.id === runtime.id && place.artifact === artifact && place.section === section)
        taken.add(place.replica)
    let replica = 1
    while (taken.has(replica)) replica++
    return replica
  }

  #pass(channel: ChannelId): void {
    const runtime = this.#hub.runtime(channel)
    for (const session of [...this.#sessions]) {
      if (session.place.runtime.id !== channel) continue
      // The channel was read anew, as another device, after a failure, or because a revocation undid what had counted: the
      // replica would go on from what is no longer there.
      if (session.place.runtime !== runtime || session.place.reading !== runtime.readings)
        session.refuse({ module: 'documents', code: 'reopened' })
    }
    for (const { section, updates } of runtime?.takeApplied() ?? [])
      for (const session of this.#sessions)
        if (session.place.runtime === runtime && session.place.key === section) session.show(updates)
  }

  #present(from: LiveSession, bytes: Uint8Array): void {
    const { runtime, key } = from.place
    for (const session of this.#sessions)
      if (session !== from && session.place.runtime === runtime && session.place.key === key)
        session.showPresence(null, bytes)
    const sealed = runtime.sealPresence(key, bytes)
    if (sealed) this.#tell(runtime.workspace, runtime.id, sealed)
  }

  /** Whoever is linked says where they are: believed of the device that the link proved, and of a document of the channel. */
  #hearPresence({ channel, from, bytes }: HeardPresence): void {
    const runtime = this.#hub.runtime(channel)
    if (!runtime || ![...this.#sessions].some((session) => session.place.runtime === runtime)) return
    const certificate = certificateOf(runtime.members, from as DeviceId, this.#hub.context.clock.now())
    const opened = certificate && runtime.openPresence(bytes)
    if (!opened || opened.bytes.length > MOST_PRESENCE) return
    const { company, person } = authorView(runtime, certificate, this.#hub.identity.card.company)
    for (const session of this.#sessions)
      if (session.place.runtime === runtime && session.place.key === opened.section)
        session.showPresence({ company, person }, opened.bytes)
  }
}
