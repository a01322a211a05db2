import type { WordRefusal } from '#engine/ports.ts'
import type { WordReading } from '#shared/agreement/word-file.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { isWorkbook, olderContainer } from './container.ts'
import { PROPERTIES } from './write-agreement.ts'
import { attribute, childrenOf, isWord, parseXml, textOf, type XmlElement, type XmlProblem } from './word-xml.ts'
import { WordWalk } from './walk-word.ts'
import { openZip, type ZipEntry } from './zip.ts'

/** What the parts of a file may unpack to, and each that is read: an agreement of 400 pages is a tenth of it. */
const MOST_UNPACKED = 60 << 20
const MOST_PART = 24 << 20
const MOST_COMMENTS = 200

/** A Word file as its claims: text with its tracked changes, bookmarks, comments. Nothing in it is run, and nothing is fetched. */
export async function readAgreement(bytes: Uint8Array): Promise<Result<WordReading, WordRefusal>> {
  const older = olderContainer(bytes)
  if (older !== undefined) return refuse(older === 'encrypted' ? 'word-encrypted' : 'word-legacy')
  if (!isWorkbook(bytes)) return refuse('word-unreadable')
  const entries = openZip(bytes, MOST_UNPACKED)
  if (!entries.ok) {
    if (entries.refusal === 'encrypted') return refuse('word-encrypted')
    return refuse(entries.refusal === 'too-large' ? 'word-too-large' : 'word-unreadable')
  }
  const parts = entries.value
  if (hasMacros(parts)) return refuse('word-macros')
  const main = parts.get('word/document.xml')
  if (!main) return refuse('word-unreadable')
  if (main.size > MOST_PART) return refuse('word-too-large')
  const [document, custom, comments] = await Promise.all([
    rootOf(main),
    rootOf(parts.get('docProps/custom.xml')),
    rootOf(parts.get('word/comments.xml')),
  ])
  for (const part of [document, custom, comments])
    if (typeof part === 'string') return refuse(part === 'too-deep' ? 'word-too-large' : 'word-unreadable')
  const walk = new WordWalk()
  const body = childrenIn(document).find((node) => isWord(node, 'body'))
  if (!body) return refuse('word-unreadable')
  if (!walk.body(body)) return refuse('word-too-large')
  const properties = new Map(childrenIn(custom).map((node) => [node.attributes['name'], textOf(node).trim()]))
  return ok({
    artifact: properties.get(PROPERTIES.artifact) ?? null,
    hash: properties.get(PROPERTIES.hash) ?? null,
    blocks: walk.blocks,
    comments: commentsIn(childrenIn(comments)),
    dropped: [...walk.dropped].toSorted(),
  })
}

type Part = XmlElement | XmlProblem | undefined
const childrenIn = (part: Part): readonly XmlElement[] => (typeof part === 'object' ? childrenOf(part) : [])

/** Undefined for a part that is not there, or that is more than anybody reads. */
async function rootOf(part: ZipEntry | undefined): Promise<Part> {
  return part && part.size <= MOST_PART ? parseXml(part.content()) : undefined
}

/** Programs in a document, by their part or by what the package says that it is. */
function hasMacros(parts: ReadonlyMap<string, ZipEntry>): boolean {
  if ([...parts.keys()].some((name) => /vba(?:project|data)|\/activex\//i.test(name))) return true
  const types = parts.get('[Content_Types].xml')
  return types !== undefined && /macroenabled/i.test(new TextDecoder().decode(types.content()))
}

const commentsIn = (nodes: readonly XmlElement[]): WordReading['comments'] =>
  nodes
    .filter((node) => isWord(node, 'comment'))
    .slice(0, MOST_COMMENTS)
    .map((node) => ({
      author: (attribute(node, 'author') ?? '').slice(0, 100),
      text: textOf(node).trim().slice(0, 2_000),
    }))
    .filter(({ text }) => text !== '')
