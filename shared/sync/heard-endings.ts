import type { DeviceId, EntryHash } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readControl } from '#shared/membership/control.ts'
import { judgeFact } from '#shared/membership/judge-fact.ts'
import { verifyNarrowing } from '#shared/membership/narrowing.ts'
import type { Control } from '#shared/membership/types.ts'
import type { VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { endingIn, type Ending, type Place } from './ending.ts'
import type { Endings } from './endings.ts'
import type { Judges } from './judges.ts'
import type { MembershipView } from './membership-view.ts'
import type { EntryRefusal } from './refusal.ts'

/** Endings that are heard of: those that wait until the engine has said what it had seen, and those that only something that waits tells of. */
export class HeardEndings {
  readonly #judges: Judges
  readonly #index: ChannelIndex
  readonly #membership: MembershipView
  readonly #endings: Endings
  /** Wait until the engine has said what it had seen before them. */
  #due: Ending[] = []
  readonly #peeked = new Set<EntryHash>()
  /** Goings that turn out to have been taken in: those that wait until the engine has said what it had seen before, and those of which it has. */
  readonly #turning = { due: new Set<string>(), answered: new Set<string>() }
  /** Statements of endings that something that waits, or was refused, tells of. */
  readonly #aside = new Map<string, { readonly control: Control; readonly hash: EntryHash }>()
  /** An ending waits for `acknowledge`: off while a log is read, whose order has been decided already. */
  hold = false
  /** What was judged before an ending came does not stand after it. */
  stale = false

  constructor(judges: Judges, index: ChannelIndex, membership: MembershipView, endings: Endings) {
    this.#judges = judges
    this.#index = index
    this.#membership = membership
    this.#endings = endings
  }

  get due(): readonly Ending[] {
    return this.#due
  }

  /** Whether something waits for `acknowledge`. */
  get isDue(): boolean {
    return this.#due.length > 0 || this.#turning.due.size > 0
  }

  /**
   * Whether an entry, whose edges are drawn, has to wait: it shows that somebody had taken a going in which was void here, and the engine has yet
   * to say what it had seen as long as it was.
   */
  turns(at: Place): boolean {
    if (!this.hold) return false
    const turning = this.#endings.goingsShownBy(at).filter((id) => !this.#turning.answered.has(id))
    for (const id of turning) this.#turning.due.add(id)
    return turning.length > 0
  }

  /** The ending that an entry tells of, undefined for any other. */
  in(control: Control, entry: Pick<VerifiedEntry, 'feed' | 'seq' | 'hash'>): Ending | undefined {
    const ending = endingIn(control, this.#judges.channel, entry)
    // A going is its author's word, signed by nobody else: behind a fork it is no fact, and cuts nothing.
    const isForked = ending?.subject.kind === 'company' && this.#index.line(entry.feed)?.branch !== null
    return isForked ? undefined : ending
  }

  /** Takes an ending, or one more entry that tells of it, into account; whether it is in force. */
  meet(ending: Ending): boolean {
    if (this.#endings.has(ending.id)) this.#endings.learn(ending)
    else if (!this.hold) this.#enforce(ending)
    else if (!this.#due.some(({ id }) => id === ending.id)) this.#due.push(ending)
    return this.#endings.has(ending.id)
  }

  /** Puts those that waited in force. */
  acknowledge(): void {
    const due = this.#due
    this.#due = []
    for (const ending of due) this.#enforce(ending)
    for (const id of this.#turning.due) this.#turning.answered.add(id)
    this.#turning.due.clear()
  }

  #enforce(ending: Ending): void {
    this.#endings.learn(ending)
    this.#index.drawAhead()
    this.stale ||= this.#endings.unsettled()
  }

  /**
   * While revocations are in force: who had seen what is drawn as far as it is held, and revocations that wait behind
   * something parked are put in force from there. Else two devices that revoke each other would each win where they came first.
   */
  lookAhead(): void {
    if (this.#endings.empty) return
    this.#index.drawAhead()
    for (const line of this.#index.all) {
      for (const entry of line.waiting) {
        if (entry.seq > line.lamports.length) break
        this.#peek(line, entry)
        this.turns({ feed: line.id, seq: entry.seq })
      }
    }
  }

  /**
   * An entry was refused. A narrowing that it carries is the word of an issuer, and heard nevertheless: as where the entry waits. A going
   * that was refused for its author's roles contests others like one that waits: who vouches for it may be behind just these.
   */
  overhear(line: FeedLine, entry: VerifiedEntry, code: EntryRefusal): void {
    if (entry.epoch === null) return
    const opened = openEntry(this.#judges.crypto, entry, this.#judges.keys.of(entry.epoch))
    const control =
      opened.ok && opened.value.body.kind === 'control' ? readControl(opened.value.body.payload) : undefined
    if (control?.ok !== true) return
    const isHeldBack = control.value.kind === 'company-departed' && code === 'role-narrowed'
    if (isHeldBack || control.value.kind === 'roles-narrowed') this.#peek(line, entry)
  }

  #peek(line: FeedLine, entry: VerifiedEntry): void {
    if (entry.epoch === null || this.#peeked.has(entry.hash)) return
    const opened = openEntry(this.#judges.crypto, entry, this.#judges.keys.of(entry.epoch))
    if (!opened.ok) return
    const { kind, payload, at } = opened.value.body
    const control = kind === 'control' ? readControl(payload) : undefined
    const ending = control?.ok ? this.in(control.value, entry) : undefined
    if (!control?.ok || ending === undefined) {
      this.#peeked.add(entry.hash)
      return
    }
    if (control.value.kind === 'roles-narrowed') {
      const card = this.#membership.now().companies.get(ending.company)?.card
      if (card === undefined || !verifyNarrowing(this.#judges.crypto, card, control.value).ok) return
      this.#peeked.add(entry.hash)
      this.#hearAside(ending, control.value, entry)
      return
    }
    // Who removes whom follows from who was in when it was written; a revocation is signed by those whom it concerns.
    const seen = (feed: number, seq: number): boolean => seq <= this.#index.seqSeen(line, entry.seq, feed)
    const members = ending.subject.kind === 'company' ? this.#membership.among(seen) : this.#membership.now()
    const fact = { hash: entry.hash, author: entry.device, at, payload: control.value }
    const follows = judgeFact(this.#judges.crypto, members, fact).ok
    if (follows && ending.subject.kind === 'company') this.#endings.hearOfGoing(ending)
    else if (follows) this.#hearAside(ending, control.value, entry)
    // What was not admitted of its past yet may still say so.
    if (follows || ending.subject.kind !== 'company') this.#peeked.add(entry.hash)
  }

  #hearAside(ending: Ending, control: Control, { hash }: VerifiedEntry): void {
    this.#aside.set(ending.id, { control, hash })
    this.meet(ending)
  }

  /**
   * Statements in force that nothing that counts tells of. Others may be unable to read what does, under a key from which they were left
   * out: so whoever may write says them again.
   */
  unsaid(author: DeviceId, at: Instant): readonly Control[] {
    const untold = [...this.#aside].filter(([id]) => this.#endings.isUntold(id))
    if (untold.length === 0) return []
    const members = this.#membership.now()
    return untold.flatMap(([, { control, hash }]) =>
      judgeFact(this.#judges.crypto, members, { hash, author, at, payload: control }).ok ? [control] : [],
    )
  }
}
