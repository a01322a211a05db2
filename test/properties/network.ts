import type { ChannelId } from '#shared/kernel/ids.ts'
import type { Head } from '#shared/seal/entry.ts'
import { publicCode, type PublicCode } from '#shared/sync/refusal.ts'
import { SyncSession, type SyncEffect, type SyncEvent, type SyncStatus } from '#shared/sync/session.ts'
import type { Peer } from './peer.ts'

/** What befalls the next message: the network is a list of these, drawn by the test. */
export type Fate = 'deliver' | 'drop' | 'twice' | 'swap'

interface End {
  readonly peer: Peer
  readonly session: SyncSession
  readonly inbox: Uint8Array[]
  status: SyncStatus | undefined
  closed: string | undefined
}

const newEnd = (peer: Peer): End => ({
  peer,
  session: new SyncSession(peer.shelf, [peer.id]),
  inbox: [],
  status: undefined,
  closed: undefined,
})

/** A link between two peers over which the real protocol runs, message by message and without time. */
export class Link {
  #ends: readonly [End, End]
  readonly #fates: () => Fate
  /** A partition: nothing passes until it is lifted. */
  cut = false
  sent = 0
  largest = 0

  constructor(left: Peer, right: Peer, fates: () => Fate = () => 'deliver') {
    this.#ends = [newEnd(left), newEnd(right)]
    this.#fates = fates
  }

  get ends(): readonly [End, End] {
    return this.#ends
  }

  /** One side crashed and came back: what flew is lost, and both sides begin a new session. */
  reconnect(gone: Peer, back: Peer): void {
    const [left, right] = this.#ends.map(({ peer }) => (peer === gone ? back : peer)) as [Peer, Peer]
    this.#ends = [newEnd(left), newEnd(right)]
    this.open()
  }

  open(): void {
    for (const end of this.ends) this.#do(end, { type: 'opened' })
  }
  tick(): void {
    for (const end of this.ends) this.#do(end, { type: 'tick' })
  }
  grown(peer: Peer): void {
    for (const end of this.ends) if (end.peer === peer) this.#do(end, { type: 'grown', channel: peer.id })
  }

  /** Delivers one message at either end; false when none is under way. */
  step(): boolean {
    const end = this.ends.find(({ inbox }) => inbox.length > 0)
    const bytes = end?.inbox.shift()
    if (end === undefined || bytes === undefined) return false
    this.#do(end, { type: 'message', bytes })
    return true
  }

  run(): void {
    while (this.step());
  }

  #do(end: End, event: SyncEvent): void {
    for (const effect of end.session.handle(event)) this.#carryOut(end, effect)
  }

  #carryOut(end: End, effect: SyncEffect): void {
    switch (effect.type) {
      case 'send':
        this.#carry(end, effect.bytes)
        break
      case 'take': {
        const outcome = takeAll(end.peer, effect.channel, effect.runs)
        this.#do(end, outcome)
        break
      }
      case 'presence':
        break
      case 'status':
        end.status = effect.status
        break
      case 'close':
        end.closed = effect.code
        break
    }
  }

  #carry(from: End, bytes: Uint8Array): void {
    this.sent++
    this.largest = Math.max(this.largest, bytes.length)
    const { inbox } = this.ends[0] === from ? this.ends[1] : this.ends[0]
    const fate = this.cut ? 'drop' : this.#fates()
    if (fate === 'drop') return
    if (fate === 'swap') inbox.splice(Math.max(0, inbox.length - 1), 0, bytes)
    else inbox.push(bytes)
    if (fate === 'twice') inbox.push(bytes)
  }
}

/** What an engine does with a `take`: admission, then the news for the session. */
function takeAll(peer: Peer, channel: ChannelId, runs: readonly { readonly bytes: Uint8Array }[]): SyncEvent {
  const needs: { feed: Peer['party']['feed']; fromSeq: number }[] = []
  let missing: readonly Head[] = []
  let refused: PublicCode | undefined
  for (const { bytes } of runs) {
    const taken = peer.take(bytes)
    if (taken.outcome === 'taken') missing = taken.missing
    else {
      if (taken.need !== undefined) needs.push(taken.need)
      refused = publicCode(taken.code)
    }
  }
  const news = { type: 'taken', channel, needs, missing } as const
  return refused === undefined ? news : { ...news, refused }
}
