import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EntryHash, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Clock, Instant } from '#shared/kernel/time.ts'
import { deviceOf, type Run } from '#shared/seal/entry.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelOf, runHashes } from '#shared/seal/verify.ts'
import type { RunShelf } from '#shared/sync/backlog.ts'
import type { CarriedRun, FeedTip } from '#shared/sync/message.ts'
import { publicCode, runRefusal, type PublicCode } from '#shared/sync/refusal.ts'
import { Announced } from './announced.ts'
import { announcementsIn } from './announcement.ts'
import type { HeldRun, MailboxStore } from './store.ts'

/** How much a mailbox keeps. */
export interface MailboxQuota {
  readonly channelBytes: number
  readonly totalBytes: number
  readonly feedsPerChannel: number
  /** Days after which a run is forgotten; a person who was away longer gets it from a partner. */
  readonly days: number
}
export const DEFAULT_QUOTA: MailboxQuota = {
  channelBytes: 256 * 1024 * 1024,
  totalBytes: 16 * 1024 * 1024 * 1024,
  feedsPerChannel: 1_024,
  days: 90,
}
const DAY = 86_400_000

interface HeldChannel {
  readonly workspace: WorkspaceId
  readonly announced: Announced
  readonly tips: Map<FeedId, FeedTip>
  bytes: number
}

interface Place {
  readonly feed: FeedId
  readonly fromSeq: number
}

/** Who brings runs: a proven device. */
export interface Supplier {
  readonly device: DeviceId
  /** It brought this channel here in this session, and goes on until it is announced or left out. */
  readonly brings: boolean
  /** Asked once for a channel that is not held yet. */
  mayCreate(): boolean
}

const maySupply = ({ announced }: HeldChannel, { device, brings }: Supplier): boolean =>
  announced.now.has(device) || (brings && !announced.ever.has(device))

/** What a batch of runs came to. */
export interface Stored {
  readonly stored: number
  /** Where runs left a gap. */
  readonly needs: readonly Place[]
  /** What came before the announcement that lets it in: to be asked for when somebody is announced. */
  readonly early: readonly Place[]
  readonly refused?: PublicCode
  /** Somebody was announced or dropped. */
  readonly announced: boolean
}

/**
 * A party that holds no key: it keeps sealed runs for a while and hands them to whom the channel announced. Everything that
 * it can know about a run is checked before it is kept: it parses, it hangs in its feed's chain, its device signed it, and
 * the channel announced that device. It cannot read, cannot make a run, and does not know whom it serves.
 */
export class Mailbox {
  readonly #crypto: Crypto
  readonly #clock: Clock
  readonly #store: MailboxStore
  readonly #quota: MailboxQuota
  readonly #channels = new Map<ChannelId, HeldChannel>()
  readonly shelf: RunShelf
  #bytes = 0

  constructor(crypto: Crypto, clock: Clock, store: MailboxStore, quota: MailboxQuota = DEFAULT_QUOTA) {
    this.#crypto = crypto
    this.#clock = clock
    this.#store = store
    this.#quota = quota
    this.shelf = this.#newShelf()
    this.#load()
  }

