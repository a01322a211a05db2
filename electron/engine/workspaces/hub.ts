import type { ChannelId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelOf } from '#shared/seal/verify.ts'
import type { RunShelf } from '#shared/sync/backlog.ts'
import type { AdmittedEntry } from '#shared/sync/admit.ts'
import { ChannelRuntime } from '../channels/channel-runtime.ts'
import { ChannelStore } from '../channels/stored-channel.ts'
import type { Context } from '../context.ts'
import { feedOf, type Identity } from '../identity/identity.ts'
import { tellHeldBack } from './held-back.ts'
import { branchRuns, park, type KeptRun } from './kept-runs.ts'
import { Receiving, type Received } from './received.ts'
import { shelfOf } from './shelf.ts'
import { genesisOf, listWorkspaces, saveWorkspace, type WorkspaceRecord } from './workspace-record.ts'

/** Channels of one workspace: only its founding company can open them, and people have to find their way among them. */
const MOST_CHANNELS = 256
/** Channels that were named and of which nothing has come. */
const MOST_EMPTY = 64

/** A crash leaves at most so many entries to be read again, or this part of all: a long catch-up is not stored again and again. */
const ENTRIES_PER_STATE = 4_096
const PART_PER_STATE = 32
/** Fewer are read again in no time, and are not worth the writing. */
const ENTRIES_AT_CLOSE = 256

/**
 * Looks at a channel before runs from outside are taken, and is told afterwards what was admitted, inside the same
 * transaction: how news is noticed without the hub knowing what a channel is about.
 */
export type Witness = (runtime: ChannelRuntime) => (admitted: readonly AdmittedEntry[]) => void

/** Where somebody at the other end of a link says to be: sealed, and not yet believed. */
export interface HeardPresence {
  readonly channel: ChannelId
  /** The device that the link was authenticated with. */
  readonly from: string
  readonly bytes: Uint8Array
}

/**
 * All workspaces of the open vault: one runtime per channel, and the one place where state changes. What changed is told to
 * links and windows after the commit, never before: no byte leaves before it is durable.
 */
export class Hub {
  readonly context: Context
  readonly #runtimes = new Map<ChannelId, ChannelRuntime>()
  readonly #grown = new Set<(channel: ChannelId) => void>()
  readonly #joined = new Set<(workspace: WorkspaceId) => void>()
  readonly #present = new Set<(heard: HeardPresence) => void>()
  readonly shelf: RunShelf
  readonly #witness: Witness
  #identity: Identity
  #touched = new Set<ChannelId>()
  #depth = 0
  #byItself = 0

  constructor(context: Context, identity: Identity, witness: Witness) {
    this.context = context
    this.#witness = witness
    this.#identity = identity
    this.shelf = shelfOf(context.vault.log, (channel) => this.#runtimes.get(channel))
    for (const workspace of listWorkspaces(context)) this.load(workspace)
    this.#retryParked()
    this.#passOn()
  }

  /** What could not be told before, because this device's certificate had run out or the vault was closed. */
  #passOn(): void {
    const concerned = [...this.#runtimes.values()].filter(({ passesOn }) => passesOn)
    if (concerned.length === 0) return
    this.change(() => {
      for (const { id } of concerned) this.touch(id).passOn()
      return undefined
    })
  }

  /** What a later version wrote is tried again when the vault opens: this may be that version now. */
  #retryParked(): void {
    const { records } = this.context.vault
    const parked = records.list<KeptRun>('parked-run')
    if (parked.length === 0) return
    this.change(() => {
      for (const { id, value } of parked) {
        const channel = value.channel ?? this.#channelOfParked(value.bytes)
        if (channel === 'newer-version') continue
        const runtime = channel === undefined ? undefined : this.#runtimes.get(channel)
        const taken = runtime && this.touch(runtime.id).receive(value.bytes)
        if (taken?.outcome !== 'refused' || !taken.park) records.remove('parked-run', id)
      }
      return undefined
    })
  }

  /** Keeps a run of a later version that came in a file and cannot even be told apart yet. Call inside `change`. */
  park(bytes: Uint8Array): void {
    park(this.context, null, bytes)
  }

