import type { CompanyId, DeviceId, FeedId } from '#shared/kernel/ids.ts'
import { deviceOf } from '#shared/seal/entry.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { Cuts } from './cuts.ts'
import { isNarrowing, type Ending, type Narrowing, type Place } from './ending.ts'
import { Goings } from './goings.ts'
import type { MembershipView } from './membership-view.ts'

/** What an earlier reading found, as far as endings go. */
interface Foreseen {
  readonly endings: readonly Ending[]
  readonly discounted: readonly string[]
  readonly accepted: readonly string[]
}

/**
 * What revocations leave of those whom they end. An entry counts when it lies within the cut, or when a device of somebody
 * else took it into its own ancestry before that device knew of the revocation: a thief can write anything into the past, but
 * cannot make others have seen it. So the answer follows from who had seen what, never from the order of arrival, and for a
 * given set of revocations it only ever turns from no to yes.
 */
export class Endings {
  readonly #index: ChannelIndex
  readonly #membership: MembershipView
  readonly #endings = new Map<string, Ending>()
  /** Witnesses found certified; a certificate that was there stays there. */
  readonly #certified = new Set<string>()
  /** Goings that nothing that counts tells of. */
  readonly #goings: Goings
  /** Where companies were taken in. */
  readonly #takenIn: { readonly company: CompanyId; readonly at: Place }[] = []
  /** Of `discounted`, as an earlier reading found it: for as long as this one has not come to what speaks against them. */
  readonly #discounted: ReadonlySet<string>
  readonly #cuts: Cuts
  #version = 0

  constructor(
    index: ChannelIndex,
    membership: MembershipView,
    foreknown: Foreseen,
    forkedAfter: (feed: FeedId) => number | undefined,
  ) {
    this.#index = index
    this.#membership = membership
    this.#cuts = new Cuts(index, foreknown.accepted, forkedAfter)
    this.#goings = new Goings(index, membership, this)
    this.#discounted = new Set(foreknown.discounted)
    for (const ending of foreknown.endings) this.#endings.set(ending.id, ending)
  }

