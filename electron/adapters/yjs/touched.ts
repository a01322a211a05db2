import { readRegister, readTextRoot, REGISTERS } from '#shared/living/register.ts'
import * as Y from 'yjs'

const READ = /^(.+)Read$/

/**
 * Which texts an update touched, from the document that it was applied to: an update names no root, its items do once they are
 * in their place. What was deleted for good has no place any more and is passed over.
 */
export function touchedTexts(doc: Y.Doc, update: Uint8Array): readonly string[] {
  const { structs, ds } = Y.decodeUpdate(update)
  const found = new Set<string>()
  const note = (client: number, clock: number): void => {
    const path = pathOf(doc, client, clock)
    if (path !== undefined) found.add(path)
  }
  for (const { id, length } of structs) if (length > 0) note(id.client, id.clock)
  for (const [client, ranges] of ds.clients) for (const { clock } of ranges) note(client, clock)
  return [...found]
}

function pathOf(doc: Y.Doc, client: number, clock: number): string | undefined {
  if (clock >= Y.getState(doc.store, client)) return undefined
  const item = Y.getItem(doc.store, Y.createID(client, clock))
  if (!(item instanceof Y.Item)) return undefined
  let top: Y.Item = item
  let parent = item.parent as Y.AbstractType<unknown> | null
  while (parent?._item) {
    top = parent._item
    parent = top.parent as Y.AbstractType<unknown> | null
  }
  const root = parent && Y.findRootTypeKey(parent)
  if (root === REGISTERS) {
    const register = readRegister(top.parentSub ?? '', null, client, clock)
    const [, text] = READ.exec(register?.field ?? '') ?? []
    return register && text !== undefined ? `${register.set}/${register.record}/${text}` : undefined
  }
  const place = root === null || root === undefined ? undefined : readTextRoot(root)
  return place && `${place.set}/${place.record}/${place.field}`
}
