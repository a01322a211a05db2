import type { DeviceId } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf } from '#shared/seal/entry.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { isNarrowing, type Narrowing } from './ending.ts'
import type { Endings } from './endings.ts'

/** What a device wrote beyond the cut of a narrowing as if it did not know of it: how much others vouch for, and how much has no effect. */
export interface BeyondNarrowing {
  readonly narrowing: Narrowing
  readonly vouched: number
  readonly heldBack: number
}

/** Entries of a feed behind `after`, up to `last`: judged, beyond the cut of a narrowing in force, and without knowledge of it. */
interface Stretch {
  readonly narrowing: Narrowing
  readonly line: FeedLine
  readonly after: number
  readonly last: number
}

/** Up to where the answers for a stretch were asked: under which knowledge, and how much of it which other feed had seen. */
interface Asked {
  readonly known: string
  readonly last: number
  readonly seen: ReadonlyMap<number, number>
}

/**
 * What narrowed roles leave of what their device wrote under the wider ones. Within the cut, and where another device had seen an
 * entry before it knew, all of it counts. Beyond that an entry that does not know of the narrowing has to be allowed by the new
 * certificate, too. It is refused and not kept waiting: the person goes on in the same feed. So unlike a wait this verdict may be wrong
 * until the last witness is there; then the log is read again, knowing who is vouched for.
 */
export class Narrowings {
  readonly #index: ChannelIndex
  readonly #endings: Endings
  /** `narrowing:hash` of entries that an earlier reading found vouched for by entries which this one meets later. */
  readonly #foreknown: ReadonlySet<string>
  /** Of a narrowing and a feed the entries that were judged as under the new roles. */
  readonly #applied = new Map<string, Set<number>>()
  readonly #asked = new Map<string, Asked>()
  #unsettled = false

  constructor(index: ChannelIndex, endings: Endings, foreknown: readonly string[]) {
    this.#index = index
    this.#endings = endings
    this.#foreknown = new Set(foreknown)
  }

