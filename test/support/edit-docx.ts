import { repack } from '#adapters/files/repack.ts'
import { openZip } from '#adapters/files/zip.ts'

/** Changes the XML of a Word file's body, as an editor would when it saves. */
export function editDocx(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  return editPart(bytes, 'word/document.xml', change)
}

export function editPart(bytes: Uint8Array, name: string, change: (xml: string) => string): Uint8Array {
  const entries = openZip(bytes)
  if (!entries.ok) throw new Error(`no zip: ${entries.refusal}`)
  const parts = [...entries.value.values()].map((entry) => ({ name: entry.name, bytes: entry.content() }))
  const found = parts.find((part) => part.name === name)
  if (!found) throw new Error(`no part ${name}`)
  const changed = change(new TextDecoder().decode(found.bytes))
  return new Uint8Array(
    repack(parts.map((part) => (part === found ? { name, bytes: new TextEncoder().encode(changed) } : part))),
  )
}

/** Adds a part that was not there. */
export function withPart(bytes: Uint8Array, name: string, content: string): Uint8Array {
  const entries = openZip(bytes)
  if (!entries.ok) throw new Error(`no zip: ${entries.refusal}`)
  const parts = [...entries.value.values()].map((entry) => ({ name: entry.name, bytes: entry.content() }))
  return new Uint8Array(repack([...parts, { name, bytes: new TextEncoder().encode(content) }]))
}

const RUN = /<w:r(?: [^>]*)?>((?:(?!<\/w:r>).)*?)<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r>/gs
let changes = 9_000

/** Replaces words inside one run as Word does with tracking on: the rest of the run keeps its properties. */
export function trackedReplace(xml: string, old: string, now: string, author: string): string {
  let done = false
  const changed = xml.replaceAll(RUN, (run: string, properties: string, text: string) => {
    const at = text.indexOf(old)
    if (done || at < 0) return run
    done = true
    const piece = (words: string, tag = 't') => words === '' ? '' : `<w:r>${properties}<w:${tag} xml:space="preserve">${words}</w:${tag}></w:r>` // prettier-ignore
    const by = (kind: string, content: string) => content === '' ? '' : `<w:${kind} w:id="${String(++changes)}" w:author="${author}" w:date="2026-11-20T10:00:00Z">${content}</w:${kind}>` // prettier-ignore
    return (
      piece(text.slice(0, at)) +
      by('del', piece(old, 'delText')) +
      by('ins', piece(now)) +
      piece(text.slice(at + old.length))
    )
  })
  if (!done) throw new Error(`no run holds ${old}`)
  return changed
}

/** Replaces words with tracking off. */
export function silentReplace(xml: string, old: string, now: string): string {
  if (!xml.includes(old)) throw new Error(`nothing holds ${old}`)
  return xml.replace(old, now)
}
