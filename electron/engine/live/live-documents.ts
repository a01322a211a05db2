import { mayWrite } from '#shared/artifacts/catalogue.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import type { OpenedDocument } from '#shared/projection/document-views.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Pipe } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { sectionOfForm, titleOf } from './documents.ts'
import { LiveSession, type LivePlace } from './live-session.ts'

/** A window asks for its port right after it was told the token; what nobody fetches makes way. */
const MOST_UNATTACHED = 64
const MOST_OPEN = 256

/** Every document that a window has open: hands out replicas, and passes on what comes in. */
export class LiveDocuments {
  readonly #hub: Hub
  /** Token → what to attach. A token serves once. */
  readonly #promised = new Map<string, LivePlace>()
  readonly #sessions = new Set<LiveSession>()
  readonly #stop: () => void
  /** Told where somebody of this device is, to be passed on to partners that are linked directly. */
  onPresence: (channel: ChannelId, bytes: Uint8Array) => void = () => {}

  constructor(hub: Hub) {
    this.#hub = hub
    this.#stop = hub.onGrown((channel) => this.#pass(channel))
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
    }
    const token = toHex(this.#hub.context.crypto.random(16))
    const [oldest] = this.#promised.keys()
    if (this.#promised.size >= MOST_UNATTACHED && oldest) this.#promised.delete(oldest)
    this.#promised.set(token, place)
    return {
      token,
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

  /** A partner says where one of its people is. */
  hearPresence(channel: ChannelId, who: Parameters<LiveSession['showPresence']>[0], bytes: Uint8Array): void {
    for (const session of this.#sessions) if (session.place.runtime.id === channel) session.showPresence(who, bytes)
  }

  closeAll(): void {
    this.#stop()
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
      // The channel was read anew, as another device or after a failure: the replica would go on from what is no longer there.
      if (session.place.runtime !== runtime) session.refuse({ module: 'documents', code: 'reopened' })
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
    this.onPresence(runtime.id, bytes)
  }
}
