import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Announcement } from './announcement.ts'

/** Announcements whose parents have not come yet. Beyond that the oldest waits no longer: it comes again with a repetition. */
const MOST_WAITING = 256

interface Known extends Announcement {
  /** Everybody for whom a key was made before this one, in its own ancestry. */
  readonly before: ReadonlySet<DeviceId>
}

/**
 * Which devices a channel announced to those who hold no key. The channel's id is the hash of its creation, so its creator
 * is known; every key is announced in clear by a device that the keys before it were made for, and names the devices that it
 * is made for. Whoever a later key leaves out is dropped. An announcement is judged by its own ancestry alone, so the order
 * of arrival does not matter.
 */
export class Announced {
  readonly #creator: DeviceId
  readonly #known = new Map<EpochId, Known>()
  readonly #leaves = new Set<EpochId>()
  readonly #waiting = new Map<EpochId, Announcement>()
  #ever: ReadonlySet<DeviceId>
  #now: ReadonlySet<DeviceId>

  constructor(creator: DeviceId) {
    this.#creator = creator
    this.#now = new Set([creator])
    this.#ever = this.#now
  }

  /** Devices for whom the newest keys are made: they fetch, and they supply. */
  get now(): ReadonlySet<DeviceId> {
    return this.#now
  }
  /** Every device that was ever announced: what it wrote while it was is still part of the channel. */
  get ever(): ReadonlySet<DeviceId> {
    return this.#ever
  }

  /** Takes announcements in any order; those whose author the ancestry does not announce are without effect. */
  take(announcements: Iterable<Announcement>): void {
    for (const one of announcements) {
      if (this.#known.has(one.id)) continue
      const [oldest] = this.#waiting.keys()
      if (this.#waiting.size >= MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest)
      this.#waiting.set(one.id, one)
    }
    let moved = true
    let changed = false
    while (moved) {
      moved = false
      for (const one of this.#waiting.values()) {
        if (!one.parents.every((parent) => this.#known.has(parent))) continue
        this.#waiting.delete(one.id)
        moved = true
        if (this.#judge(one)) changed = true
      }
    }
    if (changed) this.#now = this.#standing([...this.#leaves])
  }

  #judge(one: Announcement): boolean {
    const parents = one.parents.flatMap((id) => this.#known.get(id) ?? [])
    const authors = parents.length === 0 ? new Set([this.#creator]) : this.#standing(one.parents)
    if (!authors.has(one.author)) return false
    const before = new Set(parents.flatMap((parent) => [...parent.before, ...parent.recipients]))
    this.#known.set(one.id, { ...one, before })
    for (const parent of one.parents) this.#leaves.delete(parent)
    this.#leaves.add(one.id)
    this.#ever = new Set([...this.#ever, ...one.recipients])
    return true
  }

  /**
   * Who is announced where these announcements are the last ones. Of two lines made apart, a device that one leaves out is
   * out; but a line in which a device announces that the other leaves out does not count, and of two that leave each other out
   * the one that keeps more of those known to both: or a lost device could lock everybody out by leaving them out first.
   */
  #standing(last: readonly EpochId[]): ReadonlySet<DeviceId> {
    const all = last.flatMap((id) => this.#known.get(id) ?? [])
    const lines = all.length < 2 ? [] : all.map((one) => ({ last: one, past: this.#pastOf(one) }))
    const counting = all.filter((_, at) => !lines.some((other) => overrules(other, lines[at])))
    const named = new Set(counting.flatMap(({ recipients }) => [...recipients]))
    return new Set([...named].filter((device) => !counting.some((one) => leavesOut(one, device))))
  }

  #pastOf(last: Known): ReadonlySet<Known> {
    const past = new Set([last])
    // A set goes on to what is added to it while it is walked.
    for (const one of past)
      for (const parent of one.parents) {
        const known = this.#known.get(parent)
        if (known !== undefined) past.add(known)
      }
    return past
  }
}

const leavesOut = ({ before, recipients }: Known, device: DeviceId): boolean =>
  before.has(device) && !recipients.has(device)

interface Line {
  readonly last: Known
  /** The announcement and all that it stands on. */
  readonly past: ReadonlySet<Known>
}

function overrules(one: Line, other: Line | undefined): boolean {
  if (other === undefined || other === one || !leavesOutAnAuthor(one, other)) return false
  if (!leavesOutAnAuthor(other, one)) return true
  const common = new Set([...one.past].flatMap((each) => (other.past.has(each) ? [...each.recipients] : [])))
  const [mine, theirs] = [kept(one, common), kept(other, common)]
  return mine === theirs ? one.last.id < other.last.id : mine > theirs
}

/** Whether one line leaves out a device that announces something in the other alone. */
const leavesOutAnAuthor = ({ last, past }: Line, other: Line): boolean =>
  [...other.past].some((each) => !past.has(each) && leavesOut(last, each.author))

const kept = ({ last }: Line, common: ReadonlySet<DeviceId>): number =>
  [...last.recipients].filter((device) => common.has(device)).length
