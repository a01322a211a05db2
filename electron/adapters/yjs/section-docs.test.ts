import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { sectionKey, type CheckedUpdate } from '#shared/sync/update.ts'
import { rebuild, SectionDocs } from './section-docs.ts'

const joint = sectionKey('00'.repeat(16) as ArtifactId, 'joint' as SectionName)
const trusted = (bytes: Uint8Array): CheckedUpdate =>
  ({ client: 0, endClock: 0, nested: [], bytes }) as unknown as CheckedUpdate

describe('sections as documents', () => {
  it('[SYN-28] an edit returns the update that carries it, under the client id asked for', () => {
    const docs = new SectionDocs()
    const update = docs.edit(joint, 2 ** 53 - 1, (writer) => {
      writer.insertText('t', 0, 'خطة')
      writer.setKey('m', 'bytes', Uint8Array.of(1, 2, 3))
      writer.insertItems('l', 0, [1, { a: null }])
    })
    const other = new SectionDocs()
    other.apply(joint, [trusted(update!)])
    const read = other.read(joint)
    expect(read.text('t')).toBe('خطة')
    expect(read.map('m')).toEqual({ bytes: Uint8Array.of(1, 2, 3) })
    expect(read.list('l')).toEqual([1, { a: null }])
    expect([...Y.decodeStateVector(other.stateVector(joint)).keys()]).toEqual([2 ** 53 - 1])
    expect(docs.edit(joint, 5, () => undefined)).toBeUndefined()
  })

  it('[SYN-28] an update that would be left pending is a bug and throws', () => {
    const author = new SectionDocs()
    author.edit(joint, 1, (writer) => writer.insertText('t', 0, 'a'))
    const second = author.edit(joint, 1, (writer) => writer.insertText('t', 1, 'b'))!
    expect(() => new SectionDocs().apply(joint, [trusted(second)])).toThrow('pending')
    const gone = author.edit(joint, 1, (writer) => writer.removeText('t', 0, 1))!
    expect(() => new SectionDocs().apply(joint, [trusted(gone)])).toThrow('pending')
  })

  it('[SYN-29] the same cut gives the same bytes, one by one, at once, and rebuilt', () => {
    const author = new SectionDocs()
    const updates = Array.from({ length: 200 }, (_, at) =>
      author.edit(joint, 7 + (at % 2), (writer) => {
        writer.insertText('t', (at * 7) % (writer.text('t').length + 1), `${at} `)
        if (at % 3 === 0) writer.removeText('t', 0, 1)
        writer.setKey('m', `k${at % 5}`, [at])
      }),
    ).map((update) => trusted(update!))
    const single = new SectionDocs()
    for (const update of updates) single.apply(joint, [update])
    const whole = new SectionDocs()
    whole.apply(joint, updates)
    expect(whole.encodeState(joint)).toEqual(single.encodeState(joint))
    expect(rebuild(updates)).toEqual(single.encodeState(joint))
    expect(author.encodeState(joint)).toEqual(single.encodeState(joint))
  })

  it('[SYN-29] formatting that Yjs would clean up by itself is left as its authors wrote it', () => {
    const base = new Y.Doc()
    base.clientID = 1
    base.getText('t').insert(0, 'abcdef')
    const start = Y.encodeStateAsUpdate(base)
    const both = [2, 3].map((client) => {
      const doc = new Y.Doc()
      doc.clientID = client
      Y.applyUpdate(doc, start)
      const before = Y.encodeStateVector(doc)
      if (client === 2) doc.getText('t').format(1, 3, { bold: true })
      else doc.getText('t').delete(1, 3)
      return Y.encodeStateAsUpdate(doc, before)
    })
    const updates = [start, ...both].map(trusted)
    const single = new SectionDocs()
    single.read(joint).text('t')
    for (const update of updates) single.apply(joint, [update])
    expect(single.encodeState(joint)).toEqual(rebuild(updates))
    const plain = new Y.Doc()
    plain.getText('t')
    for (const { bytes } of updates) Y.applyUpdate(plain, bytes)
    expect(Y.encodeStateAsUpdate(plain), 'Yjs itself deletes here').not.toEqual(rebuild(updates))
  })

  it('[SYN-30] a dropped section starts again from nothing', () => {
    const docs = new SectionDocs()
    docs.edit(joint, 1, (writer) => writer.insertText('t', 0, 'refused'))
    docs.drop(joint)
    expect(docs.read(joint).text('t')).toBe('')
    const update = docs.edit(joint, 2, (writer) => writer.insertText('t', 0, 'new'))!
    const since = docs.stateVector(joint)
    docs.edit(joint, 2, (writer) => writer.insertText('t', 3, '!'))
    expect(docs.encodeState(joint, since).length).toBeLessThan(docs.encodeState(joint).length)
    expect(Y.decodeUpdate(update).structs[0]?.id).toMatchObject({ client: 2, clock: 0 })
  })
})