  counts(): { readonly channels: number; readonly bytes: number } {
    return { channels: this.#channels.size, bytes: this.#bytes }
  }

  /** Channels of a workspace in which the device is announced. */
  channelsFor(workspace: WorkspaceId, device: DeviceId): readonly ChannelId[] {
    return [...this.#channels].flatMap(([id, held]) =>
      held.workspace === workspace && held.announced.now.has(device) ? [id] : [],
    )
  }

  holds(channel: ChannelId): boolean {
    return this.#channels.has(channel)
  }

  /** Whether an entry is held; false inside a hole, where something expired or was lost. */
  holdsEntry(channel: ChannelId, feed: FeedId, seq: number): boolean {
    return this.#runAt(channel, feed, seq) !== undefined
  }

  isAnnounced(channel: ChannelId, device: DeviceId): boolean {
    return this.#channels.get(channel)?.announced.now.has(device) ?? false
  }

  /** Announced once, and left out since. */
  isDropped(channel: ChannelId, device: DeviceId): boolean {
    return this.#channels.get(channel)?.announced.ever.has(device) === true && !this.isAnnounced(channel, device)
  }

  /**
   * Takes runs of one channel in one durable change. A device that is not announced can bring nothing but the announcement
   * that names it, and a channel that is not held yet.
   */
  receive(workspace: WorkspaceId, channel: ChannelId, supplier: Supplier, runs: readonly Uint8Array[]): Stored {
    try {
      return this.#store.transaction(() => this.#take(workspace, channel, supplier, runs))
    } catch (problem) {
      // The store kept nothing of it: neither does the memory.
      this.#channels.clear()
      this.#load()
      throw problem
    }
  }

  /** Forgets what is older than the quota's days. Answers the bytes that were freed. */
  expire(): number {
    const before = (this.#clock.now() - this.#quota.days * DAY) as Instant
    const freed = this.#store.expire(before)
    if (freed > 0) {
      this.#channels.clear()
      this.#load()
    }
    return freed
  }

  #take(workspace: WorkspaceId, channel: ChannelId, supplier: Supplier, raw: readonly Uint8Array[]): Stored {
    const before = this.#channels.get(channel)?.announced.now
    let refused: PublicCode | undefined
    let stored = 0
    let waiting: Run[] = []
    for (const bytes of raw) {
      const run = parseRun(bytes)
      if (!run.ok) refused = publicCode(runRefusal(run.refusal))
      else if (!this.#belongs(workspace, channel, run.value)) refused = 'not-genuine'
      else waiting.push(run.value)
    }
    // Feeds take turns in a batch, so a run may stand before the announcement that lets it in: again, until nothing moves.
    for (let moved = true; moved;) {
      moved = false
      const announced = this.#channels.get(channel)?.announced.now
      const left: Run[] = []
      for (const run of waiting) {
        const kept = this.#keep(channel, supplier, run)
        if (kept.ok) {
          stored++
          moved = true
        } else if (kept.refusal === 'not-permitted' || kept.refusal === 'not-yet') left.push(run)
        else if (kept.refusal !== 'known') refused = kept.refusal
      }
      waiting = left
      if (this.#channels.get(channel)?.announced.now !== announced) moved = true
    }
    const held = this.#channels.get(channel)
    const announced = before !== held?.announced.now
    if (held !== undefined && !maySupply(held, supplier)) {
      if (waiting.length > 0) refused = 'not-permitted'
      return { stored, needs: [], early: [], announced, ...(refused !== undefined && { refused }) }
    }
    const [needs, early]: [Place[], Place[]] = [[], []]
    for (const feed of new Set(waiting.map((run) => run.feed))) {
      const place = { feed, fromSeq: (held?.tips.get(feed)?.seq ?? 0) + 1 }
      if (held?.announced.ever.has(deviceOf(feed)) === true) needs.push(place)
      else early.push(place)
    }
    if (waiting.length > 0) refused ??= 'not-yet'
    return { stored, needs, early, announced, ...(refused !== undefined && { refused }) }
  }

  #belongs(workspace: WorkspaceId, channel: ChannelId, run: Run): boolean {
    const held = this.#channels.get(channel)
    if (run.workspace !== workspace || (held !== undefined && held.workspace !== workspace)) return false
    return channelOf(this.#crypto, run) === channel
  }

  #keep(channel: ChannelId, supplier: Supplier, run: Run): Result<null, PublicCode> {
    const held = this.#channels.get(channel)
    if (held === undefined) return run.channel === null ? this.#create(channel, run, supplier) : refuse('not-yet')
    const { announced, tips } = held
    const announcements = announcementsIn(this.#crypto, run)
    if (announcements === undefined) return refuse('not-genuine')
    // Genuine by its author's signature: it may announce before the entries in front of it are here.
    announced.take(announcements)
    if (!maySupply(held, supplier) || !announced.ever.has(deviceOf(run.feed))) return refuse('not-permitted')
    if (held.bytes + run.bytes.length > this.#quota.channelBytes) return refuse('full')
    if (this.#bytes + run.bytes.length > this.#quota.totalBytes) return refuse('full')
    if (!tips.has(run.feed) && tips.size >= this.#quota.feedsPerChannel) return refuse('full')
    const place = this.#placeOf(channel, run)
    if (!place.ok) return place
    this.#put(channel, held, run, place.value)
    return ok(null)
  }

  /** A new channel begins with the entry whose hash is its id, and whoever signed that is its creator. */
  #create(channel: ChannelId, run: Run, supplier: Supplier): Result<null, PublicCode> {
    const [hash] = runHashes(this.#crypto, run) ?? []
    if (hash === undefined) return refuse('not-genuine')
    if (this.#bytes + run.bytes.length > this.#quota.totalBytes || !supplier.mayCreate()) return refuse('full')
    // What is left of a channel whose creation was lost counts again with it.
    this.#put(channel, this.#open(channel, run), run, { firstSeq: 1, hash })
    return ok(null)
  }

  #put(channel: ChannelId, held: HeldChannel, run: Run, place: Pick<HeldRun, 'firstSeq' | 'hash'>): void {
    const { feed, lastSeq, bytes } = run
    const announces = run.epoch === null
    this.#store.put({ channel, feed, lastSeq, bytes, announces, arrivedAt: this.#clock.now(), ...place })
    if ((held.tips.get(feed)?.seq ?? 0) < lastSeq) held.tips.set(feed, { feed, seq: lastSeq, hash: place.hash })
    held.bytes += bytes.length
    this.#bytes += bytes.length
  }

  /** Where a run fits into what is held of its feed: at its end, or into a hole that it hangs together with on both sides. */
  #placeOf(channel: ChannelId, run: Run): Result<Pick<HeldRun, 'firstSeq' | 'hash'>, PublicCode> {
    const { feed, firstSeq, lastSeq } = run
    const tip = this.#channels.get(channel)?.tips.get(feed)?.seq ?? 0
    if (firstSeq > tip + 1) return refuse('not-yet')
    const hashes = runHashes(this.#crypto, run)
    const hash = hashes?.at(-1)
    if (hashes === undefined || hash === undefined) return refuse('not-genuine')
    const left = this.#store.at(channel, feed, lastSeq)
    if (left === undefined || left.lastSeq < firstSeq - 1) {
      const right = this.#store.after(channel, feed, lastSeq)
      return right === undefined || hangsIn(right, lastSeq, hash) ? ok({ firstSeq, hash }) : refuse('not-genuine')
    }
    if (left.lastSeq >= lastSeq) return this.#says(left, lastSeq) === hash ? refuse('known') : refuse('not-genuine')
    // It begins at, or repeats, the end of what is held: there both have to say the same.
    const parent = left.lastSeq === firstSeq - 1 ? run.previous : hashes[left.lastSeq - firstSeq]
    if (parent !== left.hash) return refuse('not-genuine')
    const right = this.#store.after(channel, feed, left.lastSeq)
    if (right !== undefined && (right.firstSeq <= lastSeq || !hangsIn(right, lastSeq, hash)))
      return refuse('not-genuine')
    return ok({ firstSeq: left.lastSeq + 1, hash })
  }

  /** The hash of an entry of a held run; undefined when it begins later. */
  #says(held: HeldRun, seq: number): EntryHash | undefined {
    if (held.lastSeq === seq) return held.hash
    const run = parseRun(held.bytes)
    return run.ok ? runHashes(this.#crypto, run.value)?.[seq - run.value.firstSeq] : undefined
  }

  #runAt(channel: ChannelId, feed: FeedId, seq: number): HeldRun | undefined {
    const run = this.#store.at(channel, feed, seq)
    return run !== undefined && run.lastSeq >= seq ? run : undefined
  }

  #newShelf(): RunShelf {
    return {
      tips: (channel) => [...(this.#channels.get(channel)?.tips.values() ?? [])],
      hashAt: (channel, feed, seq) => {
        const tip = this.#channels.get(channel)?.tips.get(feed)
        if (tip?.seq === seq) return tip.hash
        const run = this.#runAt(channel, feed, seq)
        return run && this.#says(run, seq)
      },
      runs: (channel, feed, fromSeq, limit) => {
        const runs: CarriedRun[] = []
        let run = this.#runAt(channel, feed, fromSeq)
        while (run !== undefined && runs.length < limit) {
          runs.push({ feed, lastSeq: run.lastSeq, bytes: run.bytes })
          run = this.#runAt(channel, feed, run.lastSeq + 1)
        }
        return runs
      },
    }
  }

  #load(): void {
    this.#bytes = 0
    for (const channel of this.#store.channels()) {
      this.#bytes += this.#store.size(channel)
      const creation = this.#announcements(channel).find((run) => run.channel === null)
      // A channel whose creation was lost serves nobody until a member supplies it again.
      if (creation !== undefined) this.#open(channel, creation)
    }
  }

  #open(channel: ChannelId, creation: Run): HeldChannel {
    const announced = new Announced(deviceOf(creation.feed))
    announced.take(this.#announcements(channel).flatMap((run) => announcementsIn(this.#crypto, run) ?? []))
    const tips = new Map(this.#store.tips(channel).map((tip) => [tip.feed, tip]))
    const held = { workspace: creation.workspace, announced, tips, bytes: this.#store.size(channel) }
    this.#channels.set(channel, held)
    return held
  }

  #announcements(channel: ChannelId): readonly Run[] {
    return this.#store.announcements(channel).flatMap((bytes) => {
      const run = parseRun(bytes)
      return run.ok ? [run.value] : []
    })
  }
}

/** Whether a held run continues what ends at `seq` with `hash`; one that begins later leaves a hole and says nothing yet. */
function hangsIn(held: HeldRun, seq: number, hash: EntryHash): boolean {
  if (held.firstSeq > seq + 1) return true
  const run = parseRun(held.bytes)
  return run.ok && run.value.previous === hash
}
