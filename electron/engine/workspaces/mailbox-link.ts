import type { ChannelId } from '#shared/kernel/ids.ts'
import type { Clock, Instant } from '#shared/kernel/time.ts'
import type { MailboxView } from '#shared/projection/workspace-views.ts'
import { encodeMessage, type CarriedRun } from '#shared/sync/message.ts'
import type { PublicCode, RunRefusal } from '#shared/sync/refusal.ts'
import type { SyncStatus } from '#shared/sync/session.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { MailboxSpec } from '../links/mailboxes.ts'
import type { Pipe } from '../ports.ts'
import type { Hub } from './hub.ts'
import type { Received } from './received.ts'
import { CONNECTING_MS } from './link-status.ts'
import { SyncLink } from './sync-link.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

/** When what: kept as `mailbox-times/<workspace>`, so that it is known after a restart, too. */
interface Times {
  /** The mailbox said that it holds everything that is held here. */
  readonly storedAt?: Instant
  /** Entries were fetched from it, or it had none that are lacking here. */
  readonly fetchedAt?: Instant
}

/** What no honest mailbox hands out, because it checks the same. A fork is a member's doing, and not among them. */
const FAULTS: readonly RunRefusal[] = [
  'malformed', 'too-large', 'too-many-entries', 'too-many-heads', 'wrong-workspace', 'wrong-channel', 'bad-signature',
] // prettier-ignore

/** What a mailbox's refusal means to the person. What it has or will take is none. */
const MEANING: Readonly<Record<PublicCode, string | undefined>> = {
  'not-permitted': 'mailbox-not-announced',
  full: 'mailbox-full',
  unreadable: 'mailbox-turned-down',
  'not-genuine': 'mailbox-turned-down',
  'not-yet': undefined,
  known: undefined,
}

/** After this side ended a connection, because the mailbox spoke nonsense or the vault could not keep something. */
const AGAIN_MS = 60_000
/** Announcements that are shown to a mailbox which does not know this device: the newest of a channel, within one message. */
const MOST_SHOWN = 64
const MOST_SHOWN_BYTES = 512 * 1024

/** One workspace and its mailbox: the sync with a party that holds no key, and what may truly be said about it. */
export class MailboxLink {
  readonly #hub: Hub
  readonly #workspace: WorkspaceRecord
  readonly #clock: Clock
  readonly #changed: () => void
  readonly address: string
  #pipe: Pipe | undefined
  #link: SyncLink | undefined
  #state: 'connected' | 'trying' | 'refused' = 'trying'
  #since: Instant | null = null
  #tryingSince: Instant
  #refusal: string | null = null
  readonly #standings = new Map<ChannelId, SyncStatus>()
  readonly #shown = new Set<ChannelId>()

  /** `changed` is told whenever something that the view says is different. */
  constructor(hub: Hub, workspace: WorkspaceRecord, address: string, changed: () => void) {
    this.#hub = hub
    this.#workspace = workspace
    this.#clock = hub.context.clock
    this.#changed = changed
    this.address = address
    this.#tryingSince = this.#clock.now()
  }

  /** What the engine's carrier connection is opened with. `leave` ends it for good: the mailbox is not to be trusted. */
  spec(leave: () => void): MailboxSpec {
    const { device } = this.#hub.identity
    return {
      workspace: this.#workspace.id,
      address: this.address,
      device: device.id,
      secret: device.secret,
      joined: (pipe) => this.#joined(pipe, leave),
      refused: (refusal) => this.#refuse(refusal),
      trying: () => this.#trying(),
      ended: (again) => void this.#hub.context.scheduler.after(AGAIN_MS, again),
    }
  }

  /** Since when entries pass by it; null while it is not reached, or does not take what is sent. */
  get passesSince(): Instant | null {
    return this.#state === 'connected' && this.#refusal === null ? this.#since : null
  }
  get refusal(): string | null {
    return this.#refusal
  }
  get isTrying(): boolean {
    return this.#state === 'trying' && this.#clock.now() - this.#tryingSince < CONNECTING_MS
  }

