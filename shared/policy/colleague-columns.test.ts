import { describe, expect, it } from 'vitest'
import type { Column, DataClass } from '#shared/artifacts/table.ts'
import { columnsUpTo, withinConfirmed } from './colleague-columns.ts'

const column = (name: string, dataClass: DataClass): Column => ({ name, type: 'text', meaning: 'other', dataClass })
const columns = [column('a', 'private'), column('b', 'public'), column('c', 'shared-confidential'), column('d', 'public')] // prettier-ignore
const names = (ceiling: DataClass) => columnsUpTo(columns, ceiling).map(({ name }) => name)

describe('what goes to colleagues', () => {
  it('[POL-14] is every column up to the chosen class in its order, and no private one unless private was chosen', () => {
    expect(names('public')).toEqual(['b', 'd'])
    expect(names('shared-confidential')).toEqual(['b', 'c', 'd'])
    expect(names('private')).toEqual(['a', 'b', 'c', 'd'])
  })
  it('[POL-14] waits when a column would go that nobody confirmed; fewer than confirmed may go', () => {
    expect(withinConfirmed(columnsUpTo(columns, 'public'), ['b', 'c', 'd'])).toBe(true)
    expect(withinConfirmed(columnsUpTo(columns, 'shared-confidential'), ['b', 'd'])).toBe(false)
  })
})
