import type { AppliedUpdate, Documents, SectionReader, SectionWriter } from '#engine/documents.ts'
import type { CheckedUpdate, SectionKey } from '#shared/sync/update.ts'
import * as Y from 'yjs'
import { checkUpdate } from './check-update.ts'
import { rewriteUpdate, type DroppedValues } from './rewrite-update.ts'
import { readerOf, writerOf } from './roots.ts'
import { touchedTexts } from './touched.ts'

const USER = Symbol('user edit')
/** No writer has this client id: a document that nobody is editing must not believe that it writes. */
const NOBODY = 0

/** One `Y.Doc` per section, made when first asked for. */
export class SectionDocs implements Documents {
  readonly #docs = new Map<SectionKey, Y.Doc>()
  /** Where documents begin that nobody has asked for yet. */
  readonly #stored = new Map<SectionKey, () => Uint8Array>()
  /** Values that a document left out because they do not count. */
  readonly #dropped = new Map<SectionKey, DroppedValues>()
  readonly check = checkUpdate

  apply(section: SectionKey, updates: readonly CheckedUpdate[]): readonly AppliedUpdate[] {
    let dropped = this.#dropped.get(section)
    if (dropped === undefined) this.#dropped.set(section, (dropped = new Map()))
    return applyAll(this.#doc(section), updates, dropped)
  }

  edit(section: SectionKey, client: number, change: (writer: SectionWriter) => void): Uint8Array | undefined {
    const doc = this.#doc(section)
    let captured: Uint8Array | undefined
    const capture = (update: Uint8Array, origin: unknown): void => {
      if (origin !== USER) throw new Error('a section wrote by itself')
      captured = update
    }
    doc.clientID = client
    doc.on('update', capture)
    try {
      doc.transact(() => change(writerOf(doc)), USER)
    } finally {
      doc.off('update', capture)
      doc.clientID = NOBODY
    }
    return captured
  }

  read(section: SectionKey): SectionReader {
    return readerOf(this.#doc(section))
  }

  stateVector(section: SectionKey): Uint8Array {
    return Y.encodeStateVector(this.#doc(section))
  }

  encodeState(section: SectionKey, since?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc(section), since)
  }

  touched(section: SectionKey, update: Uint8Array): readonly string[] {
    return touchedTexts(this.#doc(section), update)
  }

  restore(section: SectionKey, load: () => Uint8Array): void {
    if (this.#docs.has(section)) throw new Error('a document is restored before anybody asks for it')
    this.#stored.set(section, load)
  }

  drop(section: SectionKey): void {
    this.#stored.delete(section)
    this.#docs.get(section)?.destroy()
    this.#docs.delete(section)
    this.#dropped.delete(section)
  }

  #doc(section: SectionKey): Y.Doc {
    let doc = this.#docs.get(section)
    if (doc === undefined) {
      this.#docs.set(section, (doc = newDoc()))
      const load = this.#stored.get(section)
      this.#stored.delete(section)
      if (load) applyAll(doc, [{ client: NOBODY, bytes: load() }], new Map())
    }
    return doc
  }
}

/**
 * The state of a section rebuilt in a fresh document from the updates of a cut, in an order that respects ancestry. The
 * same cut gives the same bytes, so two attesters can compare them.
 */
export function rebuild(updates: readonly CheckedUpdate[]): Uint8Array {
  const doc = newDoc()
  applyAll(doc, updates, new Map())
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

function newDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = NOBODY
  // After a remote change Yjs deletes formatting that it finds redundant, by a transaction of its own that nobody seals:
  // two peers who received the same updates in other batches would then differ.
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}

/** @returns what was applied: the bytes that came, or as they read where a feed was forked. */
function applyAll(
  doc: Y.Doc,
  updates: readonly (AppliedUpdate & Pick<CheckedUpdate, 'rewriting'>)[],
  dropped: DroppedValues,
): readonly AppliedUpdate[] {
  if (updates.length === 0) return []
  const applied: AppliedUpdate[] = []
  doc.transact(() => {
    for (const { client, bytes, rewriting } of updates) {
      const update = rewriting ? rewriteUpdate(doc, dropped, bytes, rewriting) : bytes
      if (update === undefined) continue
      Y.applyUpdate(doc, update)
      applied.push({ client, bytes: update })
    }
  })
  const { pendingStructs, pendingDs } = doc.store
  if (pendingStructs !== null || pendingDs !== null) throw new Error('a checked update was left pending')
  return applied
}