  view(): MailboxView {
    const runtimes = this.#hub.runtimesOf(this.#workspace.id)
    const { storedAt, fetchedAt } = this.#times()
    return {
      address: this.address,
      state: this.#state === 'trying' ? (this.isTrying ? 'connecting' : 'unreachable') : this.#state,
      level:
        this.#state === 'connected' &&
        runtimes.length > 0 &&
        runtimes.every(({ id }) => this.#standings.get(id) === 'level'),
      ...(this.#refusal !== null && { refusal: { module: 'link', code: this.#refusal } }),
      ...(storedAt !== undefined && { storedAt }),
      ...(fetchedAt !== undefined && { fetchedAt }),
      ...(this.#state === 'connected' && {
        unstored: sum(runtimes, (runtime) => this.#unstored(runtime)),
        waiting: sum(runtimes, (runtime) => this.#waiting(runtime)),
      }),
      missing: sum(runtimes, (runtime) => this.#missing(runtime)),
    }
  }

  close(): void {
    this.#link?.close()
    this.#link = undefined
  }

  #joined(pipe: Pipe, leave: () => void): void {
    this.#standings.clear()
    this.#shown.clear()
    this.#pipe = pipe
    this.#state = 'connected'
    this.#since = this.#clock.now()
    this.#refusal = null
    this.#link = new SyncLink(this.#hub, this.#workspace, pipe, this.address, {
      status: (channel, status) => this.#stands(channel, status),
      received: (_channel, received) => this.#received(received, leave),
    })
    this.#changed()
  }

  #trying(): void {
    this.#link?.close()
    this.#link = undefined
    this.#pipe = undefined
    this.#since = null
    // Having been turned away is what the person has to see until an attempt succeeds.
    if (this.#state !== 'refused') {
      this.#state = 'trying'
      this.#refusal = null
      this.#tryingSince = this.#clock.now()
      this.#hub.context.scheduler.after(CONNECTING_MS + 1, this.#changed)
    }
    this.#changed()
  }

  #refuse(code: string): void {
    this.#state = 'refused'
    this.#refusal = code
    this.#changed()
  }

  #stands(channel: ChannelId, status: SyncStatus): void {
    if (typeof status === 'object') {
      this.#refusedOf(channel, status.refused)
      return
    }
    this.#standings.set(channel, status)
    if ([...this.#standings.values()].every((each) => each === 'level')) {
      this.#refusal = null
      this.#note({ storedAt: this.#clock.now(), fetchedAt: this.#clock.now() })
    }
    this.#changed()
  }

  #refusedOf(channel: ChannelId, code: PublicCode): void {
    if (code === 'not-permitted' && !this.#shown.has(channel)) {
      this.#shown.add(channel)
      const runs = this.#announcements(channel)
      if (runs.length > 0) return this.#pipe?.send(encodeMessage({ type: 'runs', channel, runs }))
    }
    const meaning = MEANING[code]
    if (meaning === undefined) return
    this.#refusal = meaning
    this.#changed()
  }

  #received({ admitted, codes }: Received, leave: () => void): void {
    if (FAULTS.some((code) => codes.has(code))) {
      this.#refuse('mailbox-not-genuine')
      leave()
      return
    }
    if (admitted > 0) this.#note({ fetchedAt: this.#clock.now() })
    this.#changed()
  }

  #times(): Times {
    return this.#hub.context.vault.records.get<Times>('mailbox-times', this.#workspace.id) ?? {}
  }

  #note(times: Times): void {
    const { vault } = this.#hub.context
    vault.transaction(() => vault.records.put('mailbox-times', this.#workspace.id, { ...this.#times(), ...times }))
  }

  /** Entries held here that the mailbox is not known to hold, of whatever device. */
  #unstored({ id, admission }: ChannelRuntime): number {
    const standing = this.#link?.standing(id)
    return admission.index.lines.reduce(
      (count, line) => count + Math.max(0, line.hashes.length - (standing?.theirs(line.id) ?? 0)),
      0,
    )
  }

  /** Own entries that lie there, and that no entry of a partner has seen yet. */
  #waiting({ id, admission, members }: ChannelRuntime): number {
    const standing = this.#link?.standing(id)
    if (standing === undefined || members.companies.size < 2) return 0
    const { index } = admission
    const own = index.lines.filter((line) => line.id.startsWith(this.#hub.identity.device.id))
    const others = index.lines.filter((line) => !own.includes(line))
    return own.reduce((count, line) => {
      const seen = others.map((other) => index.seqSeen(other, other.hashes.length + 1, line.number))
      return count + Math.max(0, standing.theirs(line.id) - Math.max(0, ...seen))
    }, 0)
  }

  /** Entries that the mailbox names and did not hand over, and entries that wait for one that nobody has supplied. */
  #missing({ id, admission }: ChannelRuntime): number {
    const wanting = this.#link?.standing(id)?.wanting ?? []
    return [...wanting, ...admission.waiting()].reduce((count, one) => count + one.count, 0)
  }

  /** The runs that announce this channel's keys: what a mailbox needs to know who belongs. */
  #announcements(channel: ChannelId): readonly CarriedRun[] {
    const runtime = this.#hub.runtime(channel)
    const { log } = this.#hub.context.vault
    const runs = (runtime?.admission.announcements() ?? []).flatMap(({ feed, seq }) =>
      log.runs(channel, feed, seq, 1).map(({ lastSeq, bytes }) => ({ feed, lastSeq, bytes })),
    )
    const shown: CarriedRun[] = []
    let left = MOST_SHOWN_BYTES
    for (const run of runs.slice(-MOST_SHOWN)) {
      left -= run.bytes.length
      if (left >= 0) shown.push(run)
    }
    return shown
  }
}

const sum = (runtimes: readonly ChannelRuntime[], count: (runtime: ChannelRuntime) => number): number =>
  runtimes.reduce((all, runtime) => all + count(runtime), 0)
