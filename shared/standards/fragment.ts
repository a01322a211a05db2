import { PROPOSED, type RichNode } from './rich-text.ts'

/** The two kinds of nodes that a shared text is made of, as far as reading needs them: any copy of Yjs has these. */
interface ElementLike {
  readonly nodeName: string
  getAttribute(name: string): unknown
  toArray(): readonly unknown[]
}
interface TextLike {
  toDelta(): readonly { readonly insert?: unknown; readonly attributes?: { readonly [key: string]: unknown } }[]
}
export interface FragmentLike {
  toArray(): readonly unknown[]
}

/** As deep as the update rules let any document be. */
const DEEPEST = 64

const isElement = (node: unknown): node is ElementLike =>
  typeof node === 'object' && node !== null && 'nodeName' in node
const isText = (node: unknown): node is TextLike => typeof node === 'object' && node !== null && 'toDelta' in node

/** The editor's tree of a shared text. Engine and window read through this one function, so that both come to one hash. */
export const treeOfFragment = (fragment: FragmentLike): RichNode => ({
  type: 'doc',
  content: fragment.toArray().flatMap((node) => nodesOf(node, 0)),
})

function nodesOf(node: unknown, depth: number): readonly RichNode[] {
  if (depth > DEEPEST) return []
  if (isElement(node)) {
    const content = node.toArray().flatMap((inner) => nodesOf(inner, depth + 1))
    const proposed = node.getAttribute(PROPOSED)
    return [
      { type: node.nodeName, ...(typeof proposed === 'string' ? { attrs: { [PROPOSED]: proposed } } : {}), content },
    ]
  }
  if (!isText(node)) return []
  return node.toDelta().flatMap(({ insert, attributes }): readonly RichNode[] => {
    if (typeof insert !== 'string') return []
    const marks = Object.entries(attributes ?? {})
      .filter(([, value]) => value !== null && value !== undefined)
      // Marks that may stand on one word several times carry a hash behind their name.
      .map(([name, attrs]) => ({ type: name.replace(/--[A-Za-z0-9+/=]{8}$/, ''), attrs }))
    return [{ type: 'text', text: insert, ...(marks.length > 0 ? { marks } : {}) }]
  })
}
