import type { TextClocks } from './records.ts'
import { readRegister, type Plain, type Register } from './register.ts'

/*
 * Where Yjs keeps who wrote what. Its public API tells values and not their writers, so these few shapes are read from its
 * items; they are the same in an engine's document and in a window's replica, and this module needs no Yjs for it.
 */

/** What an item of Yjs shows. */
export interface Item {
  readonly id: { readonly client: number; readonly clock: number }
  readonly length: number
  readonly deleted: boolean
  readonly right: Item | null
  readonly content: object
}
/** What a shared type of Yjs shows: a map's entries, a sequence's first item. */
export interface ItemMap {
  readonly _map: ReadonlyMap<string, Item>
}
export interface ItemList {
  readonly _start: Item | null
}

/** The registers in a section's map, by whoever wrote the item; what is no register is left out. */
export function registersIn({ _map }: ItemMap): readonly Register[] {
  const found: Register[] = []
  for (const [key, item] of _map) {
    const { content } = item
    if (item.deleted || !('arr' in content) || !Array.isArray(content.arr)) continue
    const register = readRegister(key, content.arr.at(-1) as Plain, item.id.client, item.id.clock)
    if (register) found.push(register)
  }
  return found
}

/** Per client the first clock after its last visible item in a text, at any depth. */
export function clocksIn(list: ItemList, clocks = new Map<number, number>()): TextClocks {
  for (let item = list._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { client, clock } = item.id
    clocks.set(client, Math.max(clocks.get(client) ?? 0, clock + item.length))
    const { content } = item
    if ('type' in content && isList(content.type)) clocksIn(content.type, clocks)
  }
  return clocks
}

const isList = (type: unknown): type is ItemList => typeof type === 'object' && type !== null && '_start' in type
