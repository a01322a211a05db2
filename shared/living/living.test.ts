import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { line, optional, quantity } from '../artifacts/field.ts'
import { words } from '../artifacts/words.ts'
import { projectSet } from './project.ts'
import { recordsOf } from './records.ts'
import {
  readRegister,
  readTextRoot,
  registerKey,
  textRoot,
  type Plain,
  type Register,
  type RegisterWrite,
} from './register.ts'
import { addRecord, keepRecord, removeRecord, restoreTo, setField } from './write.ts'

/** A writer with a copy of the map, as Yjs would keep it: one item per key, and merging keeps what the other had not seen. */
class Copy {
  readonly client: number
  #clock = 0
  readonly items = new Map<string, Register>()
  readonly gone = new Set<string>()

  constructor(client: number) {
    this.client = client
  }
  get registers(): readonly Register[] {
    return [...this.items.values()]
  }
  place = (record: string) => ({ set: 'risks', record, client: this.client })
  apply(writes: readonly RegisterWrite[]): this {
    for (const { key, value } of writes) {
      const old = this.items.get(key)
      if (old) this.gone.add(idOf(old))
      this.items.delete(key)
      if (value === undefined) continue
      const made = readRegister(key, value, this.client, this.#clock++)
      if (!made) throw new Error(`no register: ${key}`)
      this.items.set(key, made)
    }
    return this
  }
  merge(other: Copy): this {
    for (const id of other.gone) this.gone.add(id)
    for (const [key, item] of other.items) {
      const mine = this.items.get(key)
      if (!this.gone.has(idOf(item)) && (!mine || mine.clock < item.clock)) this.items.set(key, item)
    }
    for (const [key, item] of this.items) if (this.gone.has(idOf(item))) this.items.delete(key)
    return this
  }
}
const idOf = ({ client, clock }: Register): string => `${String(client)}.${String(clock)}`

const fields = {
  title: optional(line(words('Title', 'العنوان'))),
  loss: optional(quantity(words('Loss', 'الخسارة'))),
  order: optional(line(words('Order', 'الترتيب'))),
}
const read = (copy: Copy) => projectSet(fields, recordsOf(copy.registers, 'risks'))
const both = () => {
  const a = new Copy(10).apply(addRecord({ set: 'risks', record: 'r1', client: 10 }, { title: 'Fire', order: 'a0' }))
  return { a, b: new Copy(20).merge(a) }
}

describe('fields', () => {
  it('[LIV-1] replaces what the writer saw, also another writer’s, and leaves one value', () => {
    const { a, b } = both()
    b.apply(setField(b.registers, b.place('r1'), 'title', 'Flood'))
    a.merge(b)
    expect(read(a)).toMatchObject([{ id: 'r1', values: { title: 'Flood' } }])
    expect(read(a)[0]?.conflicts.size).toBe(0)
    expect(a.items.size).toBe(2)
  })

  it('[LIV-1, LIV-2] keeps what was written apart, with both writers, until one is chosen', () => {
    const { a, b } = both()
    a.apply(setField(a.registers, a.place('r1'), 'title', 'Flood'))
    b.apply(setField(b.registers, b.place('r1'), 'title', 'Theft'))
    a.merge(b)
    b.merge(a)
    expect(read(a)).toEqual(read(b))
    expect(
      read(a)[0]
        ?.conflicts.get('title')
        ?.map(({ value, client }) => [value, client]),
    ).toEqual([
      ['Flood', 10],
      ['Theft', 20],
    ])
    a.apply(setField(a.registers, a.place('r1'), 'title', 'Theft'))
    b.merge(a)
    expect(read(b)[0]).toMatchObject({ values: { title: 'Theft' } })
    expect(read(b)[0]?.conflicts.size).toBe(0)
  })

  it('[LIV-2] two who wrote the same did not contradict each other', () => {
    const { a, b } = both()
    a.apply(setField(a.registers, a.place('r1'), 'loss', 5))
    b.apply(setField(b.registers, b.place('r1'), 'loss', 5))
    expect(read(a.merge(b))[0]?.conflicts.size).toBe(0)
    expect(read(a)[0]?.values.loss).toBe(5)
  })

  it('[LIV-1] writing what is there writes nothing, and emptying leaves null', () => {
    const { a } = both()
    expect(setField(a.registers, a.place('r1'), 'title', 'Fire')).toEqual([])
    a.apply(setField(a.registers, a.place('r1'), 'title', undefined))
    expect(read(a)[0]?.values.title).toBeNull()
  })
})

describe('removals', () => {
  it('[LIV-4] who knew all removes; who did not leaves both visible', () => {
    const { a, b } = both()
    a.apply(removeRecord(a.registers, a.place('r1')))
    expect(read(a)).toEqual([])
    expect(recordsOf(a.registers, 'risks')[0]?.removal?.state).toBe('gone')
    b.apply(setField(b.registers, b.place('r1'), 'loss', 9))
    a.merge(b)
    const [disputed] = read(a)
    expect(disputed?.removal).toMatchObject({
      state: 'disputed',
      by: [{ client: 10 }],
      changed: [{ value: 9, client: 20 }],
    })
  })

  it('[LIV-5] keeping takes the removal back; removing again, knowing all, ends it', () => {
    const { a, b } = both()
    a.apply(removeRecord(a.registers, a.place('r1')))
    b.apply(setField(b.registers, b.place('r1'), 'loss', 9))
    a.merge(b)
    b.merge(a)
    const kept = new Copy(30).merge(b).apply(keepRecord(b.registers, { set: 'risks', record: 'r1', client: 30 }))
    expect(read(kept)[0]).toMatchObject({ removal: null, values: { title: 'Fire', loss: 9 } })
    a.apply(removeRecord(a.registers, a.place('r1')))
    expect(read(a)).toEqual([])
    expect(read(b.merge(a))).toEqual([])
  })

  it('[LIV-4] text that grew unseen disputes a removal, text that was seen does not', () => {
    const { a } = both()
    a.apply(removeRecord(a.registers, a.place('r1'), new Map([['body', new Map([[20, 7]])]])))
    const texts = (until: number) => () => new Map([['body', new Map([[20, until]])]])
    expect(recordsOf(a.registers, 'risks', texts(7))[0]?.removal?.state).toBe('gone')
    expect(recordsOf(a.registers, 'risks', texts(8))[0]?.removal?.state).toBe('disputed')
  })
})

describe('reading', () => {
  it('[LIV-3] any interleaving of writes and merges comes to the same on every copy', () => {
    const step = fc.record({
      who: fc.nat(2),
      record: fc.constantFrom('r1', 'r2'),
      what: fc.oneof(
        fc.record({
          field: fc.constantFrom('title', 'loss'),
          value: fc.oneof(fc.string(), fc.nat(3), fc.constant(undefined)),
        }),
        fc.constantFrom('remove' as const, 'keep' as const),
        fc.record({ from: fc.nat(2) }),
      ),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const copies = [new Copy(1), new Copy(2), new Copy(3)] as const
        for (const { who, record, what } of steps) {
          const copy = copies[who] as Copy
          const place = copy.place(record)
          if (what === 'remove') copy.apply(removeRecord(copy.registers, place))
          else if (what === 'keep') copy.apply(keepRecord(copy.registers, place))
          else if ('from' in what) copy.merge(copies[what.from] as Copy)
          else copy.apply(setField(copy.registers, place, what.field, what.value))
        }
        for (const left of copies) for (const right of copies) left.merge(right)
        for (const left of copies) for (const right of copies) left.merge(right)
        const [first, ...rest] = copies.map((copy) => recordsOf(copy.registers.toReversed(), 'risks'))
        for (const other of rest) expect(other).toEqual(first)
      }),
    )
  })

  it('[LIV-6] what is no register is not read, and what does not fit is flagged', () => {
    for (const key of [
      '',
      'a',
      'risks/r1/title',
      'risks/r1/title/1/2',
      'Risks/r1/title/1',
      'risks/R!/title/1',
      'risks/r1/__proto__/1',
    ])
      expect(readRegister(key, 1, 1, 1)).toBeUndefined()
    const odd: Plain[] = [[], {}, true, 'x', -1]
    const registers = odd.map(
      (value, at) => readRegister(registerKey('risks', 'r1', 'loss', at), value, at, 0) as Register,
    )
    expect(projectSet(fields, recordsOf(registers, 'risks'))).toMatchObject([
      { values: { loss: null }, flags: ['loss'] },
    ])
    const removal = readRegister(registerKey('risks', 'r1', '$removed', 9), { seen: 'nonsense' }, 9, 0) as Register
    expect(recordsOf([...registers, removal], 'risks')[0]?.removal?.state).toBe('disputed')
  })

  it('[LIV-7] a newer version’s field is carried', () => {
    const { a } = both()
    a.apply([{ key: registerKey('risks', 'r1', 'carbon', 10), value: 12 }])
    expect(read(a)[0]?.values).toMatchObject({ carbon: 12 })
  })

  it('[LIV-8] follows the order, then the id; what nobody wrote is null', () => {
    const a = new Copy(1)
    for (const [record, order] of [
      ['x', 'b'],
      ['y', 'a'],
      ['w', undefined],
      ['v', 'b'],
    ] as const)
      a.apply(addRecord({ set: 'risks', record, client: 1 }, { title: record, order }))
    expect(read(a).map(({ id }) => id)).toEqual(['y', 'v', 'x', 'w'])
    expect(read(a)[0]?.values.loss).toBeNull()
  })

  it('[LIV-8] a root of text names its field and nothing else', () => {
    expect(readTextRoot(textRoot('clauses', 'c1', 'body'))).toEqual({ set: 'clauses', record: 'c1', field: 'body' })
    for (const root of ['registers', 'text/clauses/c1', 'text/clauses/c1/body/x', 'text/C/c1/body'])
      expect(readTextRoot(root)).toBeUndefined()
  })
})

describe('restoring', () => {
  it('[LIV-9] comes back to the earlier values, removes what is new and keeps what was removed', () => {
    const { a, b } = both()
    const then = a.registers
    a.apply(addRecord(a.place('r2'), { title: 'New', order: 'a1' }))
    a.apply(setField(a.registers, a.place('r1'), 'title', 'Flood'))
    a.apply(removeRecord(a.registers, a.place('r1')))
    a.apply(restoreTo(a.registers, then, 10, ['risks']))
    expect(read(a)).toMatchObject([{ id: 'r1', values: { title: 'Fire' }, removal: null }])
    expect(read(b.merge(a))).toEqual(read(a))
  })
})