  get all(): readonly Ending[] {
    return [...this.#endings.values()]
  }
  get empty(): boolean {
    return this.#endings.size === 0
  }
  has(id: string): boolean {
    return this.#endings.has(id)
  }

  /** Takes an ending, or one more entry that carries it, into account. */
  learn(ending: Ending): void {
    this.#version++
    const known = this.#endings.get(ending.id)
    if (known === undefined) this.#endings.set(ending.id, ending)
    else if (!known.carriers.some(({ feed, seq }) => ending.carriers.some((at) => at.feed === feed && at.seq === seq)))
      this.#endings.set(ending.id, { ...known, carriers: [...known.carriers, ...ending.carriers] })
  }

  /** Takes into account that a company's going was told by an entry that waits, or that was refused for its author's roles. */
  hearOfGoing(ending: Ending): void {
    this.#version++
    this.#goings.hear(ending)
  }

  /** Ids of goings of which an entry, whose edges are drawn, shows that somebody had taken them in, and that had no effect so far. */
  goingsShownBy(at: Place): readonly string[] {
    return this.empty ? [] : this.#goings.shownBy(at).filter((id) => !this.has(id))
  }

  /** Whether a going that counts now was void for whoever wrote `by`. */
  isVoidFor(going: Place, by: Place): boolean {
    return !this.empty && this.#goings.isHeldBack(going, by)
  }

  /** Goings that are in force and told by nothing that counts in this reading: the next one has to do without them. */
  get unfounded(): readonly Ending[] {
    return this.all.filter((ending) => ending.subject.kind === 'company' && !this.#isTold(ending))
  }

  /** Whether an ending is in force and told by nothing that counts. */
  isUntold(id: string): boolean {
    const ending = this.#endings.get(id)
    return ending !== undefined && !this.#isTold(ending)
  }

  #isTold({ carriers }: Ending): boolean {
    return carriers.some(({ feed, seq }) => this.#index.line(feed)?.admitted[seq - 1] === true)
  }

  /** Entries of forked feeds that lie within a cut, for another reading of the log. */
  get acceptedSides(): readonly string[] {
    return this.#cuts.sidesOf(this.all)
  }

  /** Endings that are the word of an issuer whom the root had ended without having seen them. */
  get discounted(): readonly string[] {
    return this.all.flatMap((ending) => (ending.signedBy === null || this.#counts(ending) ? [] : [ending.id])).sort()
  }

  /** Another text whenever what is known of endings and members may make an answer about one entry another one. */
  get stamp(): string {
    const counting = this.all.map((ending) => Number(this.#counts(ending))).join('')
    return `${this.#version}/${this.#membership.size}/${counting}`
  }

  /** Whether an ending is told by an entry that was judged and is not admitted, or by none that counts: a stored state does not hold what it says. */
  get overheard(): boolean {
    const isRefused = ({ feed, seq }: Place): boolean => this.#index.line(feed)?.admitted[seq - 1] === false
    const told = [...this.all, ...this.#goings.contending]
    return told.some(({ carriers }) => carriers.some(isRefused)) || this.all.some((ending) => !this.#isTold(ending))
  }

  /** A company was taken in by an entry that is admitted: that lifts every going of it that the entry had seen. */
  lift(company: CompanyId, at: Place): void {
    this.#version++
    this.#takenIn.push({ company, at })
  }

  /** Whether entry `seq` of `line` lies beyond a cut and nobody vouches for it. */
  parks(line: FeedLine, seq: number): boolean {
    return this.#concerning(line).some((ending) => !this.#within(ending, line, seq) && !this.#witnessed(ending, line, seq)) // prettier-ignore
  }

  /** Whether entry `seq` of `line` lies beyond a cut and counts because somebody vouches for it. */
  flags(line: FeedLine, seq: number): boolean {
    return this.#concerning(line).some((ending) => !this.#within(ending, line, seq))
  }

  /** Whether something that was judged would wait now: the channel has to be read again. */
  unsettled(): boolean {
    return this.#index.all.some((line) =>
      this.#concerning(line).some((ending) => {
        let seq = line.admitted.length
        // What was written in knowledge of the revocation was refused for that, and stays refused.
        while (seq > 0 && this.#knows(ending, line, seq)) seq--
        return seq > 0 && !this.#within(ending, line, seq) && !this.#witnessed(ending, line, seq)
      }),
    )
  }

  /** All endings in force that concern the device of a feed. */
  about(line: FeedLine): readonly Ending[] {
    return this.all.filter((ending) => this.#concerns(ending, deviceOf(line.id)) && this.#counts(ending))
  }

  #concerning(line: FeedLine): readonly Ending[] {
    return this.all.filter(
      (ending) => ending.subject.kind !== 'roles' && this.#concerns(ending, deviceOf(line.id)) && this.#counts(ending),
    )
  }

  /** Narrowings of roles in force for the device of a feed. They make nothing wait: `Narrowings` says what they do. */
  narrowingsOf(line: FeedLine): readonly Narrowing[] {
    return this.all.filter(isNarrowing).filter((one) => this.#concerns(one, deviceOf(line.id)) && this.#counts(one))
  }

  /** Whether entry `seq` of `line` lies beyond the cut of a narrowing, and does not know of it by an entry that is admitted. */
  isUnaware(narrowing: Narrowing, line: FeedLine, seq: number): boolean {
    return !this.#cuts.accept(narrowing, line, seq) && !this.#knows(narrowing, line, seq)
  }

  /** The last entry of `line` that the cut of an ending accepts; 0 when none. */
  lastWithin(ending: Ending, line: FeedLine): number {
    return this.#cuts.last(ending, line)
  }

  /** Whether another device had entry `seq` of `line` before it knew of the narrowing. */
  vouchesFor(narrowing: Narrowing, line: FeedLine, seq: number): boolean {
    return this.#witnessed(narrowing, line, seq)
  }

  /** Accepted by the cut; or written in knowledge of a company's going, and then judged by that alone: it may be in again. */
  #within(ending: Ending, line: FeedLine, seq: number): boolean {
    if (this.#cuts.accept(ending, line, seq)) return true
    if (ending.subject.kind !== 'company') return false
    return ending.carriers.some((carrier) => this.#heeds(ending, { feed: line.id, seq }, carrier))
  }

  /** Whether a revocation in force ends this device, also one that only something that waits tells of. */
  ends(device: DeviceId): boolean {
    return this.all.some(
      (one) =>
        one.subject.kind !== 'company' &&
        one.subject.kind !== 'roles' &&
        this.#concerns(one, device) &&
        this.#counts(one),
    )
  }

  /** Whether an ending is about this device. */
  concerns(ending: Ending, device: DeviceId): boolean {
    return this.#concerns(ending, device)
  }

  #concerns({ subject, company, carriers }: Ending, device: DeviceId): boolean {
    if ((subject.kind === 'device' || subject.kind === 'roles') && subject.device !== device) return false
    if (this.#companyOf(device) !== company) return false
    if (subject.kind === 'device' || subject.kind === 'roles') return true
    if (subject.kind === 'company') {
      return !this.#takenIn.some((again) => again.company === company && carriers.some((carrier) => this.#sees(again.at, carrier))) // prettier-ignore
    }
    // Certified again by another issuer: the company has vouched for that device itself.
    const held = this.#membership.now().certificates.get(device) ?? []
    return held.length > 0 && held.every(({ issuer }) => issuer === subject.issuer)
  }

  #companyOf(device: DeviceId): CompanyId | undefined {
    return this.#membership.now().certificates.get(device)?.[0]?.certificate.company
  }

  /** The word of an issuer whom the root ended counts only as far as the root had seen it. */
  #counts(going: Ending): boolean {
    const { signedBy, company, carriers, subject } = going
    if (subject.kind === 'company') return !this.#isContested(going)
    if (signedBy === null) return true
    const ended = this.all.filter((one) => one.subject.kind === 'issuer' && one.subject.issuer === signedBy && one.company === company) // prettier-ignore
    return ended.every((root) => {
      if (root.carriers.some((at) => carriers.some((carrier) => this.#sees(at, carrier)))) return true
      return !this.#discounted.has(going.id) && !root.carriers.every((at) => this.#holds(at))
    })
  }

  /**
   * Whether others removed the company whose device tells of this going, neither knowing of the other. Then both are gone, and this
   * cuts nothing: else two that remove each other would each count where it came first, and who was removed could silence the rest.
   */
  #isContested({ subject, carriers }: Ending): boolean {
    const [at] = carriers
    if (at === undefined || subject.kind !== 'company' || !this.#holds(at)) return false
    const author = this.#companyOf(deviceOf(at.feed))
    if (author === undefined || author === subject.company) return false
    return [...this.all, ...this.#goings.contending].some((other) => {
      const [from] = other.carriers
      if (other.subject.kind !== 'company' || other.subject.company !== author) return false
      return from !== undefined && this.#holds(from) && !this.#sees(from, at) && !this.#sees(at, from)
    })
  }

  #holds({ feed, seq }: Place): boolean {
    return (this.#index.line(feed)?.lamports.length ?? 0) >= seq
  }

  #sees(at: Place, past: Place): boolean {
    return this.#holds(at) && this.#index.hasSeen(at, past)
  }

  #knows(ending: Ending, line: FeedLine, seq: number): boolean {
    return ending.carriers.some((carrier) => {
      const admitted = this.#index.line(carrier.feed)?.admitted[carrier.seq - 1] === true
      return admitted && this.#heeds(ending, { feed: line.id, seq }, carrier)
    })
  }

  /** Whether `at` has a carrier of an ending in its past, and did not have to take it for void there. */
  #heeds({ subject }: Ending, at: Place, carrier: Place): boolean {
    return this.#sees(at, carrier) && !(subject.kind === 'company' && this.#goings.isHeldBack(carrier, at))
  }

  #witnessed(ending: Ending, line: FeedLine, seq: number): boolean {
    return this.#index.all.some((other) => {
      if (deviceOf(other.id) === deviceOf(line.id)) return false
      // Who comes later than the first is vouched for by fewer, too.
      const at = this.#index.firstWith(other, line, seq)
      if (at === undefined) return false
      const place = { feed: other.id, seq: at }
      if (ending.carriers.some((carrier) => this.#heeds(ending, place, carrier))) return false
      // Behind a fork one vouches only as far as somebody who counts leans on it: that much is held by all who judge on.
      if (other.branch !== null && !this.#leanedOn(other, at, line, seq, ending)) return false
      return this.#certifiedBefore(other, at, line, seq) && this.#solid(other, at, ending)
    })
  }

  /**
   * Whether a certified device, neither the branch's own nor that of `line`, has entry `at` of a branch in its past. Or what the branch vouches
   * for: it may have counted on a witness that it could not judge yet, before the fork was known, and must not wait for that for ever.
   */
  #leanedOn(branch: FeedLine, at: number, line: FeedLine, seq: number, ending: Ending): boolean {
    return this.#index.lines.some((other) => {
      if (other.id === branch.feed || deviceOf(other.id) === deviceOf(line.id)) return false
      // What roles took from an entry leaves it in its place, where everybody has it in the past.
      const onLine = ending.subject.kind === 'roles' ? undefined : this.#index.firstWith(other, line, seq)
      const leans = [this.#index.firstWith(other, branch, at), onLine].filter((first) => first !== undefined)
      return leans.some((first) => this.#certifiedBefore(other, first, line, seq) && this.#solid(other, first, ending))
    })
  }

  /**
   * A witness whom a revocation concerns, too, needs a cut or a witness of its own: two stolen devices do not vouch for each other.
   * Nor do two whose roles were narrowed, as far as that goes; against a revocation a narrowed device vouches as before.
   */
  #solid(line: FeedLine, seq: number, against: Ending): boolean {
    const stands = this.#concerning(line).every((ending) => this.#within(ending, line, seq) || this.#witnessed(ending, line, seq)) // prettier-ignore
    if (!stands || against.subject.kind !== 'roles') return stands
    return this.narrowingsOf(line).every((one) => !this.isUnaware(one, line, seq) || this.#witnessed(one, line, seq))
  }

  /** Whether the witness was certified by facts that do not themselves rest on what it vouches for. */
  #certifiedBefore(witness: FeedLine, at: number, line: FeedLine, seq: number): boolean {
    const key = `${witness.number}:${at}:${line.number}:${seq}`
    if (this.#certified.has(key)) return true
    const { certificates } = this.#membership.among((feed, factSeq) => {
      if (factSeq > this.#index.seqSeen(witness, at, feed)) return false
      const author = this.#index.all[feed] as FeedLine
      return feed === line.number ? factSeq < seq : this.#index.seqSeen(author, factSeq, line.number) < seq
    })
    const certified = certificates.has(deviceOf(witness.id))
    if (certified) this.#certified.add(key)
    return certified
  }
}
