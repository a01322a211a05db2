import { SectionDocs } from '#adapters/yjs/section-docs.ts'
import type { AppliedUpdate, SectionWriter } from '#engine/documents.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { CheckedUpdate, SectionKey } from '#shared/sync/update.ts'

/** The real documents, with a list of those that anything was written to. */
class Watched extends SectionDocs {
  readonly written = new Set<SectionKey>()

  override apply(section: SectionKey, updates: readonly CheckedUpdate[]): readonly AppliedUpdate[] {
    this.written.add(section)
    return super.apply(section, updates)
  }
  override edit(section: SectionKey, client: number, change: (writer: SectionWriter) => void): Uint8Array | undefined {
    this.written.add(section)
    return super.edit(section, client, change)
  }
}

/** Hands documents to an engine and looks at their bytes: what a story compares before and after an attack. */
export class DocumentWatch {
  readonly #made: Watched[] = []

  readonly make = (): SectionDocs => {
    const docs = new Watched()
    this.#made.push(docs)
    return docs
  }

  /** Section → its state, in hex, as the youngest documents hold it. */
  states(): Readonly<Record<string, string>> {
    const states: Record<string, string> = {}
    for (const docs of this.#made)
      for (const section of docs.written) states[section] = toHex(docs.encodeState(section))
    return states
  }

  state(section: SectionKey): Uint8Array | undefined {
    return this.#made.findLast(({ written }) => written.has(section))?.encodeState(section)
  }
}
