import {
  decodeFromWindow, encodeFromEngine, MOST_PRESENCE, type FromEngine, type FromWindow,
} from '#shared/contract/live.ts' // prettier-ignore
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import type { RefusalView } from '#shared/projection/app-views.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { SectionKey } from '#shared/sync/update.ts'
import type { AppliedUpdate } from '../documents.ts'
import { OwnRefused, type ChannelRuntime, type Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import { VaultFault, type Pipe } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { titleOf } from './documents.ts'

export interface LivePlace {
  readonly runtime: ChannelRuntime
  readonly artifact: ArtifactId
  readonly section: SectionName
  readonly key: SectionKey
  readonly replica: number
  readonly mayWrite: boolean
  /** The reading of the channel that the window's copy comes from. */
  readonly reading: number
}

interface Told {
  ended(): void
  present(bytes: Uint8Array): void
}

/** Updates of one window that may be under way to the log; a window that writes faster is a loop gone wild. */
const MOST_QUEUED = 4096

/**
 * One window's replica of one section. What the window writes is judged by the same rules as a partner's entry, sealed and
 * committed before the window hears that it is kept; what comes from elsewhere is passed on after its commit.
 */
export class LiveSession {
  readonly place: LivePlace
  readonly #hub: Hub
  readonly #pipe: Pipe
  readonly #told: Told
  readonly #client: number
  #queue: Uint8Array[] = []
  #flushing = false
  #open = true
  #audited = false

  constructor(hub: Hub, place: LivePlace, pipe: Pipe, told: Told) {
    this.#hub = hub
    this.place = place
    this.#pipe = pipe
    this.#told = told
    this.#client = place.runtime.clientOf(place.artifact, place.section, place.replica)
  }

  start(): void {
    const { runtime, artifact, section, key } = this.place
    runtime.watch(key)
    this.#pipe.onClose(() => this.#end())
    this.#pipe.onMessage((bytes) => this.#hear(decodeFromWindow(bytes)))
    this.#say({ kind: 'state', bytes: runtime.stateOf(artifact, section) })
  }

  /** Passes on what others wrote. */
  show(updates: readonly AppliedUpdate[]): void {
    for (const { client, bytes } of updates) if (client !== this.#client) this.#say({ kind: 'update', bytes })
  }

  showPresence(who: Extract<FromEngine, { kind: 'present' }>['who'], bytes: Uint8Array): void {
    this.#say({ kind: 'present', who, bytes })
  }

  /** Ends the replica: the window keeps what was not taken as a draft and opens the document anew. */
  refuse(refusal: RefusalView): void {
    this.#queue = []
    this.#say({ kind: 'refused', refusal })
    this.close()
  }

  close(): void {
    this.#pipe.close()
    this.#end()
  }

  #hear(frame: FromWindow | undefined): void {
    if (!this.#open) return
    if (frame === undefined) return this.close()
    switch (frame.kind) {
      case 'update':
        return this.#take(frame.bytes)
      case 'present':
        if (frame.bytes.length <= MOST_PRESENCE) this.#told.present(frame.bytes)
        return
      case 'leave':
        return this.close()
    }
  }

  /** What arrives while a commit is being made goes into the next one together: typing costs one commit at a time. */
  #take(update: Uint8Array): void {
    if (!this.place.mayWrite) return this.refuse({ module: 'documents', code: 'read-only' })
    if (this.#queue.length >= MOST_QUEUED) return this.refuse({ module: 'documents', code: 'too-fast' })
    this.#queue.push(update)
    if (this.#flushing) return
    this.#flushing = true
    void this.#hub.context.scheduler.breathe().then(() => {
      this.#flushing = false
      if (this.#open) this.#flush()
    })
  }

  #flush(): void {
    const updates = this.#queue
    this.#queue = []
    if (updates.length === 0) return
    try {
      this.#commit(updates)
    } catch (problem) {
      // Nothing of it was kept. What the person wrote is in their window still, as a draft.
      if (problem instanceof OwnRefused) return this.refuse({ module: 'sync', code: problem.code })
      if (problem instanceof VaultFault) this.refuse({ module: 'vault', code: `vault-${problem.refusal}` })
      else {
        this.#hub.context.log(problem)
        this.refuse({ module: 'documents', code: 'not-kept' })
      }
      return
    }
    this.#say({ kind: 'kept', count: updates.length })
    this.#hub.context.changes.say('documents')
  }

  #commit(updates: readonly Uint8Array[]): void {
    const { runtime, artifact, section, replica } = this.place
    const sayings = updates.map((update): Saying => ({
      kind: 'doc',
      payload: writeDoc([{ artifact, section, replica, update }]),
    }))
    this.#hub.change(() => {
      writeIn(this.#hub, runtime.id, sayings)
      // The feed is the log of every letter; the audit says once that this person edited here.
      if (!this.#audited) {
        record(this.#hub.context, {
          kind: 'update',
          code: 'document-edited',
          actor: certificateIn(this.#hub.identity.certified).name.en,
          subject: { id: artifact, name: titleOf(runtime, artifact).en },
          detail: {},
        })
      }
      return undefined
    })
    this.#audited = true
  }

  #say(frame: FromEngine): void {
    if (this.#open) this.#pipe.send(encodeFromEngine(frame))
  }

  /** What had arrived before the port closed is kept: a person who leaves right after typing loses nothing. */
  #end(): void {
    if (!this.#open) return
    this.#flush()
    this.#open = false
    this.place.runtime.unwatch(this.place.key)
    this.#told.ended()
  }
}
