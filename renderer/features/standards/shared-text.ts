import * as Y from 'yjs'
import type { RichNode } from '#shared/standards/rich-text.ts'

/** Puts a tree into an empty shared text, as the editor's binding would: what an import writes and an editor opens. */
export function writeTree(fragment: Y.XmlFragment, tree: RichNode): void {
  fragment.insert(fragment.length, (tree.content ?? []).flatMap(shared))
}

function shared(node: RichNode): readonly (Y.XmlElement | Y.XmlText)[] {
  if (node.type === 'text') return [letters([node])]
  const element = new Y.XmlElement(node.type)
  const made: (Y.XmlElement | Y.XmlText)[] = []
  let run: RichNode[] = []
  const flush = (): void => {
    if (run.length > 0) made.push(letters(run))
    run = []
  }
  for (const inner of node.content ?? []) {
    if (inner.type === 'text') run.push(inner)
    else {
      flush()
      made.push(...shared(inner))
    }
  }
  flush()
  element.insert(0, made)
  return [element]
}

function letters(nodes: readonly RichNode[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(
    nodes.map(({ text: insert = '', marks = [] }) => ({
      insert,
      attributes: Object.fromEntries(marks.map(({ type }) => [type, {}])),
    })),
  )
  return text
}
