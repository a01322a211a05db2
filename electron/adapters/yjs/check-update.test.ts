import { UPDATE_LIMITS, type UpdateContext } from '#shared/sync/update.ts'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate, checkWithin } from './check-update.ts'

const OWN = 7
const OTHER = 9

/** The one update that `change` makes in a document of `client` that starts from `base`. */
function updateOf(client: number, change: (doc: Y.Doc) => void, base?: Uint8Array): Uint8Array {
  const doc = new Y.Doc()
  if (base !== undefined) Y.applyUpdate(doc, base)
  doc.clientID = client
  let update: Uint8Array | undefined
  doc.on('update', (bytes: Uint8Array) => (update = bytes))
  doc.transact(() => change(doc))
  if (update === undefined) throw new Error('the change changed nothing')
  return update
}

function context(clocks: Record<number, number>, depths: Record<string, number> = {}): UpdateContext {
  return {
    client: OWN,
    nextClock: clocks[OWN] ?? 0,
    clockOf: (client) => clocks[client] ?? 0,
    depthOf: (client, clock) => depths[`${client}:${clock}`] ?? 0,
  }
}

const refusalOf = (
  update: Uint8Array,
  clocks: Record<number, number> = {},
  limits: Partial<typeof UPDATE_LIMITS> = {},
) => {
  const checked = checkWithin(update, context(clocks), { ...UPDATE_LIMITS, ...limits })
  return checked.ok ? 'admitted' : checked.refusal
}

const hello = updateOf(OTHER, (doc) => doc.getText('t').insert(0, 'hello'))

