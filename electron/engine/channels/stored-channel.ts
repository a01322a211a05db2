import { CATALOGUE } from '#shared/artifacts/catalogue.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, EpochId, FeedId } from '#shared/kernel/ids.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { EpochCreated } from '#shared/membership/types.ts'
import type { CondensedChannel } from '#shared/sync/condensed.ts'
import type { SectionKey } from '#shared/sync/update.ts'
import type { RecordStore } from '../ports.ts'
import { packChanges, unpackChanges, type ChangeBlock } from './change-blocks.ts'
import type { StatedUpdate } from './stated.ts'

/**
 * What a channel has come to, kept beside its log in the vault, so that opening an old workspace does not read all of it again.
 * Nothing follows from it that does not follow from the log: whatever is wrong with it, the log is read instead.
 *
 * It holds no plaintext of a slice, which would outlive the destruction of its key: sealed parts are kept as they came and opened anew.
 */
export interface StoredChannel {
  readonly condensed: CondensedChannel
  /** Every epoch that was announced, in the order in which it was heard of: their keys are opened anew. */
  readonly announced: readonly (readonly [EpochId, EpochCreated])[]
  /** Sections whose documents are stored, each by itself: most are never opened again. */
  readonly documents: readonly SectionKey[]
  /** The last change of every section; all of them are in the blocks. */
  readonly lastChanges: readonly StatedUpdate[]
  readonly blocks: number
  /** Runs of the log that it stands for. */
  readonly runs: number
  /** Last entry of each feed that was held, judged or not. */
  readonly held: readonly (readonly [FeedId, number])[]
}

/** Another number whenever what is judged, folded or stored comes out differently: then the log is read again. */
const FORMAT = 9
const LABEL = 'mithaq/stored-channel/v1'
const STATE = 'channel-state'
const CHANGES = 'channel-changes'
const DOCUMENT = 'channel-document'
const BLOCK = 65_536

interface Sealed {
  readonly made: string
  readonly digest: Uint8Array
  readonly bytes: Uint8Array
}

/** The stored state of one channel. `write` belongs into the transaction of what it stands for. */
export class ChannelStore {
  readonly #crypto: Crypto
  readonly #records: RecordStore
  readonly #channel: ChannelId

  constructor(crypto: Crypto, records: RecordStore, channel: ChannelId) {
    this.#crypto = crypto
    this.#records = records
    this.#channel = channel
  }

  /** Undefined when there is none, it is of another version, or its bytes are not those that were written. */
  read(): StoredChannel | undefined {
    return this.#read<StoredChannel>(STATE, this.#channel)
  }

  /** @throws when a block is missing or damaged. */
  *changes(blocks: number): Iterable<StatedUpdate> {
    for (let at = 0; at < blocks; at++) {
      const block = this.#read<ChangeBlock>(CHANGES, this.#blockId(at))
      if (!block) throw new Error('a stored block of changes is missing or damaged')
      yield* unpackChanges(block)
    }
  }

  /** The state of a section's document. @throws when it is missing or damaged. */
  document(section: SectionKey): Uint8Array {
    const state = this.#read<Uint8Array>(DOCUMENT, this.#documentId(section))
    if (!state) throw new Error('a stored document is missing or damaged')
    return state
  }

  /**
   * Stores a state whose changes are those of the first `keep` blocks and `fresh`, and whose documents are as they are stored but for
   * those that `changed`. @returns the number of blocks.
   */
  write(
    state: Omit<StoredChannel, 'blocks'>,
    changed: ReadonlyMap<SectionKey, Uint8Array>,
    keep: number,
    fresh: readonly StatedUpdate[],
  ): number {
    for (const [section, bytes] of changed) this.#write(DOCUMENT, this.#documentId(section), bytes)
    let blocks = keep
    for (let at = 0; at < fresh.length; at += BLOCK)
      this.#write(CHANGES, this.#blockId(blocks++), packChanges(fresh.slice(at, at + BLOCK)))
    this.#write(STATE, this.#channel, { ...state, blocks } satisfies StoredChannel)
    return blocks
  }

  drop(): void {
    this.#records.remove(STATE, this.#channel)
  }

  #documentId(section: SectionKey): string {
    return `${this.#channel}/${section}`
  }

  #blockId(at: number): string {
    return `${this.#channel}/${String(at).padStart(8, '0')}`
  }

  #write(kind: string, id: string, value: unknown): void {
    const bytes = toStored(value)
    this.#records.put<Sealed>(kind, id, { made: MADE, digest: this.#digest(kind, id, bytes), bytes })
  }

  #read<T>(kind: string, id: string): T | undefined {
    const sealed = this.#records.get<Sealed>(kind, id)
    if (sealed?.made !== MADE || !equal(sealed.digest, this.#digest(kind, id, sealed.bytes))) return undefined
    return fromStored<T>(sealed.bytes)
  }

  #digest(kind: string, id: string, bytes: Uint8Array): Uint8Array {
    return this.#crypto.hash(LABEL, utf8(kind), utf8(id), bytes)
  }
}

/** What a state depends on beside the log: another catalogue judges other events. */
const MADE = JSON.stringify([FORMAT, ...CATALOGUE.map(({ type }) => type)])
