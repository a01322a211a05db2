import { isRichText, type RichElement, type RichMark, type RichNode, type RichText } from '#shared/living/rich.ts'
import type { Plain } from '#shared/living/register.ts'
import * as Y from 'yjs'

type Attributes = Readonly<Record<string, Plain>>

/** A fragment as plain data. What is neither element nor text (a hook of Yjs) is left out. */
export const readRich = (fragment: Y.XmlFragment): readonly RichNode[] =>
  fragment.toArray().flatMap((child): readonly RichNode[] => {
    if (child instanceof Y.XmlText) return textNodes(child)
    return child instanceof Y.XmlElement ? [elementNode(child)] : []
  })

function elementNode(element: Y.XmlElement): RichElement {
  const attrs = element.getAttributes() as Attributes
  const content = readRich(element)
  return {
    type: element.nodeName,
    ...(Object.keys(attrs).length > 0 && { attrs }),
    ...(content.length > 0 && { content }),
  }
}

function textNodes(text: Y.XmlText): readonly RichText[] {
  const delta = text.toDelta() as readonly { readonly insert: unknown; readonly attributes?: Attributes }[]
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string') return []
    const marks = Object.entries(attributes).map(([type, attrs]): RichMark => ({
      type: markName(type),
      ...(isAttributes(attrs) && Object.keys(attrs).length > 0 && { attrs }),
    }))
    return [{ type: 'text' as const, text: insert, ...(marks.length > 0 && { marks }) }]
  })
}

/** y-prosemirror names a mark that may stand several times on one letter `name--hash`. */
const markName = (key: string): string => key.split('--')[0] ?? key
const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Replaces what a fragment holds. */
export function writeRich(fragment: Y.XmlFragment, nodes: readonly RichNode[]): void {
  fragment.delete(0, fragment.length)
  fragment.insert(0, shared(nodes))
}

/** Letters that follow each other belong into one text. */
function shared(nodes: readonly RichNode[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = []
  let letters: { insert: string; attributes: Record<string, Plain> }[] = []
  const flush = (): void => {
    if (letters.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(letters)
    made.push(text)
    letters = []
  }
  for (const node of nodes) {
    if (isRichText(node)) {
      const attributes = Object.fromEntries((node.marks ?? []).map(({ type, attrs = {} }) => [type, attrs]))
      letters.push({ insert: node.text, attributes })
      continue
    }
    flush()
    const element = new Y.XmlElement(node.type)
    for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value as string)
    element.insert(0, shared(node.content ?? []))
    made.push(element)
  }
  flush()
  return made
}
