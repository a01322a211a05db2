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
  /** `narrowing:line:seq` of entries that were judged as under the new roles. */
  readonly #applied = new Set<string>()

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
    for (const narrowing of this.#endings.narrowingsOf(line))
      if (this.#applies(narrowing, line, seq)) this.#applied.add(placeOf(narrowing, line, seq))
  }

  /** The same for all that an earlier reading judged, when this one goes on from there. */
  resume(): void {
    for (const { line, seq } of this.#unaware()) this.judged(line, seq)
  }

  /** Whether something that was judged would be judged differently now: the channel has to be read again. */
  get unsettled(): boolean {
    return this.#unaware().some(
      ({ narrowing, line, seq }) =>
        this.#applied.has(placeOf(narrowing, line, seq)) === this.#endings.vouchesFor(narrowing, line, seq),
    )
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

  /** Entries that were judged, lie beyond the cut of a narrowing and do not know of it. Who knows once does so from there on. */
  #unaware(): readonly { readonly narrowing: Narrowing; readonly line: FeedLine; readonly seq: number }[] {
    return this.#endings.all.filter(isNarrowing).flatMap((narrowing) =>
      this.#index.all
        .filter(({ id }) => deviceOf(id) === narrowing.subject.device)
        .flatMap((line) => {
          if (!this.#endings.narrowingsOf(line).some(({ id }) => id === narrowing.id)) return []
          const from = Math.max(this.#endings.lastWithin(narrowing, line), line.branch?.after ?? 0)
          const places: { narrowing: Narrowing; line: FeedLine; seq: number }[] = []
          for (let seq = from + 1; seq <= line.admitted.length; seq++) {
            if (!this.#endings.isUnaware(narrowing, line, seq)) break
            places.push({ narrowing, line, seq })
          }
          return places
        }),
    )
  }
}

const placeOf = ({ id }: Narrowing, { number }: FeedLine, seq: number): string => `${id}:${number}:${seq}`
const nameOf = ({ id }: Narrowing, { hashes }: FeedLine, seq: number): string => `${id}:${hashes.of(seq)}`
