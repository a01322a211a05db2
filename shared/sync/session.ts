import { concat } from '#shared/kernel/bytes.ts'
import type { ChannelId, FeedId } from '#shared/kernel/ids.ts'
import type { Head } from '#shared/seal/entry.ts'
import type { RunShelf } from './backlog.ts'
import { BEFORE_A_FORK } from './other-pasts.ts'
import {
  decodeMessage,
  encodeMessage,
  MESSAGE_LIMITS,
  PROTOCOL,
  type CarriedRun,
  type FeedTip,
  type Message,
} from './message.ts'
import { Outflow } from './outflow.ts'
import type { PublicCode } from './refusal.ts'

export type SyncEvent =
  /** The pipe is there and the other side is authenticated. */
  | { readonly type: 'opened' }
  | { readonly type: 'message'; readonly bytes: Uint8Array }
  /** The runs of an earlier `take` were dealt with: stored or refused. One per `take`, in any order. */
  | {
      readonly type: 'taken'
      readonly channel: ChannelId
      /** Where runs left a gap, so that something was lost on the way. */
      readonly needs: readonly { readonly feed: FeedId; readonly fromSeq: number }[]
      /** What entries name and nobody has supplied yet. */
      readonly missing: readonly Head[]
      readonly refused?: PublicCode
    }
  /** The shelf grew by other ways: own work, another peer, a file. */
  | { readonly type: 'grown'; readonly channel: ChannelId }
  /** Somebody else lacks this, and nobody here holds it: whoever is at the other end may. */
  | { readonly type: 'wanted'; readonly channel: ChannelId; readonly feed: FeedId; readonly fromSeq: number }
  /** Somebody here is somewhere in a document: said once, to whoever is there to hear it. */
  | { readonly type: 'present'; readonly channel: ChannelId; readonly bytes: Uint8Array }
  /** Nothing was heard for a while: says again where we stand, so that what was lost is sent again. */
  | { readonly type: 'tick' }

export type SyncEffect =
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  /** Hand these to admission, then answer with `taken`. */
  | { readonly type: 'take'; readonly channel: ChannelId; readonly runs: readonly CarriedRun[] }
  | { readonly type: 'close'; readonly code: 'newer-version' | 'malformed' }
  | { readonly type: 'status'; readonly channel: ChannelId; readonly status: SyncStatus }
  | { readonly type: 'presence'; readonly channel: ChannelId; readonly bytes: Uint8Array }

/** What the other side is known to hold, and what of it was asked for and has not come. */
export interface Standing {
  theirs(feed: FeedId): number
  readonly wanting: readonly { readonly feed: FeedId; readonly fromSeq: number; readonly count: number }[]
}

/** `behind`: the other side has more. `ahead`: it still lacks something of ours. `level`: neither. */
export type SyncStatus = 'behind' | 'ahead' | 'level' | { readonly refused: PublicCode }

interface ChannelSync {
  readonly out: Outflow
  /** What we last told of each feed. */
  readonly told: Map<FeedId, number>
  /** What the other side last told of each feed. */
  readonly heard: Map<FeedId, number>
  /** feed → that it is forked was shown to the other side: how far we held it then, the whole frontiers since, and at which of them it is shown again. */
  readonly shown: Map<FeedId, { readonly held: number; readonly frontiers: number; readonly again: number }>
  /** feed → from where it was asked for. Of a forked feed, from several places in turn. */
  readonly asked: Map<FeedId, Set<number>>
  /** What the other side asked for beyond a fork since it last said where it stands, as `feed/seq`. */
  readonly answered: Set<string>
  taken: number
  /** Batches handed to admission and not dealt with yet. */
  underAdmission: number
  common: boolean
  /** The other side has sent all that our frontier lacked. */
  theirDone: boolean
  part: { readonly feed: FeedId; readonly lastSeq: number; readonly total: number; bytes: Uint8Array } | undefined
  status: string
}

/** Words of presence that wait for the greeting. */
const MOST_EARLY = 16

/** So much is answered to a peer that asks beyond forks, until it says anew where it stands. */
const MOST_ANSWERED = 4096

