import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Updates that a modified client would make: each breaks one rule and is a Yjs update all the same. */

/** The update that `change` makes in a document of `client` that starts from `base`. */
export function updateOf(client: number, base: Uint8Array | undefined, change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  if (base !== undefined) Y.applyUpdate(doc, base)
  doc.clientID = client
  let update: Uint8Array | undefined
  doc.on('update', (bytes: Uint8Array) => (update = bytes))
  doc.transact(() => change(doc))
  doc.destroy()
  if (update === undefined) throw new Error('the change changed nothing')
  return update
}

/** Deletes and nothing else: it names no client of its own, and reaches as far ahead as it likes. */
export function deletesOnly(client: number, from: number, length: number): Uint8Array {
  const out = encoding.createEncoder()
  for (const number of [0, 1, client, 1, from, length]) encoding.writeVarUint(out, number)
  return encoding.toUint8Array(out)
}

/** A map in a map in a map, so many deep. */
export const nested = (client: number, base: Uint8Array | undefined, depth: number): Uint8Array =>
  updateOf(client, base, (doc) => {
    let map = doc.getMap<unknown>('consensus')
    for (let at = 0; at < depth; at++) {
      const inner = new Y.Map<unknown>()
      map.set('in', inner)
      map = inner
    }
  })

/** The second of two edits without the first. */
export function withGap(client: number, base: Uint8Array | undefined): Uint8Array {
  const doc = new Y.Doc()
  if (base !== undefined) Y.applyUpdate(doc, base)
  doc.clientID = client
  doc.getMap('consensus').set('gap', 1)
  const seen = Y.encodeStateVector(doc)
  doc.getMap('consensus').set('gap', 2)
  const update = Y.encodeStateAsUpdate(doc, seen)
  doc.destroy()
  return update
}
