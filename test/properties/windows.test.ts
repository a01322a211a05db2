import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { rebuild } from '#adapters/yjs/section-docs.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { ARTIFACT, JOINT, Peer } from './peer.ts'
import { meet, world } from './sync-world.ts'

const crypto = await createCrypto()
const joint = sectionKey(ARTIFACT, JOINT)
const USER = 'user'

/** A window's own Yjs replica of the section: it may hold every shared type, and undo, as an editor would. */
class Window {
  readonly #peer: Peer
  readonly #doc = new Y.Doc()
  readonly #undo: Y.UndoManager
  #update: Uint8Array | undefined

  constructor(peer: Peer) {
    this.#peer = peer
    const line = peer.channel.index.lineOrNew(peer.party.feed)
    this.#doc.clientID = peer.channel.clocks.own(line, joint, 0).client
    const roots = [
      this.#doc.getText('t'),
      this.#doc.getMap('m'),
      this.#doc.getArray('l'),
      this.#doc.getXmlFragment('x'),
    ]
    this.#undo = new Y.UndoManager(roots, { trackedOrigins: new Set([USER]), captureTimeout: 0 })
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === USER || origin === this.#undo) this.#update = update
    })
  }

  /** Takes in what the engine has; then the person does something, which the engine seals. */
  act(what: number, where: number): void {
    Y.applyUpdate(this.#doc, this.#peer.docs.encodeState(joint))
    this.#update = undefined
    if (what === 11) this.#undo.undo()
    else if (what === 12) this.#undo.redo()
    else this.#doc.transact(() => edit(this.#doc, what, where), USER)
    const update = this.#update
    if (update === undefined) return
    this.#peer.write('doc', writeDoc([{ artifact: ARTIFACT, section: JOINT, replica: 0, update }]))
  }
}

function edit(doc: Y.Doc, what: number, where: number): void {
  const text = doc.getText('t')
  const map = doc.getMap<unknown>('m')
  const list = doc.getArray<unknown>('l')
  const xml = doc.getXmlFragment('x')
  const at = where % (text.length + 1)
  const inner = list.length === 0 ? undefined : list.get(where % list.length)
  if (what < 2) text.insert(at, `<${where}>`, where % 2 === 0 ? { bold: true } : {})
  else if (what === 2) text.format(0, at, { italic: where % 3 === 0 ? null : true })
  else if (what === 3) text.delete(0, Math.min(at, 4))
  else if (what === 4)
    list.insert(where % (list.length + 1), [new Y.Map([['k', new Y.Text('deep')]]), { plain: [where] }])
  else if (what === 5 && inner instanceof Y.Map) (inner.get('k') as Y.Text | undefined)?.insert(0, 'more ')
  else if (what === 5) map.set(`k${where % 3}`, new Y.Array())
  else if (what === 6) (map.get(`k${where % 3}`) as Y.Array<number> | undefined)?.push([where])
  else if (what === 7 && list.length > 0) list.delete(where % list.length, 1)
  else if (what === 8) xml.insert(0, [new Y.XmlElement(`p${where % 3}`)])
  else if (what === 9 && xml.length > 0) (xml.get(0) as Y.XmlElement).insert(0, [new Y.XmlText('words')])
  else if (what === 10) {
    // Written and deleted in one transaction: Yjs collects it before anybody sees it.
    list.insert(0, [new Y.Map([['gone', new Y.Map([['too', 1]])]])])
    list.delete(0, 1)
  }
}

describe('documents edited in windows', () => {
  it('[SYN-20] nothing that an honest editor does is refused, and all engines come to the same bytes', () => {
    const act = fc.tuple(fc.nat(1), fc.nat(12), fc.nat(40), fc.nat(3))
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const [a, b] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
        const windows = [new Window(a), new Window(b)] as const
        for (const [who, what, where, meets] of acts) {
          windows[who as 0 | 1].act(what, where)
          if (meets === 0) meet(a, b)
          if (meets === 1) meet(b, a)
        }
        meet(a, b)
        meet(b, a)
        expect(b.verdicts()).toEqual(a.verdicts())
        expect(b.state()).toBe(a.state())
        const updates = b.updates.get(joint) ?? []
        if (updates.length > 0) expect(toHex(rebuild(updates))).toBe(a.state())
      }),
      { numRuns: 150, seed: 20261121 },
    )
  })
})