/** One sync session over one pipe. No timers, no pipe, no keys inside: events in, effects out. */
export class SyncSession {
  readonly #shelf: RunShelf
  readonly #channels = new Map<ChannelId, ChannelSync>()
  #closed = false
  #early: readonly Extract<SyncEvent, { type: 'present' }>[] = []

  constructor(shelf: RunShelf, channels: readonly ChannelId[]) {
    this.#shelf = shelf
    for (const channel of channels) {
      this.#channels.set(channel, {
        out: new Outflow(shelf, channel),
        told: new Map(),
        heard: new Map(),
        shown: new Map(),
        asked: new Map(),
        answered: new Set(),
        taken: 0,
        underAdmission: 0,
        common: false,
        theirDone: false,
        part: undefined,
        status: '',
      })
    }
  }

  handle(event: SyncEvent): readonly SyncEffect[] {
    if (this.#closed) return []
    const effects: SyncEffect[] = []
    switch (event.type) {
      case 'opened':
      case 'tick':
        this.#send(effects, { type: 'hello', version: PROTOCOL, channels: [...this.#channels.keys()] })
        break
      case 'message':
        this.#hear(event.bytes, effects)
        break
      case 'taken': {
        const sync = this.#channels.get(event.channel)
        if (sync === undefined) break
        sync.taken++
        sync.underAdmission--
        this.#tell(event.channel, sync, false, effects)
        for (const gap of event.needs) this.#ask(event.channel, sync, gap, effects)
        this.#askFor(event.channel, sync, event.missing, effects)
        if (event.refused !== undefined) {
          this.#send(effects, { type: 'refused', channel: event.channel, code: event.refused })
        }
        this.#missWhatIsHeld(event.channel, sync, effects)
        this.#pump(event.channel, sync, effects)
        break
      }
      case 'wanted': {
        const sync = this.#channels.get(event.channel)
        if (sync?.common === true) this.#ask(event.channel, sync, event, effects)
        break
      }
      case 'present':
        if (this.#channels.get(event.channel)?.common === true)
          this.#send(effects, { type: 'presence', channel: event.channel, bytes: event.bytes })
        // Said before the other side was greeted: the last of it is said then.
        else this.#early = [...this.#early, event].slice(-MOST_EARLY)
        break
      case 'grown': {
        const sync = this.#channels.get(event.channel)
        if (sync?.common !== true) break
        this.#showForks(event.channel, sync)
        this.#pump(event.channel, sync, effects)
        break
      }
    }
    return effects
  }

  /** How a channel stands between the two: undefined when the other side does not speak of it. */
  standing(channel: ChannelId): Standing | undefined {
    const sync = this.#channels.get(channel)
    if (sync?.common !== true) return undefined
    const missed = sync.underAdmission > 0 ? [] : sync.out.wanting()
    return {
      theirs: (feed) => sync.out.theirs(feed),
      wanting: missed.filter(({ feed, fromSeq }) => sync.asked.get(feed)?.has(fromSeq) === true),
    }
  }

  #hear(bytes: Uint8Array, effects: SyncEffect[]): void {
    const decoded = decodeMessage(bytes)
    if (!decoded.ok) {
      // A kind of message that a later version has is skipped; nonsense ends the session, so that a broken peer cannot keep us busy.
      if (decoded.refusal !== 'message-unknown') this.#close('malformed', effects)
      return
    }
    const message = decoded.value
    if (message.type === 'hello') {
      this.#greet(message, effects)
      return
    }
    const sync = this.#channels.get(message.channel)
    if (sync === undefined) return
    // A channel that only we named may be refused, by a party that does not know us in it.
    if (!sync.common && message.type !== 'refused') return
    this.#hearOf(message.channel, sync, message, effects)
  }

  #greet(message: Extract<Message, { type: 'hello' }>, effects: SyncEffect[]): void {
    if (message.version > PROTOCOL) {
      this.#close('newer-version', effects)
      return
    }
    // There was none before the first: whoever names one wants to be spoken to in another way than this.
    if (message.version < PROTOCOL) {
      this.#close('malformed', effects)
      return
    }
    for (const channel of message.channels) {
      const sync = this.#channels.get(channel)
      if (sync === undefined) continue
      sync.common = true
      sync.answered.clear()
      for (const { channel: of, bytes } of this.#early)
        if (of === channel) this.#send(effects, { type: 'presence', channel, bytes })
      this.#early = this.#early.filter(({ channel: of }) => of !== channel)
      sync.taken = 0
      this.#tell(channel, sync, true, effects)
    }
  }

  #askFor(channel: ChannelId, sync: ChannelSync, heads: readonly Head[], effects: SyncEffect[]): void {
    for (const { feed, seq } of heads) {
      const held = this.#shelf.tips(channel).find((tip) => tip.feed === feed)?.seq ?? 0
      // What the other side is known to hold is on its way already.
      if (held < seq && sync.out.holds(feed, seq)) continue
      // Held, and yet missing: it is another past of that feed that is named.
      const fromSeq = held < seq ? held + 1 : Math.max(1, seq - BEFORE_A_FORK)
      this.#ask(channel, sync, { feed, fromSeq }, effects)
    }
  }

  /** Once until the next whole frontier: asking again would only make the same bytes travel twice. */
  #ask(
    channel: ChannelId,
    sync: ChannelSync,
    need: { readonly feed: FeedId; readonly fromSeq: number },
    effects: SyncEffect[],
  ): void {
    const { feed, fromSeq } = need
    const asked = sync.asked.get(feed) ?? new Set()
    if (asked.has(fromSeq)) return
    sync.asked.set(feed, asked.add(fromSeq))
    sync.theirDone = false
    this.#send(effects, { type: 'need', channel, feed, fromSeq })
  }

  /** The other side says that it has sent everything, and still names more than came: what it lost on the way, or does not hold. */
  #missWhatIsHeld(channel: ChannelId, sync: ChannelSync, effects: SyncEffect[]): void {
    if (!sync.theirDone || sync.underAdmission > 0) return
    for (const gap of sync.out.wanting()) this.#ask(channel, sync, gap, effects)
  }

  #hearOf(
    channel: ChannelId,
    sync: ChannelSync,
    message: Exclude<Message, { type: 'hello' }>,
    effects: SyncEffect[],
  ): void {
    switch (message.type) {
      case 'frontier':
        if (message.whole) {
          sync.asked.clear()
          sync.answered.clear()
          sync.out.restart(message.tips)
          this.#askFor(channel, sync, this.#shelf.missing?.(channel) ?? [], effects)
          sync.heard.clear()
          for (const [feed, shown] of sync.shown) sync.shown.set(feed, { ...shown, frontiers: shown.frontiers + 1 })
        } else sync.out.advance(message.tips, message.taken)
        for (const { feed, seq } of message.tips) sync.heard.set(feed, seq)
        this.#showForks(channel, sync)
        this.#pump(channel, sync, effects)
        break
      case 'runs':
        sync.theirDone = false
        sync.out.advance(message.runs.map(tipOf), 0)
        sync.underAdmission++
        effects.push({ type: 'take', channel, runs: message.runs })
        break
      case 'piece':
        sync.theirDone = false
        this.#join(channel, sync, message, effects)
        break
      case 'need':
        sync.out.rewind(message.feed, message.fromSeq)
        this.#addBeyond(channel, sync, message)
        this.#pump(channel, sync, effects)
        break
      case 'done':
        sync.theirDone = true
        this.#missWhatIsHeld(channel, sync, effects)
        this.#say(channel, sync, effects)
        break
      case 'refused':
        effects.push({ type: 'status', channel, status: { refused: message.code } })
        break
      case 'presence':
        effects.push({ type: 'presence', channel, bytes: message.bytes })
        break
    }
  }

  #join(
    channel: ChannelId,
    sync: ChannelSync,
    piece: Extract<Message, { type: 'piece' }>,
    effects: SyncEffect[],
  ): void {
    const { feed, lastSeq, total } = piece
    const part = piece.at === 0 ? { feed, lastSeq, total, bytes: new Uint8Array(0) as Uint8Array } : sync.part
    // A part was lost or came twice: the run comes again when our frontier shows that it is missing.
    const fits = part?.bytes.length === piece.at && part.feed === feed && part.total === total
    if (!fits) {
      sync.part = undefined
      this.#acknowledge(channel, sync, effects)
      return
    }
    part.bytes = concat(part.bytes, piece.bytes)
    sync.part = part
    if (part.bytes.length < total) {
      this.#acknowledge(channel, sync, effects)
      return
    }
    sync.part = undefined
    sync.out.advance([{ feed, seq: lastSeq }], 0)
    sync.underAdmission++
    effects.push({ type: 'take', channel, runs: [{ feed, lastSeq, bytes: part.bytes }] })
  }

  #acknowledge(channel: ChannelId, sync: ChannelSync, effects: SyncEffect[]): void {
    sync.taken++
    this.#tell(channel, sync, false, effects)
  }

  #tell(channel: ChannelId, sync: ChannelSync, whole: boolean, effects: SyncEffect[]): void {
    const tips = this.#shelf.tips(channel)
    const news = whole ? tips : tips.filter((tip) => sync.told.get(tip.feed) !== tip.seq)
    for (const tip of news) sync.told.set(tip.feed, tip.seq)
    this.#send(effects, { type: 'frontier', channel, whole, taken: sync.taken, tips: news })
    sync.taken = 0
  }

  /** Behind a fork a feed has no tip that is told: who needs what is held of it asks, and is sent that much. */
  #addBeyond(channel: ChannelId, sync: ChannelSync, { feed, fromSeq }: Extract<Message, { type: 'need' }>): void {
    const tip = this.#shelf.tips(channel).find((one) => one.feed === feed)?.seq ?? 0
    const asked = `${feed}/${fromSeq}`
    if (tip >= fromSeq || sync.answered.has(asked) || sync.answered.size >= MOST_ANSWERED) return
    sync.answered.add(asked)
    const runs = [
      ...this.#shelf.runs(channel, feed, fromSeq, MESSAGE_LIMITS.runs),
      ...(this.#shelf.others?.(channel, feed) ?? []),
    ].slice(0, MESSAGE_LIMITS.runs)
    sync.out.addAsked(runs)
  }

  /**
   * Whoever stands behind our last entry that counts of a forked feed knows of no fork there, or of a later one. An entry that says
   * so may never come, because nobody who knows may write: so it is shown here, by two runs that prove themselves. They may be lost: so
   * they are shown again, and more and more seldom, to whoever takes no notice.
   */
  #showForks(channel: ChannelId, sync: ChannelSync): void {
    if (this.#shelf.forkProof === undefined) return
    const tips = new Map(this.#shelf.tips(channel).map(({ feed, seq }) => [feed, seq]))
    for (const [feed, seq] of sync.heard) {
      const held = tips.get(feed) ?? 0
      if (seq <= held) continue
      const shown = sync.shown.get(feed)
      // Another fork, before the one that was shown, is news.
      const before = shown !== undefined && held >= shown.held ? shown : undefined
      if (before && before.frontiers < before.again) continue
      const runs = this.#shelf.forkProof(channel, feed)
      if (runs.length === 0) continue
      sync.shown.set(feed, { held, frontiers: 0, again: before ? before.again * 2 : 1 })
      sync.out.add(runs)
    }
  }

  #pump(channel: ChannelId, sync: ChannelSync, effects: SyncEffect[]): void {
    for (let message = sync.out.next(); message !== undefined; message = sync.out.next()) this.#send(effects, message)
    this.#say(channel, sync, effects)
  }

  #say(channel: ChannelId, sync: ChannelSync, effects: SyncEffect[]): void {
    const status = !sync.theirDone ? 'behind' : sync.out.level ? 'level' : 'ahead'
    if (status === sync.status) return
    sync.status = status
    effects.push({ type: 'status', channel, status })
  }

  #send(effects: SyncEffect[], message: Message): void {
    effects.push({ type: 'send', bytes: encodeMessage(message) })
  }

  #close(code: 'newer-version' | 'malformed', effects: SyncEffect[]): void {
    this.#closed = true
    effects.push({ type: 'close', code })
  }
}

const tipOf = (run: CarriedRun): Pick<FeedTip, 'feed' | 'seq'> => ({ feed: run.feed, seq: run.lastSeq })
