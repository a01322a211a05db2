import * as Y from 'yjs'
import { readRegister, readTextRoot, type Plain } from '#shared/living/register.ts'

/** What a person wrote and the engine did not keep. */
export interface Draft {
  readonly set: string
  readonly record: string
  readonly field: string
  readonly text: string
}

/** What a copy wrote as `client` beyond the clock that was kept, field by field. */
export function unkeptIn(doc: Y.Doc, client: number, kept: number): readonly Draft[] {
  const drafts = new Map<string, Draft>()
  const note = (place: Omit<Draft, 'text'>, text: string): void => {
    const key = `${place.set}/${place.record}/${place.field}`
    drafts.set(key, { ...place, text: (drafts.get(key)?.text ?? '') + text })
  }
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (struct.id.clock + struct.length <= kept || !(struct instanceof Y.Item) || struct.deleted) continue
    const { content, parentSub } = struct
    if (content instanceof Y.ContentString) {
      const place = rootOf(struct, doc)
      const skipped = Math.max(0, kept - struct.id.clock)
      if (place) note(place, content.str.slice(skipped))
    } else if (parentSub !== null && content instanceof Y.ContentAny) {
      const value = content.arr.at(-1) as Plain
      const register = readRegister(parentSub, value, struct.id.client, struct.id.clock)
      if (register && !register.field.startsWith('$'))
        note(register, typeof value === 'string' ? value : JSON.stringify(value))
    }
  }
  return [...drafts.values()].filter(({ text }) => text.trim() !== '')
}

/** The rich text that an item lies in. */
function rootOf(item: Y.Item, doc: Y.Doc): ReturnType<typeof readTextRoot> {
  let parent = item.parent as Y.AbstractType<unknown> | null
  while (parent?._item) parent = parent._item.parent as Y.AbstractType<unknown> | null
  for (const [root, type] of doc.share) if (type === parent) return readTextRoot(root)
  return undefined
}