  /**
   * The certificates that have to allow entry `seq` of `line` besides `author`, under which it was written, the newest last: as its
   * word the entry is taken. Roles may be narrowed several times.
   */
  of(line: FeedLine, seq: number, author: RoleCertificate): readonly RoleCertificate[] {
    const found = new Map<string, RoleCertificate>()
    const ended = new Set([author.serial])
    const inForce = this.#endings.narrowingsOf(line)
    for (let size = -1; size < found.size;) {
      size = found.size
      for (const narrowing of inForce) {
        const { id, subject } = narrowing
        if (found.has(id) || !subject.from.some((serial) => ended.has(serial))) continue
        if (!this.#applies(narrowing, line, seq)) continue
        found.set(id, subject.by)
        ended.add(subject.by.serial)
      }
    }
    return [...found.values()].toSorted(
      (one, other) => one.validFrom - other.validFrom || (one.serial < other.serial ? -1 : 1),
    )
  }

  /** Remembers how entry `seq` of `line` was judged, to notice when it would be judged differently. */
  judged(line: FeedLine, seq: number): void {
    if (this.#endings.empty) return
    for (const narrowing of this.#endings.narrowingsOf(line))
      if (this.#applies(narrowing, line, seq)) this.#apply(narrowing, line, seq)
  }

  /** The same for all that an earlier reading judged, when this one goes on from there; `vouched` as that reading told them. */
  resume(vouched: readonly string[]): void {
    const names = new Set(vouched)
    for (const { narrowing, line, after, last } of this.#stretches())
      for (let seq = after + 1; seq <= last; seq++)
        if (!names.has(nameOf(narrowing, line, seq))) this.#apply(narrowing, line, seq)
  }

  #apply(narrowing: Narrowing, line: FeedLine, seq: number): void {
    const key = keyOf(narrowing, line)
    const applied = this.#applied.get(key) ?? new Set<number>()
    this.#applied.set(key, applied.add(seq))
  }

  /** Whether something that was judged would be judged differently now: the channel has to be read again. */
  get unsettled(): boolean {
    this.#unsettled ||= !this.#endings.empty && this.#turned()
    return this.#unsettled
  }

  #turned(): boolean {
    const stretches = this.#stretches()
    const inForce = new Set(stretches.map(({ narrowing, line }) => keyOf(narrowing, line)))
    for (const key of this.#asked.keys()) if (!inForce.has(key)) this.#asked.delete(key)
    // The root may have ended the issuer whose word a narrowing is.
    if ([...this.#applied.keys()].some((key) => !inForce.has(key))) return true
    const open = stretches.filter(({ after, last }) => last > after)
    if (open.length === 0) return false
    const { stamp } = this.#endings
    return open.some((stretch) => {
      const { narrowing, line } = stretch
      const applied = this.#applied.get(keyOf(narrowing, line))
      return this.#toAsk(stretch, `${stamp}/${this.#doubtful(stretch)}`).some(
        (seq) => (applied?.has(seq) ?? false) === this.#endings.vouchesFor(narrowing, line, seq),
      )
    })
  }

  /**
   * Entries of a stretch whose answer may be another than when this was last asked. Who had seen an entry first never changes, so for
   * the same knowledge these are the new ones, and those that another feed has come to see since: or a flood would be walked at every entry.
   */
  #toAsk({ narrowing, line, after, last }: Stretch, known: string): readonly number[] {
    const key = keyOf(narrowing, line)
    const before = this.#asked.get(key)
    const seen = new Map(this.#seen(line, last))
    this.#asked.set(key, { known, last, seen })
    const ranges =
      before?.known === known
        ? [[before.last, last] as const, ...[...seen].map(([other, to]) => [before.seen.get(other) ?? 0, to] as const)]
        : [[after, last] as const]
    return ranges.flatMap(([from, to]) => {
      const first = Math.max(from, after) + 1
      return Array.from({ length: Math.max(0, to - first + 1) }, (_, at) => first + at)
    })
  }

  /** How much feeds of other devices have seen of a feed, up to `last`. */
  #seen(line: FeedLine, last: number): readonly (readonly [number, number])[] {
    return this.#index.all
      .filter(({ id }) => deviceOf(id) !== deviceOf(line.id))
      .map((other) => [other.number, Math.min(last, this.#index.seqSeen(other, other.lamports.length, line.number))])
  }

  /**
   * What else an answer for a stretch hangs on: a witness whom an ending concerns as well needs a witness itself, and that one again;
   * and one behind a fork needs somebody who leans on it.
   */
  #doubtful({ line }: Stretch): string {
    if (this.#index.branches.length > 0) return this.#index.all.map(({ hashes }) => hashes.length).join()
    const concerned = this.#index.all.filter((other) => this.#endings.about(other).length > 0)
    if (concerned.every(({ id }) => deviceOf(id) === deviceOf(line.id))) return ''
    return concerned
      .map((other) => {
        const within = this.#endings.about(other).map((ending) => this.#endings.lastWithin(ending, other))
        return [...within, ...this.#seen(other, other.lamports.length)].join()
      })
      .join(';')
  }

  /** Entries that are vouched for, for another reading of the log, which meets their witnesses later. */
  get vouched(): readonly string[] {
    const found = this.#unaware().flatMap(({ narrowing, line, seq }) =>
      this.#endings.vouchesFor(narrowing, line, seq) ? [nameOf(narrowing, line, seq)] : [],
    )
    return [...new Set(found)].sort()
  }

  /** Whether how entry `seq` of `line` counts follows from who vouches for it. */
  rests(line: FeedLine, seq: number): boolean {
    return this.#endings.narrowingsOf(line).some((narrowing) => this.#endings.isUnaware(narrowing, line, seq))
  }

  /**
   * Entries of a device that were refused while it did not know of a narrowing: for each feed and each time that it did not know, in
   * the order in which they were written.
   */
  heldBackOf(device: DeviceId): readonly { readonly line: FeedLine; readonly seqs: readonly number[] }[] {
    const found: { readonly line: FeedLine; readonly from: number; to: number }[] = []
    const own = this.#stretches().filter(({ line, after, last }) => line.branch === null && deviceOf(line.id) === device && last > after) // prettier-ignore
    for (const { line, after, last } of own.toSorted(
      (one, other) => one.line.number - other.line.number || one.after - other.after,
    )) {
      const before = found.at(-1)
      if (before?.line === line && after < before.to) before.to = Math.max(before.to, last)
      else found.push({ line, from: after + 1, to: last })
    }
    return found.map(({ line, from, to }) => ({
      line,
      seqs: line.admitted.slice(from - 1, to).flatMap((counts, at) => (counts ? [] : [from + at])),
    }))
  }

  /** What each narrowing in force found beyond its cut. */
  get beyond(): readonly BeyondNarrowing[] {
    const unaware = this.#unaware()
    return this.#endings.all.filter(isNarrowing).map((narrowing) => {
      const places = unaware.filter((place) => place.narrowing.id === narrowing.id && place.line.branch === null)
      const refused = places.filter(({ line, seq }) => line.admitted[seq - 1] === false)
      const vouched = places.filter(
        ({ line, seq }) => line.admitted[seq - 1] === true && this.#endings.vouchesFor(narrowing, line, seq),
      )
      return { narrowing, vouched: vouched.length, heldBack: refused.length }
    })
  }

  #applies(narrowing: Narrowing, line: FeedLine, seq: number): boolean {
    if (!this.#endings.isUnaware(narrowing, line, seq)) return false
    if (this.#foreknown.has(nameOf(narrowing, line, seq))) return false
    return !this.#endings.vouchesFor(narrowing, line, seq)
  }

  #unaware(): readonly { readonly narrowing: Narrowing; readonly line: FeedLine; readonly seq: number }[] {
    return this.#stretches().flatMap(({ narrowing, line, after, last }) =>
      Array.from({ length: Math.max(0, last - after) }, (_, at) => ({ narrowing, line, seq: after + 1 + at })),
    )
  }

  /** For every narrowing in force and feed of its device, also where there is no such entry. Who knows once does so from there on. */
  #stretches(): readonly Stretch[] {
    return this.#endings.all.filter(isNarrowing).flatMap((narrowing) =>
      this.#index.all
        .filter((line) => deviceOf(line.id) === narrowing.subject.device)
        .filter((line) => this.#endings.narrowingsOf(line).some(({ id }) => id === narrowing.id))
        .map((line) => {
          const after = Math.max(this.#endings.lastWithin(narrowing, line), line.branch?.after ?? 0)
          let [last, known] = [after, line.admitted.length + 1]
          while (known - last > 1) {
            const middle = (last + known) >> 1
            if (this.#endings.isUnaware(narrowing, line, middle)) last = middle
            else known = middle
          }
          return { narrowing, line, after, last }
        }),
    )
  }
}

const keyOf = ({ id }: Narrowing, { number }: FeedLine): string => `${id}:${number}`
const nameOf = ({ id }: Narrowing, { hashes }: FeedLine, seq: number): string => `${id}:${hashes.of(seq)}`
