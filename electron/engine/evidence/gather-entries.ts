import type { FeedId } from '#shared/kernel/ids.ts'
import type { Nonce, Signature } from '#shared/kernel/crypto.ts'
import type { PackEntry } from '#shared/evidence/pack-content.ts'
import { evidencePartsOf } from '#shared/seal/evidence.ts'
import { readHeader } from '#shared/seal/header.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { chain } from '#shared/seal/verify.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { wayBack, type Step } from './reach.ts'
import type { FoundEvent, Place, ScannedLog } from './scan-log.ts'

/** Hashes from an entry on to where another feed names its feed; beyond that a witness is left out. */
const MOST_AFTER = 4_096
const MOST_ENTRIES = 900

/** What an entry has to carry: whether it is opened, and up to where the hashes of its feed go. */
interface Wanted extends Place {
  opened: boolean
  upTo: number
}

/** The entries that a pack needs, each once with all that is asked of it. */
export class WantedEntries {
  readonly #wanted = new Map<string, Wanted>()

  get count(): number {
    return this.#wanted.size
  }
  /** How far the hashes of one entry have to go, at most. */
  get reach(): number {
    return Math.max(0, ...[...this.#wanted.values()].map(({ seq, upTo }) => upTo - seq))
  }

  want({ feed, seq }: Place, opened: boolean, upTo = seq): void {
    const key = `${feed}/${String(seq)}`
    const known = this.#wanted.get(key) ?? { feed, seq, opened: false, upTo: seq }
    known.opened ||= opened
    known.upTo = Math.max(known.upTo, upTo)
    this.#wanted.set(key, known)
  }

  /** Closed entries that lead from `from` back to an opened one. */
  wantWay(way: readonly Step[], from: Place, target: Place): void {
    let last: Place = from
    for (const { at, head } of way) {
      this.want(at, false, last.seq)
      last = head
    }
    this.want(target, true, last.feed === target.feed ? last.seq : target.seq)
  }

  /** By the order in which the channel counts them. */
  entries(hub: Hub, runtime: ChannelRuntime, most: number): readonly PackEntry[] {
    const lamportOf = ({ feed, seq }: Place): number => runtime.admission.index.line(feed)?.lamports[seq - 1] ?? 0
    return [...this.#wanted.values()]
      .toSorted((left, right) => lamportOf(left) - lamportOf(right) || (left.feed < right.feed ? -1 : 1))
      .slice(0, most)
      .flatMap((one) => entryOf(hub, runtime, one) ?? [])
  }
}

/**
 * The entries of a pack: every fact about the agreement opened, and closed ones that lead from a witness's ancestry to what it
 * witnessed.
 */
export function gatherEntries(
  hub: Hub,
  runtime: ChannelRuntime,
  log: ScannedLog,
  companyOf: (event: FoundEvent) => string | undefined,
): readonly PackEntry[] {
  const wanted = new WantedEntries()
  for (const event of log.events) wanted.want(event, true)
  for (const event of log.events) {
    const company = companyOf(event)
    // The earliest by the other company's own clock is what a reader will take.
    const others = log.events.filter((one) => companyOf(one) !== company).toSorted((left, right) => left.at - right.at)
    for (const witness of others) {
      const way = wayBack(log, witness, event)
      if (!way || !withinReach(way, witness, event)) continue
      wanted.wantWay(way, witness, event)
      break
    }
  }
  return wanted.entries(hub, runtime, MOST_ENTRIES)
}

const withinReach = (way: NonNullable<ReturnType<typeof wayBack>>, witness: Place, target: Place): boolean => {
  const ends = [witness, ...way.map(({ head }) => head)]
  const starts = [...way.map(({ at }) => at), target]
  return ends.every((end, index) => end.seq - (starts[index]?.seq ?? 0) <= MOST_AFTER)
}

function entryOf(hub: Hub, runtime: ChannelRuntime, { feed, seq, opened, upTo }: Wanted): PackEntry | undefined {
  const { crypto, vault } = hub.context
  const [stored] = vault.log.runs(runtime.id, feed, seq, 1)
  const run = stored && parseRun(stored.bytes)
  const parts = run?.ok ? evidencePartsOf(crypto, run.value, seq) : undefined
  if (!run?.ok || !parts) return undefined
  const { epoch, nonce } = readHeader(parts.header)
  const epochKey = opened && epoch !== null ? runtime.epochKeys().find((one) => one.epoch === epoch)?.key : undefined
  return {
    header: parts.header,
    ciphertext: parts.ciphertext,
    after: [...parts.digests, ...digestsBehind(hub, runtime, feed, run.value.lastSeq, upTo)],
    signed: parts.digests.length,
    signature: parts.signature as Signature,
    key: epochKey ? crypto.openingKey(epochKey, nonce as Nonce) : null,
  }
}

/** Digests of the entries behind a run, up to a place of the same feed. */
function digestsBehind(hub: Hub, runtime: ChannelRuntime, feed: FeedId, after: number, upTo: number): Uint8Array[] {
  const { crypto, vault } = hub.context
  const digests: Uint8Array[] = []
  for (let next = after + 1; next <= upTo;) {
    const [stored] = vault.log.runs(runtime.id, feed, next, 1)
    const run = stored && parseRun(stored.bytes)
    if (!run?.ok) return digests
    for (const [at, { digest }] of chain(crypto, run.value).entries())
      if (run.value.firstSeq + at >= next && run.value.firstSeq + at <= upTo) digests.push(digest)
    next = run.value.lastSeq + 1
  }
  return digests
}