  #channelOfParked(bytes: Uint8Array): ChannelId | 'newer-version' | undefined {
    const run = parseRun(bytes)
    if (!run.ok) return run.refusal === 'newer-version' ? run.refusal : undefined
    const workspace = listWorkspaces(this.context).find(({ id }) => id === run.value.workspace)
    return workspace && this.adopt(workspace, channelOf(this.context.crypto, run.value))?.id
  }

  get identity(): Identity {
    return this.#identity
  }
  set identity(identity: Identity) {
    this.#identity = identity
  }

  /** Builds the runtimes of a workspace's channels from the log. */
  load(workspace: WorkspaceRecord): void {
    for (const channel of workspace.channels) if (!this.#runtimes.has(channel)) this.#start(workspace, channel)
  }

  /** Acts as another identity from here on: every channel is read again with its keys. Call inside `change`. */
  become(identity: Identity): void {
    this.#identity = identity
    const channels = [...this.#runtimes.keys()]
    this.#runtimes.clear()
    for (const workspace of listWorkspaces(this.context)) this.load(workspace)
    for (const channel of channels) this.#touched.add(channel)
  }

  runtime(channel: ChannelId): ChannelRuntime | undefined {
    return this.#runtimes.get(channel)
  }
  runtimesOf(workspace: WorkspaceId): readonly ChannelRuntime[] {
    return [...this.#runtimes.values()].filter((runtime) => runtime.workspace === workspace)
  }
  runtimes(): Iterable<ChannelRuntime> {
    return this.#runtimes.values()
  }

  /** One durable change. When it fails, the runtimes are read again from the log: memory must not run ahead of it. */
  change<T>(work: () => T extends Promise<unknown> ? never : T): T {
    const identity = this.#identity
    this.#depth++
    let result: T
    try {
      result = this.context.vault.transaction(() => {
        const done = work()
        if (this.#depth === 1) this.#storeLongRuns()
        return done
      })
    } catch (error) {
      // Inside another change the log still holds what that one wrote and will lose: it rebuilds when it fails, as it must.
      if (this.#depth === 1) {
        this.#actAgainAs(identity)
        for (const channel of this.#touched) this.#rebuild(channel)
        this.#touched.clear()
      }
      throw error
    } finally {
      this.#depth--
    }
    if (this.#depth === 0) this.#tell()
    return result
  }

  /** What the engine does without a person: nothing that binds the company gets out meanwhile (Class C). */
  byItself<T>(work: () => T extends Promise<unknown> ? never : T): T {
    this.#byItself++
    try {
      return work()
    } finally {
      this.#byItself--
    }
  }
  get actsByItself(): boolean {
    return this.#byItself > 0
  }

  /** Before the vault closes: what was judged since the last state is stored, so that the next opening does not read it again. */
  store(): void {
    this.context.vault.transaction(() => {
      for (const runtime of this.#runtimes.values()) if (runtime.unstored.since >= ENTRIES_AT_CLOSE) runtime.store()
      return undefined
    })
  }

  #storeLongRuns(): void {
    for (const channel of this.#touched) {
      const runtime = this.#runtimes.get(channel)
      if (!runtime) continue
      const { judged, since } = runtime.unstored
      if (since >= Math.max(ENTRIES_PER_STATE, judged / PART_PER_STATE)) runtime.store()
    }
  }

  /** A certificate or device that was not kept is not acted under. */
  #actAgainAs(identity: Identity): void {
    if (this.#identity === identity) return
    this.#identity = identity
    this.#runtimes.clear()
    for (const workspace of listWorkspaces(this.context)) this.load(workspace)
  }

  /** A channel whose creation was rolled back is gone; any other is as its log says. */
  #rebuild(channel: ChannelId): void {
    const runtime = this.#runtimes.get(channel)
    runtime?.rebuild()
    if (runtime?.admission.index.lines.length === 0) this.#runtimes.delete(channel)
  }

  /** Says that a channel is about to change; call it before writing to its runtime inside `change`. */
  touch(channel: ChannelId): ChannelRuntime {
    const runtime = this.#runtimes.get(channel)
    if (!runtime) throw new Error(`no such channel: ${channel}`)
    this.#touched.add(channel)
    return runtime
  }

  /** Called after the commit with every channel whose log grew. */
  onGrown(listener: (channel: ChannelId) => void): () => void {
    this.#grown.add(listener)
    return () => this.#grown.delete(listener)
  }
  /** Called after runs from outside were committed: what reacts to news hangs here. */
  onReceived(listener: (workspace: WorkspaceId) => void): () => void {
    this.#joined.add(listener)
    return () => this.#joined.delete(listener)
  }

  /** Called with what is said about presence; nothing of it is kept. */
  onPresence(listener: (heard: HeardPresence) => void): () => void {
    this.#present.add(listener)
    return () => this.#present.delete(listener)
  }
  hearPresence(heard: HeardPresence): void {
    for (const listener of this.#present) this.#safely(() => listener(heard))
  }

  /** Makes sure that a channel of a workspace that we are in is known; undefined when there are too many already. */
  adopt(workspace: WorkspaceRecord, channel: ChannelId): ChannelRuntime | undefined {
    const known = this.#runtimes.get(channel)
    if (known) return known.workspace === workspace.id ? known : undefined
    const runtimes = this.runtimesOf(workspace.id)
    const empty = runtimes.filter(({ admission }) => admission.index.lines.length === 0)
    if (runtimes.length - empty.length >= MOST_CHANNELS) return undefined
    // A member who invents channels pushes out inventions, never a channel with an entry.
    const oldest = empty[0]
    if (empty.length >= MOST_EMPTY && oldest) this.#runtimes.delete(oldest.id)
    return this.#start(workspace, channel)
  }

  /** Takes runs from a peer or a file: admission, log and audit in one transaction. */
  receive(workspace: WorkspaceRecord, channel: ChannelId, runs: readonly Uint8Array[], from: string): Received {
    const sum = new Receiving(this.context, workspace, from)
    this.change(() => {
      const runtime = this.touch(channel)
      const report = this.#witness(runtime)
      const { readings } = runtime
      const admitted: AdmittedEntry[] = []
      for (const bytes of runs) {
        const taken = runtime.receive(bytes)
        if (taken.outcome === 'taken') admitted.push(...taken.admitted)
        sum.count(runtime, taken)
      }
      report(admitted)
      // What this device had written can lose its effect only where everything is read again.
      if (runtime.readings !== readings) tellHeldBack(this.context, runtime, this.#identity.device.id)
      if (runtime.ownFeedForked) this.#beginFeedAgain(workspace, channel)
      sum.countWaiting(runtime)
      const now: Instant = this.context.clock.now()
      const channels = workspace.channels.includes(channel) ? workspace.channels : [...workspace.channels, channel]
      const grew = runtime.admission.index.lines.length > 0
      saveWorkspace(this.context, { ...workspace, lastSync: now, channels: grew ? channels : workspace.channels })
      return undefined
    })
    for (const listener of this.#joined) this.#safely(() => listener(workspace.id))
    this.context.changes.say('artifacts', 'documents', 'workspaces', 'disclosures', 'today', 'audit')
    return sum.received
  }

  /** Behind the fork of its own feed nothing of it counts: this device goes on under a new feed in that channel. */
  #beginFeedAgain(workspace: WorkspaceRecord, channel: ChannelId): void {
    const { crypto, vault } = this.context
    vault.records.put('feed-begun-again', channel, crypto.random(16))
    this.#start(workspace, channel).passOn()
  }

  #start(workspace: WorkspaceRecord, channel: ChannelId): ChannelRuntime {
    const { crypto, clock, vault, unlocked } = this.context
    const { device } = this.#identity
    const runtime = new ChannelRuntime(
      {
        crypto,
        clock,
        log: vault.log,
        store: new ChannelStore(crypto, vault.records, channel),
        problem: (problem) => this.context.log(problem),
        newDocuments: () => this.context.newDocuments(),
        branches: branchRuns(this.context, channel),
        isForgotten: (section) => vault.records.get('forgotten-slice', `${channel}/${section}`) !== undefined,
        ownSliceKey: (section) => vault.records.get('slice-key', `${channel}/${section}`),
      },
      {
        device: device.id,
        secret: device.secret,
        box: device.box,
        feed: feedOf(
          this.#identity,
          vault.records.get<Uint8Array>('feed-begun-again', channel) ?? unlocked.incarnation(),
        ),
        former: (this.#identity.former ?? []).map(({ id, box }) => ({ device: id, box })),
      },
      genesisOf(crypto, workspace),
      channel,
    )
    this.#runtimes.set(channel, runtime)
    return runtime
  }

  /** What is committed is done: a listener's mistake must neither undo the answer nor keep the others from hearing. */
  #safely(tell: () => void): void {
    try {
      tell()
    } catch (problem) {
      this.context.log(problem)
    }
  }

  #tell(): void {
    const touched = [...this.#touched]
    this.#touched.clear()
    for (const channel of touched) for (const listener of this.#grown) this.#safely(() => listener(channel))
  }
}

/** Companies of a channel other than our own. */
export const othersIn = (runtime: ChannelRuntime, own: CompanyId): readonly CompanyId[] =>
  [...runtime.members.companies.values()]
    .filter(({ card, left }) => !left && card.company !== own)
    .map(({ card }) => card.company)
