import { concat } from '#shared/kernel/bytes.ts'
import type { Hash, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import type { AdmittedEntry } from '#shared/sync/admit.ts'
import { clientId } from '#shared/sync/client-id.ts'
import type { SectionWrite } from '#shared/sync/doc-body.ts'
import { sealUpdate, sliceKeyCommitment, unboxSliceKey } from '#shared/sync/slice-key.ts'
import { sealedSectionKey, type SectionKey } from '#shared/sync/update.ts'
import { ownersOf, type ChannelDeps, type ChannelSelf } from './channel-deps.ts'
import type { ReadingParts } from './reading.ts'

export interface SealedSlice {
  readonly writes: readonly SectionWrite[]
  readonly commitment: Hash
}
/** Half of what an entry's body may hold: the rest is room for the seal and the document around it. */
const SLICE_PART = 512 * 1024
const MOST_PARTS = 256

/** Sections under keys of their own, as far as this device was handed the keys. */
export class ChannelSlices {
  readonly #deps: ChannelDeps
  readonly #self: ChannelSelf
  readonly #id: ChannelId
  readonly #parts: ReadingParts
  /** What was read out of sealed sections; a section that changes is forgotten. */
  readonly #read = new Map<SectionKey, unknown>()

  constructor(deps: ChannelDeps, self: ChannelSelf, id: ChannelId, parts: ReadingParts) {
    this.#deps = deps
    this.#self = self
    this.#id = id
    this.#parts = parts
  }

  /**
   * Writes a slice section whole, under a key of its own: the writes to be sealed, one entry each because a body has a limit,
   * and the commitment for the hand-over. Whoever holds only some of the parts reads nothing.
   */
  write(artifact: ArtifactId, section: SectionName, key: SymmetricKey, content: Uint8Array): SealedSlice {
    const { crypto } = this.#deps
    const sealed = sealedSectionKey(artifact, section)
    const client = clientId(crypto, this.#self.feed, sealed, 0)
    this.#read.delete(sealed)
    const place = { channel: this.#id, section: sealed, replica: 0 }
    const parts = Math.ceil(content.length / SLICE_PART)
    const writes = Array.from({ length: parts }, (_, at): SectionWrite => {
      const part = content.slice(at * SLICE_PART, (at + 1) * SLICE_PART)
      const update = this.#parts.documents.edit(sealed, client, (writer) => {
        if (at === 0) writer.setKey('slice', 'parts', parts)
        writer.setKey('slice', String(at), part)
      })
      if (!update) throw new Error('a slice that changed nothing')
      return { artifact, section, replica: 0, update: sealUpdate(crypto, place, key, update) }
    })
    return { writes, commitment: sliceKeyCommitment(crypto, place, key) }
  }

  /** The content of a slice whose key is held; undefined while it is sealed to this device, or parts are missing. */
  content(artifact: ArtifactId, section: SectionName): Uint8Array | undefined {
    const slice = this.#parts.documents.read(sealedSectionKey(artifact, section)).map('slice')
    const count = slice['parts']
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_PARTS) return undefined
    const parts = Array.from({ length: count }, (_, at) => slice[String(at)])
    return parts.every((part) => part instanceof Uint8Array) ? concat(...parts) : undefined
  }

  /** What `interpret` makes of a slice's content, kept until the section changes: parsing a large slice takes long. */
  interpret<T>(artifact: ArtifactId, section: SectionName, interpret: (content: Uint8Array) => T): T | undefined {
    const key = sealedSectionKey(artifact, section)
    if (!this.#read.has(key)) {
      const content = this.content(artifact, section)
      this.#read.set(key, content && interpret(content))
    }
    return this.#read.get(key) as T | undefined
  }

  /** The key of a sealed section: our own, or as it was handed to this device; undefined while neither is held. */
  keyOf(section: SectionKey): SymmetricKey | undefined {
    const own = this.#deps.ownSliceKey(section)
    if (own) return own
    for (const fact of this.#parts.facts.sliceKeysOf(section)) {
      for (const { device, box } of ownersOf(this.#self)) {
        const key = unboxSliceKey(this.#deps.crypto, { channel: this.#id, section }, fact, device, box)
        if (key.ok) return key.value
      }
    }
    return undefined
  }

  /** Forgets the plaintext of a slice whose key was destroyed. */
  drop(artifact: ArtifactId, section: SectionName): void {
    const key = sealedSectionKey(artifact, section)
    this.#read.delete(key)
    this.#parts.documents.drop(key)
  }

  /**
   * Opens what is kept under slice keys that were handed to this device, or that are our own. Only what these entries bring, a
   * part or a key, can open anything: a partner's thousand slices for others are not tried again at every entry.
   */
  open(admitted: readonly AdmittedEntry[]): void {
    const sections = new Set<SectionKey>()
    for (const { effect } of admitted) {
      if (effect.kind === 'doc') for (const { key } of effect.kept) sections.add(key)
      if (effect.kind === 'control' && effect.control.kind === 'slice-key')
        sections.add(sealedSectionKey(effect.control.artifact, effect.control.section))
    }
    this.openIn(sections)
  }

  /** The same for sections that are named. */
  openIn(sections: ReadonlySet<SectionKey>): void {
    const { crypto } = this.#deps
    for (const section of sections) {
      if (this.#parts.channel.kept.count(section) === 0 || this.#deps.isForgotten(section)) continue
      const keys = [this.#deps.ownSliceKey(section)]
      for (const fact of this.#parts.facts.sliceKeysOf(section)) {
        const place = { channel: this.#id, section }
        for (const { device, box } of ownersOf(this.#self)) {
          const key = unboxSliceKey(crypto, place, fact, device, box)
          if (key.ok) keys.push(key.value)
        }
      }
      for (const key of keys) {
        const opened = key && this.#parts.channel.kept.open(section, key)
        if (!opened || opened.updates.length === 0) continue
        this.#read.delete(section)
        this.#parts.documents.apply(section, opened.updates)
      }
    }
  }
}
