import { generateNKeysBetween } from 'fractional-indexing'
import { describe, expect, it } from 'vitest'
import { blank, emptyPlan } from '#shared/initiatives/blank.ts'
import { readPaste } from '#shared/initiatives/paste.ts'
import { writePaste, type PasteTaker } from './write-paste.ts'

const KEPT = { id: 'kept', names: ['Design', ''] }
const known = { companies: [], milestones: [KEPT], currency: null } as const
const plan = { ...emptyPlan(), milestones: [blank('milestones', 'kept', { titleEn: 'Design', order: 'a4' })] }

/** Notes what would be written, with ids as a document makes them. */
function taker() {
  const written: (readonly [string, Readonly<Record<string, unknown>>])[] = []
  const live: PasteTaker = {
    addAll: (_, records) =>
      records.map((values, at) => {
        written.push([`new${at}`, values])
        return `new${at}`
      }),
    setAll: (_, id, values) => void written.push([id, values]),
  }
  return { live, written }
}
const read = () => {
  const found = readPaste(
    'milestones',
    'Milestone\tDue\tDepends on\nDesign\t2026-05-03\t\nBuild\t\tDesign\nTest\t2026-07-01\tBuild',
    known,
    [KEPT],
  )
  if (!found.ok) throw new Error(found.refusal)
  return found.value
}

describe('[AR-3] taking a paste', () => {
  it('updates what has the same name, adds the rest in order, and ties both together', () => {
    const { live, written } = taker()
    expect(writePaste(live, plan, read(), true, generateNKeysBetween)).toEqual({ added: 2, changed: 1 })
    expect(written).toEqual([
      ['new0', { titleEn: 'Build', order: 'a5' }],
      ['new1', { titleEn: 'Test', due: '2026-07-01', order: 'a6' }],
      ['kept', { titleEn: 'Design', due: '2026-05-03' }],
      ['new0', { depends: ['kept'] }],
      ['new1', { depends: ['new0'] }],
    ])
  })

  it('adds all of it where the person wants that', () => {
    const { live, written } = taker()
    expect(writePaste(live, plan, read(), false, generateNKeysBetween)).toEqual({ added: 3, changed: 0 })
    expect(written.at(-2)).toEqual(['new1', { depends: ['new0'] }])
  })
})
