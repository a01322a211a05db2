import type { SectionReader, SectionWriter, Value } from '#engine/documents.ts'
import { clocksIn, registersIn } from '#shared/living/items.ts'
import { readTextRoot, REGISTERS } from '#shared/living/register.ts'
import type * as Y from 'yjs'
import { readRich, writeRich } from './rich.ts'

/**
 * Reads the roots of a document. A root's kind is fixed by who first asks for it; a section's schema knows the kind, so
 * asking for another one is a bug and throws.
 */
export function readerOf(doc: Y.Doc): SectionReader {
  return {
    map: (root) => doc.getMap(root).toJSON() as { readonly [key: string]: Value },
    text: (root) => doc.getText(root).toJSON(),
    list: (root) => doc.getArray(root).toJSON() as readonly Value[],
    registers: () => registersIn(doc.getMap(REGISTERS)),
    richRoots: () => [...doc.share.keys()].filter((root) => readTextRoot(root) !== undefined).sort(),
    rich: (root) => readRich(doc.getXmlFragment(root)),
    richClocks: (root) => clocksIn(doc.getXmlFragment(root)),
  }
}

export function writerOf(doc: Y.Doc): SectionWriter {
  return {
    ...readerOf(doc),
    setKey: (root, key, value) => void doc.getMap(root).set(key, value),
    removeKey: (root, key) => doc.getMap(root).delete(key),
    insertText: (root, index, text) => doc.getText(root).insert(index, text),
    removeText: (root, index, length) => doc.getText(root).delete(index, length),
    insertItems: (root, index, items) => doc.getArray(root).insert(index, [...items]),
    removeItems: (root, index, length) => doc.getArray(root).delete(index, length),
    setRich: (root, nodes) => writeRich(doc.getXmlFragment(root), nodes),
  }
}
