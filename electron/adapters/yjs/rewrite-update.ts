import type { Rename, Rewriting } from '#shared/sync/update.ts'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** A value of a map that does not count: who wrote over it leans on what it had replaced. */
interface Dropped {
  readonly clock: number
  readonly length: number
  readonly origin: Y.ID | null
  readonly parent: Parent
  readonly key: string | null
}
type Parent = Y.Item['parent'] | string
type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** What a document left out, by client. */
export type DroppedValues = Map<number, Dropped[]>

/**
 * An update as a document takes it where a feed was forked: every id under the name that the document has for it. Of what does
 * not count the places stay, deleted, so that what others wrote beside them keeps its place; its deletions are left out, and a
 * value of a map is skipped, so that the one before it stands again. Nested types stay, empty, for what others wrote into them.
 *
 * @returns undefined when nothing is left. `doc` has to hold all that the update leans on.
 */
export function rewriteUpdate(
  doc: Y.Doc,
  dropped: DroppedValues,
  bytes: Uint8Array,
  rewriting: Rewriting,
): Uint8Array | undefined {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const rewrite = new Rewrite(doc, dropped, rewriting.rename)
  const written = structs.flatMap((struct) => (rewriting.counts ? rewrite.kept(struct) : rewrite.emptied(struct)))
  const deletes = rewriting.counts ? rewrite.deletes(ds.clients) : new Map<number, readonly Range[]>()
  return written.length === 0 && deletes.size === 0 ? undefined : encode(written, deletes)
}

interface Range {
  readonly clock: number
  readonly len: number
}

class Rewrite {
  readonly #doc: Y.Doc
  readonly #dropped: DroppedValues
  readonly #rename: Rename

  constructor(doc: Y.Doc, dropped: DroppedValues, rename: Rename) {
    this.#doc = doc
    this.#dropped = dropped
    this.#rename = rename
  }

  /** A struct that counts, among the ids of the document. */
  kept(struct: Struct): readonly Struct[] {
    if (!(struct instanceof Y.Item)) return [struct]
    const origin = this.#id(struct.origin)
    const under = origin && this.#droppedAt(origin)
    const rightOrigin = this.#id(struct.rightOrigin)
    const parent = struct.parent instanceof Y.ID ? this.#id(struct.parent) : struct.parent
    const item = under
      ? newItem(struct.id, under.origin, rightOrigin, under.parent, under.key, struct.content)
      : newItem(struct.id, origin, rightOrigin, parent, struct.parentSub, struct.content)
    return [item]
  }

  /** The places of a struct that does not count. */
  emptied(struct: Struct): readonly Struct[] {
    const id = this.#id(struct.id) as Y.ID
    if (!(struct instanceof Y.Item)) return [new Y.GC(id, struct.length)]
    const origin = this.#id(struct.origin)
    const rightOrigin = this.#id(struct.rightOrigin)
    const parent = struct.parent instanceof Y.ID ? this.#id(struct.parent) : struct.parent
    const before = origin && this.#droppedAt(origin)
    if (before || struct.parentSub !== null || this.#inMap(origin)) {
      const place = before ?? this.#placeOf(origin, parent, struct.parentSub)
      const list = this.#dropped.get(id.client) ?? []
      this.#dropped.set(id.client, [...list, { ...place, clock: id.clock, length: struct.length }])
      return [new Y.GC(id, struct.length)]
    }
    const content = struct.content instanceof Y.ContentType ? struct.content : new Y.ContentDeleted(struct.length)
    return [newItem(id, origin, rightOrigin, parent, null, content)]
  }

  deletes(clients: ReadonlyMap<number, readonly Range[]>): Map<number, Range[]> {
    const found = new Map<number, Range[]>()
    for (const [client, ranges] of clients)
      for (const { clock, len } of ranges)
        for (let at = clock; at < clock + len;) {
          const to = this.#rename(client, at)
          const length = Math.min(to.length, clock + len - at)
          found.set(to.client, [...(found.get(to.client) ?? []), { clock: to.clock, len: length }])
          at += length
        }
    return found
  }

  #id(id: Y.ID | null): Y.ID | null {
    if (id === null) return null
    const to = this.#rename(id.client, id.clock)
    return Y.createID(to.client, to.clock)
  }

  #droppedAt({ client, clock }: Y.ID): Dropped | undefined {
    return this.#dropped.get(client)?.find((one) => clock >= one.clock && clock < one.clock + one.length)
  }

  #item(id: Y.ID): Y.Item | undefined {
    if (id.clock >= Y.getState(this.#doc.store, id.client)) return undefined
    const item: unknown = Y.getItem(this.#doc.store, id)
    return item instanceof Y.Item ? item : undefined
  }

  #inMap(origin: Y.ID | null): boolean {
    return origin !== null && (this.#item(origin)?.parentSub ?? null) !== null
  }

  #placeOf(origin: Y.ID | null, parent: Parent, key: string | null): Omit<Dropped, 'clock' | 'length'> {
    const beside = origin && this.#item(origin)
    return beside ? { origin, parent: beside.parent, key: beside.parentSub } : { origin, parent, key }
  }
}

/** Decoded but not applied, an item under a root holds the root's name, which Yjs's own type leaves out. */
const newItem = (
  id: Y.ID,
  origin: Y.ID | null,
  rightOrigin: Y.ID | null,
  parent: Parent,
  key: string | null,
  content: Y.Item['content'],
): Y.Item => new Y.Item(id, null, origin, null, rightOrigin, parent as Y.Item['parent'], key, content)

function encode(structs: readonly Struct[], deletes: ReadonlyMap<number, readonly Range[]>): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const [first] = structs
  encoding.writeVarUint(encoder.restEncoder, first ? 1 : 0)
  if (first) {
    encoding.writeVarUint(encoder.restEncoder, structs.length)
    encoder.writeClient(first.id.client)
    encoding.writeVarUint(encoder.restEncoder, first.id.clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  encoding.writeVarUint(encoder.restEncoder, deletes.size)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}
