import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { runHashes } from '#shared/seal/verify.ts'
import type { SectionKey } from '#shared/sync/update.ts'
import type { ChannelDeps } from './channel-deps.ts'
import type { Reading } from './reading.ts'
import { placeName } from './replay-updates.ts'
import type { StatedUpdate } from './stated.ts'
import type { ChannelStore, StoredChannel } from './stored-channel.ts'

/** How a reading goes on from the state that is kept beside the log, and is kept there itself. */
export class KeptState {
  readonly #deps: ChannelDeps
  readonly #id: ChannelId
  /** Every change of a section, from a reading of the whole log. */
  readonly #changesInLog: () => readonly StatedUpdate[]

  constructor(deps: ChannelDeps, id: ChannelId, changesInLog: () => readonly StatedUpdate[]) {
    this.#deps = deps
    this.#id = id
    this.#changesInLog = changesInLog
  }

  /** The stored state, when the log still holds all that it stands for. */
  find(): StoredChannel | undefined {
    const { store, log } = this.#deps
    const stored = store?.read()
    if (!stored) return undefined
    const frontier = log.frontier(this.#id)
    const short = stored.held.some(([feed, seq]) => (frontier.get(feed) ?? 0) < seq)
    return log.count(this.#id) < stored.runs || short ? undefined : stored
  }

  /** Goes on from there; what waited then and what came since is to be taken afterwards. @throws when it does not fit. */
  resume(reading: Reading, stored: StoredChannel): void {
    const { store } = this.#deps
    if (!store) return
    for (const [epoch, created] of stored.announced) reading.keys.learn(epoch, created)
    reading.channel.resume(stored.condensed, (feed, seq) => this.#hashInLog(feed, seq))
    for (const section of stored.documents)
      reading.documents.restore(section, () => this.#document(reading, store, section))
    reading.facts.changes.resume(stored.lastChanges, () => this.#pastChanges(reading, stored.blocks))
    reading.slices.openIn(new Set(reading.facts.kept.map(({ fact }) => fact.key)))
    const judged = stored.condensed.lines.reduce((sum, line) => sum + line.judged, 0)
    reading.stored = { judged, blocks: stored.blocks, changes: 0, documents: stored.documents }
  }

  /** What waited when the state was stored, then all that came later, in the order of arrival. */
  *since({ condensed, held, runs }: StoredChannel): Iterable<{ readonly bytes: Uint8Array }> {
    const { log } = this.#deps
    const holds = new Map(held)
    for (const { id, judged } of condensed.lines) {
      const last = holds.get(id) ?? judged
      for (let seq = judged + 1; seq <= last;) {
        const [run] = log.runs(this.#id, id, seq, 1)
        if (!run) break
        yield run
        seq = run.lastSeq + 1
      }
    }
    yield* log.replay(this.#id, runs)
  }

  /** Stores what the reading has come to. Call inside the transaction of what was judged last. */
  store(reading: Reading): void {
    const { store, log } = this.#deps
    if (!store) return
    const { channel, documents, facts, keys, judged, stored } = reading
    const condensed = channel.condense()
    if (!condensed) return store.drop()
    const changed = new Map([...reading.unstored].map((section) => [section, documents.encodeState(section)] as const))
    const sections = [...new Set([...stored.documents, ...changed.keys()])]
    const held = channel.index.lines.map(({ id, hashes }) => [id, hashes.length] as const)
    const { changes } = facts
    const state = { condensed, announced: keys.announced, documents: sections, lastChanges: changes.lasts, runs: log.count(this.#id), held } // prettier-ignore
    const blocks = store.write(state, changed, stored.blocks, changes.fresh.slice(stored.changes))
    reading.stored = { judged, blocks, changes: changes.fresh.length, documents: sections }
    reading.unstored.clear()
  }

  #hashInLog(feed: FeedId, seq: number): EntryHash | undefined {
    const [stored] = this.#deps.log.runs(this.#id, feed, seq, 1)
    const run = stored && parseRun(stored.bytes)
    return run?.ok ? runHashes(this.#deps.crypto, run.value)?.[seq - run.value.firstSeq] : undefined
  }

  #document(reading: Reading, store: ChannelStore, section: SectionKey): Uint8Array {
    try {
      return store.document(section)
    } catch (problem) {
      this.#deps.problem?.(problem)
      return reading.history.stateOf(section)
    }
  }

  /** The changes that the stored state stands for; from the log itself when the blocks do not read. */
  #pastChanges({ facts }: Reading, blocks: number): Iterable<StatedUpdate> {
    try {
      return [...(this.#deps.store?.changes(blocks) ?? [])]
    } catch (problem) {
      this.#deps.problem?.(problem)
      const own = new Set(facts.changes.fresh.map(placeName))
      return this.#changesInLog().filter((change) => !own.has(placeName(change)))
    }
  }
}