describe('update rules', () => {
  it('[SYN-20] admits honest edits of every kind and says where the replica goes on', () => {
    const update = updateOf(
      OWN,
      (doc) => {
        doc.getText('t').insert(5, ' world')
        doc.getText('t').delete(0, 1)
        doc.getText('t').format(0, 3, { bold: true })
        doc.getMap('m').set('bytes', Uint8Array.of(1, 2))
        doc.getMap('m').set('list', [1, { deep: [true, null, 'x'] }])
        doc.getXmlFragment('x').insert(0, [new Y.XmlElement('p')])
        doc.getArray('a').insert(0, [new Y.Map([['k', 1]])])
      },
      hello,
    )
    const checked = checkUpdate(update, context({ [OTHER]: 5 }))
    if (!checked.ok) throw new Error(checked.refusal)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, hello)
    Y.applyUpdate(doc, update)
    expect(checked.value.endClock).toBe(Y.getState(doc.store, OWN))
    expect(checked.value.nested).toEqual([{ clock: checked.value.endClock - 1, length: 1, depth: 1 }])
  })

  it('[SYN-21] refuses structs under another client id, alone or beside own ones', () => {
    expect(refusalOf(hello)).toBe('update-foreign-client')
    const own = updateOf(OWN, (doc) => doc.getText('t').insert(0, 'x'))
    expect(refusalOf(Y.mergeUpdates([own, hello]))).toBe('update-foreign-client')
  })

  it('[SYN-22] refuses a start after or before the next clock, and a hole', () => {
    const first = updateOf(OWN, (doc) => doc.getText('t').insert(0, 'abc'))
    const second = updateOf(OWN, (doc) => doc.getText('t').insert(3, 'def'), first)
    expect(refusalOf(second, { [OWN]: 3 })).toBe('admitted')
    expect(refusalOf(second, { [OWN]: 2 })).toBe('update-clock-gap')
    expect(refusalOf(first, { [OWN]: 3 })).toBe('update-clock-gap')
    const third = updateOf(OWN, (doc) => doc.getText('t').insert(6, 'g'), Y.mergeUpdates([first, second]))
    expect(refusalOf(Y.mergeUpdates([first, third]))).toBe('update-clock-gap')
  })

  it('[SYN-23] refuses origins and parents outside the ancestry', () => {
    const beside = updateOf(OWN, (doc) => doc.getText('t').insert(5, '!'), hello)
    expect(refusalOf(beside, { [OTHER]: 5 })).toBe('admitted')
    expect(refusalOf(beside, { [OTHER]: 4 })).toBe('update-outside-ancestry')
    const before = updateOf(OWN, (doc) => doc.getText('t').insert(0, '!'), hello)
    expect(refusalOf(before, { [OTHER]: 0 })).toBe('update-outside-ancestry')
    const map = updateOf(OTHER, (doc) => doc.getMap('m').set('in', new Y.Map()))
    const inside = updateOf(OWN, (doc) => (doc.getMap('m').get('in') as Y.Map<number>).set('k', 1), map)
    expect(refusalOf(inside, { [OTHER]: 1 })).toBe('admitted')
    expect(refusalOf(inside)).toBe('update-outside-ancestry')
  })

  it('[SYN-24] refuses to delete what nobody in the ancestry has written yet, in a delete-only update too', () => {
    const cut = updateOf(OWN, (doc) => doc.getText('t').delete(1, 2), hello)
    expect(Y.decodeUpdate(cut).structs).toHaveLength(0)
    expect(refusalOf(cut, { [OTHER]: 5 })).toBe('admitted')
    expect(refusalOf(cut, { [OTHER]: 2 })).toBe('update-outside-ancestry')
    // Clocks 0 to 10^6 of a victim that has written five: what follows would be erased as it arrives.
    expect(refusalOf(deleteRange(OTHER, 0, 1_000_000), { [OTHER]: 5 })).toBe('update-outside-ancestry')
    expect(refusalOf(deleteRange(OWN, 3, 10), { [OWN]: 3 })).toBe('update-outside-ancestry')
  })

  it('[SYN-25] counts nested types across updates and refuses too many', () => {
    const limit = { depth: 3 } as unknown as Partial<typeof UPDATE_LIMITS>
    const nest = (levels: number) => (doc: Y.Doc) => {
      let map = doc.getMap<unknown>('m')
      for (let level = 0; level < levels; level++) {
        const inner = new Y.Map<unknown>()
        map.set('in', inner)
        map = inner
      }
    }
    expect(refusalOf(updateOf(OWN, nest(3)), {}, limit)).toBe('admitted')
    expect(refusalOf(updateOf(OWN, nest(4)), {}, limit)).toBe('update-too-deep')

    const base = updateOf(OTHER, nest(3))
    const deeper = updateOf(
      OWN,
      (doc) => {
        let map = doc.getMap<unknown>('m')
        for (let level = 0; level < 3; level++) map = map.get('in') as Y.Map<unknown>
        map.set('in', new Y.Map())
      },
      base,
    )
    const depths = { [`${OTHER}:1`]: 1, [`${OTHER}:2`]: 2 }
    const checked = checkWithin(deeper, context({ [OTHER]: 3 }, depths), { ...UPDATE_LIMITS, depth: 3 })
    expect(checked).toEqual({ ok: false, refusal: 'update-too-deep' })
  })

  it('[SYN-25] refuses thousands of nested maps and arrays without running out of stack', () => {
    const nested = updateOf(OWN, (doc) => {
      let map = doc.getMap<unknown>('m')
      for (let level = 0; level < 20_000; level++) {
        const inner = new Y.Map<unknown>()
        map.set('', inner)
        map = inner
      }
    })
    expect(refusalOf(nested)).toBe('update-too-deep')
    expect(refusalOf(updateOf(OWN, (doc) => doc.getArray('a').insert(0, [arrays(40)])))).toBe('update-too-deep')
    expect(['update-too-deep', 'update-malformed']).toContain(refusalOf(deepAny(200_000)))
  })

  it('[SYN-26] refuses subdocuments', () => {
    expect(refusalOf(updateOf(OWN, (doc) => doc.getMap('m').set('sub', new Y.Doc())))).toBe('update-unknown-content')
  })

  it('[SYN-27] refuses what is not an update, what says nothing, and what asks too much', () => {
    expect(refusalOf(Uint8Array.of(1, 2, 3))).toBe('update-malformed')
    expect(refusalOf(new Uint8Array(0))).toBe('update-malformed')
    expect(refusalOf(Uint8Array.of(0, 0))).toBe('update-malformed')
    expect(refusalOf(hello, { [OTHER]: 5 }, { bytes: 4 } as never)).toBe('update-too-large')
    const long = updateOf(OWN, (doc) => doc.getText('t').insert(0, 'x'.repeat(100)))
    expect(refusalOf(long, {}, { advance: 99 } as never)).toBe('update-too-large')
    const named = updateOf(OWN, (doc) => doc.getText('t'.repeat(300)).insert(0, 'x'))
    expect(refusalOf(named)).toBe('update-too-large')
  })

  it('[SYN-27] never throws for bytes of any kind', () => {
    const update = updateOf(OWN, (doc) => doc.getMap('m').set('list', [1, { deep: ['x'] }]))
    for (let at = 0; at < update.length; at++) {
      for (const flip of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const bent = update.slice()
        bent[at] = (bent[at] as number) ^ flip
        expect(typeof refusalOf(bent)).toBe('string')
      }
      expect(typeof refusalOf(update.slice(0, at))).toBe('string')
    }
  })
})

function deleteRange(client: number, clock: number, length: number): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder } = encoder
  for (const value of [0, 1, client, 1, clock, length]) writeVarUint(restEncoder, value)
  return encoder.toUint8Array()
}

const writeVarUint = (encoder: Y.UpdateEncoderV1['restEncoder'], value: number): void => {
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) encoder.cbuf[encoder.cpos++] = (rest % 128) | 128
  encoder.cbuf[encoder.cpos++] = rest
}

const arrays = (depth: number): unknown => (depth === 0 ? 1 : [arrays(depth - 1)])

/** An update with one ContentAny of that many nested arrays, two bytes each, which no Yjs document could make. */
function deepAny(depth: number): Uint8Array {
  const shallow = updateOf(OWN, (doc) => doc.getArray('a').insert(0, [[1]]))
  // ...117 (array) 1 (length) 125 1 (integer): the array's two bytes are repeated.
  const at = shallow.findIndex((byte, index) => byte === 117 && shallow[index + 1] === 1)
  const bytes = new Uint8Array(shallow.length + 2 * depth)
  bytes.set(shallow.subarray(0, at))
  for (let level = 0; level <= depth; level++) bytes.set([117, 1], at + 2 * level)
  bytes.set(shallow.subarray(at + 2), at + 2 + 2 * depth)
  return bytes
}
