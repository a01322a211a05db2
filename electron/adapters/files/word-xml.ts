import { readString, type XmlElement } from 'mammoth/lib/xml/reader.js'

/** WordprocessingML, transitional and strict. */
const NAMESPACES = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
}
/** No editor nests deeper. */
const DEEPEST = 400
const TAG = /<(\/?)[^!?<>](?:[^<>"']|"[^"]*"|'[^']*')*>/g

/** Why a part was not read. */
export type XmlProblem = 'not-well-formed' | 'too-deep'

/** A part of a Word file as its elements. A document type is no part of any: it is not well-formed here. */
export async function parseXml(bytes: Uint8Array): Promise<XmlElement | XmlProblem> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return 'not-well-formed'
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'not-well-formed'
  if (depthOf(text) > DEEPEST) return 'too-deep'
  try {
    const root = await readString(text, NAMESPACES)
    return root instanceof Error ? 'not-well-formed' : root
  } catch {
    // Whatever the parser finds amiss it throws, and it throws for nothing else.
    return 'not-well-formed'
  }
}

/** How deep the tags nest at most: whoever reads trees by recursion has to know before. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0]
  for (const [tag, closing] of text.matchAll(TAG)) {
    if (closing === '/') depth--
    else if (!tag.endsWith('/>')) most = Math.max(most, ++depth)
  }
  return most
}

export type { XmlElement }

export const isWord = ({ name }: XmlElement, wanted: string): boolean => name === `w:${wanted}`

/** The name within WordprocessingML; empty for an element of anything else. */
export const wordName = ({ name }: XmlElement): string => (name.startsWith('w:') ? name.slice(2) : '')

/** The elements right below one. */
export const childrenOf = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((child) => child.type === 'element')

export const attribute = ({ attributes }: XmlElement, name: string): string | null => attributes[`w:${name}`] || null

/** All text below an element. */
export const textOf = ({ children }: XmlElement): string =>
  children.map((child) => (child.type === 'text' ? child.value : textOf(child))).join('')

/** Whether an element of this name stands anywhere below one. */
export const holds = (node: XmlElement, name: string): boolean =>
  childrenOf(node).some((child) => isWord(child, name) || holds(child, name))
